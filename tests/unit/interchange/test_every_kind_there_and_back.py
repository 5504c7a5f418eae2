"""Questions of every kind, written for other tools and read again: it works, and no loss goes untold."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.definition import Questionnaire
from surveys.interchange.formats import read
from surveys.interchange.own import parts_of
from surveys.interchange.writers import WRITERS
from surveys.loading import load_questionnaire
from surveys.question_types import REGISTRY, Question
from tests.strategies import questions

EXCHANGED = ("xlsform", "lss", "limesurvey-txt", "qsf", "surveyjs")
KINDS = sorted(REGISTRY.keys() - {"calculated"})
DEEP = os.environ.get("STAKEHOLDER_TEST_DEPTH") == "deep"
SOME = settings(
    max_examples=1_000 if DEEP else 15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def wholes(draw: st.DrawFn) -> Questionnaire:
    """A questionnaire of one to four questions of any kinds, the first of which asks something."""
    kinds = [draw(st.sampled_from([kind for kind in KINDS if kind != "text"]))]
    kinds += draw(st.lists(st.sampled_from(KINDS), max_size=3))
    asked = [draw(questions(kind)).model_copy(update={"key": f"q{at}"}) for at, kind in enumerate(kinds)]
    page = {"key": "page", "questions": [each.model_dump(mode="json", by_alias=True) for each in asked]}
    return Questionnaire.model_validate(
        {"key": "made", "title": "Made", "groups": ["student"], "audience": "secondary", "pages": [page]}
        | {"languages": ["en", "ur", "pl"]}
    )


def one_line(question: Question) -> list[Any]:
    """What must be the same when a question is said to be kept: its kind, words, rows and options, what is allowed."""
    settings_kept = ("min", "max", "most", "total", "decimals", "precision", "max_length", "several", "points")
    parts = [(str(getattr(part, "label", "")),) for name in ("options", "rows") for part in parts_of(question, name)]
    return [question.type, str(question.prompt), parts, [getattr(question, name, None) for name in settings_kept]]


@pytest.mark.parametrize("name", EXCHANGED)
@SOME
@given(whole=wholes())
def test_what_is_said_to_be_kept_comes_back_as_it_was(name: str, whole: Questionnaire) -> None:
    written, told = WRITERS[name].write(whole, "en")
    back, _ = read(written, f"file{WRITERS[name].ending}")
    there = [one_line(question) for question in back.questions]
    for question in whole.questions:
        if told.fates[f"question {question.key}"][0] == "mapped" and question.counts_as_question:
            assert one_line(question) in there


@pytest.mark.parametrize("name", [*sorted(WRITERS.keys() - {"print-pdf"} - set(EXCHANGED))])
@SOME
@given(whole=wholes())
def test_whatever_is_asked_can_be_written_down(name: str, whole: Questionnaire) -> None:
    written, _ = WRITERS[name].write(whole, "en")
    assert written
    if name in {"json", "yaml"}:
        back, report = read(written, f"file{WRITERS[name].ending}")
        assert back == whole
        assert not report.of("dropped") + report.of("approximated")


LOST = {
    "differential": "kind 'choice_grid'",
    "picture_choice": "Its pictures stay behind.",
    "comment": "stays with the platform",
    "slider": "The words at its ends go.",
}


@pytest.mark.parametrize("kind", LOST)
def test_a_loss_is_told_in_words(kind: str) -> None:
    from surveys.examples import example_question, example_questionnaire

    report = WRITERS["lss"].write(example_questionnaire(kind), "en")[1]
    fate, words = report.fates[f"question {example_question(kind).key}"]
    assert fate == "approximated"
    assert LOST[kind] in words


ONE = """key: x
title: X
groups: [student]
audience: secondary
pages:
- key: one
  questions:
  - {{key: a, type: {}}}
"""
TEXT = 'short_text, prompt: Form?, pattern: "[0-9]{1,2}[A-Z]", pattern_message: Write 7B., longest: 3'
DATE = "date, prompt: When?, precision: month, earliest: 2005-01, latest: 2030-12"
RANKED = "ranking, prompt: What?, most: 2, options: [{code: b, label: B}, {code: c, label: C}, {code: d, label: D}]"
TICKED = RANKED.replace("ranking", "choices").replace("most", "max")


@pytest.mark.parametrize(
    ("name", "asked", "fields"),
    [
        ("surveyjs", TEXT, ("pattern", "pattern_message", "max_length")),
        ("xlsform", TEXT, ("pattern", "pattern_message")),
        ("lss", TEXT, ("pattern", "max_length")),
        ("limesurvey-txt", TEXT, ("pattern", "max_length")),
        *((name, DATE, ("precision", "earliest", "latest")) for name in ("surveyjs", "xlsform", "lss")),
        ("limesurvey-txt", DATE, ("precision", "earliest", "latest")),
        *((name, RANKED, ("most",)) for name in ("surveyjs", "lss", "limesurvey-txt")),
        *((name, TICKED, ("max",)) for name in EXCHANGED),
    ],
)
def test_what_the_other_tool_knows_too_comes_back(name: str, asked: str, fields: tuple[str, ...]) -> None:
    whole = load_questionnaire(ONE.format(asked), "ours.yaml")
    back = read(WRITERS[name].write(whole, "en")[0], f"file{WRITERS[name].ending}")[0]
    for field in fields:
        assert getattr(back.questions[0], field) == getattr(whole.questions[0], field)
