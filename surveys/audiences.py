"""What a respondent's link leads to, remembered for a few seconds between requests.

Whether the wave still takes answers is never remembered: it is read with the draft, and again when something is
written.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.db import Database
from stakeholder.errors import NotFound
from stakeholder.key_folder import KeyFolder
from stakeholder.models import School
from surveys.asked_languages import as_asked
from surveys.definition import Questionnaire
from surveys.identities.envelopes import Writer, sealed_identity
from surveys.identities.keeping import recipients
from surveys.inviting.links import TOKEN_LENGTH, credential, key_name, token_hash
from surveys.inviting.models import Invitation
from surveys.models import Audience, Wave, WayIn
from surveys.monitoring.counting import NO_STRATA, Strata, strata_counted
from surveys.published import questionnaire_of
from surveys.roll.models import Member

REMEMBERED_SECONDS = 5.0
MOST_REMEMBERED = 256


@dataclass(frozen=True)
class Way:
    """A link of its own into an audience.

    given  what everybody who comes by it has answered beforehand
    slips  slips printed for it; with any, nobody comes in without one
    """

    id: UUID
    given: Mapping[str, str]
    slips: int


@dataclass(frozen=True)
class OpenAudience:
    """One questionnaire put to one group.

    public_key  what ballots are sealed to, 32 bytes; empty when the survey's key is destroyed
    credential  under which a personal link's answers are sent; empty for links that several people use
    writer      whose link it is, where the mode keeps that; None in an anonymous wave
    recipients  to whom the writer's identity is sealed in a confidential wave
    strata      how answers are counted apart while they come in
    drawn       pages drawn for this audience, by what they depend on; forgotten when anything about it changes;
                the same for all links that are alike
    """

    id: UUID
    token: str
    key: str
    group: str
    mode: str
    version_id: UUID
    wave_title: str
    school_name: str
    contacts: tuple[Mapping[str, Any], ...]
    questionnaire: Questionnaire
    public_key: bytes
    way: Way | None = None
    credential: str = ""
    writer: Writer | None = field(default=None, repr=False)
    recipients: tuple[str, ...] = ()
    strata: Strata = NO_STRATA
    drawn: dict[tuple[Any, ...], str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def alike(self) -> "OpenAudience":
        """What its pages depend on: the same for every link into it by which people come in the same way."""
        way = Way(self.id, {}, 1) if self.way and self.way.slips else None
        return replace(self, token="", way=way, credential=self.credential and "own", writer=None)

    @property
    def needs_own_link(self) -> bool:
        """Whether the mode keeps who wrote, and this link is nobody's own."""
        return self.mode != "anonymous" and self.writer is None

    def identity(self) -> bytes | None:
        """Who writes, as the mode keeps it: sealed anew each time, open, or not at all."""
        if self.writer is None:
            return None
        return self.writer.to_json() if self.mode == "named" else sealed_identity(self.writer, self.recipients)


class KnownAudiences:
    """Audiences whose links were used lately."""

    def __init__(self, database: Database, keys: KeyFolder) -> None:
        self._database, self._keys = database, keys
        self._known: OrderedDict[str, tuple[float, OpenAudience]] = OrderedDict()
        self._alike: OrderedDict[tuple[UUID, bool, bool], OpenAudience] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, token: str) -> OpenAudience:
        """The audience behind a link's token. Raises NotFound for an unknown one."""
        now = time.monotonic()
        until, known = self._known.get(token, (0.0, None))
        if known is not None and now < until:
            return known
        with self._database.reading() as session:
            found = find_audience(session, token, self._keys)
        with self._lock:
            audience = known if known == found else self._sharing(found)  # nothing changed: what was drawn serves
            self._known[token] = (now + REMEMBERED_SECONDS, audience)
            self._known.move_to_end(token)
            while len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)
        return audience

    def _sharing(self, found: OpenAudience) -> OpenAudience:
        """The audience with what was drawn for other links into it that are alike."""
        alike = found.alike
        which = (found.id, alike.way is not None, bool(alike.credential))
        first = self._alike.get(which)
        if first != alike:
            first = self._alike[which] = alike
        self._alike.move_to_end(which)
        while len(self._alike) > MOST_REMEMBERED:
            self._alike.popitem(last=False)
        return replace(found, drawn=first.drawn)


def find_audience(session: Session, token: str, keys: KeyFolder) -> OpenAudience:
    """The audience behind a link's token, which may be a class's. Raises NotFound for an unknown one."""
    way = session.scalars(select(WayIn).where(WayIn.token == token)).first()
    invitation = _invitation(session, token) if way is None and len(token) == TOKEN_LENGTH else None
    own = way or invitation
    leads_to = Audience.id == own.audience_id if own else Audience.token == token
    row = session.execute(
        select(
            Audience.id,
            Audience.key,
            Audience.group,
            Audience.mode,
            Audience.version_id,
            Audience.languages,
            Wave.id.label("wave_id"),
            Wave.state,
            Wave.title,
            School.id.label("school_id"),
            School.name,
            School.contacts,
        )
        .join(Wave, Wave.id == Audience.wave_id)
        .join(School, School.id == Wave.school_id)
        .where(leads_to)
    ).first()
    if row is None:
        raise NotFound("No survey has this address. Check it, or ask the person who gave it to you.")
    came_by = Way(way.id, way.given, way.slips) if way else None
    if invitation:
        came_by = Way(row.id, invitation.given, 0)
    keeps = row.mode != "anonymous" and invitation is not None
    return OpenAudience(
        id=row.id,
        token=token,
        key=row.key,
        group=row.group,
        mode=row.mode,
        version_id=row.version_id,
        wave_title=row.title,
        school_name=row.name,
        contacts=tuple(row.contacts),
        questionnaire=as_asked(questionnaire_of(session, row.version_id), row.languages),
        public_key=keys.public(str(row.wave_id)) if row.state != "closed" else b"",
        way=came_by,
        credential=_credential(keys, row.wave_id, token) if invitation and row.state != "closed" else "",
        writer=_writer(session, invitation) if keeps and invitation else None,
        recipients=recipients(session, row.school_id, now=datetime.now(UTC)) if keeps else (),
        strata=strata_counted(session, row.id),
    )


def _writer(session: Session, invitation: Invitation) -> Writer:
    """Whose link it is, as the roll knows them now."""
    member = session.get_one(Member, invitation.member_id)
    name = f"{member.known_as or member.given} {member.family}".strip()
    return Writer(name, member.group, member.number, member.form)


def _invitation(session: Session, token: str) -> Invitation | None:
    return session.scalars(select(Invitation).where(Invitation.token_hash == token_hash(token))).first()


def _credential(keys: KeyFolder, wave_id: UUID, token: str) -> str:
    key = keys.private(key_name(wave_id))
    if key is None:
        raise NotFound("This link no longer works. Ask the person who sent it to you for another.")
    return credential(key, token)
