"""Reading one comment: its language, how it sounds, what it is about, and whether a person must look at it now."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.text.clauses import clauses
from analysis.text.cleaning import Cleaned, clean
from analysis.text.question import Polarity, polarity_of
from analysis.text.screening import Concern
from analysis.text.sentiment import Sentiment, named, overall
from analysis.text.theming import Reason
from analysis.text.toolkit import Toolkit, default_toolkit
from analysis.text.words import Words

__all__ = ["Aspect", "CommentReading", "Segment", "Toolkit", "default_toolkit", "read_comment"]

ANALYSED = frozenset({"en"})
"""Languages whose sentiment and themes are read; the others are counted and shown to a person as not analysed."""

_PERSON = re.compile(r"\b(?:[Mm]rs?|[Mm]iss|[Mm]s|[Dd]r|[Ss]ir)\.? [A-Z][a-z]+\b")


@dataclass(frozen=True, slots=True)
class Aspect:
    """How a comment sounds where it speaks of one theme."""

    theme: str
    sentiment: Sentiment


@dataclass(frozen=True, slots=True)
class Segment:
    """One clause: where it stands in the comment as it was written (end exclusive), and its score, -1 to 1."""

    start: int
    end: int
    sentiment: Sentiment
    score: float


@dataclass(frozen=True, slots=True)
class CommentReading:
    """What was read in one comment.

    sentiment     None when the language is not analysed; then `themes`, `aspects` and `segments` are empty
    score         -1 (bad) to 1 (good)
    reasons       which words of the codebook spoke for which theme, with their place
    safeguarding  whether a person must look before anyone else sees the comment
    routes        "no_content", "named_person", "abusive": where it goes besides
    """

    language: str
    sentiment: Sentiment | None = None
    score: float | None = None
    themes: tuple[str, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    segments: tuple[Segment, ...] = ()
    safeguarding: bool = False
    concerns: tuple[Concern, ...] = ()
    reasons: tuple[Reason, ...] = ()
    routes: tuple[str, ...] = ()

    @property
    def analysed(self) -> bool:
        """Whether sentiment and themes were read."""
        return self.sentiment is not None

    def as_json(self) -> dict[str, Any]:
        """The object that `stakeholder comments read` writes, without the comment's id."""
        return {
            "language": self.language,
            "sentiment": self.sentiment,
            "score": self.score,
            "themes": list(self.themes),
            "aspects": [{"theme": aspect.theme, "sentiment": aspect.sentiment} for aspect in self.aspects],
            "segments": [
                {"start": part.start, "end": part.end, "sentiment": part.sentiment, "score": part.score}
                for part in self.segments
            ],
            "safeguarding": self.safeguarding,
            "concerns": [
                {"category": concern.category, "start": concern.start, "end": concern.end} for concern in self.concerns
            ],
        }


def read_comment(
    text: str,
    *,
    question: str = "",
    role: str = "",  # noqa: ARG001 - part of the interface; see below
    language: str | None = None,
    toolkit: Toolkit | None = None,
) -> CommentReading:
    """What a comment says. Never raises, whatever the text; the same text is always read in the same way.

    question  its words, or its polarity: "positive", "improve" or "neutral"
    role      who wrote it; kept for later toolkits, changes nothing yet
    language  the respondent's language: a hint, for short texts only
    """
    tools = toolkit or default_toolkit()
    cleaned = clean(text)
    words = Words(cleaned.text)
    spoken = tools.languages.language_of(words, hint=language)
    concerns = _concerns(cleaned, words, spoken, tools)
    found = CommentReading(spoken, safeguarding=bool(concerns), concerns=concerns, routes=_routes(words, tools))
    return _English(cleaned, words, polarity_of(question), tools).read(found) if spoken in ANALYSED else found


class _English:
    """One English comment while it is read."""

    def __init__(self, cleaned: Cleaned, words: Words, asked: Polarity, tools: Toolkit) -> None:
        self._cleaned, self._words, self._asked, self._tools = cleaned, words, asked, tools

    def read(self, found: CommentReading) -> CommentReading:
        """The reading with sentiment, themes and segments filled in."""
        text, sentiments = self._cleaned.text, self._tools.sentiments
        praises = sentiments.praises(text, self._asked)
        if not praises and sentiments.says_nothing(text):
            return self._filled(found, (), (), ())
        asked: Polarity = "positive" if praises else self._asked
        spans = clauses(text)
        scores = sentiments.scores(self._words, spans, asked)
        return self._filled(found, spans, scores, self._tools.themes.reasons(self._words))

    def _filled(
        self,
        found: CommentReading,
        spans: Sequence[tuple[int, int]],
        scores: Sequence[float],
        reasons: tuple[Reason, ...],
    ) -> CommentReading:
        sentiment = named(scores)
        themes = self._tools.themes.themes(reasons)
        if not themes and sentiment != "neutral":
            themes = self._tools.themes.fallback(reasons)
        routes = found.routes if spans else (*found.routes, "no_content")
        return CommentReading(
            language=found.language,
            sentiment=sentiment,
            score=overall(scores),
            themes=themes,
            aspects=tuple(
                Aspect(theme, _about(theme, reasons, spans, scores, alone=len(themes) == 1)) for theme in themes
            ),
            segments=tuple(
                Segment(*self._cleaned.span(*span), sentiment=named([score]), score=score)
                for span, score in zip(spans, scores, strict=True)
            ),
            safeguarding=found.safeguarding,
            concerns=found.concerns,
            reasons=tuple(_placed(reason, self._cleaned) for reason in reasons if reason.theme in themes),
            routes=routes,
        )


def _about(
    theme: str, reasons: Sequence[Reason], spans: Sequence[tuple[int, int]], scores: Sequence[float], *, alone: bool
) -> Sentiment:
    """How the clauses sound in which a theme's words stand; where those say nothing, a lone theme takes the whole."""
    places = [reason.start for reason in reasons if reason.theme == theme]
    told = [
        score
        for (start, end), score in zip(spans, scores, strict=True)
        if any(start <= place < end for place in places)
    ]
    return named(told) if overall(told) or not alone else named(scores)


def _placed(reason: Reason, cleaned: Cleaned) -> Reason:
    if cleaned.places is None:
        return reason
    start, end = cleaned.span(reason.start, reason.end)
    return Reason(reason.theme, reason.phrase, reason.weight, start, end)


def _concerns(cleaned: Cleaned, words: Words, language: str, tools: Toolkit) -> tuple[Concern, ...]:
    found = tools.screener.concerns(words, language)
    return tuple(Concern(concern.category, *cleaned.span(concern.start, concern.end)) for concern in found)


def _routes(words: Words, tools: Toolkit) -> tuple[str, ...]:
    named_person = ("named_person",) if _PERSON.search(words.text) else ()
    return (*named_person, "abusive") if tools.screener.is_abusive(words) else named_person
