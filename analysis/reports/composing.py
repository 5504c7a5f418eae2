"""What a board pack says, put together once for every kind of file."""

from dataclasses import dataclass

from flask_babel import format_date  # type: ignore[attr-defined]
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import looking
from analysis.actions import list_actions
from analysis.editions import EditionView, list_editions, load_edition
from analysis.figures import Figure
from analysis.governor_page import CHOICES_SHOWN, GovernorPage, compose
from analysis.looking import Look
from analysis.views import charts, looks, words
from analysis.views.choice_looks import by_choice
from stakeholder.errors import NotFound
from stakeholder.models import School
from stakeholder.viewer import Viewer


@dataclass(frozen=True)
class BoardPack:
    """A board pack in reading order.

    page     the governors' page of the wave: tiles, turnout, promises, questions
    figures  the governors' figures, then every dimension by audience
    method   how the numbers are made, a sentence each
    hidden   what is not shown and why, a sentence each
    """

    school: str
    wave_key: str
    wave_title: str
    counted: str
    headline: str
    lead: str
    page: GovernorPage
    figures: tuple[Figure, ...]
    method: tuple[str, ...]
    hidden: tuple[str, ...]


def board_pack(session: Session, viewer: Viewer, wave_key: str | None = None) -> BoardPack:
    """The pack of a wave, the newest unless one is named. Raises NotFound and NotAllowed."""
    chosen = load_edition(session, viewer, wave_key)
    editions = []
    for summary in list_editions(session, viewer):
        editions.append(load_edition(session, viewer, summary.wave_key))
        if summary.wave_key == chosen.wave_key:
            break
    page = compose(editions, actions=list_actions(session, viewer))
    if page is None:
        raise NotFound("This wave asked nobody, so there is nothing to report.")
    school = session.scalars(select(School.name).where(School.id == viewer.school_id)).one()
    seen = Look(tuple(editions), chosen, page.audience, None, "")
    figures = (
        *(shown.figure for shown in charts.governor_figures(page)),
        *looks.by_audience(seen),
        *by_choice(seen)[CHOICES_SHOWN:],
    )
    return BoardPack(
        school=school,
        wave_key=chosen.wave_key,
        wave_title=chosen.wave_title,
        counted=format_date(chosen.frozen_at, "d MMMM yyyy"),
        headline=words.headline_words(page.headline, audience=page.audience.label),
        lead=words.lead_words(page),
        page=page,
        figures=figures,
        method=_method(),
        hidden=_hidden(chosen),
    )


def _method() -> tuple[str, ...]:
    return (
        _("“Favourable” counts “agree” and “strongly agree” among answers on the scale; “don’t know” is left out."),
        _("Scores run from 0 to 100. A dimension’s score is the mean of its strands, all of equal weight."),
        _("Every number of people is rounded to a multiple of three, up or down by up to two."),
        _("The likely range (95 %) is Wilson’s for shares and Student’s for means, and knows how many were asked."),
        _("A change or gap is named only where chance is an unlikely explanation; many are judged together."),
        _("Comments are read by a program and counted by theme. It makes mistakes."),
        _("Numbers say how people answered, not why."),
    )


def _hidden(edition: EditionView) -> tuple[str, ...]:
    said = [_("You never see fewer than 10 people. Groups of 10 to 29 are told in words.")]
    for each in looking.what_is_shown(edition):
        few = each.counts["hidden"][1]
        every = few + each.counts["shown"][1] + each.counts["words"][1]
        if few:
            said.append(
                _(
                    "%(group)s: %(few)s of %(all)s results of single groups are hidden, being too few to show safely.",
                    group=each.audience.label,
                    few=few,
                    all=every,
                )
            )
    return tuple(said)


def observation_words(pack: BoardPack) -> list[tuple[str, list[str]]]:
    """What stands out, each with what it rests on."""
    return [
        (
            words.observation_words(each),
            [*(words.evidence_words(side) for side in each.sides), *filter(None, [words.difference_words(each)])],
        )
        for each in (*pack.page.observations, *filter(None, [pack.page.gap]))
    ]


def tile_words(pack: BoardPack) -> list[tuple[str, str, str]]:
    """Each dimension: its name, its score, and what became of it."""
    return [(tile.result.label, _score(tile.result.mean, tile.result.status), _moved(tile)) for tile in pack.page.tiles]


def _score(mean: float | None, status: str) -> str:
    if status != "shown" or mean is None:
        return _("hidden") if status == "hidden" else _("few answers")
    return _("%(score)s of 100", score=round(mean))


def _moved(tile: object) -> str:
    change = getattr(tile, "change", None)
    if change is None:
        return ""
    points = abs(round(change.points))
    told = {
        "up": _("up %(points)s", points=points),
        "down": _("down %(points)s", points=points),
        "no clear change": _("no clear change"),
    }
    return str(told.get(change.verdict, _("not compared")))


def turnout_words(pack: BoardPack) -> list[tuple[str, str]]:
    """Each audience and how many of it answered."""
    found = []
    for each in pack.page.turnouts:
        if each.result.status == "hidden":
            said = _("hidden: %(reason)s", reason=each.result.reason)
        elif each.rate is None:
            said = _("%(n)s answered", n=each.result.n)
        else:
            rate = min(100, round(100 * each.rate))
            said = _("%(rate)s%% (%(n)s of %(asked)s)", rate=rate, n=each.result.n, asked=each.result.invited)
        found.append((each.audience.label, str(said)))
    return found


def action_words(pack: BoardPack) -> list[tuple[str, str, str]]:
    """Each promise: what was said, what was done, and how far it is."""
    states = {"done": _("Done"), "checking": _("Checking"), "planned": _("Planned")}
    found = []
    for action in pack.page.actions:
        state = states[action.state]
        if action.state == "planned" and action.due:
            state = _("Due in %(month)s", month=format_date(action.due, "LLLL yyyy"))
        found.append((action.said, action.did, str(state)))
    return found


def ask_words(pack: BoardPack) -> list[str]:
    """Questions to put at the meeting."""
    return [words.ask_words(ask) for ask in pack.page.asks]
