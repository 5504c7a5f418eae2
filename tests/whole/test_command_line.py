"""The commands: they teach, they refuse in one clear line, and two installations never meet."""

import json
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from alembic import command as alembic_command
from click.testing import CliRunner
from sqlalchemy import text

from stakeholder.db import Database
from stakeholder.errors import Conflict, Invalid
from stakeholder.installation import Installation
from stakeholder.migrations import alembic_config, is_current
from tests.servers import ROOT, command, environment
from wsgi import cli

TINY = str(Path(__file__).parent.parent / "questionnaires" / "tiny.yaml")
NOWHERE = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere"}


Words = tuple[str, ...]


def every_command(group: click.Group = cli, path: Words = ()) -> Iterator[tuple[Words, click.Command]]:
    for name in group.list_commands(click.Context(group)):
        found = group.get_command(click.Context(group), name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from every_command(found, (*path, name))
        else:
            yield (*path, name), found


COMMANDS = dict(every_command())
COMMANDS_AT_THE_TOP = sorted({words[0] for words in COMMANDS})


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_with_an_example(words: Words) -> None:
    told = CliRunner().invoke(cli, [*words, "--help"])
    assert told.exit_code == 0
    assert re.search(r"Examples?:\n\s+stakeholder " + " ".join(words), told.output), told.output


def test_the_commands_of_the_road_are_there() -> None:
    wanted = {
        "demo",
        "serve",
        "db upgrade",
        "questionnaire import",
        "questionnaire check",
        "questionnaire list",
        "wave open",
        "wave close",
        "wave list",
        "responses import",
        "responses export",
        "comments read",
    }
    assert wanted <= {" ".join(words) for words in COMMANDS}


def test_every_group_of_commands_explains_itself() -> None:
    for name in {words[0] for words in COMMANDS if len(words) > 1}:
        assert CliRunner().invoke(cli, [name, "--help"]).exit_code == 0


def test_the_first_help_shows_a_walk() -> None:
    assert "stakeholder wave open" in CliRunner().invoke(cli, ["--help"]).output


def test_an_unknown_command_is_answered_with_a_hint() -> None:
    told = CliRunner().invoke(cli, ["questionaire"])
    assert told.exit_code == 2
    assert "No such command" in told.output


@pytest.mark.slow
def test_the_console_script_and_flask_offer_the_same_commands(tmp_path: Path) -> None:
    bin_dir = ROOT / ".venv" / "bin"
    script = command("--help", settings=environment(tmp_path), program=(str(bin_dir / "stakeholder"),))
    flask = command("--help", settings=environment(tmp_path), program=(str(bin_dir / "flask"), "--app", "wsgi"))
    for name in COMMANDS_AT_THE_TOP:
        assert re.search(rf"^  {name}\b", script.stdout, re.MULTILINE), script.stderr
        assert re.search(rf"^  {name}\b", flask.stdout, re.MULTILINE), flask.stderr


@pytest.mark.slow
def test_a_first_walk_from_questionnaire_to_closed_wave(tmp_path: Path) -> None:
    here = environment(tmp_path / "state")
    assert "Stored as version 1" in command("questionnaire", "import", TINY, settings=here).stdout
    link = command("wave", "open", "tiny", "--group", "student", "--link", settings=here)
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/s/\S{16,}\n", link.stdout), link.stderr
    assert "tiny" in command("wave", "list", settings=here).stdout
    assert "closed" in command("wave", "close", "tiny", settings=here).stdout
    again = command("wave", "open", "tiny", "--group", "student", settings=here)
    assert (again.returncode, "has closed" in again.stderr) == (1, True)


@pytest.mark.slow
def test_two_installations_side_by_side_do_not_see_each_other(tmp_path: Path) -> None:
    one, other = environment(tmp_path / "one"), environment(tmp_path / "other")
    command("questionnaire", "import", TINY, settings=one)
    assert "tiny" in command("questionnaire", "list", settings=one).stdout
    assert "tiny" not in command("questionnaire", "list", settings=other).stdout
    assert {path.name for path in tmp_path.iterdir()} == {"one", "other"}


@pytest.mark.slow
def test_a_dry_run_and_a_check_need_no_database(tmp_path: Path) -> None:
    here = environment(tmp_path / "state", **NOWHERE)
    tried = command("questionnaire", "import", TINY, "--dry-run", settings=here)
    assert (tried.returncode, "Nothing was stored" in tried.stdout) == (0, True), tried.stderr
    assert command("questionnaire", "check", TINY, settings=here).returncode == 0
    assert not (tmp_path / "state").exists()


@pytest.mark.slow
def test_comments_are_read_without_a_database(tmp_path: Path) -> None:
    here = environment(tmp_path / "state", **NOWHERE)
    lines = ('{"id": "1", "text": "The lunch queue is far too long."}', "not json", '{"id": "2", "text": "Great"}', "")
    told = command("comments", "read", settings=here, words="\n".join(lines))
    read = [json.loads(line) for line in told.stdout.splitlines()]
    assert [line["id"] for line in read] == ["1", "2"]
    assert (told.returncode, "2" in told.stderr) == (1, True)
    assert not (tmp_path / "state").exists()


@pytest.mark.slow
def test_a_refusal_is_one_clear_line(tmp_path: Path) -> None:
    told = command("wave", "open", "nothing", "--group", "student", settings=environment(tmp_path))
    assert told.returncode == 1
    assert told.stderr.startswith("Error: There is no questionnaire 'nothing'")
    assert "Traceback" not in told.stderr


@pytest.mark.slow
def test_a_broken_questionnaire_is_refused_with_its_place(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(Path(TINY).read_text().replace("type: number", "type: sundial"))
    told = command("questionnaire", "check", str(broken), settings=environment(tmp_path / "state"))
    assert told.returncode == 1
    assert "broken.yaml" in told.stderr
    assert "sundial" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.slow
def test_an_unreachable_database_is_named_in_words(tmp_path: Path) -> None:
    told = command("wave", "list", settings=environment(tmp_path, **NOWHERE))
    assert told.returncode == 1
    assert "Traceback" not in told.stderr


def test_an_installation_is_made_from_its_settings_alone(tmp_path: Path) -> None:
    place = Installation(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path}/x.sqlite", base_url="http://x")
    assert not place.demo


def test_a_new_folder_of_answers_is_its_owners_alone(tmp_path: Path) -> None:
    settings = environment(tmp_path / "new")
    assert command("questionnaire", "list", settings=settings).returncode == 0
    assert Path(settings["STAKEHOLDER_DATA"]).stat().st_mode & 0o077 == 0


def test_a_questionnaire_of_the_schools_own_stands_once_in_the_list(tmp_path: Path) -> None:
    settings = environment(tmp_path)
    shown = tmp_path / "own.yaml"
    shown.write_text(command("questionnaire", "show", "parent", settings=settings).stdout.replace("Your child", "Ours"))
    assert command("questionnaire", "import", str(shown), settings=settings).returncode == 0
    listed = command("questionnaire", "list", settings=settings).stdout
    assert re.findall(r"^parent .*", listed, re.MULTILINE) == [line for line in listed.splitlines() if "Ours" in line]


def test_the_demo_brings_its_own_older_database_up_to_date(tmp_path: Path) -> None:
    here = older_installation(tmp_path)
    here.upgrade_if_older(lambda _database: None)
    assert is_current(here.database)


def test_the_demo_leaves_an_older_database_of_a_real_school_as_it_is(tmp_path: Path) -> None:
    def refuse(_database: Database) -> None:
        raise Conflict("a real school")

    here = older_installation(tmp_path)
    with pytest.raises(Conflict, match="a real school"):
        here.upgrade_if_older(refuse)
    assert not is_current(Database(here.database_url))


def test_a_database_of_a_newer_program_is_told_from_an_older_one(tmp_path: Path) -> None:
    older = older_installation(tmp_path / "older")
    with pytest.raises(Invalid, match=r"from an earlier version\. Run 'stakeholder db upgrade' first"):
        _ = older.database
    newer = older_installation(tmp_path / "newer")
    with Database(newer.database_url).writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (
        lambda: newer.database,
        newer.upgrade,
        lambda: newer.upgrade_if_older(lambda _database: None),
    ):
        with pytest.raises(Invalid, match=r"made by a newer version of the program\. Update the program"):
            attempt()


def older_installation(folder: Path) -> Installation:
    """An installation whose database stopped at the first migration."""
    here = Installation(folder, f"sqlite:///{folder / 'one.sqlite'}", "http://127.0.0.1:8000")
    old, config = Database(here.database_url), alembic_config()
    with old.writing() as session:
        config.attributes["connection"] = session.connection()
        alembic_command.upgrade(config, "0001")
    old.dispose()
    return here


@pytest.mark.slow
def test_people_are_named_let_in_and_written_down_by_commands(tmp_path: Path) -> None:
    here = environment(tmp_path / "state")
    added = command("person", "add", "Carys Morgan", "carys@hill.example", "--role", "governor", settings=here)
    assert "is now governor" in added.stdout, added.stderr
    assert "carys@hill.example" in command("person", "list", settings=here).stdout
    link = command("person", "link", "Carys@hill.example", settings=here).stdout
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/sign-in/\S{40,}\n", link)
    unknown = command("person", "link", "nobody@hill.example", settings=here)
    assert (unknown.returncode, "Nobody here has the address" in unknown.stderr) == (1, True)
    whole = command("audit", "verify", settings=here)
    assert "The audit chain is whole: 2 rows" in whole.stdout, whole.stderr
    cut = command("audit", "verify", "--last", "f" * 64, settings=here)
    assert (cut.returncode, "was cut" in cut.stderr) == (1, True)


def test_a_backup_comes_back_by_the_command_line(tmp_path: Path) -> None:
    run, here = CliRunner(), environment(tmp_path / "here")
    new = environment(tmp_path / "new", STAKEHOLDER_BACKUPS=str(tmp_path / "here" / "backups"))
    assert "backup-key" in run.invoke(cli, ["backup"], env=here).output
    safe = tmp_path / "safe.txt"
    safe.write_text(run.invoke(cli, ["backup-key"], env=here).output)
    assert "rows" in run.invoke(cli, ["backup"], env=here).output
    (made,) = (tmp_path / "here" / "backups" / "databases").iterdir()
    back = run.invoke(cli, ["restore", str(made), "--key", str(safe)], env=new)
    assert "all counted" in back.output
    assert (tmp_path / "new" / "stakeholder.sqlite").is_file()


def test_a_second_server_on_one_port_is_refused_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        told = CliRunner().invoke(cli, ["serve", "--port", str(taken.getsockname()[1])])
    assert "is served at" in told.output and "--port N" in told.output and told.exit_code == 1


@pytest.mark.slow
def test_a_command_loads_nothing_heavy_that_it_does_not_need(tmp_path: Path) -> None:
    asked = "import sys, wsgi; wsgi.cli(['db', '--help'], standalone_mode=False); print(*sys.modules, sep='\\n')"
    told = command(asked, settings=environment(tmp_path), program=(sys.executable, "-c"))
    loaded = {name.split(".")[0] for name in told.stdout.splitlines()}
    assert "sqlalchemy" in loaded, told.stderr
    assert not loaded & {"numpy", "scipy", "sklearn", "nltk", "openpyxl", "plotly", "pandas", "alembic", "weasyprint"}


@pytest.mark.slow
def test_the_pages_load_nothing_heavy_before_it_is_used(tmp_path: Path) -> None:
    asked = "import sys, wsgi; wsgi.create_app(); print(*sys.modules, sep='\\n')"
    settings = environment(tmp_path)
    command("db", "upgrade", settings=settings)
    told = command(asked, settings=settings, program=(sys.executable, "-c"))
    loaded = {name.split(".")[0] for name in told.stdout.splitlines()}
    assert "flask" in loaded, told.stderr
    assert not loaded & {
        "sklearn",
        "nltk",
        "openpyxl",
        "plotly",
        "pandas",
        "alembic",
        "weasyprint",
        "statsmodels",
        "scipy",
    }
