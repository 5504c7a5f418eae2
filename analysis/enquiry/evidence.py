"""Evidence in an enquiry: results of editions, and what comes from elsewhere; side by side, never one figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.disclosure.reportable import Kind, Reportable
from analysis.editions import AudienceView, EditionView, list_editions, load_edition
from analysis.enquiry.entries import LONGEST, crosses
from analysis.enquiry.models import ClaimLink, Entry, Evidence
from analysis.enquiry.process import Artefact
from analysis.enquiry.running import plain
from analysis.enquiry.seats import Seat
from stakeholder.audit import Act, record
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.roles import Permission, Role
from stakeholder.viewer import Viewer
from stakeholder.walls import everywhere
from surveys.framework import default_framework
from surveys.models import Wave

EVERYBODY = ""
STUDENTS_ALONE = frozenset({Role.STUDENT_RESEARCHER})


@dataclass(frozen=True)
class Result:
    """One result of one audience."""

    audience: AudienceView
    result: Reportable


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as a reader sees it.

    results  of an edition, one for each audience that was asked; empty for what comes from elsewhere
    gone     the wave has no such result any more, or it is hidden now
    """

    id: UUID
    school_id: UUID
    kind: str
    label: str
    wave_title: str
    caption: str
    value: str
    source: str
    day: date | None
    strand: str
    results: tuple[Result, ...]
    is_shared: bool
    is_own: bool
    frozen_at: datetime | None = None

    @property
    def gone(self) -> bool:
        """Whether it cites a result that is there no longer."""
        return self.kind != "elsewhere" and not self.results


@dataclass(frozen=True)
class Offer:
    """A result that may be cited: "kind:subject:audience" and its words."""

    value: str
    label: str
    group: str


def cite(session: Session, here: Seat, key: str, *, wave: str, what: str, caption: str, now: datetime) -> Evidence:
    """Cite a result of one of the viewer's own school's waves. Raises NotFound, NotAllowed and Invalid."""
    artefact = _evidence(here, key)
    if what not in {each.value for each in offers(session, here, artefact, wave)}:
        raise Invalid("Choose a result from the list.")
    kind, subject, audience = what.split(":")
    wave_id = session.scalars(select(Wave.id).where(Wave.school_id == here.viewer.school_id, Wave.key == wave)).one()
    return _keep(session, here, key, caption, now, kind=kind, subject=subject, audience=audience, wave_id=wave_id)


def bring(
    session: Session,
    here: Seat,
    key: str,
    *,
    value: str,
    source: str,
    day: date | None,
    strand: str,
    caption: str,
    now: datetime,
) -> Evidence:
    """Put something from elsewhere beside the voices. Raises Invalid for what is missing, NotFound, NotAllowed."""
    _evidence(here, key)
    if not may_bring(here):
        raise NotAllowed("A mentor brings what is not from a survey.")
    if strand and default_framework().strand(strand) is None:
        raise Invalid("Choose a strand from the list, or none.")
    return _keep(
        session,
        here,
        key,
        caption,
        now,
        kind="elsewhere",
        value=plain(value, 200, "Write what it says, such as: 94.1% in autumn."),
        source=plain(source, 300, "Write where it comes from."),
        day=day,
        strand=strand,
    )


def may_bring(here: Seat) -> bool:
    """Whether the viewer may bring what is not from a survey: adults only, who know what may be shown to whom."""
    return here.viewer.roles != STUDENTS_ALONE


def _keep(session: Session, here: Seat, key: str, caption: str, now: datetime, **content: object) -> Evidence:
    words = plain(caption, LONGEST, "") if caption.strip() else ""
    evidence = Evidence(
        enquiry_id=here.enquiry.id,
        artefact=key,
        school_id=here.viewer.where,
        person_id=here.viewer.person_id,
        caption=words,
        added_at=now,
        **content,
    )
    session.add(evidence)
    session.flush()
    return evidence


def offers(session: Session, here: Seat, artefact: Artefact, wave: str) -> tuple[Offer, ...]:
    """Results of one wave that the viewer may cite here; none where they may not see the wave.

    Student researchers cite what all students said, and nothing sensitive: a mentor puts that there.
    """
    edition = _own_edition(session, here.viewer, wave)
    if edition is None:
        return ()
    audiences = [each for each in edition.audiences if not artefact.groups or each.group in artefact.groups]
    careful = here.viewer.roles == STUDENTS_ALONE
    if careful:
        audiences = [each for each in audiences if each.group == "student"]
    return tuple(_offers(edition, audiences, careful=careful))


def _offers(edition: EditionView, audiences: Sequence[AudienceView], *, careful: bool) -> list[Offer]:
    found: dict[str, Offer] = {}
    for audience in audiences:
        for score in edition.of("score", audience.key, ()):
            if not (careful and is_sensitive(score.subject)):
                found.setdefault(f"score:{score.subject}:", Offer(f"score:{score.subject}:", score.label, ""))
    for audience in audiences:
        for item in edition.of("item", audience.key, ()):
            if item.status != "hidden" and not (careful and is_sensitive(item.parallel or item.subject)):
                value = f"item:{item.subject}:{audience.key}"
                found[value] = Offer(value, item.label, audience.label)
    return list(found.values())


def is_sensitive(subject: str) -> bool:
    """Whether a strand's answers may point at a child at risk, or a dimension holds such a strand."""
    return any(
        each.sensitive and (each.key == subject or each.key.startswith(f"{subject}."))
        for each in default_framework().strands
    )


def waves_to_cite(session: Session, viewer: Viewer) -> list[tuple[str, str]]:
    """Waves with results that the viewer may see: key and title, newest first."""
    if not viewer.may(Permission.SEE_FIGURES):
        return []
    return [(each.wave_key, each.wave_title) for each in reversed(list_editions(session, viewer))]


def pieces_of(session: Session, here: Seat) -> dict[str, list[Piece]]:
    """The evidence that the viewer may see, by artefact, oldest first."""
    rows = session.scalars(
        select(Evidence).where(Evidence.enquiry_id == here.enquiry.id).order_by(Evidence.added_at, Evidence.id)
    ).all()
    found: dict[str, list[Piece]] = {}
    for artefact in here.process.artefacts:
        if artefact.kind == "evidence" and here.may_read(artefact):
            mine = (each for each in rows if each.artefact == artefact.key and crosses(here, artefact, each))
            found[artefact.key] = [piece(session, each, here.viewer, artefact.groups) for each in mine]
    return found


def piece(session: Session, row: Evidence, viewer: Viewer, groups: Sequence[str] = ()) -> Piece:
    """A piece with the results of the newest edition of its wave: what must be hidden later is hidden here."""
    with everywhere(session):
        wave = session.get(Wave, row.wave_id) if row.wave_id else None
        edition = _edition_of(session, row.school_id, wave.key) if wave else None
    results = tuple(_results(row, edition, groups)) if edition else ()
    strand = default_framework().strand(row.strand)
    label = results[0].result.label if results else ""
    return Piece(
        id=row.id,
        school_id=row.school_id,
        kind=row.kind,
        label=label,
        wave_title=wave.title if wave else "",
        caption=row.caption,
        value=row.value,
        source=row.source,
        day=row.day,
        strand=str(strand.name) if strand else "",
        results=results,
        is_shared=row.shared_at is not None,
        is_own=row.person_id == viewer.person_id,
        frozen_at=edition.frozen_at if edition else None,
    )


def _results(row: Evidence, edition: EditionView, groups: Sequence[str]) -> list[Result]:
    kind: Kind = "item" if row.kind == "item" else "score"
    audiences = [each for each in edition.audiences if row.audience in {EVERYBODY, each.key}]
    found = [
        (each, edition.find(kind, row.subject, each.key)) for each in audiences if not groups or each.group in groups
    ]
    return [Result(audience, result) for audience, result in found if result is not None]


def _edition_of(session: Session, school_id: UUID, wave: str) -> EditionView | None:
    """The edition of a wave whose result was put before readers: having been put there is their permission."""
    lent = Viewer(school_id=school_id, roles=frozenset({Role.SURVEY_LEAD}))
    try:
        return load_edition(session, lent, wave)
    except NotFound:
        return None


def _own_edition(session: Session, viewer: Viewer, wave: str) -> EditionView | None:
    if not viewer.may(Permission.SEE_FIGURES) or not wave:
        return None
    try:
        return load_edition(session, viewer, wave)
    except NotFound:
        return None


def find_evidence(session: Session, here: Seat, evidence_id: UUID) -> Evidence:
    """A piece the viewer may see. Raises NotFound."""
    row = session.scalars(
        select(Evidence).where(Evidence.id == evidence_id, Evidence.enquiry_id == here.enquiry.id)
    ).first()
    if row is None or not crosses(here, here.needed(row.artefact), row):
        raise NotFound("There is no such evidence.")
    return row


def show_evidence(session: Session, here: Seat, evidence_id: UUID, *, now: datetime) -> None:
    """Put a piece of one's own side before the other. Raises NotFound and NotAllowed."""
    row = find_evidence(session, here, evidence_id)
    if not here.organises or row.school_id != here.viewer.school_id:
        raise NotAllowed("Only those who lead your side decide what the other side sees.")
    row.shared_at = row.shared_at or now
    act = Act("shown to the other side", f"evidence {evidence_id}", here.viewer.person_id, here.viewer.school_id)
    record(session, act, now=now)


def remove_evidence(session: Session, here: Seat, evidence_id: UUID) -> None:
    """Take a piece away: one's own, or any of one's own side for those who lead it. Raises NotFound and NotAllowed."""
    row = find_evidence(session, here, evidence_id)
    here.to_write(row.artefact)
    leads = here.organises and row.school_id == here.viewer.school_id
    if row.person_id != here.viewer.person_id and not leads:
        raise NotAllowed("This evidence is not yours to take away.")
    session.delete(row)


def link(
    session: Session, here: Seat, claim_id: UUID, *, evidence_id: UUID | None, note: Entry | None, against: bool
) -> None:
    """Put evidence or a note behind a claim, or against it. Raises NotFound and NotAllowed."""
    claim = session.scalars(select(Entry).where(Entry.id == claim_id, Entry.enquiry_id == here.enquiry.id)).first()
    if claim is None or here.to_write(claim.artefact).kind != "claims":
        raise NotFound("There is no such claim.")
    if evidence_id is not None:
        find_evidence(session, here, evidence_id)
    session.add(
        ClaimLink(claim_id=claim.id, evidence_id=evidence_id, note_id=note.id if note else None, against=against)
    )
    session.flush()


def unlink(session: Session, here: Seat, link_id: UUID) -> UUID:
    """Take a link away; returns the claim. Raises NotFound and NotAllowed."""
    row = session.execute(
        select(ClaimLink, Entry)
        .join(Entry, Entry.id == ClaimLink.claim_id)
        .where(ClaimLink.id == link_id, Entry.enquiry_id == here.enquiry.id)
    ).first()
    if row is None:
        raise NotFound("There is no such link.")
    here.to_write(row.Entry.artefact)
    session.delete(row.ClaimLink)
    claim: UUID = row.Entry.id
    return claim


def _evidence(here: Seat, key: str) -> Artefact:
    artefact = here.to_write(key)
    if artefact.kind != "evidence":
        raise NotFound("No evidence is gathered here.")
    return artefact
