"""Texts with their personal data marked by hand, and how well a finder finds it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.text.personal.finding import Personal, PersonalFinder

_MARK = re.compile(r"\{(\w+):([^}]*)\}")
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


@dataclass(frozen=True)
class Marked:
    """A text and what of it is personal."""

    text: str
    spans: tuple[Personal, ...]


@dataclass(frozen=True)
class Score:
    """How much was found: stretches of which no letter stays readable, and other words hidden by mistake."""

    stretches: int
    found: int
    other_words: int
    hidden: int
    missed: tuple[str, ...]

    @property
    def recall(self) -> float:
        """Share of the stretches that were hidden whole, 0 to 1."""
        return self.found / self.stretches

    @property
    def hidden_share(self) -> float:
        """Share of the other words that were hidden too, 0 to 1."""
        return self.hidden / self.other_words


def marked(line: str) -> Marked:
    """A line with marks as a text and its places.

    >>> marked("Ask {pupil_name:Ann}.").spans
    (Personal(start=4, end=7, kind='pupil_name', sure=True),)
    """
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        spans.append(Personal(len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        at = mark.end()
    return Marked(text + line[at:], tuple(spans))


def score(finder: PersonalFinder, texts: Iterable[Marked], kinds: frozenset[str]) -> Score:
    """How well the stretches of these kinds are found in the texts."""
    stretches = found = words = hidden = 0
    missed: list[str] = []
    for each in texts:
        covered = {at for one in finder.find(each.text) for at in range(one.start, one.end)}
        for span in (span for span in each.spans if span.kind in kinds):
            stretches += 1
            whole = all(at in covered for at in range(span.start, span.end) if each.text[at].isalnum())
            found += whole
            missed += [] if whole else [f"{each.text[span.start : span.end]} in: {each.text}"]
        personal = {at for span in each.spans for at in range(span.start, span.end)}
        others = [word.span() for word in _WORD.finditer(each.text) if personal.isdisjoint(range(*word.span()))]
        words += len(others)
        hidden += sum(not covered.isdisjoint(range(*place)) for place in others)
    return Score(stretches, found, words, hidden, tuple(missed))
