"""The codebook of a school: the shared themes and its own, in versions that are kept; and what became of old themes."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.codebook import Codebook, Theme, default_codebook
from analysis.comments.models import SchoolCodebook

OWN = "own."
"""How the codes of a school's own themes begin."""


def codebook_of(session: Session, school_id: UUID) -> Codebook:
    """The codebook by which a school's comments are sorted now."""
    newest = newest_version(session, school_id)
    return with_own(tuple(map(Theme.model_validate, newest.themes))) if newest else default_codebook()


def with_own(own: Sequence[Theme]) -> Codebook:
    """The shared codebook and these themes after it."""
    if not own:
        return default_codebook()
    return _with_own(tuple(theme.model_dump_json() for theme in own))


@lru_cache(maxsize=32)
def _with_own(own: tuple[str, ...]) -> Codebook:
    shared = default_codebook()
    themes = (*shared.themes, *map(Theme.model_validate_json, own))
    return Codebook(key=shared.key, title=shared.title, note=shared.note, spellings=shared.spellings, themes=themes)


def newest_version(session: Session, school_id: UUID) -> SchoolCodebook | None:
    """The newest version of a school's own themes, if it has any."""
    return next(iter(versions(session, school_id)), None)


def versions(session: Session, school_id: UUID) -> Sequence[SchoolCodebook]:
    """All versions of a school's own themes, newest first."""
    return session.scalars(
        select(SchoolCodebook).where(SchoolCodebook.school_id == school_id).order_by(SchoolCodebook.number.desc())
    ).all()


def successors(session: Session, school_id: UUID) -> Mapping[str, str | None]:
    """What became of themes that are no more: the theme that took them in, or None; people's codings follow it."""
    found: dict[str, str | None] = {}
    for version in reversed(versions(session, school_id)):
        if version.change["kind"] in {"merged", "removed"}:
            to = next(iter(version.change["to"]), None)
            gone = {code for code in version.change["from"] if code != to}
            found = {old: to if new in gone else new for old, new in found.items()} | dict.fromkeys(gone, to)
    return found
