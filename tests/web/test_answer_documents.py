"""Answers as one document: the same checks, stored once for each key."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.models import Ballot
from tests.web.respondents import ballots, open_survey, stored
from tests.web.test_answering import close_it

KEY = "k" * 32


@pytest.fixture
def link(app: Flask) -> str:
    return f"/s/{open_survey(app)}/answers"


def put(client: FlaskClient, link: str, answers: Any, *, key: Any = KEY, language: Any = "en") -> TestResponse:
    return client.put(link, json={"submission_key": key, "language": language, "answers": answers})


def test_a_document_is_stored_and_the_same_again_is_told_the_same(app: Flask, client: FlaskClient, link: str) -> None:
    first = put(client, link, {"safe": "agree", "better": "Clubs"})
    again = put(client, link, {"better": "Clubs", "safe": "agree"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert len(ballots(app)) == 2


def test_other_answers_under_the_same_key_are_refused(app: Flask, client: FlaskClient, link: str) -> None:
    put(client, link, {"safe": "agree"})
    assert put(client, link, {"safe": "disagree"}).status_code == 409
    assert stored(app, Ballot) == 1


def test_what_is_wrong_is_said_by_question_and_nothing_is_stored(app: Flask, client: FlaskClient, link: str) -> None:
    answer = put(client, link, {"safe": "agree", "hours": "lots", "stranger": 1})
    assert answer.status_code == 422
    assert answer.json is not None
    assert set(answer.json["problems"]) == {"hours", "stranger"}
    assert stored(app, Ballot) == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b'{"answers": []}',
        b'{"answers": {}}',
        b"\xff",
        b'{"answers": {}, "submission_key": 5}',
        b'{"answers": {}, "submission_key": "short"}',
    ],
)
def test_a_document_of_another_shape_is_refused_in_words(client: FlaskClient, link: str, body: bytes) -> None:
    answer = client.put(link, data=body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["problem"]


@pytest.mark.parametrize("language", ["xx", None, 5, ["en"]])
def test_a_language_that_is_not_offered_counts_as_english(
    app: Flask, client: FlaskClient, link: str, language: Any
) -> None:
    assert put(client, link, {"safe": "agree"}, language=language).status_code == 201
    assert '"language":"en"' in ballots(app)[0]


def test_a_closed_wave_takes_no_document(app: Flask, client: FlaskClient, link: str) -> None:
    close_it(app)
    assert put(client, link, {"safe": "agree"}).status_code == 410


def test_a_document_repeated_after_the_wave_closed_is_still_acknowledged(
    app: Flask, client: FlaskClient, link: str
) -> None:
    put(client, link, {"safe": "agree"})
    close_it(app)
    assert put(client, link, {"safe": "agree"}).status_code == 200
