"""Going through a survey with every part of the flow, as a respondent without a browser."""

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from surveys.models import Ballot, Draft, QuotaCount
from surveys.ordering import Draw
from surveys.respondent import COOKIE, key_from_cookie
from surveys.sealing import opened_draft, sealed_draft
from tests.web.respondents import Respondent, ballots, database_of, open_survey, stored


@pytest.fixture
def pupil(app: Flask, client: FlaskClient) -> Respondent:
    return Respondent(client, open_survey(app, "flow")).begin()


def draw_of(app: Flask) -> Draw:
    with database_of(app).reading() as session:
        return Draw.from_json(session.scalars(select(Draft.draw)).one() or "")


def drawn_again(app: Flask, draw: Draw) -> None:
    with database_of(app).writing() as session:
        session.execute(update(Draft).values(draw=draw.to_json()))


def sent_answers(app: Flask) -> dict[str, Any]:
    (body,) = (json.loads(each) for each in ballots(app) if '"answers"' in each)
    return dict(body)


def test_chance_is_drawn_once_and_kept_as_a_few_words(app: Flask, pupil: Respondent) -> None:
    draw = draw_of(app)
    assert draw.arms["form"] in {"a", "b"} and draw.order in range(6)
    pupil.save(year="y7", children="0").save(stop="yes").send()
    assert sent_answers(app) == {
        "answers": {"children": 0, "stop": "yes", "year": "y7"},
        "draw": draw.to_json(),
        "language": "en",
    }


def test_options_come_in_the_order_that_was_drawn(app: Flask, pupil: Respondent) -> None:
    seen = set()
    for order in range(4):
        drawn_again(app, Draw(order, {"form": "a"}))
        seen.add(tuple(re.findall(r'name="activities" value="(\w+)"', pupil.go("/p/first").page.text)))
    assert len(seen) == 4
    assert all(order[-1] == "nothing" for order in seen)


def test_an_earlier_answer_is_taken_up_and_escaped(app: Flask, pupil: Respondent) -> None:
    pupil.save(year="y11", children="0").save(stop="no").save(college_name='<b>"Hill" & {{year}}</b>')
    assert 'Why <b>"Hill" & {{year}}</b>?' in pupil.words.replace("&lt;", "<")
    assert "<b>" not in pupil.page.text.replace("<body", "")
    assert "&lt;b&gt;&#34;Hill&#34; &amp; {{year}}&lt;/b&gt;" in pupil.page.text


def test_without_an_earlier_answer_other_words_stand_there(pupil: Respondent) -> None:
    pupil.save(year="y11", children="0").save(stop="no").save()
    assert "Why that college?" in pupil.words


def test_nothing_that_was_taken_up_is_kept(app: Flask, pupil: Respondent) -> None:
    pupil.save(year="y11", children="0").save(stop="no").save(college_name="Hill").save(why_college="Near").go("/check")
    assert "Why Hill?" in pupil.words
    pupil.send()
    assert [body for body in ballots(app) if "Hill" in body] == [
        '{"language":"en","question":"college_name","text":"Hill"}'
    ]


def to_club_hours(app: Flask, pupil: Respondent) -> Respondent:
    pupil.save(year="y7", activities=["art"], children="0").save(stop="no")
    return pupil.go("/p/club_hours")


def test_a_check_across_answers_says_the_authors_words(app: Flask, pupil: Respondent) -> None:
    to_club_hours(app, pupil).save(hours_club="5", hours_all="2")
    assert pupil.page.status_code == 422
    assert "You said more hours in clubs than hours in all." in pupil.words
    pupil.save(hours_club="5", hours_all="6")
    assert pupil.page.status_code == 200 and pupil.path != "/p/club_hours"


def test_a_soft_check_asks_once(app: Flask, pupil: Respondent) -> None:
    to_club_hours(app, pupil).save(hours_club="5", hours_all="60")
    assert "Are you sure that it is more than 40 hours?" in pupil.words
    sure = re.search(r'name="sure" value="([^"]*)"', pupil.page.text)
    assert sure is not None
    pupil.save(hours_club="5", hours_all="60", sure=sure[1])
    assert pupil.path != "/p/club_hours"


def test_a_check_that_fails_later_stops_the_sending(app: Flask, pupil: Respondent) -> None:
    to_club_hours(app, pupil).save(hours_club="5", hours_all="6")
    cookie = pupil.client.get_cookie(COOKIE, path=f"/s/{pupil.token}")
    key = key_from_cookie(cookie.value if cookie else None)
    assert key is not None
    with database_of(app).writing() as session:
        before = json.loads(opened_draft(session.scalars(select(Draft.answers)).one(), key))
        session.execute(update(Draft).values(answers=sealed_draft(json.dumps({**before, "hours_all": 1}), key)))
    pupil.go("/check").send()
    assert pupil.page.status_code == 422 and "You said more hours in clubs" in pupil.words
    assert stored(app, Ballot) == 0


def test_each_time_of_a_repeated_section_says_which_it_is(pupil: Respondent) -> None:
    pupil.save(year="y7", children="2").save(stop="no")
    assert "Child 1 Which year?" in pupil.words
    assert "Child 2 Which year?" in pupil.go("/p/sibling__2").words
    assert "Child 2: Which year?" in pupil.go("/check").words


def fill_quota(app: Flask, people: int) -> None:
    with database_of(app).writing() as session:
        session.execute(update(QuotaCount).values(people=people))


def test_a_full_quota_says_so_and_keeps_nothing(app: Flask, pupil: Respondent) -> None:
    fill_quota(app, 40)
    pupil.save(year="y11", children="0")
    assert pupil.page.status_code == 410 and "We have heard from enough of Year 11." in pupil.words
    assert (stored(app, Draft), stored(app, Ballot)) == (0, 0)


def test_the_last_place_of_a_quota_is_given_once(app: Flask, pupil: Respondent) -> None:
    fill_quota(app, 39)
    other = Respondent(app.test_client(), pupil.token).begin()
    for each in (pupil, other):
        each.save(year="y11", children="0").save(stop="yes")
    pupil.send()
    other.send()
    assert "We have heard from enough of Year 11." in other.words
    assert len([body for body in ballots(app) if '"answers"' in body]) == 1


def put(client: FlaskClient, token: str, **document: Any) -> tuple[int, dict[str, Any]]:
    sent = {"submission_key": "a key of twenty letters", "language": "en", **document}
    answer = client.put(f"/s/{token}/answers", json=sent)
    return answer.status_code, answer.get_json()


def test_a_document_says_what_was_drawn(app: Flask, client: FlaskClient) -> None:
    token = open_survey(app, "flow")
    status, said = put(client, token, answers={"safe": "agree"})
    assert status == 422 and "arms: expected one of each of {'form': ['a', 'b']}" in said["problem"]
    status, _ = put(client, token, answers={"ask_a": "agree", "ask_b": "agree"}, order=2, arms={"form": "b"})
    assert status == 201
    assert sent_answers(app)["answers"] == {"ask_b": "agree"}


def test_a_document_is_checked_across_answers(app: Flask, client: FlaskClient) -> None:
    answers = {"activities": ["art"], "hours_club": 5, "hours_all": 2}
    status, said = put(client, open_survey(app, "flow"), answers=answers, arms={"form": "a"})
    assert status == 422
    assert said["problems"] == {"hours_all": "You said more hours in clubs than hours in all."}
