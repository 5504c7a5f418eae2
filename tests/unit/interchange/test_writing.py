"""Questionnaires of ours written for other tools: what comes back, and whether others can read it."""

import csv
import html
import io
import json
import re
from xml.etree import ElementTree as ET

import jsonschema_rs
import pikepdf
import pytest
from pyxform.xls2xform import convert

from stakeholder.localised import Localised
from surveys.conditions import Condition
from surveys.definition import Questionnaire
from surveys.interchange import print_words
from surveys.interchange.formats import read
from surveys.interchange.own import schema, write_json
from surveys.interchange.writers import WRITERS
from tests.makers import questionnaire
from tests.makers import questionnaire as tiny
from tests.unit.interchange.whole import every_kind

EXCHANGED = ("xlsform", "lss", "limesurvey-txt", "qsf", "surveyjs")
CHOSEN = frozenset({"choice", "choices", "grid", "choice_grid", "likert", "ranking"})
EVERYWHERE = CHOSEN | {"slider", "number", "date", "short_text", "comment", "text"}
SAME = {
    "xlsform": EVERYWHERE | {"consent"},
    "lss": EVERYWHERE | {"allocation"},
    "limesurvey-txt": EVERYWHERE | {"allocation"},
    "qsf": EVERYWHERE | {"allocation"},
    "surveyjs": EVERYWHERE | {"rating"},
}


def bare(key: str) -> str:
    """A key without what LimeSurvey's codes cannot hold."""
    return key.replace("_", "")


def there_and_back(name: str, whole: Questionnaire) -> Questionnaire:
    """Written for a tool and read from its file again."""
    return read(WRITERS[name].write(whole, "en")[0], f"file{WRITERS[name].ending}")[0]


@pytest.mark.parametrize("name", ["json", "yaml"])
def test_our_own_files_come_back_to_the_letter(name: str) -> None:
    assert there_and_back(name, every_kind()).digest == every_kind().digest


@pytest.mark.parametrize("name", EXCHANGED)
def test_what_a_format_can_say_comes_back(name: str) -> None:
    whole = every_kind()
    back = {bare(question.key): question for question in there_and_back(name, whole).questions}
    for question in whole.questions:
        if question.type in SAME[name] and question.key != "why":
            found = back[bare(question.key)]
            assert (found.type, found.prompt.root) == (question.type, question.prompt.root)
            assert len(found.codes) == len(question.codes)


@pytest.mark.parametrize("name", EXCHANGED)
def test_conditions_and_languages_come_back(name: str) -> None:
    back = there_and_back(name, every_kind())
    rules = [page.show_if for page in back.pages] + [question.show_if for question in back.questions]
    found = [rule for rule in rules if rule is not None]
    assert sorted(len(list(rule.tests())) for rule in found) == [1, 2]
    assert back.languages == ("en", "pl")


@pytest.mark.parametrize("name", EXCHANGED)
def test_every_question_written_has_one_fate(name: str) -> None:
    report = WRITERS[name].write(every_kind(), "en")[1]
    told = {item for item in report.fates if item.startswith("question ")}
    assert told == {f"question {question.key}" for question in every_kind().questions}


def test_a_likert_question_comes_back_with_its_scale() -> None:
    back = there_and_back("xlsform", tiny())
    assert back.question("safe").model_dump()["scale"]["key"] == "agree5"


def test_another_reader_of_xlsform_takes_our_workbook() -> None:
    book = WRITERS["xlsform"].write(every_kind(), "en")[0]
    form = convert(xlsform=io.BytesIO(book), file_type=".xlsx", form_name="everything", validate=False)
    assert "q_choice" in form.xform


def test_the_schema_takes_every_questionnaire_and_refuses_another_word() -> None:
    content = json.loads(write_json(every_kind()))
    check = jsonschema_rs.validator_for(schema())
    assert check.is_valid(content)
    assert not check.is_valid(content | {"sundial": 1})


def test_the_codebook_names_every_code_and_holds_no_formula() -> None:
    whole = tiny()
    text = WRITERS["codebook-csv"].write(whole, "en")[0].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["variable"] for row in rows} == {"safe", "year", "hours", "better"}
    assert [row["code"] for row in rows if row["variable"] == "year"] == ["y7", "y8"]
    assert not re.search(r'(^|,)"?[=+@]', text, re.MULTILINE)


def test_the_archive_codebook_has_a_variable_for_each_column() -> None:
    root = ET.fromstring(WRITERS["ddi"].write(every_kind(), "pl")[0])
    space = "{ddi:codebook:2_5}"
    names = {each.get("name") for each in root.iter(f"{space}var")}
    grid = next(question for question in every_kind().questions if question.type == "grid")
    assert {column.key for column in grid.columns()} <= names
    assert root.findtext(f".//{space}titl") == "Wszystko"


def test_the_printed_form_shows_every_code_and_escapes_words() -> None:
    page = WRITERS["print-html"].write(every_kind(), "en")[0].decode()
    whole = every_kind()
    codes = {code for question in whole.questions if question.type in {"choice", "likert"} for code in question.codes}
    assert all(f"<code>{code}</code>" in page for code in codes)
    assert "answer &lt;me&gt;" in page
    assert "<script" not in page


WRITTEN_IN = ("en", "cy", "pl", "ur")


def test_a_printed_form_speaks_the_products_languages() -> None:
    said = [words for words in vars(print_words).values() if isinstance(words, Localised)]
    assert len(said) > 10
    assert all(set(words.root) == set(WRITTEN_IN) for words in said)


@pytest.mark.parametrize("language", WRITTEN_IN)
def test_a_printed_form_says_who_is_asked_what_and_where_it_ends(language: str) -> None:
    page = html.unescape(WRITERS["print-html"].write(questionnaire("flow"), language)[0].decode())
    for words in (print_words.ONE, print_words.ONLY_IF, print_words.END, print_words.REPEAT):
        assert words.in_(language).partition("{")[0] in page
        assert language == "en" or words.in_("en").partition("{")[0] not in page
    assert "{{" not in page and "{number}" not in page


def test_the_printed_form_is_a_tagged_pdf() -> None:
    with pikepdf.open(io.BytesIO(WRITERS["print-pdf"].write(tiny(), "en")[0])) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert "pdfuaid" in pdf.Root.Metadata.read_bytes().decode()


def test_a_printed_form_brings_the_letters_of_its_language() -> None:
    with pikepdf.open(io.BytesIO(WRITERS["print-pdf"].write(questionnaire("flow"), "ur")[0])) as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert any("Naskh" in name for name in fonts)


def test_a_condition_that_a_tool_cannot_say_is_named() -> None:
    whole = every_kind()
    code = min(whole.question("q_choice_grid").codes)
    rule = Condition.model_validate({"question": "q_choice_grid", "includes": code})
    pages = (whole.pages[0], whole.pages[1].model_copy(update={"show_if": rule}))
    report = WRITERS["lss"].write(whole.model_copy(update={"pages": pages}), "en")[1]
    assert report.fates["condition of page second"][0] == "dropped"


@pytest.mark.parametrize("name", ["xlsform", "lss", "limesurvey-txt", "qsf", "surveyjs"])
def test_a_random_order_that_a_file_cannot_hold_is_named(name: str) -> None:
    whole = every_kind()
    pages = (whole.pages[0].model_copy(update={"shuffle": True}), *whole.pages[1:])
    mixed = whole.model_copy(update={"shuffle": True, "pages": pages})
    fates = WRITERS[name].write(mixed, "en")[1].fates
    assert fates["random order of the pages"][0] == "dropped"
    told = fates.get(f"random order of page {pages[0].key}")
    assert (told is not None and told[0] == "dropped") == (name == "xlsform")
    assert there_and_back(name, whole.model_copy(update={"pages": pages})).pages[0].shuffle == (name != "xlsform")
