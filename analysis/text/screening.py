"""Comments that a person must look at: possible disclosures of harm, and abuse.

The screen never decides. It is tuned to miss little, and what it misses is the reason why nobody should
rely on a comment box to report harm.
"""

import re
from dataclasses import dataclass

from analysis.text.lexicon import Screen
from analysis.text.patterns import Patterns

_LONGEST_READ = 20_000
_NAMED = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class Concern:
    """A possible disclosure: its category, and where the words stand that raised it (end exclusive)."""

    category: str
    start: int
    end: int


class Screener:
    """Looks for the patterns of a screen in cleaned texts."""

    def __init__(self, screen: Screen) -> None:
        self._parts = screen.parts
        self._innocent = Patterns(("", self._whole(pattern)) for pattern in screen.innocent)
        self._abusive = Patterns(("", self._whole(pattern)) for pattern in screen.abusive)
        self._english = Patterns(
            (category, self._whole(pattern)) for category, patterns in screen.categories.items() for pattern in patterns
        )
        self._others = {
            (language, category): re.compile("|".join(map(re.escape, phrases)))
            for language, categories in screen.others.items()
            for category, phrases in categories.items()
        }

    def concerns(self, text: str, language: str) -> tuple[Concern, ...]:
        """Possible disclosures in a text, at most one of a category; English words are looked for in any language."""
        read = _lowered(text[:_LONGEST_READ])
        found = self._disclosed(read)
        for (spoken, category), phrases in self._others.items():
            if spoken == language and (hit := phrases.search(read)):
                found.setdefault(category, Concern(category, *hit.span()))
        return tuple(found.values())

    def is_abusive(self, text: str) -> bool:
        """Whether a text insults or threatens."""
        return self._abusive.found_in(_lowered(text[:_LONGEST_READ]))

    def _disclosed(self, read: str) -> dict[str, Concern]:
        """The first match of each category in what is left without innocent phrases."""
        if not self._english.found_in(read):
            return {}
        found: dict[str, Concern] = {}
        for category, hit in self._english.matches(self._innocent.without(read)):
            found.setdefault(category, Concern(category, *hit.span()))
        return found

    def _whole(self, pattern: str) -> str:
        """The pattern with its named parts filled in; parts may name other parts."""
        for _ in range(3):
            pattern = _NAMED.sub(lambda name: self._parts.get(name[1], name[0]), pattern)
        return pattern


def _lowered(text: str) -> str:
    """Small letters, each in its place: "İ" alone would become two."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
