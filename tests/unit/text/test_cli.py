"""`stakeholder comments read`: a stream in, a stream out, and plain words about what is wrong."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from analysis.text.cli import comments_group


def run(given: bytes) -> Result:
    return CliRunner().invoke(comments_group, ["read"], input=given)


def test_each_line_gives_one_object_with_its_id() -> None:
    done = run(
        b'{"id": 7, "text": "lunch", "question": "best thing?", "role": "student"}\n{"id": "x", "text": "\\u00e9"}'
    )
    first, second = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 0
    assert (first["id"], first["sentiment"], first["themes"]) == (7, "positive", ["wel.food"])
    assert second["id"] == "x"


def test_a_bad_line_is_named_and_the_rest_goes_on() -> None:
    lines = [b'{"text": "good"}', b"not json", b"", b'{"text": 5}', b'{"text": "\xff"}', b'["text"]', b'{"text": "ok"}']
    done = run(b"\n".join(lines))
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 2
    assert [line.split(":")[0] for line in done.stderr.splitlines()[:-1]] == ["Line 2", "Line 4", "Line 5", "Line 6"]
    assert "0xff" in done.stderr and "4 lines were left out" in done.stderr


def test_a_part_of_the_wrong_kind_is_refused() -> None:
    done = run(b'{"text": "good", "question": 5}')
    assert done.exit_code == 1 and '"question"' in done.stderr


def test_blank_lines_and_a_byte_order_mark_are_no_mistake() -> None:
    done = run(b'\xef\xbb\xbf{"text": "good"}\r\n\r\n   \n')
    assert done.exit_code == 0 and len(done.stdout.splitlines()) == 1


def test_nothing_in_gives_nothing_out() -> None:
    done = run(b"")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_deep_nesting_is_one_bad_line_like_any_other() -> None:
    assert run(b"[" * 200_000 + b'\n{"text": "good"}').exit_code == 1


def test_a_roster_adds_where_personal_data_stands(tmp_path: Path) -> None:
    roster = tmp_path / "people.csv"
    roster.write_text("name,kind\nMrs Ann Oakapple,staff_name\n", encoding="utf-8")
    done = CliRunner().invoke(
        comments_group, ["read", "--roster", str(roster)], input=b'{"text": "\\ud83d\\ude00 I like mrs okapple"}'
    )
    assert json.loads(done.stdout)["personal"] == [{"start": 9, "end": 20, "kind": "staff_name"}]


def test_without_a_roster_nothing_is_said_about_personal_data() -> None:
    assert "personal" not in json.loads(run(b'{"text": "I like Mrs Oakapple"}').stdout)


def test_two_processes_keep_the_order_and_name_the_same_lines() -> None:
    lines = [b'{"id": %d, "text": "The toilets are dirty."}' % number for number in range(1_200)]
    lines[700] = b"not json"
    done = CliRunner().invoke(comments_group, ["read", "--processes", "2"], input=b"\n".join(lines))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [n for n in range(1_200) if n != 700]
    assert "Line 701" in done.stderr and done.exit_code == 1
