"""Answers that are needed, odd answers that are asked about once, and words beside "Other"."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.models import Ballot
from tests.web.respondents import Respondent, ballots, open_survey, stored

KEY = "k" * 32


@pytest.fixture
def someone(app: Flask, client: FlaskClient) -> Respondent:
    return Respondent(client, open_survey(app, "careful")).begin()


def sure_of(someone: Respondent) -> str:
    """What the page sends back to confirm."""
    return someone._hidden("sure")


def test_a_needed_answer_is_asked_for_in_words_on_the_way_on_only(someone: Respondent) -> None:
    someone.save(sleep="9")
    assert (someone.page.status_code, someone.path) == (422, "/p/first")
    assert "This one needs an answer before you can go on." in someone.words
    assert someone.save("back").path == ""


def test_what_is_needed_is_asked_for_before_sending_too(app: Flask, someone: Respondent) -> None:
    someone.go("/check").send()
    assert someone.page.status_code == 422
    assert 'href="#agree"' in someone.page.text
    assert stored(app, Ballot) == 0


def test_an_odd_number_is_asked_about_once_and_then_kept(someone: Respondent) -> None:
    someone.save(agree="yes", sleep="2")
    assert someone.page.status_code == 200
    assert "You wrote 2. Is that right?" in someone.words
    assert someone.save(agree="yes", sleep="2", sure=sure_of(someone)).path == "/p/second"


def test_another_odd_number_is_asked_about_again(someone: Respondent) -> None:
    someone.save(agree="yes", sleep="2")
    someone.save(agree="yes", sleep="1", sure=sure_of(someone))
    assert "You wrote 1. Is that right?" in someone.words


def test_an_answer_left_out_is_asked_about_once(someone: Respondent) -> None:
    someone.save(agree="yes", sleep="9").save()
    assert "You left this empty. Is that what you want?" in someone.words
    assert someone.save(sure=sure_of(someone)).path == "/check"


def test_words_beside_other_choose_it_and_are_stored_apart(app: Flask, someone: Respondent) -> None:
    someone.save(agree="yes", sleep="5")
    someone.save(**{"why.other.text": "A baby brother"}).save(year="y7")
    assert "Something else: A baby brother" in someone.words
    someone.send()
    assert ballots(app) == [
        '{"answers":{"agree":"yes","sleep":5,"tired":"yes","why":"other","year":"y7"},"language":"en"}',
        '{"language":"en","question":"why.other.text","text":"A baby brother"}',
    ]


def test_words_beside_other_stay_out_when_another_answer_is_chosen(app: Flask, someone: Respondent) -> None:
    someone.save(agree="yes", sleep="5")
    someone.save(why="noise", **{"why.other.text": "A baby brother"}).save(year="y7").send()
    assert not any("brother" in ballot for ballot in ballots(app))


def test_a_calculated_value_opens_a_page_and_is_never_shown(someone: Respondent) -> None:
    someone.save(agree="yes", sleep="9")
    assert someone.path == "/p/third"
    someone.go("/check")
    assert "Sleeps less than eight hours" not in someone.words


def test_one_document_needs_what_is_needed_and_hears_what_is_odd(app: Flask, client: FlaskClient) -> None:
    link = f"/s/{open_survey(app, 'careful')}/answers"
    body = {"submission_key": KEY, "language": "en"}
    refused = client.put(link, json={**body, "answers": {"sleep": 2}})
    kept = client.put(link, json={**body, "answers": {"sleep": 2, "agree": "no", "tired": "no"}})
    assert (refused.status_code, kept.status_code) == (422, 201)
    assert refused.json is not None
    assert kept.json is not None
    assert set(refused.json["problems"]) == {"agree"}
    assert set(kept.json["look_again"]) == {"sleep"}
    assert '"tired":"yes"' in ballots(app)[0]
