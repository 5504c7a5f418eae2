"""Files of other tools: what is counted, what becomes of each item, what is refused."""

import io
import json
import zipfile

import pytest

from stakeholder.errors import Invalid
from surveys.definition import Questionnaire
from surveys.interchange.formats import read, sniffed
from surveys.interchange.losses import FATES
from surveys.interchange.own import write_json
from tests.makers import questionnaire as ours
from tests.unit.interchange import files

COUNTS = {
    "survey.qsf": (4 - 1, 2, 4, 3, ["en", "fr"], 3),
    "survey.json": (6 + 1, 2, 7, 3, ["en", "de"], 1),
    "survey.xlsx": (5, 0, 6, 3, ["en", "pl"], 2),
    "survey.csv": (5, 0, 6, 3, ["en", "pl"], 2),
    "old.lss": (5, 4, 4, 3, ["en", "de"], 1),
    "new.lss": (5, 4, 4, 2, ["en", "de"], 1),
    "survey.txt": (2, 0, 2, 1, ["en", "de"], 1),
    "pasted.txt": (3, 0, 5, 0, ["en"], 1),
}
KINDS = {
    "survey.qsf": "qsf",
    "survey.json": "surveyjs",
    "survey.xlsx": "xlsform",
    "survey.csv": "xlsform",
    "old.lss": "lss",
    "new.lss": "lss",
    "survey.txt": "limesurvey-txt",
    "pasted.txt": "text",
}


@pytest.mark.parametrize("name", files.FILES)
def test_a_file_is_known_by_its_content_whatever_its_name(name: str) -> None:
    assert sniffed(files.FILES[name], "survey.doc") == KINDS[name]


@pytest.mark.parametrize("name", files.FILES)
def test_what_a_file_holds_is_counted_as_the_file_defines_it(name: str) -> None:
    counts = read(files.FILES[name], name)[1].counts
    found = counts.questions, counts.sub_questions, counts.options, counts.conditions, counts.languages, counts.pages
    assert found == COUNTS[name]


@pytest.mark.parametrize("name", files.FILES)
def test_every_item_has_exactly_one_fate_and_words(name: str) -> None:
    report = read(files.FILES[name], name)[1].as_json()
    items = [entry["item"] for fate in FATES for entry in report[fate]]
    assert len(items) == len(set(items)) > 5
    assert all(entry["words"] for fate in FATES for entry in report[fate])


@pytest.mark.parametrize("name", files.FILES)
def test_what_comes_in_is_a_questionnaire_that_loads_again(name: str) -> None:
    found = read(files.FILES[name], name)[0]
    assert Questionnaire.from_json(found.to_json()) == found


def test_unused_questions_of_a_trash_block_do_not_go_live() -> None:
    found, report = read(files.qsf(), "survey.qsf")
    assert "old" not in found.by_key
    assert "unused" in report.fates["question old"][1]


def test_a_web_service_and_an_address_are_named_and_never_called() -> None:
    assert read(files.qsf(), "survey.qsf")[1].fates["flow element FL_4 (WebService)"][0] == "dropped"
    assert read(files.surveyjs(), "s.json")[1].fates["options by address of question country"][0] == "dropped"


def test_display_logic_and_branches_become_conditions() -> None:
    found = read(files.qsf(), "survey.qsf")[0]
    grid, why = found.question("grid").show_if, found.question("why").show_if
    assert grid is not None and grid.is_ == "a1"
    assert why is not None and (why.row, why.is_) == ("r2", "a1")
    assert found.pages[-1].show_if is not None


def test_relevance_and_old_conditions_become_conditions() -> None:
    found = read(files.old_lss(), "old.lss")[0]
    ticked, number = found.question("q2").show_if, found.question("q5").show_if
    assert ticked is not None and (ticked.question, ticked.is_) == ("q1", "a1")
    assert number is not None and (number.question, number.is_) == ("q1", "a2")


def test_old_and_new_structure_files_give_the_same_words() -> None:
    old, new = read(files.old_lss(), "old.lss")[0], read(files.new_lss(), "new.lss")[0]
    assert [question.prompt for question in old.questions] == [question.prompt for question in new.questions]


def test_a_page_is_cut_where_a_question_depends_on_one_above_it() -> None:
    found = read(files.surveyjs(), "survey.json")[0]
    place = {question.key: at for at, page in enumerate(found.pages) for question in page.questions}
    assert place["how"] < place["why"]


def test_bounds_of_a_constraint_are_kept_and_a_filter_is_named() -> None:
    found, report = read(files.xlsx(), "survey.xlsx")
    age = found.question("age").model_dump()
    assert (age["min"], age["max"]) == (5, 18)
    assert report.fates["choice filter of question sure"][0] == "dropped"


def test_a_rule_that_cannot_be_said_is_dropped_with_its_words() -> None:
    fate, words = read(files.xlsx(), "survey.xlsx")[1].fates["condition of question sure"]
    assert fate == "dropped"
    assert "nobody" in words


def test_a_script_in_a_text_is_taken_out_and_named() -> None:
    found, report = read(files.surveyjs(), "survey.json")
    assert str(found.question("what").prompt) == "What now?"
    assert report.fates["active content in question what"][0] == "dropped"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("name", ["survey.json", "survey.qsf", "survey.txt", "pasted.txt", "survey.csv"])
def test_any_common_encoding_and_line_end_is_read(name: str, encoding: str) -> None:
    text = files.FILES[name].decode().replace("\n", "\r\n")
    if encoding == "utf-16-le" and name == "pasted.txt":
        text = text.strip()
    assert read(text.encode(encoding), name)[1].counts == read(files.FILES[name], name)[1].counts


def test_our_own_round_trip_is_exact() -> None:
    whole = ours()
    assert read(write_json(whole), "ours.json")[0] == whole


ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><document>&b;</document>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE d SYSTEM "file:///etc/passwd"><document/>'


def bomb() -> bytes:
    """A workbook that unpacks to far more than it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<a>" + b" " * 70_000_000 + b"</a>")
    return out.getvalue()


def climbing() -> bytes:
    """A zip with a path that leaves its folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("../../evil.xml", b"<a/>")
    return out.getvalue()


def test_a_surveyjs_file_of_an_early_version_keeps_words_ends_and_rules() -> None:
    asked = [
        {"type": "radiogroup", "name": "lunch", "title": "Lunch?", "choices": ["hot|A hot meal", "own|My own", 3]},
        {"type": "rating", "name": "queue", "title": "Queue?", "mininumRateDescription": "Slow",
         "maximumRateDescription": "Quick"},
        {"type": "comment", "name": "why", "title": "Why?", "visibleIf": "{lunch} = 'own'"},
    ]  # fmt: skip
    found, report = read(json.dumps({"pages": [{"questions": asked}]}).encode(), "early.json")
    lunch, queue, why = (question.model_dump() for question in found.questions)
    assert [option["label"]["en"] for option in lunch["options"]] == ["A hot meal", "My own", "3"]
    assert (queue["start_label"]["en"], queue["end_label"]["en"]) == ("Slow", "Quick")
    assert why["show_if"]
    assert not report.of("dropped")


REFUSED = {
    "empty": b"",
    "blank": b"  \n ",
    "entities": ENTITY,
    "outside": OUTSIDE,
    "bomb": bomb(),
    "climbing": climbing(),
    "cut workbook": files.xlsx()[:900],
    "cut structure": files.new_lss()[:2000],
    "cut json": files.qsf()[:500],
    "old workbook": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    "deep json": b'{"pages":' + b"[" * 100_000,
    "other json": json.dumps({"a": 1}).encode(),
    "other xml": b"<?xml version='1.0'?><html/>",
    "words": b"There is no question here at all.",
    "nulls": b"a\0b\0\0c" * 50,
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_broken_or_hostile_is_refused_with_one_clear_message(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(REFUSED[name], "file.bin")
    assert "file.bin" in str(refusal.value)
    assert len(str(refusal.value)) < 400
