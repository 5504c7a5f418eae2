"""Comments that a person must look at: possible disclosures of harm, and abuse.

The screen never decides. It is tuned to miss little, and what it misses is the reason why nobody should
rely on a comment box to report harm.
"""

import re
from dataclasses import dataclass
from functools import cache

from analysis.text.disclosures import Screen, lexicon_text, load_screen
from analysis.text.patterns import Patterns
from analysis.text.words import Words

LONGEST_READ = 20_000
"""Characters of a comment that are screened, from its start."""
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

    def concerns(self, words: Words, language: str) -> tuple[Concern, ...]:
        """Possible disclosures, at most one of a category; English words are looked for in any language."""
        found = self._disclosed(words)
        if language != "en":
            self._add_others(found, words.lowered[:LONGEST_READ], language)
        return tuple(found.values())

    def is_abusive(self, words: Words) -> bool:
        """Whether a text insults or threatens."""
        read = words.lowered[:LONGEST_READ]
        return any(pattern.search(read) for _, pattern in self._abusive.possible(words.distinct))

    def _disclosed(self, words: Words) -> dict[str, Concern]:
        """The first match of each category in what is left without innocent phrases."""
        read = words.lowered[:LONGEST_READ]
        matching = [(name, pattern) for name, pattern in self._english.possible(words.distinct) if pattern.search(read)]
        if not matching:
            return {}
        for _, innocent in self._innocent.possible(words.distinct):
            read = innocent.sub(_blanked, read)
        found: dict[str, Concern] = {}
        for category, pattern in matching:
            if category not in found and (hit := pattern.search(read)):
                found[category] = Concern(category, *hit.span())
        return found

    def _add_others(self, found: dict[str, Concern], read: str, language: str) -> None:
        for (spoken, category), phrases in self._others.items():
            if spoken == language and (hit := phrases.search(read)):
                found.setdefault(category, Concern(category, *hit.span()))

    def _whole(self, pattern: str) -> str:
        """The pattern with its named parts filled in; parts may name other parts."""
        for _ in range(3):
            pattern = _NAMED.sub(lambda name: self._parts.get(name[1], name[0]), pattern)
        return pattern


@cache
def default_screener() -> Screener:
    """The screener with the words that the product comes with; made at the first call, which takes a moment."""
    return Screener(load_screen(lexicon_text("safeguarding"), "safeguarding.yaml"))


def _blanked(innocent: re.Match[str]) -> str:
    """Blanks in its place, so that what follows stays where it is."""
    return " " * len(innocent[0])
