"""A wave opens in a language only when it is complete, and checked by a speaker or accepted unchecked."""

import json

from stakeholder.db import Database
from surveys.asked_languages import as_asked, languages_to_ask, left_out_of
from surveys.default_questionnaires import default_questionnaires
from surveys.designing.translating import text_lines
from surveys.designing.vouching import accept_risk, vouch
from surveys.framework import default_framework
from surveys.published import publish
from surveys.waves import open_link
from tests.makers import NOW, lead, school

SECONDARY = default_questionnaires(default_framework())["secondary"]


def test_unchecked_languages_are_left_out(database: Database) -> None:
    with database.writing() as session:
        dev = lead(school(session))
        publish(session, dev, SECONDARY, now=NOW)
        audience = open_link(session, dev, "secondary", "student", now=NOW)
        assert audience.languages == {"en": True}
        left_out = left_out_of(session, audience)
        assert list(left_out) == ["cy", "pl", "ur"]
        assert (left_out["pl"].missing, left_out["pl"].unfit) == (0, 0)
        assert left_out["pl"].unchecked > 30


def test_an_accepted_risk_opens_a_language_but_not_its_safety_texts(database: Database) -> None:
    with database.writing() as session:
        dev = lead(school(session))
        accept_risk(session, dev, "secondary", "ur", reason="A pilot with one class", now=NOW)
        languages = languages_to_ask(session, dev, SECONDARY)
    asked = as_asked(SECONDARY, languages)
    assert asked.languages == ("en", "ur")
    assert "ur" in asked.question("wel_safety").prompt.languages
    assert asked.question("notice").prompt.languages == {"en"}


def test_a_speakers_word_opens_a_language_with_its_safety_texts(database: Database) -> None:
    with database.writing() as session:
        dev = lead(school(session))
        vouch(session, dev, "pl", text_lines(json.loads(SECONDARY.to_json()), "pl", frozenset()), now=NOW)
        languages = languages_to_ask(session, dev, SECONDARY)
    assert languages == {"en": True, "pl": True}
    assert "pl" in as_asked(SECONDARY, languages).question("notice").prompt.languages


def test_a_language_with_a_missing_word_stays_closed_even_when_accepted(database: Database) -> None:
    content = json.loads(SECONDARY.to_json())
    del content["pages"][0]["questions"][0]["prompt"]["ur"]
    incomplete = type(SECONDARY).model_validate(content)
    with database.writing() as session:
        dev = lead(school(session))
        accept_risk(session, dev, "secondary", "ur", reason="A pilot with one class", now=NOW)
        assert "ur" not in languages_to_ask(session, dev, incomplete)
