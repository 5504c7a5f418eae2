"""Editions of scales, of items left out by plan, of questions under a condition, and of repeated sections."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from sqlalchemy.orm import Session

from analysis.editions import EditionView, build_edition, load_edition
from analysis.editions.answers import load_answers
from analysis.editions.scaling import scale_values
from stakeholder.db import Database
from surveys.definition import Questionnaire
from surveys.loading import load_questionnaire
from surveys.models import Response
from surveys.ordering import Draw
from surveys.scoring import scale_score
from surveys.storing import response_row
from tests.makers import NOW, lead, school
from tests.services.test_editions import asked

ITEMS = ("calm", "eager", "tired", "busy")
SCALED = """
key: scaled
title: INVENTED scales
groups: [student, parent]
audience: secondary
sections:
  - {key: start}
  - {key: child, repeat: {count: children, most: 3, label: "Child {number}"}}
pages:
  - key: first
    section: start
    questions:
      - {key: calm, type: likert, scale: agree5, prompt: I am calm}
      - {key: eager, type: likert, scale: agree5, prompt: I am eager}
      - {key: tired, type: likert, scale: agree5, prompt: I am tired, reverse: true}
      - {key: busy, type: likert, scale: agree5, prompt: I am busy}
      - {key: children, type: number, prompt: How many children?, min: 1, max: 9}
  - key: of_a_child
    section: child
    questions:
      - {key: happy, type: likert, scale: agree5, prompt: My child is happy}
      - key: way
        type: choice
        prompt: How does your child come to school?
        options: [{code: walk, label: On foot}, {code: bus, label: By bus}]
blocks:
  - key: form
    arms:
      - {key: a, questions: [busy]}
      - {key: b, questions: [eager]}
scales:
  - {key: ease, title: Ease, items: [calm, eager, tired, busy], minimum_answered: 3}
  - {key: strain, title: Strain, items: [calm, tired], rule: sum}
"""


def scaled() -> Questionnaire:
    return load_questionnaire(SCALED, source="scaled")


def counted(
    session: Session, documents: list[tuple[Mapping[str, Any], str]], *, at: str = "Hill School"
) -> tuple[EditionView, Any]:
    """The edition of released responses with what chance chose for each."""
    somewhere = school(session, at)
    audience = asked(session, somewhere, [], of=scaled())
    for answers, arm in documents:
        draw = Draw(arms={"form": arm}).to_json() if arm else None
        session.add(Response(**response_row(audience.id, "en", answers, draw=draw)))
    session.flush()
    build_edition(session, audience.wave_id, now=NOW)
    return load_edition(session, lead(somewhere)), load_answers(session, audience.id, scaled())


def planned(people: int = 60) -> list[tuple[Mapping[str, Any], str]]:
    """Half are shown three items and half the other three; all they are shown is answered."""
    own = {"calm": "agree", "tired": "strongly_disagree", "children": 1, "happy": "agree"}
    return [
        (own | ({"busy": "agree"} if at % 2 else {"eager": "strongly_agree"}), "a" if at % 2 else "b")
        for at in range(people)
    ]


def test_a_scales_mean_stands_on_its_own_range_and_needs_the_fewest_answers(database: Database) -> None:
    with database.writing() as session:
        edition, _ = counted(session, planned())
    ease, strain = (edition.find("scale", f"scale:{key}", "secondary") for key in ("ease", "strain"))
    assert ease and (ease.n, ease.status, ease.figure("low"), ease.figure("high")) == (60, "shown", 1, 5)
    assert ease.mean == pytest.approx((30 * (4 + 5 + 4) / 3 + 30 * (4 + 5 + 5) / 3) / 60, abs=0.05)
    assert strain and (strain.mean, strain.figure("low"), strain.figure("high")) == (9.0, 2, 10)
    one_by_one = [
        scale_score(scaled(), scaled().scales[0], {"calm": "agree", "tired": "agree", "eager": code})
        for code in ("agree", "dont_know")
    ]
    assert one_by_one == [pytest.approx(10 / 3), None]


def test_scores_of_everyone_at_once_are_those_of_each_person(database: Database) -> None:
    random = np.random.default_rng(5)
    codes = ["strongly_disagree", "disagree", "neither", "agree", "strongly_agree", "dont_know", ""]
    documents = [{item: code for item in ITEMS if (code := str(random.choice(codes)))} for _ in range(40)]
    with database.writing() as session:
        _, answers = counted(session, [(each, "") for each in documents])
    for scale in scaled().scales:
        told = [scale_score(scaled(), scale, each) for each in documents]
        expected = sorted(-1.0 if each is None else each for each in told)
        assert sorted(np.nan_to_num(scale_values(answers, scale), nan=-1.0)) == pytest.approx(expected)


def test_what_somebody_was_not_shown_is_not_left_out(database: Database) -> None:
    with database.writing() as session:
        edition, _ = counted(session, planned())
    care = edition.find("care", "care", "secondary")
    assert care and care.figure("left_out") == 0
    busy, calm = (edition.find("item", key, "secondary") for key in ("busy", "calm"))
    assert busy and (busy.n, busy.shown_to) == (30, 30)
    assert calm and (calm.n, calm.shown_to) == (60, None)


def test_each_time_of_a_repeated_section_is_counted_by_itself_and_named(database: Database) -> None:
    two = {"children": 2, "happy": "agree", "happy__2": "disagree", "way": "walk", "way__2": "bus"}
    with database.writing() as session:
        edition, _ = counted(session, [(two, "a")] * 33 + [({"children": 1, "happy": "agree", "way": "bus"}, "b")] * 30)
    found = {key: edition.find("choice", key, "secondary") for key in ("way", "way__2", "way__3")}
    assert [(each.label, each.n, each.shown_to, each.status) for each in found.values() if each] == [
        ("Child 1: How does your child come to school?", 63, None, "shown"),
        ("Child 2: How does your child come to school?", 33, 33, "shown"),
        ("Child 3: How does your child come to school?", 0, None, "hidden"),
    ]
    second = edition.find("item", "happy__2", "secondary")
    assert second and (second.n, second.favourable, second.label) == (33, 0, "Child 2: My child is happy")


def test_a_scale_is_told_for_thirty_and_never_at_its_end(database: Database) -> None:
    best = {"calm": "strongly_agree", "tired": "strongly_disagree"}
    with database.writing() as session:
        few, _ = counted(session, [(best, "a")] * 27)
        many, _ = counted(session, [(best, "a")] * 30, at="Dale School")
    hidden, told = (each.find("scale", "scale:strain", "secondary") for each in (few, many))
    assert hidden and (hidden.status, hidden.mean) == ("words", None)
    assert told and told.mean == pytest.approx(9.6)
