"""Reading frozen editions: every page's only way to a number."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.disclosure.reportable import Kind, Reportable, Slice
from analysis.editions.cells import from_json
from analysis.models import Edition, EditionCell
from analysis.sharing import may_see
from stakeholder.errors import NotAllowed, NotFound
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.definition import Questionnaire
from surveys.models import Wave
from surveys.published import questionnaire_of

KEPT = 24
Breakdown = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class AudienceView:
    """One audience of a wave; `invited` people asked, when known."""

    key: str
    group: str
    label: str
    invited: int | None


@dataclass(frozen=True)
class EditionSummary:
    """One wave that has results."""

    wave_key: str
    wave_title: str
    number: int
    frozen_at: datetime


class EditionView:
    """A frozen edition with its admitted results.

    asked   the questionnaire of each audience, where it is known
    opened  the day the wave opened, where it is known
    """

    def __init__(
        self,
        *,
        wave_key: str,
        wave_title: str,
        frozen_at: datetime,
        number: int = 1,
        audiences: tuple[AudienceView, ...],
        breakdowns: Mapping[str, tuple[Breakdown, ...]],
        cells: tuple[Reportable, ...],
        asked: Mapping[str, Questionnaire] = MappingProxyType({}),
        opened: date | None = None,
    ) -> None:
        self.wave_key, self.wave_title, self.frozen_at, self.number = wave_key, wave_title, frozen_at, number
        self.audiences, self.cells, self.asked, self.opened = audiences, cells, asked, opened
        self._breakdowns = dict(breakdowns)
        self._by_place = {(cell.kind, cell.subject, cell.slice): cell for cell in cells}
        self._by_kind: dict[tuple[Kind, str | None], list[Reportable]] = defaultdict(list)
        for cell in cells:
            self._by_kind[cell.kind, None].append(cell)
            self._by_kind[cell.kind, cell.slice.audience].append(cell)

    def breakdowns(self, audience: str) -> tuple[Breakdown, ...]:
        """(question key, its words, ((code, words), ...)) of each breakdown of an audience."""
        return self._breakdowns.get(audience, ())

    def find(
        self, kind: Kind, subject: str, audience: str, filters: tuple[tuple[str, str], ...] = ()
    ) -> Reportable | None:
        """One result, None when this was not asked or not counted so."""
        return self._by_place.get((kind, subject, Slice(audience, tuple(sorted(filters)))))

    def of(
        self, kind: Kind, audience: str | None = None, filters: tuple[tuple[str, str], ...] | None = None
    ) -> tuple[Reportable, ...]:
        """All results of a kind, in order; of one audience or all, of one group or all."""
        return tuple(
            cell for cell in self._by_kind.get((kind, audience), ()) if filters is None or cell.slice.filters == filters
        )


def list_editions(session: Session, viewer: Viewer) -> list[EditionSummary]:
    """The newest edition of each wave that the viewer may see, oldest wave first. Raises NotAllowed."""
    rows = session.execute(
        select(
            Wave.key,
            Wave.title,
            func.max(Edition.number).label("number"),
            func.max(Edition.frozen_at).label("frozen_at"),
        )
        .join(Edition, Edition.wave_id == Wave.id)
        .where(Wave.school_id == _school(viewer), may_see(viewer))
        .group_by(Wave.id, Wave.key, Wave.title, Wave.opens_at)
        .order_by(Wave.opens_at, Wave.key)
    )
    return [EditionSummary(row.key, row.title, row.number, row.frozen_at) for row in rows]


def load_edition(
    session: Session, viewer: Viewer, wave_key: str | None = None, *, number: int | None = None
) -> EditionView:
    """An edition of a wave: its newest unless a number is given, of the newest wave unless one is named.

    Raises NotFound and NotAllowed.
    """
    wanted = (
        select(Edition.id, Wave.key, Wave.title, Edition.frozen_at)
        .join(Wave, Wave.id == Edition.wave_id)
        .where(Wave.school_id == _school(viewer), may_see(viewer))
        .order_by(Wave.opens_at.desc(), Wave.key.desc(), Edition.number.desc())
        .limit(1)
    )
    wanted = wanted.where(Wave.key == wave_key) if wave_key else wanted
    row = session.execute(wanted.where(Edition.number == number) if number else wanted).first()
    if row is None:
        raise NotFound("There are no results of this wave." if wave_key else "There are no results yet.")
    return _kept(session, row.id, row.key, row.title, row.frozen_at)


_KEPT: dict[UUID, EditionView] = {}


def _kept(session: Session, edition_id: UUID, wave_key: str, wave_title: str, frozen_at: datetime) -> EditionView:
    """Editions never change, so each process reads one once."""
    found = _KEPT.get(edition_id)
    if found is None:
        while len(_KEPT) >= KEPT:
            _KEPT.pop(next(iter(_KEPT)), None)
        found = _KEPT[edition_id] = _loaded(session, edition_id, wave_key, wave_title, frozen_at)
    return found


def _loaded(session: Session, edition_id: UUID, wave_key: str, wave_title: str, frozen_at: datetime) -> EditionView:
    edition = session.get_one(Edition, edition_id)
    described = edition.audiences
    bodies = session.scalars(
        select(EditionCell.body).where(EditionCell.edition_id == edition_id).order_by(EditionCell.place)
    )
    return EditionView(
        wave_key=wave_key,
        wave_title=wave_title,
        frozen_at=frozen_at,
        opened=session.get_one(Wave, edition.wave_id).opens_at.date(),
        number=edition.number,
        audiences=tuple(AudienceView(each["key"], each["group"], each["label"], each["invited"]) for each in described),
        breakdowns={each["key"]: tuple(_breakdown(one) for one in each["breakdowns"]) for each in described},
        cells=tuple(from_json(body) for body in bodies),
        asked={
            each["key"]: questionnaire_of(session, UUID(each["version"])) for each in described if each.get("version")
        },
    )


def _breakdown(stored: tuple[str, str, list[list[str]]]) -> Breakdown:
    key, label, options = stored
    return key, label, tuple((code, words) for code, words in options)


def _school(viewer: Viewer) -> UUID | None:
    if not viewer.may(Permission.SEE_FIGURES):
        raise NotAllowed("Only those who may see results can open them.")
    return viewer.school_id
