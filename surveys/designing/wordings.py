"""One question in the words of each audience, side by side: questions with the same key mean the same. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveys.checking.problem import Problem
from surveys.designing.advice import wording_advice
from surveys.designing.content import Content, places, words_of


@dataclass(frozen=True)
class Instrument:
    """A questionnaire of one audience; `sketch` is the id of its draft, "" where only a published version exists."""

    key: str
    title: str
    audience: str
    sketch: str
    content: Content


@dataclass(frozen=True)
class Cell:
    """The wording for one audience; no words where it is missing. `thoughts`: what to think about for this audience."""

    instrument: Instrument
    words: str
    thoughts: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class WordingRow:
    """One question across audiences."""

    key: str
    kind: str
    cells: tuple[Cell, ...]


def columns_beside(own: Instrument, others: Sequence[Instrument]) -> tuple[Instrument, ...]:
    """The instrument first, then for each other audience the one that shares most questions with it."""
    keys = set(_questions(own))
    best: dict[str, tuple[int, Instrument]] = {}
    for other in others:
        shared = len(keys & set(_questions(other)))
        if other.key != own.key and other.audience != own.audience and shared > best.get(other.audience, (0, own))[0]:
            best[other.audience] = (shared, other)
    return (own, *(other for _shared, other in best.values()))


def wording_rows(columns: Sequence[Instrument]) -> tuple[WordingRow, ...]:
    """Every question of the first column, then those that only others ask, with a cell for each column."""
    asked = [_questions(column) for column in columns]
    keys = list(dict.fromkeys(key for questions in asked for key in questions))
    return tuple(
        WordingRow(
            key,
            next(str(questions[key]["type"]) for questions in asked if key in questions),
            tuple(_cell(column, questions.get(key)) for column, questions in zip(columns, asked, strict=True)),
        )
        for key in keys
    )


def _cell(column: Instrument, question: Mapping[str, Any] | None) -> Cell:
    words = words_of(question.get("prompt")) if question else ""
    if question is None or not words:
        return Cell(column, words)
    style = str(column.content.get("style", "standard"))
    return Cell(column, words, wording_advice(question, audience=column.audience, style=style))


def _questions(instrument: Instrument) -> dict[str, Mapping[str, Any]]:
    return {
        str(place.question["key"]): place.question
        for place in places(instrument.content)
        if place.question.get("type") != "text"
    }
