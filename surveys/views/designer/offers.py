"""What the menus of a form offer: questions to ask about, their answers, scales, indicators."""

from collections.abc import Mapping, Sequence
from typing import Any

from surveys.designing.content import Content, Place, places, words_of
from surveys.designing.phrases import answers_of
from surveys.designing.rules import fitting
from surveys.framework import default_framework
from surveys.question_types import REGISTRY
from surveys.views.designer.blueprint import scales_for

Choices = Sequence[tuple[str, str]]


def offers(
    content: Content,
    earlier: Sequence[Place],
    *,
    asked: Mapping[str, Sequence[Place]] | None = None,
    menus: Mapping[str, Choices] | None = None,
) -> dict[str, Any]:
    """For the macros of a form.

    earlier  questions that its rules may ask about;  asked: others, by the name of the field
    menus    choices of the fields that offer one or several of what the questionnaire has
    """
    return {
        "scales": scales_for(content),
        "indicators": default_framework().strands,
        "earlier": earlier,
        "asked": asked or {},
        "menus": menus or {},
        "answers_of": answers_of,
        "tests_of": _tests_of,
        "is_measured": lambda question: REGISTRY[question["type"]].is_measured,
    }


def _tests_of(question: Mapping[str, Any]) -> str:
    """The names of the tests that fit a question."""
    measured = REGISTRY[question["type"]].is_measured
    return " ".join(fitting(question, measured=measured, has_answers=bool(answers_of(question))))


def answered_before(content: Content, page: int) -> list[Place]:
    """Questions on the pages before this one, counted from 0."""
    return [place for place in answered_anywhere(content) if place.page < page]


def answered_anywhere(content: Content) -> list[Place]:
    """All questions; blocks of text are not answered."""
    return [place for place in places(content) if place.question["type"] != "text"]


def numbered(place: Place, longest: int = 70) -> str:
    """A question as menus name it: "3. Which year are you in?"."""
    words = words_of(place.question.get("prompt"))
    return f"{place.number}. {words if len(words) <= longest else words[: longest - 1].rstrip() + '…'}"
