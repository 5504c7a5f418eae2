"""A draft goes on elsewhere by a code and four words; without them nothing stored leads to it."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from surveys.models import Draft
from surveys.phrases import new_phrase, phrase_key, plain_words, words_of
from surveys.respondent import COOKIE, key_from_cookie
from surveys.sealing import draft_row_key
from tests.web.respondents import Respondent, ballots, database_of, open_survey, stored


@pytest.fixture
def token(app: Flask) -> str:
    return open_survey(app)


def started(app: Flask, token: str) -> Respondent:
    amina = Respondent(app.test_client(), token)
    amina.begin()
    return amina


def shown_words(amina: Respondent) -> tuple[str, str]:
    page = amina.client.get(f"/s/{amina.token}/elsewhere").text
    form_token = page.split('name="token" value="')[1].split('"')[0]
    page = amina.client.post(f"/s/{amina.token}/elsewhere", data={"token": form_token}).text
    code, words = re.findall(r'keep-words"><bdi>([^<]+)<', page)
    return code, words


def test_answers_go_on_on_another_device_and_are_sent_once(app: Flask, token: str) -> None:
    amina = started(app, token)
    amina.save("elsewhere", safe="agree")
    code, words = shown_words(amina)
    tablet = app.test_client()
    assert tablet.get(f"/s/{token}/check").status_code == 302
    answer = tablet.post(f"/s/{token}/go-on", data={"code": code.upper(), "words": f" {words.title()} "})
    assert answer.status_code == 303
    assert "Agree" in tablet.get(f"/s/{token}/check").text
    for client in (tablet, amina.client):
        page = client.get(f"/s/{token}/check")
        form = page.text.split('name="token" value="')
        if len(form) > 1:
            assert client.post(f"/s/{token}/send", data={"token": form[1].split('"')[0]}).status_code == 303
    assert len(ballots(app)) == 1
    assert stored(app, Draft) == 0


def test_new_words_end_the_old_ones(app: Flask, token: str) -> None:
    amina = started(app, token)
    old, new = shown_words(amina), shown_words(amina)
    tries = [
        app.test_client().post(f"/s/{token}/go-on", data={"code": code, "words": words}).status_code
        for code, words in (old, new, (new[0], old[1]), ("", ""), ("bcdf-2345", "acorn apple kite moon"))
    ]
    assert tries == [422, 303, 422, 422, 422]
    assert stored(app, Draft) == 1


def test_nothing_stored_holds_the_words_or_leads_to_the_draft_without_them(app: Flask, token: str) -> None:
    amina = started(app, token)
    code, words = shown_words(amina)
    with database_of(app).reading() as session:
        rows = session.execute(select(*Draft.__table__.columns)).all()
    kept = str(rows)
    first, second, third, fourth = words.split()
    pieces = (f"{first} {second}", f"{third} {fourth}", code, code.replace("-", ""))
    assert not any(piece in kept for piece in pieces)
    held = amina.client.get_cookie(COOKIE, path=f"/s/{token}")
    assert held
    key = key_from_cookie(held.value)
    assert key == phrase_key(rows[0].audience_id, code, words)
    assert rows[0].key == draft_row_key(key or b"")


def test_another_survey_is_not_opened_by_the_same_words(app: Flask, token: str) -> None:
    amina = started(app, token)
    code, words = shown_words(amina)
    with database_of(app).reading() as session:
        audience = session.scalars(select(Draft.audience_id)).one()
    other = type(audience)(int=audience.int ^ 1)
    assert phrase_key(other, code, words) != phrase_key(audience, code, words)


def test_a_strangers_form_moves_no_draft(app: Flask, token: str) -> None:
    amina = started(app, token)
    before = amina.client.get_cookie(COOKIE, path=f"/s/{token}")
    assert amina.client.post(f"/s/{token}/elsewhere", data={"token": "x"}).status_code == 303
    assert amina.client.get_cookie(COOKIE, path=f"/s/{token}") == before


@pytest.mark.parametrize("language", ["en", "cy", "pl", "ur"])
def test_each_language_has_words_that_cannot_be_mixed_up_when_typed_plainly(language: str) -> None:
    words = words_of(language)
    assert len(words) == len({plain_words(word) for word in words}) == 128
    assert all(len(plain_words(word).split()) == 1 for word in words)
    code, phrase = new_phrase(language, lambda below: below - 1)
    assert (code, phrase.split()) == ("9999-9999", [words[-1]] * 4)
