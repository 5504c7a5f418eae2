"""Writing a questionnaire on its pages: add, change, move, undo, publish; two at once; and what others get."""

import re
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from stakeholder.models import AuditEvent
from stakeholder.roles import Role
from surveys.models import QuestionnaireVersion
from tests.makers import person, school
from tests.web.respondents import database_of

CHOICE = {"prompt": "Which year are you in?", "options.0.label": "Year 7", "options.1.label": "Year 8"}
LIKERT = {"prompt": "I feel safe at school", "scale": "agree5"}


class Writer:
    """Someone who writes questionnaires in a browser without a browser."""

    def __init__(self, app: Flask, person_id: object) -> None:
        self.client: FlaskClient = app.test_client()
        with self.client.session_transaction() as cookie:
            cookie["person"] = str(person_id)
        self.home = ""

    def begin(self, title: str = "After a month", audience: str = "secondary") -> "Writer":
        """A new questionnaire."""
        answer = self.client.post("/questionnaires/new", data={"title": title, "audience": audience})
        self.home = answer.location
        return self

    def post(self, path: str, **fields: str) -> TestResponse:
        """Send a form of the sketch and follow where it leads."""
        return self.client.post(self.home + path, data=fields, follow_redirects=True)

    def get(self, path: str = "") -> TestResponse:
        """Look at a page of the sketch."""
        return self.client.get(self.home + path)

    def add(self, kind: str, fields: dict[str, str], query: str = "") -> TestResponse:
        """Add a question."""
        return self.post(f"/questions/add/{kind}{query}", **fields)

    @property
    def keys(self) -> list[str]:
        """Keys of the questions, in order."""
        return re.findall(r'data-key="(\w+)"', self.get().text)


@pytest.fixture
def writers(app: Flask) -> dict[str, Writer]:
    """Dev leads surveys, Mia mentors, Zoe leads surveys at another school, Carys governs."""
    app.config["WTF_CSRF_ENABLED"] = False
    with database_of(app).writing() as session:
        hill, dale = school(session), school(session, "Dale School")
        people = {
            "Dev": person(session, hill, "Dev", Role.SURVEY_LEAD).id,
            "Mia": person(session, hill, "Mia", Role.MENTOR).id,
            "Carys": person(session, hill, "Carys", Role.GOVERNOR).id,
            "Zoe": person(session, dale, "Zoe", Role.SURVEY_LEAD).id,
        }
    return {name: Writer(app, id_) for name, id_ in people.items()}


@pytest.fixture
def dev(writers: dict[str, Writer]) -> Writer:
    """Dev with a draft of two questions."""
    writer = writers["Dev"].begin()
    writer.add("choice", CHOICE)
    writer.add("likert", LIKERT)
    return writer


def words(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_a_question_is_added_under_a_key_made_from_its_words(dev: Writer) -> None:
    assert dev.keys == ["which_year", "feel_safe_school"]


def test_every_kind_has_a_form(dev: Writer) -> None:
    from surveys.question_types import REGISTRY

    for kind in REGISTRY:
        page = dev.get(f"/questions/add/{kind}")
        assert page.status_code == 200
        assert 'id="prompt"' in page.text


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(dev: Writer) -> None:
    answer = dev.add("choice", {"prompt": "Which club?", "options.0.label": "Chess"})
    assert answer.status_code == 422
    assert "Write at least two of these." in words(answer.text)
    assert 'value="Chess"' in answer.text


def test_changing_the_words_keeps_key_code_and_translations(dev: Writer) -> None:
    form = dev.get("/questions/which_year").text
    assert 'name="options.0.code" value="year_7"' in form
    changed = {**CHOICE, "options.0.label": "Year seven", "options.0.code": "year_7", "options.1.code": "year_8"}
    assert "Saved" in words(dev.post("/questions/which_year", **changed).text)
    assert dev.keys == ["which_year", "feel_safe_school"]
    assert 'name="options.0.code" value="year_7"' in dev.get("/questions/which_year").text


@pytest.mark.parametrize(
    ("wish", "after"),
    [
        ({"do": "up"}, ["feel_safe_school", "which_year"]),
        ({"do": "down"}, ["which_year", "feel_safe_school"]),
        ({"do": "place", "number": "1"}, ["feel_safe_school", "which_year"]),
        ({"do": "drop", "page": "page_1", "index": "0"}, ["feel_safe_school", "which_year"]),
        ({"do": "duplicate"}, ["which_year", "feel_safe_school", "feel_safe_school_2"]),
        ({"do": "remove"}, ["which_year"]),
    ],
)
def test_the_buttons_of_a_row(dev: Writer, wish: dict[str, str], after: list[str]) -> None:
    dev.post("/questions/feel_safe_school/do", **wish)
    assert dev.keys == after


def test_a_move_is_said_in_words(dev: Writer) -> None:
    assert "Moved to place 1 of 2, on page 1." in words(dev.post("/questions/feel_safe_school/do", do="up").text)


def test_any_save_can_be_gone_back_to_and_the_later_ones_stay(dev: Writer) -> None:
    dev.post("/questions/which_year/do", do="remove")
    dev.post("/saves/restore", number="2")
    assert dev.keys == ["which_year"]
    dev.post("/saves/restore", number="3")
    assert dev.keys == ["which_year", "feel_safe_school"]
    saves = words(dev.get("/saves").text)
    assert "Removed “Which year are you in?” Save 4, Dev" in saves


def test_a_rule_is_made_of_menus_and_read_as_a_sentence(dev: Writer) -> None:
    dev.post("/pages/add")
    rule = {"show_if.0.question": "which_year", "show_if.0.test": "is", "show_if.0.answer": "which_year:year_8"}
    dev.add("comment", {"prompt": "What helps you in Year 8?", **rule}, "?page=page_2")
    assert "Only if “Which year are you in?”: the answer is Year 8" in words(dev.get().text)
    assert 'value="which_year:year_8" selected' in dev.get("/questions/helps_year_8").text


def test_a_colleagues_change_is_never_overwritten_unseen(dev: Writer, writers: dict[str, Writer]) -> None:
    mia = writers["Mia"]
    mia.home = dev.home
    base = re.search(r'name="base" value="(\d+)"', dev.get("/questions/feel_safe_school").text)
    assert base
    mia.post("/questions/feel_safe_school", base=base[1], **{**LIKERT, "prompt": "I feel safe in lessons"})
    mine = {**LIKERT, "prompt": "I feel safe here"}
    answer = dev.post("/questions/feel_safe_school", base=base[1], **mine)
    assert answer.status_code == 409
    assert "I feel safe in lessons" in words(answer.text)
    assert "I feel safe here" in words(answer.text)
    newer = re.search(r'name="base" value="(\d+)"', answer.text)
    assert newer
    assert dev.post("/questions/feel_safe_school", base=newer[1], **mine).status_code == 200
    assert "I feel safe here" in words(dev.get().text)


def test_an_author_judges_a_change_with_a_reason_that_is_kept(app: Flask, dev: Writer) -> None:
    dev.post("/publish")
    dev.post("/questions/feel_safe_school", **{**LIKERT, "prompt": "Nothing here frightens me"})
    page = dev.get("/publish").text
    assert "Another question: results begin anew" in words(page)
    pair = {name: re.findall(f'name="{name}" value="([0-9a-f]+)"', page)[0] for name in ("before", "after")}
    form = {"question": "feel_safe_school", "change": "wording", **pair}
    assert "Write why." in words(dev.post("/publish/judge", **form).text)
    dev.post("/publish/judge", **form, reason="Tried with 30 students")
    assert "The author says so: “Tried with 30 students”" in words(dev.get("/publish").text)
    dev.post("/publish")
    with database_of(app).reading() as session:
        newest = session.scalars(select(QuestionnaireVersion).order_by(QuestionnaireVersion.number.desc())).first()
        assert newest and newest.lineage and newest.lineage["feel_safe_school"] == "wording"
        event = session.scalars(select(AuditEvent).where(AuditEvent.act == "change judged")).one()
        assert event.reason == "feel_safe_school: meaning -> wording. Tried with 30 students"


def test_a_question_that_a_colleague_removed_can_be_put_back_with_my_words(
    dev: Writer, writers: dict[str, Writer]
) -> None:
    mia = writers["Mia"]
    mia.home = dev.home
    mia.post("/questions/feel_safe_school/do", do="remove")
    mine = {**LIKERT, "prompt": "I feel safe here"}
    answer = dev.post("/questions/feel_safe_school", base="3", **mine)
    assert answer.status_code == 409
    assert "They removed it." in words(answer.text)
    base = re.search(r'name="base" value="(\d+)"', answer.text)
    assert base
    dev.post("/questions/feel_safe_school", base=base[1], kind="likert", **mine)
    assert dev.keys == ["which_year", "feel_safe_school"]


def test_a_lead_publishes_and_a_mentor_does_not(dev: Writer, writers: dict[str, Writer]) -> None:
    mia = writers["Mia"]
    mia.home = dev.home
    assert mia.get("/publish").status_code == 200
    assert mia.post("/publish").status_code == 404
    assert "Published as version 1." in words(dev.post("/publish").text)
    assert "After a month" in words(dev.client.get("/questionnaires").text)


def test_an_empty_questionnaire_cannot_be_published(writers: dict[str, Writer]) -> None:
    dev = writers["Dev"].begin()
    assert "There is no question yet." in words(dev.get("/publish").text)
    assert dev.client.post(f"{dev.home}/publish").status_code == 422


def test_a_published_questionnaire_of_the_library_goes_on_in_a_draft(app: Flask, writers: dict[str, Writer]) -> None:
    from stakeholder.viewer import NOBODY
    from surveys.published import publish
    from tests.makers import NOW, questionnaire

    with database_of(app).writing() as session:
        publish(session, NOBODY, questionnaire(), now=NOW)
    dev = writers["Dev"]
    dev.home = dev.client.post("/questionnaires/published/tiny/change").location
    assert dev.keys == ["safe", "year", "hours", "better"]
    assert dev.client.post("/questionnaires/published/tiny/change").location == dev.home


@pytest.mark.parametrize("name", ["Zoe", "Carys"])
def test_strangers_and_readers_get_no_draft(dev: Writer, writers: dict[str, Writer], name: str) -> None:
    other = writers[name]
    other.home = dev.home
    for path in ("", "/saves", "/settings", "/publish", "/questions/which_year", "/pages/page_1"):
        assert other.get(path).status_code == 404, path
    assert other.post("/questions/which_year/do", do="remove").status_code == 404
    assert dev.keys == ["which_year", "feel_safe_school"]


def test_settings_are_saved(dev: Writer) -> None:
    dev.post("/settings", title="New title", minutes="4", audience="parent", style="standard", languages="pl",
             breakdowns="which_year")  # fmt: skip
    page = dev.get("/settings").text
    assert "New title" in words(page)
    assert 'value="pl" checked' in page
    assert 'value="which_year" checked' in page


def test_a_question_is_seen_as_it_is_written_before_it_is_saved(dev: Writer) -> None:
    form = {**LIKERT, "prompt": "I like it here", "look_now": "yes", "look_eyes": "student_6", "look_language": "ur"}
    seen = dev.post("/questions/feel_safe_school", **form)
    assert seen.status_code == 200
    assert 'class="as-seen youngest eyes-student_6" lang="ur" dir="rtl"' in seen.text
    assert "I like it here" in words(seen.text.partition('id="look-here"')[2])
    assert "I like it here" not in words(dev.get().text)
    assert "nothing to show yet" in words(dev.post("/questions/add/choice", prompt="Which?", look_now="yes").text)


def test_one_question_leads_to_another_like_it(dev: Writer) -> None:
    answer = dev.client.post(f"{dev.home}/questions/add/likert?page=page_1", data={**LIKERT, "another": "yes"})
    assert answer.location.endswith("/questions/add/likert?page=page_1")


def test_the_preview_walks_the_rules_in_any_language_and_stores_nothing(dev: Writer) -> None:
    dev.post("/pages/add")
    rule = {"show_if.0.question": "which_year", "show_if.0.test": "is", "show_if.0.answer": "which_year:year_8"}
    dev.add("comment", {"prompt": "What helps you in Year 8?", **rule}, "?page=page_2")
    assert "Which year are you in?" in words(dev.get("/preview").text)
    assert "What helps you" in words(dev.post("/preview", go="next", number="0", which_year="year_8").text)
    assert "Thank you" in words(dev.post("/preview", go="next", number="0", which_year="year_7").text)
    assert 'dir="rtl"' in dev.get("/preview?language=ur&eyes=parent_phone").text
    assert "&lt;h3&gt;" not in dev.get("/preview").text
    assert dev.post("/preview", given='{"which_year": {"a": [1]}}', go="next").status_code == 200
    assert "as-seen youngest" in dev.get("/preview?eyes=student_6").text


def test_checks_name_what_stands_in_the_way_and_what_to_think_about(dev: Writer) -> None:
    dev.add("likert", {"prompt": "Teachers are kind and lessons are not boring", "scale": "agree5"})
    said = words(dev.get("/checks").text)
    assert "Nothing stands in the way of publishing." in said
    assert "It may ask two things at once." in said
    assert "It is worded negatively." in said
    assert "Longest 3" in said


def test_publishing_again_says_what_changes(dev: Writer) -> None:
    dev.post("/publish")
    dev.post("/questions/feel_safe_school", kind="likert", prompt="I feel safe in every lesson", scale="agree5")
    said = words(dev.get("/publish").text)
    assert "What changes" in said
    assert "I feel safe at school I feel safe in every lesson" in said
    assert "Published as version 2." in words(dev.post("/publish").text)


def test_a_ready_survey_becomes_a_draft_that_can_be_published(dev: Writer) -> None:
    dev.home = dev.client.post("/questionnaires/ready/pulse/begin").location
    assert len(dev.keys) == 8
    assert "Published as version 1." in words(dev.post("/publish").text)


def test_a_translation_is_saved_and_vouched_for_by_a_speaker(dev: Writer) -> None:
    place = "pages/page_1/questions/feel_safe_school/prompt"
    dev.post("/translations/pl", **{f"t.{place}": "Czuję się bezpiecznie", f"b.{place}": "", "checked": place})
    page = dev.get("/translations/pl?only=checked").text
    assert "Czuję się bezpiecznie" in page
    assert "1 of " in words(page)
    dev.post("/questions/feel_safe_school", kind="likert", prompt="I feel safe here", scale="agree5")
    assert "0 of " in words(dev.get("/translations/pl").text)


def test_a_colleagues_translation_is_told_and_not_overwritten(dev: Writer) -> None:
    place = "pages/page_1/questions/feel_safe_school/prompt"
    dev.post("/translations/pl", **{f"t.{place}": "Ich", f"b.{place}": ""})
    said = words(dev.post("/translations/pl", **{f"t.{place}": "Moje", f"b.{place}": ""}).text)
    assert "A colleague changed “I feel safe at school” to “Ich” meanwhile. Yours is not saved: “Moje”." in said


@pytest.mark.parametrize("kind", ["xlsx", "xlf"])
def test_a_translators_file_goes_out_and_comes_back(dev: Writer, kind: str) -> None:
    place = "pages/page_1/questions/feel_safe_school/prompt"
    dev.post("/translations/ur", **{f"t.{place}": "میں محفوظ ہوں", f"b.{place}": ""})
    file = dev.get(f"/translations/ur/file.{kind}")
    dev.post("/translations/ur", **{f"t.{place}": "", f"b.{place}": "میں محفوظ ہوں"})
    answer = dev.client.post(
        f"{dev.home}/translations/ur/file",
        data={"file": (BytesIO(file.data), f"ours.{kind}")},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert "میں محفوظ ہوں" in answer.text
    assert "Took over" in words(answer.text)


@pytest.mark.parametrize("data", [b"", b"<a", b"PK nonsense", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_a_file_that_is_none_is_refused_in_words(dev: Writer, data: bytes) -> None:
    answer = dev.client.post(
        f"{dev.home}/translations/ur/file",
        data={"file": (BytesIO(data), "hostile.xlf")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 422
    assert "cannot be read" in words(answer.text)


def test_a_risk_is_accepted_with_a_reason_by_a_lead_only(dev: Writer, writers: dict[str, Writer]) -> None:
    mia = writers["Mia"]
    mia.home = dev.home
    assert mia.post("/translations/pl/accept", reason="A pilot with one class").status_code == 404
    assert dev.post("/translations/pl/accept", reason="no").status_code == 422
    dev.post("/translations/pl/accept", reason="A pilot with one class")
    assert "A pilot with one class" in words(dev.get("/translations/pl").text)


def test_colleagues_write_notes_on_a_question_and_settle_them(dev: Writer, writers: dict[str, Writer]) -> None:
    mia = writers["Mia"]
    mia.home = dev.home
    mia.post("/notes", question="feel_safe_school", text="Is “safe” about lessons or breaks?")
    page = dev.get().text
    assert "Is “safe” about lessons or breaks?" in unescape(page)
    assert "Mia, " in words(page)
    settle = re.search(r"/notes/[0-9a-f-]+/settle", page)
    assert settle
    dev.post(settle[0])
    assert "· settled" in words(dev.get().text)
    assert dev.post("/notes", question="", text=" ").status_code == 422


def test_audiences_stand_in_columns_and_a_missing_wording_is_written_there(writers: dict[str, Writer]) -> None:
    dev = writers["Dev"].begin("For parents", audience="parent")
    dev.post("/bank/insert", indicator="wel.safety.parent.1", page="page_1")
    dev.begin("For students")
    dev.post("/bank/insert", indicator="wel.safety.secondary.1", page="page_1")
    dev.post("/bank/insert", indicator="ach.teaching.secondary.1", page="page_1")
    page = words(dev.get("/wordings").text)
    assert "I feel safe in and around this school. My child feels safe in and around school." in page
    assert "1 wording is missing." in page
    dev.post("/wordings", question="ach_teaching", target="parents", words="My child is taught clearly.")
    page = words(dev.get("/wordings").text)
    assert "0 wordings are missing." in page
    assert "My teachers explain things clearly. My child is taught clearly." in page
