"""Bringing questionnaires in from other tools and taking drafts out, on their pages."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from surveys.interchange.writers import WRITERS
from tests.unit.interchange import files
from tests.web.test_designer import CHOICE, LIKERT, Writer, words, writers

__all__ = ["writers"]
QUESTIONNAIRES = Path(__file__).parent.parent / "questionnaires"
LETTER = "1. Do you walk to school?\na) yes\nb) no\n\n2. What would help?\n"
HOSTILE = {
    "a picture": (b"\x89PNG\r\n", "pupils.png", "is a picture or PDF"),
    "an empty file": (b" ", "empty.lss", "is empty"),
    "an old workbook": (b"\xd0\xcf\x11\xe0", "old.xls", "Save it as .xlsx"),
    "a broken workbook": (b"PK\x03\x04 and no more", "cut.xlsx", "is not a whole workbook"),
    "an entity": (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "x.lss",
        "declares a document type",
    ),
    "cut JSON": (b'{"pages": [', "cut.json", "is not whole JSON"),
    "someone else's JSON": (b'{"shop": 1}', "shop.json", "neither one of our questionnaires nor"),
}


@pytest.fixture
def dev(writers: dict[str, Writer]) -> Writer:
    return writers["Dev"]


def look_at(writer: Writer, data: bytes, name: str) -> TestResponse:
    """Choose a file and press Look at it."""
    return writer.client.post("/questionnaires/bring", data={"file": (BytesIO(data), name)})


def carried(page: str) -> dict[str, str]:
    """What the page's form carries to the next step."""
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}


def keep(writer: Writer, page: str, audience: str = "secondary") -> TestResponse:
    """Choose who is asked and press Make a draft of it."""
    return writer.client.post("/questionnaires/bring/keep", data={**carried(page), "audience": audience})


def test_a_file_is_looked_at_with_the_fate_of_each_part_before_anything_is_stored(dev: Writer) -> None:
    said = words(look_at(dev, files.qsf(), "ours.qsf").text)
    assert "What becomes of “Ours”" in said
    assert "Left out: " in said
    assert "Unused" in said or "trash" in said.lower()
    assert "There is no draft yet" in words(dev.client.get("/questionnaires").text)


def test_what_was_looked_at_becomes_a_draft_with_its_losses_in_a_note(dev: Writer) -> None:
    made = keep(dev, look_at(dev, files.qsf(), "ours.qsf").text)
    dev.home = made.location
    page = words(dev.get().text)
    assert "From the file:" in page
    assert "Took over from a file: “Ours”" in words(dev.get("/saves").text)
    assert dev.keys == ["well", "grid", "words", "why"]


def test_pasted_questions_become_a_draft(dev: Writer) -> None:
    page = dev.client.post("/questionnaires/bring", data={"pasted": LETTER}).text
    assert "2 questions" in words(page)
    dev.home = keep(dev, page, "parent").location
    assert dev.keys == ["q1", "q2"]


def test_who_is_asked_is_asked_for_and_nothing_is_lost(dev: Writer) -> None:
    before = dev.client.post("/questionnaires/bring", data={"pasted": LETTER}).text
    answer = keep(dev, before, "")
    assert answer.status_code == 422
    assert "Choose who is asked." in words(answer.text)
    assert carried(answer.text)["definition"] == carried(before)["definition"]


def test_a_bad_file_is_refused_in_words_beside_its_field(dev: Writer) -> None:
    for what, (data, name, said) in HOSTILE.items():
        answer = look_at(dev, data, name)
        assert answer.status_code == 422, what
        assert said in words(answer.text), what
        assert 'id="file-problem"' in answer.text, what


def test_markup_of_a_file_is_shown_as_words_if_at_all(dev: Writer) -> None:
    page = look_at(dev, LETTER.replace("walk", "<script>alert(1)</script>walk").encode(), "letter.txt").text
    assert "<script>alert" not in page


def test_a_form_that_is_not_whole_stores_nothing_and_leads_back(dev: Writer) -> None:
    whole = carried(dev.client.post("/questionnaires/bring", data={"pasted": LETTER}).text)
    for broken in ({}, {"definition": "{", "report": "{}"}, {**whole, "definition": "[]"}, {**whole, "report": "[]"}):
        answer = dev.client.post("/questionnaires/bring/keep", data={**broken, "audience": "secondary"})
        assert answer.status_code == 422
        assert 'id="file-problem"' in answer.text
    assert "There is no draft yet" in words(dev.client.get("/questionnaires").text)


def test_our_own_file_brings_its_audience_and_every_word(dev: Writer) -> None:
    dev.begin().add("choice", CHOICE)
    taken = dev.get("/take/yaml").data
    page = look_at(dev, taken, "ours.yaml").text
    assert "All of it is kept as it was." in words(page)
    assert re.search(r'value="secondary" checked', page)


def test_a_draft_is_taken_out_in_each_format(dev: Writer) -> None:
    dev.begin().add("choice", CHOICE)
    for name, writer in WRITERS.items():
        answer = dev.get(f"/take/{name}")
        assert answer.status_code == 200, name
        assert answer.headers["Content-Disposition"] == f'attachment; filename="after_month{writer.ending}"'
        assert len(answer.data) > 100, name


def test_the_page_says_what_each_format_cannot_hold(dev: Writer) -> None:
    dev.begin().add("likert", LIKERT)
    page = words(dev.get("/take").text)
    for title in ("XLSForm (.xlsx)", "LimeSurvey (.lss)", "Qualtrics (.qsf)", "SurveyJS (.json)", "Paper form (PDF)"):
        assert title in page
    assert "lost or changed" in page


def test_an_empty_draft_cannot_be_taken_out_and_the_page_says_why(dev: Writer) -> None:
    dev.begin()
    assert "once nothing stands in the way" in words(dev.get("/take").text)
    assert dev.get("/take/yaml").status_code == 422
    assert dev.get("/take/pages").status_code == 404


def test_a_licensed_instrument_of_a_file_cannot_be_changed_in_the_draft(dev: Writer) -> None:
    file = (QUESTIONNAIRES / "licensed.yaml").read_bytes()
    dev.home = keep(dev, look_at(dev, file, "licensed.yaml").text).location
    assert words(dev.get().text).count("licensed: stays as it is") == 2
    for wish in ({"do": "down"}, {"do": "place", "number": "3"}):
        refused = dev.post("/questions/cheerful/do", **wish)
        assert refused.status_code == 422
        assert "is licensed" in words(refused.text)
    changed = dev.post("/questions/calm", prompt="I have felt fine", scale="agree5", reverse="yes")
    assert changed.status_code == 422
    assert dev.keys == ["cheerful", "calm", "anything"]
    dev.post("/questions/anything/do", do="duplicate")
    dev.post("/questions/calm/do", do="remove")
    assert dev.keys == ["anything", "anything_2"]
    assert "licensed: stays as it is" not in words(dev.get().text)


def test_who_may_not_write_gets_none_of_it(app: Flask, writers: dict[str, Writer]) -> None:
    home = writers["Dev"].begin().home
    writers["Zoe"].home = writers["Carys"].home = home
    assert writers["Zoe"].get("/take").status_code == 404
    assert writers["Zoe"].get("/take/yaml").status_code == 404
    assert writers["Carys"].client.get("/questionnaires/bring").status_code == 404
