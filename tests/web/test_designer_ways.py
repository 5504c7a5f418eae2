"""What steers a questionnaire, written in forms: sections, checks, scores, random groups, limits, skips."""

import re
from html import unescape
from uuid import UUID

import pytest
from flask import Flask

from surveys.definition import Questionnaire
from surveys.designing.checked import checked_questionnaire
from surveys.designing.content import Content
from surveys.designing.models import Sketch
from surveys.designing.sketches import content_at
from tests.web.respondents import database_of
from tests.web.test_designer import CHOICE, LIKERT, Writer, words, writers

__all__ = ["writers"]
YEAR = {"show_if.0.question": "which_year", "show_if.0.test": "is", "show_if.0.answer": "which_year:year_8"}


@pytest.fixture
def dev(writers: dict[str, Writer]) -> Writer:
    """Dev with three pages: the year and hours; two statements; a comment."""
    writer = writers["Dev"].begin()
    writer.add("choice", CHOICE)
    writer.add("number", {"prompt": "Hours of clubs", "min": "0", "max": "60"})
    writer.add("number", {"prompt": "Hours of homework", "min": "0", "max": "60"})
    writer.post("/pages/add")
    writer.add("likert", LIKERT, "?page=page_2")
    writer.add("likert", {**LIKERT, "prompt": "I belong here"}, "?page=page_2")
    writer.post("/pages/add")
    writer.add("comment", {"prompt": "What else?"}, "?page=page_3")
    return writer


def content_of(app: Flask, writer: Writer) -> Content:
    """What the writer's draft holds now."""
    with database_of(app).reading() as session:
        sketch = session.get_one(Sketch, UUID(writer.home.rpartition("/")[2]))
        return content_at(session, sketch.id, sketch.saves)


def sound(app: Flask, writer: Writer) -> Questionnaire:
    return checked_questionnaire(content_of(app, writer))


def test_a_section_has_pages_a_rule_and_an_order(app: Flask, dev: Writer) -> None:
    dev.post("/ways/sections/add", title="About lessons", first="page_2", last="page_3", shuffle="yes", **YEAR)
    made = sound(app, dev)
    assert [(each.key, each.shuffle) for each in made.sections] == [("about_lessons", True)]
    assert [page.section for page in made.pages] == ["", "about_lessons", "about_lessons"]
    assert "About lessons (pages 2 to 3)" in words(dev.get("/ways").text)
    assert "Only if “Which year are you in?”: the answer is Year 8" in words(dev.get().text)


def test_a_section_is_asked_once_for_each(app: Flask, dev: Writer) -> None:
    again = {"repeat.count": "hours_clubs", "repeat.most": "3", "repeat.label": "Club {number}"}
    dev.post("/ways/sections/add", title="Clubs", first="page_2", last="page_2", **again)
    made = sound(app, dev)
    assert [page.key for page in made.asked_pages] == ["page_1", "page_2", "page_2__2", "page_2__3", "page_3"]


def test_a_page_that_is_moved_away_leaves_its_section(app: Flask, dev: Writer) -> None:
    dev.post("/ways/sections/add", title="Both", first="page_1", last="page_2")
    dev.post("/pages/page_1/do", do="down")
    dev.post("/pages/page_1/do", do="down")
    assert [page.get("section") for page in content_of(app, dev)["pages"]] == ["both", None, None]
    assert len(sound(app, dev).sections) == 1


def test_a_new_section_inside_another_ends_the_other(app: Flask, dev: Writer) -> None:
    dev.post("/ways/sections/add", title="All", first="page_1", last="page_3")
    dev.post("/ways/sections/add", title="Middle", first="page_2", last="page_2")
    assert [page.section for page in sound(app, dev).pages] == ["all", "middle", ""]


def test_a_check_compares_two_answers_in_the_authors_words(app: Flask, dev: Writer) -> None:
    rule = {
        "wrong_if.0.question": "hours_clubs",
        "wrong_if.0.test": "more_than",
        "wrong_if.0.other": "hours_homework",
    }
    dev.post("/ways/checks/add", message="More clubs than homework?", soft="yes", **rule)
    check = sound(app, dev).checks[0]
    assert check.soft
    assert check.wrong_if.holds({"hours_clubs": 3, "hours_homework": 2})
    assert "Asks “Are you sure?” when “Hours of clubs”: the number is more than “Hours of homework”" in words(
        dev.get("/ways").text
    )


def test_a_score_counts_statements(app: Flask, dev: Writer) -> None:
    form = {"title": "Belonging", "rule": "sum", "minimum_answered": "1", "items": ["feel_safe_school", "belong_here"]}
    assert dev.client.post(f"{dev.home}/ways/scales/add", data=form).status_code == 302
    scale = sound(app, dev).scales[0]
    assert (scale.items, scale.rule, scale.needed) == (("feel_safe_school", "belong_here"), "sum", 1)


def test_random_groups_are_asked_different_questions(app: Flask, dev: Writer) -> None:
    dev.post(
        "/ways/blocks/add", **{"arms": "2", "arms.0.questions": "feel_safe_school", "arms.1.questions": "belong_here"}
    )
    arms = sound(app, dev).blocks[0].arms
    assert [(arm.key, arm.questions) for arm in arms] == [("a", ("feel_safe_school",)), ("b", ("belong_here",))]
    assert "only for group A" in words(dev.get().text)


def test_a_limit_counts_by_a_question_that_results_are_split_by(app: Flask, dev: Writer) -> None:
    dev.post("/settings", title="After a month", breakdowns="which_year")
    who = {name.replace("show_if", "when"): value for name, value in YEAR.items()}
    dev.post("/ways/quotas/add", limit="40", **who)
    quota = sound(app, dev).quotas[0]
    assert quota.when is not None
    assert (quota.limit, quota.when.is_) == (40, "year_8")


def test_a_page_can_lead_to_the_end_and_mix_its_questions(app: Flask, dev: Writer) -> None:
    rule = {name.replace("show_if", "skip_to_end_if"): value for name, value in YEAR.items()}
    dev.post("/pages/page_1", shuffle="4", **rule)
    page = sound(app, dev).pages[0]
    assert page.skip_to_end_if is not None
    assert page.shuffle == 4
    assert "Then to the end if “Which year are you in?”: the answer is Year 8" in words(dev.get().text)


@pytest.mark.parametrize(
    ("name", "form", "said"),
    [
        ("checks", {"message": "No"}, "Fill this in."),
        ("scales", {"title": "One", "items": "feel_safe_school"}, "Write at least two of these."),
        ("quotas", {"limit": "many"}, "Write a number, such as 3."),
        ("sections", {"first": "page_1", "last": "page_1", "repeat.count": "hours_clubs"}, "Fill this in."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_saved(dev: Writer, name: str, form: dict[str, str], said: str) -> None:
    answer = dev.post(f"/ways/{name}/add", **form)
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert "Edit" not in words(dev.get("/ways").text)


def test_a_rule_that_looks_ahead_is_saved_and_said_in_the_words_of_the_school(dev: Writer) -> None:
    answer = dev.post("/ways/sections/add", title="Early", first="page_1", last="page_1", **YEAR)
    assert "Saved. Before it can be published, this must change" in words(answer.text)
    assert "“Which year are you in?” stands on the same page; expected a question on an earlier page." in words(
        answer.text
    )
    assert "Sections" in words(dev.get("/checks").text)


def test_removing_is_undone_like_everything(app: Flask, dev: Writer) -> None:
    dev.post("/ways/sections/add", title="Middle", first="page_2", last="page_2")
    assert "Removed “Middle”. You can undo this." in words(dev.post("/ways/sections/middle/remove").text)
    assert sound(app, dev).sections == ()
    dev.post("/saves/restore")
    assert [page.section for page in sound(app, dev).pages] == ["", "middle", ""]
    assert "Added “Middle”" in words(dev.get("/saves").text)


@pytest.mark.parametrize("path", ["/ways/checks/say_so", "/pages/page_2", "/settings"])
def test_two_at_once_see_both_texts_everywhere(dev: Writer, writers: dict[str, Writer], path: str) -> None:
    rule = {"wrong_if.0.question": "hours_clubs", "wrong_if.0.test": "more_than", "wrong_if.0.number": "40"}
    dev.post("/ways/checks/add", message="Say so", **rule)
    mia = writers["Mia"]
    mia.home = dev.home
    base = dev.get(path).text.partition('name="base" value="')[2].partition('"')[0]
    mia.post(path, base=base, title="Hers", message="Hers", **rule)
    answer = dev.post(path, base=base, title="His", message="His", **rule)
    assert answer.status_code == 409
    assert {"Hers", "His"} <= set(words(answer.text).split())


def test_more_rules_come_without_a_script(dev: Writer) -> None:
    assert 'name="show_if.2.question"' not in dev.get("/pages/page_3").text
    assert 'name="show_if.2.question"' in dev.post("/pages/page_3", more="show_if", **YEAR).text
    several = YEAR | {
        "show_if.1.question": "which_year", "show_if.1.answer": "which_year:year_7",
        "show_if.2.question": "hours_clubs", "show_if.2.test": "at_least", "show_if.2.number": "2",
        "show_if.join": "each",
    }  # fmt: skip
    dev.post("/pages/page_3", **several)
    assert "the answer is Year 8 / Year 7 and “Hours of clubs”: the number is at least 2" in words(dev.get().text)


def test_the_preview_asks_are_you_sure_and_looks_at_one_random_group(dev: Writer) -> None:
    rule = {"wrong_if.0.question": "hours_clubs", "wrong_if.0.test": "more_than", "wrong_if.0.number": "40"}
    dev.post("/ways/checks/add", message="More than 40 hours?", soft="yes", **rule)
    ticks = {"arms.0.questions": "feel_safe_school", "arms.1.questions": "belong_here"}
    dev.post("/ways/blocks/add", arms="2", **ticks)
    chosen = {"go": "next", "number": "0", "hours_clubs": "50", "group.groups": "b"}
    asked = dev.post("/preview", **chosen)
    assert "Please look again" in words(asked.text)
    assert "More than 40 hours?" in words(asked.text)
    sure = unescape(re.findall('name="sure" value="([^"]+)"', asked.text)[0])
    after = words(dev.post("/preview", **chosen, sure=sure).text)
    assert "I belong here" in after
    assert "I feel safe at school" not in after


def test_others_get_nothing(dev: Writer, writers: dict[str, Writer]) -> None:
    for name in ("Zoe", "Carys"):
        other = writers[name]
        other.home = dev.home
        assert other.get("/ways").status_code == 404
        assert other.get("/ways/sections/add").status_code == 404
