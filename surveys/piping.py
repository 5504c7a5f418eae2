"""Piping: an earlier answer in a later text, `{{club}}` or `{{club|your club}}` with words for those without one.

What is put in is escaped, is shown to the respondent alone, and is never stored: results and exports show the words
for those who did not answer. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from stakeholder.localised import Localised
from surveys.question_types import Question

PIPE = re.compile(r"\{\{\s*([a-z][a-z0-9_]{0,63})\s*(?:\|([^{}]*))?\}\}")
ELLIPSIS = "…"


@dataclass(frozen=True)
class Pipe:
    """One place for an answer in a text; `otherwise` None when there are no words for those without one."""

    question: str
    otherwise: str | None


def pipes(text: str) -> tuple[Pipe, ...]:
    """The places for answers in a text.

    >>> pipes("How is {{club|your club}}?")
    (Pipe(question='club', otherwise='your club'),)
    """
    return tuple(Pipe(found[1], found[2]) for found in PIPE.finditer(text))


def without_answers(text: str) -> str:
    """The text as results show it: every place filled with its words for those who did not answer.

    >>> without_answers("How is {{club|your club}}?")
    'How is your club?'
    """
    return PIPE.sub(lambda found: found[2] or ELLIPSIS, text) if "{{" in text else text


def localised_without_answers(text: Localised) -> Localised:
    """The same in all languages."""
    if not any("{{" in words for words in text.root.values()):
        return text
    return Localised({language: without_answers(words) for language, words in text.root.items()})


def piped(markup: str, questions: Mapping[str, Question], answers: Mapping[str, Any], language: str) -> Markup:
    """Drawn markup with the answers put in, escaped.

    The markup is ours, drawn and escaped already; the words for those who did not answer stand escaped in it.
    """

    def put(found: re.Match[str]) -> str:
        question, value = questions.get(found[1]), answers.get(found[1])
        if question is None or value is None:
            return found[2] or ELLIPSIS
        return str(escape(question.read(value, language)))

    return Markup(PIPE.sub(put, markup))  # noqa: S704 - every answer is escaped above


def piped_text(text: str, questions: Mapping[str, Question], answers: Mapping[str, Any], language: str) -> str:
    """Plain text with the answers put in, to be escaped where it is shown."""

    def put(found: re.Match[str]) -> str:
        question, value = questions.get(found[1]), answers.get(found[1])
        return question.read(value, language) if question and value is not None else found[2] or ELLIPSIS

    return PIPE.sub(put, text) if "{{" in text else text
