"""Reading one comment: its language, how it sounds, what it is about, and whether a person must look at it now."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.text.clauses import clauses
from analysis.text.cleaning import Cleaned, clean
from analysis.text.judging import NOTHING, Judgement, Label, Sentiment
from analysis.text.question import polarity_of
from analysis.text.screening import Concern
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
    score         -1 (bad) to 1 (good): probability of positive less that of negative
    label         the sentiment, or finer: "wish" (its sentiment is negative), "no_content" (neutral)
    probability   of the sentiment, 0 to 1
    sure          False when a person should read the comment before its sentiment is used
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
    label: Label | None = None
    probability: float | None = None
    sure: bool = True

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
            "label": self.label,
            "probability": self.probability,
            "sure": self.sure,
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
    routes = _routes(words, tools)
    if spoken not in ANALYSED:
        concerns = _placed_concerns(cleaned, tools.screener.concerns(words, spoken))
        return CommentReading(spoken, safeguarding=bool(concerns), concerns=concerns, routes=routes)
    return _English(cleaned, words, question, tools).read(spoken, routes)


class _English:
    """One English comment while it is read."""

    def __init__(self, cleaned: Cleaned, words: Words, question: str, tools: Toolkit) -> None:
        praises = tools.sentiments.praises(cleaned.text, polarity_of(question))
        self._cleaned, self._words, self._tools = cleaned, words, tools
        self._question = "positive" if praises else question  # "nothing, it is perfect" to "what is worst?"
        self._spans = clauses(cleaned.text)
        self._phrases = tools.themes.reasons(words)
        self._heard = tools.hearing.heard(words, self._spans, self._question, self._phrases)

    def read(self, language: str, routes: tuple[str, ...]) -> CommentReading:
        """All that is read in it."""
        concerns = self._concerns()
        parts: tuple[Judgement, ...] = ()
        themes: tuple[str, ...] = ()
        if self._says_nothing():
            judged, routes = NOTHING, (*routes, "no_content")
        else:
            judged = self._tools.judge.judgement(self._heard.whole)
            parts = tuple(map(self._tools.judge.judgement, self._heard.clauses)) if len(self._spans) > 1 else (judged,)
            themes = self._tools.themes.themes(self._phrases, self._heard.whole)
        reasons = self._tools.themes.explained(themes, self._phrases, self._heard.tokens)
        return CommentReading(
            language=language,
            sentiment=judged.sentiment,
            score=judged.score,
            themes=themes,
            aspects=tuple(self._aspect(theme, reasons, judged, parts, alone=len(themes) == 1) for theme in themes),
            segments=tuple(
                Segment(*self._cleaned.span(*span), sentiment=part.sentiment, score=part.score)
                for span, part in zip(self._spans, parts, strict=False)
            ),
            safeguarding=bool(concerns),
            concerns=concerns,
            reasons=tuple(_placed(reason, self._cleaned) for reason in reasons),
            routes=routes,
            label=judged.label,
            probability=judged.probability,
            sure=judged.sure,
        )

    def _says_nothing(self) -> bool:
        return self._tools.sentiments.says_nothing(self._cleaned.text)

    def _concerns(self) -> tuple[Concern, ...]:
        matched = self._tools.screener.concerns(self._words, "en")
        return _placed_concerns(self._cleaned, matched or self._tools.suspicion.concerns(self._heard))

    def _aspect(
        self, theme: str, reasons: Sequence[Reason], whole: Judgement, parts: Sequence[Judgement], *, alone: bool
    ) -> Aspect:
        """How a theme sounds: a lone theme as the whole, else as the clauses in which its words stand."""
        if alone or len(parts) < 2:
            return Aspect(theme, whole.sentiment)
        places = [reason.start for reason in reasons if reason.theme == theme]
        told = [
            part
            for (start, end), part in zip(self._spans, parts, strict=True)
            if any(start <= place < end for place in places)
        ]
        return Aspect(theme, together(told) if told else whole.sentiment)


def together(parts: Sequence[Judgement]) -> Sentiment:
    """What several clauses on one theme amount to: mixed when they differ, else what they agree on."""
    told = {part.sentiment for part in parts} - {"neutral"}
    if len(told) == 1:
        return next(iter(told))
    return "mixed" if told else "neutral"


def _placed_concerns(cleaned: Cleaned, found: Sequence[Concern]) -> tuple[Concern, ...]:
    return tuple(Concern(concern.category, *cleaned.span(concern.start, concern.end)) for concern in found)


def _placed(reason: Reason, cleaned: Cleaned) -> Reason:
    if cleaned.places is None:
        return reason
    start, end = cleaned.span(reason.start, reason.end)
    return Reason(reason.theme, reason.phrase, reason.weight, start, end)


def _routes(words: Words, tools: Toolkit) -> tuple[str, ...]:
    named_person = ("named_person",) if _PERSON.search(words.text) else ()
    return (*named_person, "abusive") if tools.screener.is_abusive(words) else named_person
