"""Results from several sides: by dimension and audience, group, statement and wave, and what goes together.

Everything comes from frozen editions; nothing counts answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from analysis.continuing import line
from analysis.disclosure.reportable import Reportable
from analysis.editions import AudienceView, EditionView, list_editions, load_edition
from analysis.editions.reading import Breakdown
from analysis.governor_page import main_audience
from analysis.measures.comparing import FEWEST_COMPARED
from analysis.measures.reliability import ENOUGH
from stakeholder.viewer import Viewer
from surveys.clear_change import smallest_clear_change
from surveys.framework import default_framework


@dataclass(frozen=True)
class Look:
    """Where one looks from: a wave, an audience, a way to split it, and a statement.

    editions  all waves' editions, oldest first; `edition` the chosen one
    """

    editions: tuple[EditionView, ...]
    edition: EditionView
    audience: AudienceView
    split: Breakdown | None
    subject: str

    @property
    def splits(self) -> tuple[Breakdown, ...]:
        """Ways to split the audience."""
        return self.edition.breakdowns(self.audience.key)

    @property
    def repeats(self) -> bool:
        """Whether the audience was asked something several times over, for each child say."""
        asked = self.edition.asked.get(self.audience.key)
        return bool(asked and asked.repeated)

    @property
    def before(self) -> EditionView | None:
        """The wave before the chosen one that asked the same audience."""
        earlier = self.editions[: self.editions.index(self.edition)]
        asked = (each for each in reversed(earlier) if any(one.key == self.audience.key for one in each.audiences))
        return next(asked, None)


def look(session: Session, viewer: Viewer, asked: Mapping[str, str]) -> Look | None:
    """What was asked for, with sensible choices where nothing or nonsense was asked; None without results."""
    editions = tuple(load_edition(session, viewer, each.wave_key) for each in list_editions(session, viewer))
    if not editions:
        return None
    edition = next((each for each in editions if each.wave_key == asked.get("wave")), editions[-1])
    chosen = next((each for each in edition.audiences if each.key == asked.get("audience")), main_audience(edition))
    if chosen is None:
        return None
    splits = edition.breakdowns(chosen.key)
    split = next((each for each in splits if each[0] == asked.get("by")), splits[0] if splits else None)
    return Look(editions, edition, chosen, split, asked.get("subject", ""))


def cores(edition: EditionView, audience: str) -> dict[str, Reportable]:
    """By strand, the statement that stands for it: the first that was asked."""
    found: dict[str, Reportable] = {}
    for item in edition.of("item", audience, ()):
        if item.parallel:
            found.setdefault(item.parallel, item)
    return found


@dataclass(frozen=True)
class OwnScale:
    """A scale of the questionnaire itself, and whether its statements hang together well enough to be one number."""

    result: Reportable
    reliability: Reportable | None

    @property
    def hangs_together(self) -> bool | None:
        """None where that is not known."""
        return None if self.reliability is None else _is_reliable(self.reliability)


def own_scales(edition: EditionView, audience: str) -> list[OwnScale]:
    """The questionnaire's own scales, in order."""
    results = edition.of("scale", audience, ())
    return [OwnScale(each, edition.find("reliability", each.subject, audience)) for each in results]


def only_some_were_shown(edition: EditionView, audience: str) -> list[Reportable]:
    """Results of statements that not everyone was shown."""
    return [each for each in edition.of("item", audience, ()) if each.shown_to is not None and each.status == "shown"]


def strands(edition: EditionView) -> dict[str, str]:
    """Strands that any audience was asked about, in order, with their names."""
    found: dict[str, str] = {}
    for audience in edition.audiences:
        for score in edition.of("score", audience.key, ()):
            if "." in score.subject:
                found.setdefault(score.subject, score.label)
    return found


def dimensions(edition: EditionView) -> dict[str, str]:
    """Dimensions with their names, in order."""
    found: dict[str, str] = {}
    for audience in edition.audiences:
        for score in edition.of("score", audience.key, ()):
            if "." not in score.subject:
                found.setdefault(score.subject, score.label)
    return found


@cache
def _homes() -> dict[str, str]:
    return {strand.key: dimension.key for dimension in default_framework().dimensions for strand in dimension.strands}


def dimension_of(strand: str) -> str:
    """The dimension a strand belongs to; empty where it belongs to none that is known."""
    return _homes().get(strand, "")


def hangs_together(edition: EditionView, dimension: str, audience: str) -> bool | None:
    """Whether a dimension's statements may be told as one number; None where that is not known."""
    found = edition.find("reliability", dimension, audience)
    if found is None:
        return None
    return _is_reliable(found)


def _is_reliable(found: Reportable) -> bool:
    return max(found.figure("alpha") or 0.0, found.figure("omega") or 0.0) >= ENOUGH


@dataclass(frozen=True)
class Together:
    """One statement beside an outcome: how much of the outcome goes together with it, and how favourable it is."""

    item: Reportable
    weight: float


def together(edition: EditionView, audience: str, subject: str) -> tuple[Reportable | None, tuple[Together, ...]]:
    """The outcome's result and the statements that go together with it most, strongest first."""
    found = edition.of("drivers", audience, ())
    chosen = next((each for each in found if each.subject == subject), found[0] if found else None)
    if chosen is None:
        return None, ()
    items = cores(edition, audience)
    parts = [Together(items[name], weight) for name, weight in chosen.figures if name in items]
    return chosen, tuple(sorted(parts, key=lambda part: -part.weight))


@dataclass(frozen=True)
class Shown:
    """What can be shown of one audience: results by status, and the smallest change the next wave could find."""

    audience: AudienceView
    answered: Reportable | None
    counts: Mapping[str, Mapping[int, int]]
    clear_change: float | None
    care: Reportable | None


def what_is_shown(edition: EditionView) -> tuple[Shown, ...]:
    """For each audience, how many results of statements and choices are shown, in words or hidden, by filters."""
    return tuple(_shown(edition, audience) for audience in edition.audiences)


def _shown(edition: EditionView, audience: AudienceView) -> Shown:
    counts: dict[str, dict[int, int]] = {status: {0: 0, 1: 0, 2: 0} for status in ("shown", "words", "hidden")}
    for item in (*edition.of("item", audience.key), *edition.of("choice", audience.key)):
        counts[item.status][len(item.slice.filters)] += 1
    answered = edition.find("response", "response", audience.key)
    n = answered.n if answered and answered.n >= FEWEST_COMPARED else 0
    care = edition.find("care", "care", audience.key)
    return Shown(audience, answered, counts, smallest_clear_change(n, n), care)


def histories(editions: Sequence[EditionView], audience: str, subjects: Sequence[str]) -> list[list[Reportable]]:
    """By strand, its score in each wave that asked it so: a change of scale or meaning begins the line anew."""
    rows = [line(editions, audience, kind="score", subject=subject) for subject in subjects]
    return [[found for found in row if found] for row in rows]
