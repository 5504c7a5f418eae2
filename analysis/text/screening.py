"""Comments that a person must look at: possible disclosures of harm, and abuse.

The screen never decides. It is tuned to miss little, and what it misses is the reason why nobody should
rely on a comment box to report harm.
"""

import re
from dataclasses import dataclass

from analysis.text.lexicon import Screen

_LONGEST_READ = 20_000
_NAMED = re.compile(r"<(\w+)>")
_BLANK = re.compile(r"\S")


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
        self._innocent = self._pattern(screen.innocent)
        self._abusive = self._pattern(screen.abusive)
        self._categories = {name: self._pattern(patterns) for name, patterns in screen.categories.items()}
        self._others = {
            (language, category): re.compile("|".join(map(re.escape, phrases)))
            for language, categories in screen.others.items()
            for category, phrases in categories.items()
        }

    def concerns(self, text: str, language: str) -> tuple[Concern, ...]:
        """Possible disclosures in a text, at most one of a category; English words are looked for in any language."""
        read = _lowered(text[:_LONGEST_READ])
        found = list(self._english(self._innocent.sub(_blanked, read)))
        for (spoken, category), phrases in self._others.items():
            if spoken == language and (hit := phrases.search(read)):
                found.append(Concern(category, *hit.span()))
        return tuple(found)

    def is_abusive(self, text: str) -> bool:
        """Whether a text insults or threatens."""
        return bool(self._abusive.search(_lowered(text[:_LONGEST_READ])))

    def _english(self, read: str) -> list[Concern]:
        hits = ((name, pattern.search(read)) for name, pattern in self._categories.items())
        return [Concern(name, *hit.span()) for name, hit in hits if hit]

    def _pattern(self, patterns: tuple[str, ...]) -> re.Pattern[str]:
        whole = "|".join(patterns) or r"(?!)"
        for _ in range(3):  # parts may name other parts
            whole = _NAMED.sub(lambda name: self._parts.get(name[1], name[0]), whole)
        return re.compile(whole)


def _lowered(text: str) -> str:
    """Small letters, each in its place: "İ" alone would become two."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _blanked(innocent: re.Match[str]) -> str:
    """Spaces in its place, so that what follows stays where it is."""
    return _BLANK.sub(" ", innocent[0])
