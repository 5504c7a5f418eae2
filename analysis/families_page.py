"""One page for families, students and everybody else, in their language: what was heard, changed and done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.actions import ActionView, list_actions
from analysis.disclosure.reportable import Reportable
from analysis.editions import AudienceView, EditionView, list_editions, load_edition
from analysis.editions.asking import columns_of
from analysis.governor_page import Tile, Turnout, compose
from analysis.sharing import families_wave
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from surveys.framework import default_framework

ENDS = 3
PROMISES = 4
GROUPS = ("student", "parent", "staff")


@dataclass(frozen=True)
class Said:
    """A statement in the reader's language, and how favourably it was answered."""

    words: str
    result: Reportable


@dataclass(frozen=True)
class Heard:
    """What one group said: the statements answered most favourably, and least."""

    group: str
    best: tuple[Said, ...]
    worst: tuple[Said, ...]


@dataclass(frozen=True)
class FamiliesPage:
    """The page in reading order; every text of ours in `language`, the school's own words as it wrote them.

    dimensions  (name in the language, its tile) of the largest audience of students
    before      title of the wave that changes are told from, None for the first
    """

    school: str
    wave_title: str
    language: str
    turnouts: tuple[tuple[str, Turnout], ...]
    heard: tuple[Heard, ...]
    dimensions: tuple[tuple[str, Tile], ...]
    before: str | None
    actions: tuple[ActionView, ...]


def families_page(session: Session, token: str, language: str) -> FamiliesPage:
    """The page behind a link. Raises NotFound where nothing is shared by it yet, or no longer."""
    wave = families_wave(session, token)
    school = session.scalars(select(School).where(School.id == wave.school_id)).one()
    # The link is the permission; what it shows is a part of what the school's lead may see.
    public = Viewer(school_id=school.id, roles=frozenset({Role.SURVEY_LEAD}))
    editions = [load_edition(session, public, wave.key)]
    for summary in reversed(list_editions(session, public)):
        found = load_edition(session, public, summary.wave_key)
        if found.opened and editions[-1].opened and found.opened < editions[-1].opened:
            editions.insert(0, found)
            break
    return composed(editions, list_actions(session, public), school, language)


def composed(
    editions: Sequence[EditionView], actions: Sequence[ActionView], school: School, language: str
) -> FamiliesPage:
    """The page from the wave's edition and the one before it, if any."""
    now, page = editions[-1], compose(editions, actions=actions)
    names = group_names(school, language)
    tiles = page.tiles if page else ()
    return FamiliesPage(
        school=school.name,
        wave_title=now.wave_title,
        language=language,
        turnouts=tuple((_name(each.audience, names, language), each) for each in (page.turnouts if page else ())),
        heard=tuple(_heard(now, names, language)),
        dimensions=tuple((_dimension(tile.result.subject, language) or tile.result.label, tile) for tile in tiles),
        before=page.before if page else None,
        actions=tuple(actions[:PROMISES]),
    )


def group_names(school: School, language: str) -> dict[str, str]:
    """The school's groups by key, in a language."""
    return {each["key"]: each["label"].get(language) or each["label"].get("en", each["key"]) for each in school.groups}


def _name(audience: AudienceView, names: dict[str, str], language: str) -> str:
    """An audience's own name where its group has several, else the group's."""
    own = {each.key: each.label.in_(language) for each in default_framework().audiences}
    return own.get(audience.key, audience.label) if audience.key in own else names.get(audience.group, audience.label)


def _heard(edition: EditionView, names: dict[str, str], language: str) -> Iterator[Heard]:
    """Of each group its largest audience, where at least two statements may be shown."""
    for group in GROUPS:
        audiences = [each for each in edition.audiences if each.group == group]
        largest = max(audiences, key=lambda each: len(_shown(edition, each)), default=None)
        if largest is None or len(said := _said(edition, largest, language)) < 2:
            continue
        half = min(ENDS, len(said) // 2)
        yield Heard(names.get(group, largest.label), tuple(said[:half]), tuple(reversed(said[-half:])))


def _shown(edition: EditionView, audience: AudienceView) -> list[Reportable]:
    items = edition.of("item", audience.key, ())
    return [each for each in items if each.status == "shown" and each.parallel and each.focus != "board"]


def _said(edition: EditionView, audience: AudienceView, language: str) -> list[Said]:
    """One statement a strand, most favourable first, in words of the questionnaire."""
    asked = edition.asked.get(audience.key)
    columns = tuple(columns_of(asked)) if asked else ()
    words = {name: each.label.in_(language) for each in columns for name in (each.key, each.indicator)}
    firsts: dict[str, Reportable] = {}
    for item in _shown(edition, audience):
        firsts.setdefault(item.parallel, item)
    ordered = sorted(firsts.values(), key=lambda item: -(item.share or 0))
    return [Said(words.get(item.subject, item.label), item) for item in ordered]


def _dimension(key: str, language: str) -> str:
    return next((each.short.in_(language) for each in default_framework().dimensions if each.key == key), "")
