"""Reading one comment: its language, how it sounds, what it is about, and whether a person must look at it now."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from analysis.text.clauses import clauses
from analysis.text.cleaning import Cleaned, clean
from analysis.text.hearing import Heard, Utterance
from analysis.text.judging import NOTHING, Judgement, Label, Sentiment
from analysis.text.question import polarity_of
from analysis.text.screening import Concern
from analysis.text.theming import Reason
from analysis.text.toolkit import Toolkit, default_toolkit
from analysis.text.words import Words

__all__ = [
    "Aspect",
    "CommentReading",
    "Segment",
    "Toolkit",
    "Written",
    "default_toolkit",
    "read_comment",
    "read_comments",
]

ANALYSED = frozenset({"en"})
"""Languages whose sentiment and themes are read; the others are counted and shown to a person as not analysed."""

_AT_ONCE = 100
"""Comments that are heard together: more gains nothing and takes memory."""
_TITLES = frozenset({"mr", "mrs", "miss", "ms", "dr", "sir"})
_PERSON = re.compile(r"\b(?:[Mm]rs?|[Mm]iss|[Mm]s|[Dd]r|[Ss]ir)\.? [A-Z][a-z]+\b")


class Aspect(NamedTuple):
    """How a comment sounds where it speaks of one theme."""

    theme: str
    sentiment: Sentiment


class Segment(NamedTuple):
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


class Written(NamedTuple):
    """A comment as it was given.

    question  its words, or its polarity: "positive", "improve" or "neutral"
    language  the respondent's language: a hint, for short texts only
    """

    text: str
    question: str = ""
    language: str | None = None


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
    return read_comments([Written(text, question, language)], toolkit=toolkit)[0]


def read_comments(comments: Iterable[Written], *, toolkit: Toolkit | None = None) -> list[CommentReading]:
    """What each comment says, in order: as `read_comment` one by one, several times as fast."""
    tools = toolkit or default_toolkit()
    found: list[CommentReading] = []
    waiting = iter(comments)
    while part := [_Opened(comment, tools) for comment in islice(waiting, _AT_ONCE)]:
        heard = tools.hearing.heard([one.utterance for one in part if one.utterance])
        found += [one.read(next(heard) if one.utterance else None) for one in part]
    return found


class _Opened:
    """One comment while it is read: cleaned, its language known and, when that is analysed, laid out to be heard."""

    def __init__(self, comment: Written, tools: Toolkit) -> None:
        self._tools = tools
        self._cleaned = clean(comment.text)
        self._words = words = Words(self._cleaned.text)
        self._language = tools.languages.language_of(words, hint=comment.language)
        self._spans: tuple[tuple[int, int], ...] = ()
        self.utterance: Utterance | None = None
        if self._language in ANALYSED:
            praises = tools.sentiments.praises(words.text, polarity_of(comment.question))
            question = "positive" if praises else comment.question  # "nothing, it is perfect" to "what is worst?"
            self._spans = clauses(words.text)
            self.utterance = Utterance(words, self._spans, question, tools.themes.reasons(words))

    def read(self, heard: Heard | None) -> CommentReading:
        """All that is read in it."""
        routes = _routes(self._words, self._tools)
        concerns = self._concerns(heard)
        if heard is None or self.utterance is None:
            return CommentReading(self._language, safeguarding=bool(concerns), concerns=concerns, routes=routes)
        return self._analysed(heard, self.utterance.phrases, concerns, routes)

    def _analysed(
        self, heard: Heard, phrases: Sequence[Reason], concerns: tuple[Concern, ...], routes: tuple[str, ...]
    ) -> CommentReading:
        judged, parts = heard.judgement, heard.parts
        themes: tuple[str, ...] = ()
        if self._tools.sentiments.says_nothing(self._words.text):
            judged, parts, routes = NOTHING, (), (*routes, "no_content")
        else:
            themes = self._tools.themes.themes(phrases, heard.whole, guess=not concerns)
            if concerns:
                judged = judged.of_a_concern()
                parts = (judged,) if len(parts) == 1 else parts
        reasons = self._tools.themes.explained(themes, phrases, heard)
        return CommentReading(
            language=self._language,
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

    def _concerns(self, heard: Heard | None) -> tuple[Concern, ...]:
        matched = self._tools.screener.concerns(self._words, self._language)
        found = self._tools.suspicion.concerns(heard, matched) if heard else matched
        return _placed_concerns(self._cleaned, found)

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
    titled = not _TITLES.isdisjoint(words.distinct) and _PERSON.search(words.text)
    named_person = ("named_person",) if titled else ()
    return (*named_person, "abusive") if tools.screener.is_abusive(words) else named_person
