"""What a governor with ten minutes reads: one wave's results, chosen and put in order.

Everything here comes from frozen editions; nothing counts answers. The page and its figures put the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from analysis.actions import ActionView, list_actions
from analysis.choosing import choices
from analysis.continuing import continues, line
from analysis.disclosure.reportable import Reportable
from analysis.editions import AudienceView, EditionView, list_editions, load_edition
from analysis.findings import Gulf, Headline, Movement, Standing, headline
from analysis.measures import Change, Gap, change, gaps
from analysis.observations import Missing, Observation, gulf, missing, observations
from stakeholder.viewer import Viewer

STUDENT, BOARD = "student", "board"
ENDS_SHOWN = 3
GAPS_SHOWN = 6
THEMES_SHOWN = 6
CHOICES_SHOWN = 2
LOW_RESPONSE = 0.6


@dataclass(frozen=True)
class Tile:
    """A dimension's score 0-100 and its change since the wave before, None with a single wave."""

    result: Reportable
    change: Change | None


@dataclass(frozen=True)
class Turnout:
    """How many of a group answered; `rate` is 0 to 1, None when it is not known how many were asked."""

    audience: AudienceView
    result: Reportable
    rate: float | None


@dataclass(frozen=True)
class Ask:
    """A question worth a governor's minutes; `kind` chooses its words."""

    kind: Literal["fallen", "gulf", "lowest", "turnout", "criticised", "due"]
    about: str
    other: str = ""
    group: str = ""


@dataclass(frozen=True)
class Contrast:
    """A gap, the strand's name, and the two results it was made from: the main audience's and the other's."""

    gap: Gap
    topic: str
    sides: tuple[Reportable, Reportable]


@dataclass(frozen=True)
class GovernorPage:
    """The page, in reading order.

    audience     whom the tiles, statements and comments are about: the largest audience of students
    before       title of the wave compared with, None for the first wave
    contrasts    the widest gaps to one other group, `gap_groups` in their order
    choices      the first questions without a good side, each with the results of its options
    statements   the statements agreed with most and least, most first
    observations up to three things to say, each with the results it was made from
    gap          the widest clear gap between two groups of people, likewise
    missing      the parts of audiences of whom the fewest answered
    histories    per dimension, its results wave by wave, oldest first
    """

    wave_key: str
    wave_title: str
    frozen_at: datetime
    audience: AudienceView
    before: str | None
    headline: Headline
    turnouts: tuple[Turnout, ...]
    tiles: tuple[Tile, ...]
    statements: tuple[Reportable, ...]
    choices: tuple[tuple[Reportable, ...], ...]
    contrasts: tuple[Contrast, ...]
    gap_groups: tuple[AudienceView, AudienceView] | None
    histories: tuple[tuple[Reportable, ...], ...]
    waves: tuple[tuple[str, str], ...]
    themes: tuple[Reportable, ...]
    hidden_themes: int
    more_themes: int
    actions: tuple[ActionView, ...]
    asks: tuple[Ask, ...]
    observations: tuple[Observation, ...]
    gap: Observation | None
    missing: tuple[Missing, ...]


def governor_page(session: Session, viewer: Viewer) -> GovernorPage | None:
    """The page of the newest wave that has results; None while there are none."""
    known = list_editions(session, viewer)
    if not known:
        return None
    editions = [load_edition(session, viewer, summary.wave_key) for summary in known]
    return compose(editions, actions=list_actions(session, viewer))


def compose(editions: Sequence[EditionView], *, actions: Sequence[ActionView] = ()) -> GovernorPage | None:
    """The page from editions, oldest wave first; None when the newest asked nobody."""
    now = editions[-1]
    audience = main_audience(now)
    if audience is None:
        return None
    before = _earlier(editions, audience)
    movements = _movements(before, now, audience)
    pair = _gap_groups(now, audience)
    found = gaps(now, a=audience.key, b=pair[1].key) if pair else []
    chosen = headline(movements, _gulfs(now, found, pair), _standings(now, audience), compared=before is not None)
    turnouts, themes = _turnouts(now), _themes(now, audience)
    return GovernorPage(
        wave_key=now.wave_key,
        wave_title=now.wave_title,
        frozen_at=now.frozen_at,
        audience=audience,
        before=before.wave_title if before else None,
        headline=chosen,
        turnouts=turnouts,
        tiles=_tiles(before, now, audience),
        statements=_statements(now, audience),
        choices=tuple(choices(now, audience.key)[:CHOICES_SHOWN]),
        contrasts=_contrasts(now, found, pair),
        gap_groups=pair,
        histories=_histories(editions, audience),
        waves=tuple((each.wave_key, each.wave_title) for each in editions),
        themes=themes[:THEMES_SHOWN],
        more_themes=len(themes[THEMES_SHOWN:]),
        hidden_themes=len(now.of("theme", audience.key, ())) - len(themes),
        actions=tuple(actions),
        asks=_asks(chosen, turnouts, themes, actions),
        observations=observations(chosen, now, before, audience),
        gap=gulf(now, found),
        missing=missing(now),
    )


def main_audience(edition: EditionView) -> AudienceView | None:
    """The students' audience with most answers; without students, the largest of all."""
    students = [audience for audience in edition.audiences if audience.group == STUDENT]
    return max(students or edition.audiences, key=lambda audience: answered(edition, audience), default=None)


def answered(edition: EditionView, audience: AudienceView) -> int:
    """People of an audience who answered; 0 when that is hidden or not known."""
    found = edition.find("response", "response", audience.key)
    return found.n if found else 0


def _earlier(editions: Sequence[EditionView], audience: AudienceView) -> EditionView | None:
    """The newest earlier wave that asked the same audience."""
    asked = (each for each in reversed(editions[:-1]) if any(one.key == audience.key for one in each.audiences))
    return next(asked, None)


def _movements(before: EditionView | None, now: EditionView, audience: AudienceView) -> list[Movement]:
    """Every score compared with the wave before, clear or not."""
    if before is None:
        return []
    found = []
    for later in now.of("score", audience.key, ()):
        earlier = before.find("score", later.subject, audience.key)
        compared = _compared(before, now, audience, earlier, later)
        if compared and compared.verdict != "not compared":
            found.append(Movement(later.subject, later.label, compared.points, compared.low, compared.high))
    return found


def _gap_groups(edition: EditionView, audience: AudienceView) -> tuple[AudienceView, AudienceView] | None:
    """The main audience and the one to hold beside it: the largest other group, staff before the rest."""
    others = [other for other in edition.audiences if other.group != audience.group]
    ordered = sorted(others, key=lambda other: (other.group != "staff", -answered(edition, other)))
    return (audience, ordered[0]) if ordered else None


def _gulfs(edition: EditionView, found: Sequence[Gap], pair: tuple[AudienceView, AudienceView] | None) -> list[Gulf]:
    if pair is None:
        return []
    a, b = pair
    return [Gulf(gap.subject, _topic(edition, gap, a), a.label, b.label, gap.points) for gap in found if gap.named]


def _contrasts(
    edition: EditionView, found: Sequence[Gap], pair: tuple[AudienceView, AudienceView] | None
) -> tuple[Contrast, ...]:
    """The widest gaps, widest first."""
    if pair is None:
        return ()
    widest = sorted(found, key=lambda gap: -abs(gap.points))[:GAPS_SHOWN]
    sides = ((gap, _sides(edition, gap, pair)) for gap in widest)
    return tuple(Contrast(gap, _topic(edition, gap, pair[0]), both) for gap, both in sides if both)


def _sides(
    edition: EditionView, gap: Gap, pair: tuple[AudienceView, AudienceView]
) -> tuple[Reportable, Reportable] | None:
    """The parallel statements behind a gap: of several on one strand, the first that the other group was asked."""
    mine = edition.find("item", gap.subject, pair[0].key)
    others = edition.of("item", pair[1].key, ())
    theirs = next((item for item in others if mine and item.parallel == mine.parallel and item.focus != BOARD), None)
    return (mine, theirs) if mine and theirs else None


def _topic(edition: EditionView, gap: Gap, audience: AudienceView) -> str:
    """The strand's name, which reads better in a sentence than a whole statement; else the gap's own label."""
    item = edition.find("item", gap.subject, audience.key)
    strand = edition.find("score", item.parallel, audience.key) if item and item.parallel else None
    return strand.label if strand else gap.label


def _standings(edition: EditionView, audience: AudienceView) -> list[Standing]:
    shown = (score for score in dimensions(edition, audience) if score.status == "shown")
    return [Standing(score.subject, score.label, score.mean) for score in shown if score.mean is not None]


def dimensions(edition: EditionView, audience: AudienceView) -> tuple[Reportable, ...]:
    """The scores of whole dimensions, in the framework's order; a strand's key has a dot."""
    return tuple(score for score in edition.of("score", audience.key, ()) if "." not in score.subject)


def _tiles(before: EditionView | None, now: EditionView, audience: AudienceView) -> tuple[Tile, ...]:
    tiles = []
    for later in dimensions(now, audience):
        earlier = before.find("score", later.subject, audience.key) if before else None
        tiles.append(Tile(later, _compared(before, now, audience, earlier, later)))
    return tuple(tiles)


def _compared(
    before: EditionView | None, now: EditionView, audience: AudienceView, earlier: Reportable | None, later: Reportable
) -> Change | None:
    """The change since the wave before, None where there is none or where what was asked is no longer the same."""
    if before is None or earlier is None:
        return None
    same = continues(before, now, audience.key, kind=later.kind, subject=later.subject)
    return change(earlier, later) if same else None


def _statements(edition: EditionView, audience: AudienceView) -> tuple[Reportable, ...]:
    """One statement per strand, and of these the ends: most agreed first."""
    firsts: dict[str, Reportable] = {}
    for item in edition.of("item", audience.key, ()):
        if item.parallel and item.status == "shown":
            firsts.setdefault(item.parallel, item)
    ordered = sorted(firsts.values(), key=lambda item: -(item.share or 0))
    return tuple(ordered if len(ordered) <= 2 * ENDS_SHOWN else ordered[:ENDS_SHOWN] + ordered[-ENDS_SHOWN:])


def _histories(editions: Sequence[EditionView], audience: AudienceView) -> tuple[tuple[Reportable, ...], ...]:
    subjects = [score.subject for score in dimensions(editions[-1], audience)]
    rows = [line(editions, audience.key, kind="score", subject=subject) for subject in subjects]
    return tuple(tuple(found for found in row if found) for row in rows)


def _turnouts(edition: EditionView) -> tuple[Turnout, ...]:
    found = ((audience, edition.find("response", "response", audience.key)) for audience in edition.audiences)
    return tuple(Turnout(audience, result, _rate(result)) for audience, result in found if result)


def _rate(result: Reportable) -> float | None:
    return result.n / result.invited if result.invited and result.status != "hidden" else None


def _themes(edition: EditionView, audience: AudienceView) -> tuple[Reportable, ...]:
    """Themes of the main audience's comments that may be shown, most named first."""
    shown = (theme for theme in edition.of("theme", audience.key, ()) if theme.status != "hidden")
    return tuple(sorted(shown, key=lambda theme: (-theme.n, theme.subject)))


def _asks(
    chosen: Headline, turnouts: Sequence[Turnout], themes: Sequence[Reportable], actions: Sequence[ActionView]
) -> tuple[Ask, ...]:
    """Questions to put, at most one of each kind: they ask what was found and heard, and suppose no cause."""
    asks = []
    if chosen.fallen:
        asks.append(Ask("fallen", chosen.fallen.label))
    if chosen.gulf:
        asks.append(Ask("gulf", chosen.gulf.label, other=chosen.gulf.dimmer, group=chosen.gulf.brighter))
    if chosen.lowest:
        asks.append(Ask("lowest", chosen.lowest.label))
    if criticised := max(themes, key=criticism, default=None):
        asks += [Ask("criticised", criticised.label)] if criticism(criticised) else []
    low = [each for each in turnouts if each.rate is not None and each.rate < LOW_RESPONSE]
    if low:
        asks.append(Ask("turnout", min(low, key=lambda each: each.rate or 0).audience.label))
    if due := next((action for action in actions if action.state != "done"), None):
        asks.append(Ask("due", due.did))
    return tuple(asks)


def criticism(theme: Reportable) -> int:
    """Comments that name the theme in a negative way; 0 when hidden."""
    return next((option.people for option in theme.options if option.code == "negative"), 0)
