"""Answering page by page, as a browser without scripts does it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from stakeholder.schools import command_line_viewer
from surveys.models import Ballot, Draft, Wave
from surveys.waves import close_wave
from tests.makers import NOW
from tests.web.respondents import Respondent, ballots, database_of, open_survey, stored


@pytest.fixture
def someone(app: Flask, client: FlaskClient) -> Respondent:
    return Respondent(client, open_survey(app))


def close_it(app: Flask) -> None:
    with database_of(app).writing() as session:
        wave = session.query(Wave).one()
        close_wave(session, command_line_viewer(wave.school_id), wave.key, now=NOW)


def test_a_whole_survey_is_stored_once(app: Flask, someone: Respondent) -> None:
    someone.begin().save(safe="agree", year="y7").save(hours="3", better="More clubs")
    assert someone.path == "/check"
    assert "I feel safe at school Agree" in someone.words
    assert someone.send().path == "/thanks"
    assert "Childline" in someone.words
    assert ballots(app) == [
        '{"answers":{"hours":3,"safe":"agree","year":"y7"},"language":"en"}',
        '{"language":"en","question":"better","text":"More clubs"}',
    ]
    assert stored(app, Draft) == 0


def test_nothing_is_compulsory(app: Flask, someone: Respondent) -> None:
    assert someone.begin().save().save().path == "/check"
    assert "You have not answered any question yet" in someone.words
    assert someone.send().path == "/thanks"
    assert stored(app, Ballot) == 1


def test_back_keeps_what_was_just_written(someone: Respondent) -> None:
    someone.begin().save(safe="agree").save("back", better="Half a thought")
    assert 'value="agree" checked' in someone.page.text
    assert "Half a thought" in someone.save().page.text


def test_an_answer_can_be_changed_from_the_check_page(someone: Respondent) -> None:
    someone.begin().save(safe="agree").save()
    assert "/p/day#safe" in someone.page.text
    someone.go("/p/day").save(safe="disagree").save()
    assert "I feel safe at school Disagree" in someone.words


def test_an_answer_can_be_taken_away_again(someone: Respondent) -> None:
    someone.begin().save(safe="agree").save(better="Oh").go("/p/words").save(better="")
    assert "Oh" not in someone.words


def test_someone_who_comes_back_goes_on_where_they_stopped(someone: Respondent) -> None:
    someone.begin().save(safe="agree").go("")
    assert "Go on where you stopped" in someone.words
    assert someone.begin(again="yes").path == "/p/words"


def test_another_device_starts_empty(app: Flask, someone: Respondent) -> None:
    someone.begin().save(safe="agree")
    other = Respondent(app.test_client(), someone.token).begin()
    assert " checked" not in other.page.text


@pytest.mark.parametrize(
    ("typed", "said"), [("many", "Write a number, such as 0."), ("-4", "Write a number from 0 to 100000.")]
)
def test_a_wrong_answer_is_explained_and_kept_on_the_page(someone: Respondent, typed: str, said: str) -> None:
    someone.begin().save().save(hours=typed, better="Longer breaks")
    assert someone.page.status_code == 422
    assert said in someone.words
    assert f'value="{typed}"' in someone.page.text
    assert 'href="#hours"' in someone.page.text
    assert "Longer breaks" in someone.go("/p/words").page.text


@pytest.mark.parametrize("words", ["Zwölf Boxkämpfer! ", "میرا بچہ خوش ہے ", "🙂"])
def test_a_comment_of_100_000_characters_is_given_back_whole_with_the_limit(someone: Respondent, words: str) -> None:
    long = words * (100_000 // len(words) + 1)
    someone.begin().save().save(better=long)
    assert someone.page.status_code == 422
    assert "characters. We can keep 5,000." in someone.words
    assert long.strip() in someone.page.text


def test_far_too_much_at_once_says_where_the_words_still_are(someone: Respondent) -> None:
    someone.begin().save(safe="agree").save(better="x" * 2_100_000)
    assert someone.page.status_code == 413
    assert "what you wrote is still in your browser" in someone.words
    assert 'value="agree" checked' in someone.go("/p/day").page.text


def test_the_language_changes_on_the_check_page_and_the_answers_stay(app: Flask, client: FlaskClient) -> None:
    someone = Respondent(client, open_survey(app, "two_languages")).begin().save(safe="agree", better="More clubs")
    assert 'form="spoken" name="go" value="lang:pl"' in someone.page.text
    someone.save("lang:pl")
    assert someone.path == "/check"
    assert '<html lang="pl"' in someone.page.text
    assert "Czuję się bezpiecznie" in someone.words
    assert "More clubs" in someone.words
    someone.send()
    assert ballots(app)[0] == '{"answers":{"safe":"agree"},"language":"pl"}'


def test_the_check_page_takes_no_language_without_its_token_or_that_is_not_offered(
    app: Flask, client: FlaskClient
) -> None:
    someone = Respondent(client, open_survey(app, "two_languages")).begin().save(safe="agree").save("lang:xx")
    assert '<html lang="en"' in someone.page.text
    refused = client.post(f"/s/{someone.token}/check", data={"go": "lang:pl", "token": "no"})
    assert refused.status_code == 400
    assert '<html lang="en"' in someone.go("/check").page.text


def test_the_language_changes_and_the_answers_stay(someone: Respondent) -> None:
    someone.begin().save("lang:pl", safe="agree")
    assert 'value="agree" checked' in someone.page.text


def test_one_question_at_a_time_and_together_again(someone: Respondent) -> None:
    someone.begin(layout="one")
    assert someone.path == "/p/day.safe"
    assert someone.save("layout:pages", safe="agree").path == "/p/day"
    assert 'value="agree" checked' in someone.page.text


def test_sending_twice_stores_once(app: Flask, someone: Respondent) -> None:
    someone.begin().save(safe="agree").save()
    cookie = someone.client.get_cookie("draft", path=f"/s/{someone.token}")
    form = re.search(r'name="token" value="([^"]*)"', someone.page.text)
    assert cookie and form
    someone.send()
    someone.client.set_cookie("draft", cookie.value, path=f"/s/{someone.token}")
    again = someone.client.post(f"/s/{someone.token}/send", data={"token": form[1]})
    assert again.headers["Location"].startswith(f"/s/{someone.token}/thanks")
    assert stored(app, Ballot) == 1


def test_a_form_without_our_token_changes_nothing_and_gives_the_words_back(app: Flask, someone: Respondent) -> None:
    someone.begin().save()
    answer = someone.client.post(f"/s/{someone.token}/p/words", data={"token": "0" * 32, "better": "My long thought"})
    assert answer.status_code == 400
    assert "My long thought" in answer.text
    assert "My long thought" not in someone.go("/p/words").page.text
    assert someone.client.post(f"/s/{someone.token}/send", data={"token": "ж"}).status_code == 400
    assert stored(app, Ballot) == 0


def test_a_page_posted_after_sending_says_so_and_gives_the_words_back(someone: Respondent) -> None:
    someone.begin().save().save().send()
    late = someone.client.post(f"/s/{someone.token}/p/words", data={"token": "x", "better": "One more thing"})
    assert late.status_code == 409
    assert "One more thing" in late.text


def test_a_page_that_is_not_there_leads_on_to_one_that_is(someone: Respondent) -> None:
    assert someone.begin().go("/p/nowhere").path == "/p/day"


def test_a_page_without_a_draft_leads_to_the_start(someone: Respondent) -> None:
    assert someone.go("/p/words").path == ""
    assert someone.go("/check").path == ""


def test_a_closed_wave_says_so_and_loses_nothing(app: Flask, someone: Respondent) -> None:
    someone.begin().save()
    close_it(app)
    someone.save(better="Too late?")
    assert someone.page.status_code == 410
    assert "This survey has closed" in someone.words
    assert "Too late?" in someone.page.text
    for path in ("", "/p/day", "/check"):
        assert someone.go(path).page.status_code == 410


def test_answers_that_nobody_sent_are_gone_once_the_wave_has_closed(app: Flask, someone: Respondent) -> None:
    someone.begin().save(safe="agree")
    close_it(app)
    app.extensions["installation"].worker.run_until_idle()
    assert stored(app, Draft) == 0


def test_an_unknown_link_is_a_clear_page(client: FlaskClient) -> None:
    assert client.get("/s/nothing").status_code == 404
    assert client.post("/s/nothing/send").status_code == 404


def test_who_sees_this_and_help_are_on_every_page(someone: Respondent) -> None:
    for step in (someone.begin, someone.save, someone.save, someone.send):
        step()
        assert "Who sees my answers?" in someone.words
        assert "Find someone to talk to" in someone.words
    assert "0800 1111" in someone.go("/who").words


def test_respondents_get_no_session_and_a_cookie_for_their_link_only(someone: Respondent) -> None:
    begun = someone.client.post(f"/s/{someone.token}/begin", data={"language": "en"})
    (cookie,) = begun.headers.getlist("Set-Cookie")
    assert cookie.startswith("draft=")
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", f"Path=/s/{someone.token}"))


@pytest.mark.parametrize("junk", ["", "not base64 !!", "QUJD", "A" * 400, "é"])
def test_a_strange_cookie_is_no_draft(someone: Respondent, junk: str) -> None:
    someone.client.set_cookie("draft", junk, path=f"/s/{someone.token}")
    assert someone.go("/check").path == ""


def test_what_someone_writes_is_never_markup(someone: Respondent) -> None:
    someone.begin().save().save(better='</textarea><script>alert("x")</script>')
    assert "<script>alert" not in someone.page.text
    assert "<script>alert" not in someone.go("/p/words").page.text
