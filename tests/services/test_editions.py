"""Editions on both databases: counted right, frozen, numbered, and only for those who may see them."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from analysis.editions import EditionView, build_edition, list_editions, load_edition
from analysis.models import CommentReading, CommentTheme, Edition
from stakeholder.db import Database
from stakeholder.errors import NotAllowed, NotFound
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.default_questionnaires import default_questionnaires
from surveys.definition import Questionnaire
from surveys.framework import default_framework
from surveys.models import KEY_BYTES, Audience, Comment
from surveys.published import publish
from surveys.storing import store_documents
from surveys.waves import AudiencePlan, add_audience, open_wave
from tests.makers import NOW, lead, questionnaire, school
from tests.unit.disclosure.admitting import ROUNDING

Answers = Sequence[Mapping[str, Any]]
Y7, Y8 = (("year", "y7"),), (("year", "y8"),)


def asked(
    session: Session,
    somewhere: School,
    answers: Answers,
    *,
    of: Questionnaire | None = None,
    title: str = "Spring",
    group: str = "student",
    invited: int | None = None,
) -> Audience:
    """A wave in which one audience gave these answers."""
    asking = of or questionnaire()
    version = publish(session, lead(somewhere), asking, now=NOW)
    wave = open_wave(session, lead(somewhere), title=title, plans=(), now=NOW)
    audience = add_audience(session, lead(somewhere), wave, AudiencePlan(group, version, invited=invited))
    assert sum(1 for _ in store_documents(session, audience.id, asking, [("en", each) for each in answers])) >= 0
    return audience


def counted(session: Session, somewhere: School, answers: Answers, **more: Any) -> EditionView:
    """The edition of such a wave, as the school's lead sees it."""
    build_edition(session, asked(session, somewhere, answers, **more).wave_id, now=NOW)
    return load_edition(session, lead(somewhere))


def people(count: int, **answers: Any) -> list[dict[str, Any]]:
    return [dict(answers)] * count


def test_answers_are_counted_by_option_and_the_unscored_beside(database: Database) -> None:
    given = people(24, safe="agree") + people(12, safe="disagree") + people(6, safe="dont_know") + people(3, hours=1)
    with database.writing() as session:
        found = counted(session, school(session), given).find("item", "safe", "secondary")
        assert found and (found.status, found.n, found.unscored, found.favourable) == ("shown", 36, 6, 24)
        assert {option.code: option.people for option in found.options if option.people} == {
            "agree": 24,
            "disagree": 12,
            "dont_know": 6,
        }


def test_everyone_who_answered_counts_as_a_response(database: Database) -> None:
    with database.writing() as session:
        edition = counted(session, school(session), people(42, safe="agree", year="y7"), invited=50)
        everyone = edition.find("response", "response", "secondary")
        assert everyone and (everyone.n, everyone.invited) == (42, 50)


def test_a_small_group_is_hidden_with_those_beside_it_and_says_why(database: Database) -> None:
    given = people(60, safe="agree", year="y7") + people(4, safe="disagree", year="y8")
    with database.writing() as session:
        edition = counted(session, school(session), given)
        for filters in (Y7, Y8):
            found = edition.find("item", "safe", "secondary", filters)
            assert found and (found.status, found.n, found.options) == ("hidden", 0, ())
            assert found.reason


def test_large_groups_are_shown_apart(database: Database) -> None:
    given = people(40, safe="agree", year="y7") + people(50, safe="disagree", year="y8")
    with database.writing() as session:
        edition = counted(session, school(session), given)
        shares = [edition.find("item", "safe", "secondary", filters) for filters in (Y7, Y8)]
        assert [found.share for found in shares if found] == [1.0, 0.0]


def test_a_dimension_is_the_mean_of_its_strands_of_equal_weight(database: Database) -> None:
    # on 0 to 100: agree 75, strongly disagree 0
    strands = [f"wel_{name}" for name in ("safety", "belonging", "happiness")]
    given = people(30, **dict.fromkeys(strands, "agree")) + people(30, wel_safety="strongly_disagree")
    with database.writing() as session:
        edition = counted(session, school(session), given, of=default_questionnaires(default_framework())["secondary"])
        strand, dimension = (edition.find("score", key, "secondary") for key in ("wel.safety", "wellbeing"))
        assert strand and (strand.n, strand.mean) == (60, pytest.approx(37.5))
        assert dimension and (dimension.n, dimension.mean) == (30, pytest.approx((37.5 + 75 + 75) / 3))


def test_children_of_five_to_seven_have_statements_and_no_scores(database: Database) -> None:
    asking = default_questionnaires(default_framework())["primary_ks1"]
    statement = next(question.key for question in asking.questions if question.indicator)
    with database.writing() as session:
        edition = counted(session, school(session), people(40, **{statement: "yes"}), of=asking)
        assert edition.of("item") and not edition.of("score")


def test_two_breakdowns_are_crossed(database: Database) -> None:
    asking = default_questionnaires(default_framework())["secondary"]
    given = [
        {"wel_safety": "agree", "year": year, "gender": gender}
        for year in ("y7", "y8")
        for gender in ("girl", "boy")
        for _ in range(36)
    ]
    with database.writing() as session:
        edition = counted(session, school(session), given, of=asking)
        found = edition.find("item", "wel_safety", "secondary", (("year", "y7"), ("gender", "girl")))
        assert found and (found.status, found.n) == ("shown", 36)


def again(session: Session, audience: Audience, more: Answers) -> Edition:
    """Further answers arrive, and the wave is counted once more."""
    list(store_documents(session, audience.id, questionnaire(), [("en", each) for each in more]))
    return build_edition(session, audience.wave_id, now=NOW + timedelta(days=1))


def test_counting_again_makes_a_new_edition_and_leaves_the_old_one(database: Database) -> None:
    with database.writing() as session:
        somewhere = school(session)
        audience = asked(session, somewhere, people(42, safe="agree"))
        first = build_edition(session, audience.wave_id, now=NOW)
        before = load_edition(session, lead(somewhere))
        second = again(session, audience, people(12, safe="agree"))
        assert (first.number, second.number) == (1, 2)
        assert [edition.cells[0].n for edition in (before, load_edition(session, lead(somewhere)))] == [42, 54]


def test_one_late_answer_leaves_the_numbers_of_the_edition_before(database: Database) -> None:
    with database.writing() as session:
        somewhere = school(session)
        audience = asked(session, somewhere, people(42, safe="agree"))
        build_edition(session, audience.wave_id, now=NOW)
        before = load_edition(session, lead(somewhere)).cells
        for late in range(3):
            again(session, audience, people(late, safe="disagree"))
            assert load_edition(session, lead(somewhere)).cells == before


def test_joiners_of_whom_few_are_in_a_hidden_group_wait_for_more(database: Database) -> None:
    # the whole grows by 15 and year 7 by 11: the other four would be left over
    with database.writing() as session:
        somewhere = school(session)
        given = people(42, safe="agree", year="y7") + people(42, safe="agree", year="y8") + people(12, safe="agree")
        audience = asked(session, somewhere, given)
        build_edition(session, audience.wave_id, now=NOW)
        before = load_edition(session, lead(somewhere)).cells
        again(session, audience, people(11, safe="agree", year="y7") + people(4, safe="disagree", year="y8"))
        assert load_edition(session, lead(somewhere)).cells == before
        again(session, audience, people(8, safe="disagree", year="y8"))
        assert load_edition(session, lead(somewhere)).cells != before


def test_the_same_people_always_give_the_same_number(database: Database) -> None:
    with database.writing() as session:
        somewhere = school(session)
        audience = asked(session, somewhere, people(41, safe="agree", year="y7") + people(37, safe="agree", year="y8"))
        counts = []
        for _ in range(5):
            again(session, audience, [])
            edition = load_edition(session, lead(somewhere))
            counts.append([(cell.n, cell.favourable) for cell in edition.cells])
            y7 = edition.find("item", "safe", "secondary", Y7)
            assert y7 and y7.n == y7.favourable  # all of year 7 agree: one set of people, one number
        assert all(each == counts[0] for each in counts)


def test_one_option_of_two_questions_is_rounded_apart() -> None:
    # nobody can tell from equal roundings that the same people chose both
    rounded = {ROUNDING.count(f"question{number}", b"the same people", 40) for number in range(40)}
    assert rounded == {39, 42}


def test_a_job_done_twice_makes_one_edition(database: Database) -> None:
    cause = uuid4()
    with database.writing() as session:
        audience = asked(session, school(session), people(40, safe="agree"))
        first, again = (build_edition(session, audience.wave_id, now=NOW, cause=cause) for _ in range(2))
        assert first.id == again.id
        assert len(session.scalars(select(Edition)).all()) == 1


def test_editions_are_listed_oldest_wave_first(database: Database) -> None:
    with database.writing() as session:
        somewhere = school(session)
        for number, title in enumerate(("Spring 2025", "Spring 2026")):
            audience = asked(session, somewhere, people(40, safe="agree"), title=title)
            build_edition(session, audience.wave_id, now=NOW + timedelta(days=number))
        assert [summary.wave_title for summary in list_editions(session, lead(somewhere))] == [
            "Spring 2025",
            "Spring 2026",
        ]


def test_zoe_of_another_school_finds_nothing(database: Database) -> None:
    with database.writing() as session:
        counted(session, school(session), people(40, safe="agree"))
        zoe = lead(school(session, "Valley School"))
        assert list_editions(session, zoe) == []
        with pytest.raises(NotFound):
            load_edition(session, zoe, "spring")


def test_someone_without_a_role_sees_no_results(database: Database) -> None:
    with database.writing() as session:
        somewhere = school(session)
        counted(session, somewhere, people(40, safe="agree"))
        for viewer in (
            Viewer(),
            Viewer(school_id=somewhere.id),
            Viewer(None, somewhere.id, "", frozenset({Role.OPERATOR})),
        ):
            with pytest.raises(NotAllowed):
                load_edition(session, viewer)


def test_a_stored_edition_reads_back_as_it_was_counted(database: Database) -> None:
    given = people(40, safe="agree", year="y7") + people(35, safe="disagree", year="y8") + people(2, safe="rather_not")
    with database.writing() as session:
        audience = asked(session, school(session), given)
        build_edition(session, audience.wave_id, now=NOW)
        somewhere = session.scalars(select(School)).one()
    with database.reading() as session:
        edition = load_edition(session, lead(somewhere))
        assert [(each.key, each.group) for each in edition.audiences] == [("secondary", "student")]
        assert [(key, label) for key, label, _ in edition.breakdowns("secondary")] == [("year", "Year group")]
        assert all(
            edition.find(cell.kind, cell.subject, cell.slice.audience, cell.slice.filters) is cell
            for cell in edition.cells
        )


def test_a_wave_without_answers_has_results_that_show_nothing(database: Database) -> None:
    with database.writing() as session:
        edition = counted(session, school(session), [])
        assert edition.cells and {cell.status for cell in edition.cells} == {"hidden"}


def commented(session: Session, audience_id: UUID, count: int, *, theme: str, safeguarding: bool = False) -> None:
    """Comments that were read and name a theme."""
    keys = [secrets.token_bytes(KEY_BYTES) for _ in range(count)]
    about = {"audience_id": audience_id, "question_key": "better", "language": "en", "text": "More, please."}
    read = {"language": "en", "sentiment": "negative", "score": -0.2, "safeguarding": safeguarding, "concerns": []}
    session.execute(insert(Comment), [{"key": key, **about} for key in keys])
    session.execute(insert(CommentReading), [{"comment_key": key, **read} for key in keys])
    session.execute(
        insert(CommentTheme), [{"comment_key": key, "theme": theme, "sentiment": "negative"} for key in keys]
    )


def test_themes_are_shown_from_ten_comments(database: Database) -> None:
    with database.writing() as session:
        somewhere = school(session)
        audience = asked(session, somewhere, people(40, safe="agree"))
        commented(session, audience.id, 12, theme="wel.toilets")
        commented(session, audience.id, 9, theme="wel.belonging")
        build_edition(session, audience.wave_id, now=NOW)
        themes = {theme.subject: theme for theme in load_edition(session, lead(somewhere)).of("theme")}
        assert themes["wel.toilets"].n == 12
        assert (themes["wel.belonging"].status, themes["wel.belonging"].n) == ("hidden", 0)


def test_comments_that_a_safeguarding_lead_must_see_are_no_results(database: Database) -> None:
    with database.writing() as session:
        somewhere = school(session)
        audience = asked(session, somewhere, people(40, safe="agree"))
        commented(session, audience.id, 20, theme="wel.toilets", safeguarding=True)
        build_edition(session, audience.wave_id, now=NOW)
        assert not load_edition(session, lead(somewhere)).of("theme")
