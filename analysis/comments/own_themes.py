"""Changing a school's own themes: each change makes a version, and all comments are read again by it."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.orm import Session

from analysis.codebook import Theme
from analysis.comments.codebooks import OWN, codebook_of, newest_version, versions, with_own
from analysis.comments.models import SchoolCodebook
from analysis.comments.roster import read_again
from stakeholder.audit import Act, record
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.framework import default_framework

LONGEST_LABEL, MOST_WORDS, MOST_THEMES = 60, 12, 40


def own_themes(session: Session, viewer: Viewer) -> tuple[Theme, ...]:
    """The school's own themes. Raises NotAllowed."""
    _only_leads(viewer)
    newest = newest_version(session, viewer.where)
    return tuple(map(Theme.model_validate, newest.themes)) if newest else ()


def history(session: Session, viewer: Viewer) -> Sequence[SchoolCodebook]:
    """All versions, newest first. Raises NotAllowed."""
    _only_leads(viewer)
    return versions(session, viewer.where)


def add_own_theme(
    session: Session,
    viewer: Viewer,
    label: str,
    words: Sequence[str],
    *,
    dimension: str | None,
    of: Sequence[str],
    now: datetime,
) -> str:
    """A theme of the school's own; returns its code. Raises Invalid, NotAllowed.

    words  words or short phrases that speak of it on their own
    of     where it came from, for the record of versions
    """
    known = own_themes(session, viewer)
    if len(known) >= MOST_THEMES:
        raise Invalid(f"A school keeps at most {MOST_THEMES} themes of its own. Merge or remove some first.")
    label = _free_label(session, viewer, label)
    theme = _theme(_free_code(session, viewer.where, label), label, words, dimension)
    _follow(session, viewer, (*known, theme), ("accepted", of, [theme.code]), now)
    return theme.code


def rename_theme(session: Session, viewer: Viewer, code: str, label: str, *, now: datetime) -> None:
    """Another name for one of the school's own themes; its code stays. Raises Invalid, NotFound, NotAllowed."""
    theme = _own(session, viewer, code)
    label = _free_label(session, viewer, label, besides=code)
    renamed = _changed(theme, label=label)
    _follow(session, viewer, _replaced(session, viewer, renamed), ("renamed", [str(theme.label)], [label]), now)


def merge_themes(session: Session, viewer: Viewer, code: str, into: str, *, now: datetime) -> None:
    """Let one of the school's own themes go up in another. Raises Invalid, NotFound, NotAllowed."""
    gone, stays = _own(session, viewer, code), _own(session, viewer, into)
    if gone.code == stays.code:
        raise Invalid("Choose two different themes.")
    words = tuple(dict.fromkeys((*stays.keywords, *gone.keywords)))
    grown = _changed(stays, keywords=words, definition=_definition(words))
    kept = tuple(theme for theme in _replaced(session, viewer, grown) if theme.code != code)
    _follow(session, viewer, kept, ("merged", [code, into], [into]), now)


def remove_theme(session: Session, viewer: Viewer, code: str, *, now: datetime) -> None:
    """Sort no comment into one of the school's own themes any more. Raises NotFound, NotAllowed."""
    _own(session, viewer, code)
    kept = tuple(theme for theme in own_themes(session, viewer) if theme.code != code)
    _follow(session, viewer, kept, ("removed", [code], []), now)


def words_of(text: str) -> tuple[str, ...]:
    """Words and phrases that somebody typed with commas or line breaks between them.

    >>> words_of("lockers, locker key,,")
    ('lockers', 'locker key')
    """
    return tuple(dict.fromkeys(part for each in re.split(r"[,;\n]", text.lower()) if (part := " ".join(each.split()))))


def _follow(
    session: Session,
    viewer: Viewer,
    themes: Sequence[Theme],
    change: tuple[str, Sequence[str], Sequence[str]],
    now: datetime,
) -> None:
    kind, old, new = change
    with_own(themes)  # refuses two themes of one code
    before = newest_version(session, viewer.where)
    session.add(
        SchoolCodebook(
            school_id=viewer.where,
            number=before.number + 1 if before else 1,
            themes=[theme.model_dump(mode="json") for theme in themes],
            change={"kind": kind, "from": list(old), "to": list(new)},
            made_by=viewer.person_id,
            made_at=now,
        )
    )
    session.flush()
    record(session, Act(f"own theme {kind}", ", ".join(new or old)[:120], viewer.person_id, viewer.where), now=now)
    read_again(session, viewer.where)


def _theme(code: str, label: str, words: Sequence[str], dimension: str | None) -> Theme:
    known = {each.key for each in default_framework().dimensions}
    if not words or len(words) > MOST_WORDS or max(map(len, words)) > 40:
        raise Invalid(f"Give one to {MOST_WORDS} words or short phrases, with commas between them.")
    try:
        return Theme.model_validate(
            {
                "code": code,
                "label": label,
                "dimension": dimension if dimension in known else None,
                "definition": _definition(words),
                "keywords": tuple(words),
            }
        )
    except ValidationError as problem:
        raise Invalid("Every word needs a letter or a number.") from problem


def _changed(theme: Theme, **parts: object) -> Theme:
    return Theme.model_validate({**theme.model_dump(), **parts})


def _definition(words: Sequence[str]) -> str:
    return f"A theme of this school: comments with {', '.join(words)}."


def _replaced(session: Session, viewer: Viewer, new: Theme) -> tuple[Theme, ...]:
    return tuple(new if theme.code == new.code else theme for theme in own_themes(session, viewer))


def _own(session: Session, viewer: Viewer, code: str) -> Theme:
    found = next((theme for theme in own_themes(session, viewer) if theme.code == code), None)
    if found is None:
        raise NotFound("There is no such theme.")
    return found


def _free_label(session: Session, viewer: Viewer, label: str, besides: str = "") -> str:
    label = " ".join(label.split())
    if not 1 <= len(label) <= LONGEST_LABEL:
        raise Invalid(f"Give the theme a name of at most {LONGEST_LABEL} letters.")
    known = {str(theme.label).lower() for theme in codebook_of(session, viewer.where).themes if theme.code != besides}
    if label.lower() in known:
        raise Invalid("There is a theme of this name already.")
    return label


def _free_code(session: Session, school_id: UUID, label: str) -> str:
    """A code that no version used."""
    used = {theme["code"] for version in versions(session, school_id) for theme in version.themes}
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    start = OWN + (re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "theme")[:60]
    start = start if re.fullmatch(r"own\.[a-z0-9_]+", start) else f"{OWN}theme"
    return next(code for number in range(1, len(used) + 2) if (code := _numbered(start, number)) not in used)


def _numbered(start: str, number: int) -> str:
    return start if number == 1 else f"{start}_{number}"


def _only_leads(viewer: Viewer) -> None:
    if not viewer.may(Permission.READ_ALL_COMMENTS):
        raise NotAllowed("Only those who read all comments change themes.")
