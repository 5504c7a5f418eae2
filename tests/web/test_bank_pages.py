"""The question bank on its pages."""

import pytest

from surveys.framework import default_framework
from tests.web.test_designer import Writer, words, writers

__all__ = ["writers"]


@pytest.fixture
def dev(writers: dict[str, Writer]) -> Writer:
    """Dev with an empty draft."""
    return writers["Dev"].begin()


def test_the_bank_is_shown_in_parts_that_keep_the_search(dev: Writer) -> None:
    page = dev.get("/bank?words=&audience=").text
    total = len(default_framework().indicators)
    assert page.count("sketch-line") == 10
    assert f"{total} statements" in words(page)
    assert f"part 1 of {-(-total // 10)}" in words(page)
    last = dev.get("/bank?words=&audience=&part=999").text
    assert last.count("sketch-line") == (total % 10 or 10)
    assert "The ones before" in last
    assert "More statements</a>" not in last
    assert "audience=staff" in dev.get("/bank?audience=staff").text.split('id="statements"')[1]


def test_a_statement_of_the_bank_is_found_by_its_words_and_put_in(dev: Writer) -> None:
    found = words(dev.get("/bank?words=safe&audience=secondary").text)
    assert "I feel safe in and around this school." in found
    assert "My lessons stretch me." not in found
    dev.post("/bank/insert", indicator="wel.safety.secondary.1", page="page_1")
    assert dev.keys[-1] == "wel_safety"
    assert "In this draft" in words(dev.get("/bank?words=safe").text)


def test_ready_surveys_say_whom_they_ask_how_long_they_take_and_how_hard_they_are_to_read(dev: Writer) -> None:
    page = words(dev.client.get("/questionnaires").text)
    assert "Asked of: Parents and carers. 7 questions, 3 minutes, reading age 6." in page
    assert page.count("Asked of: ") == 7
