"""The groups of people a school asks: four to begin with, and any that it adds, such as its community."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Conflict, Invalid, NotAllowed
from stakeholder.localised import DEFAULT_LANGUAGE, LANGUAGE_NAMES, Localised
from stakeholder.models import School
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer

LONGEST_NAME = 60
MOST_GROUPS = 20


@dataclass(frozen=True)
class Group:
    """A group of people, and what it is called in each language; English always."""

    key: str
    label: Localised


def groups_of(session: Session, viewer: Viewer) -> tuple[Group, ...]:
    """The groups of the viewer's school, in the order in which they came."""
    return tuple(_group(each) for each in session.get_one(School, viewer.where).groups)


def add_group(session: Session, viewer: Viewer, names: Mapping[str, str], *, key: str = "", now: datetime) -> Group:
    """Add a group by its names in one or more languages, English among them; without a key it gets one from its name.

    Raises Invalid for a name or key that does not do, Conflict for one that is there already, NotAllowed.
    """
    _only_leads(viewer)
    names = _checked(names)
    key = key or re.sub(r"[^a-z0-9]+", "_", names[DEFAULT_LANGUAGE].lower()).strip("_")
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", key):
        raise Invalid("The short name takes small letters from a to z, digits and _, and begins with a letter.")
    school = session.get_one(School, viewer.where, with_for_update=True)
    _refuse_doubles(school, key, names[DEFAULT_LANGUAGE])
    school.groups = [*school.groups, {"key": key, "label": dict(names)}]
    record(session, Act("group added", f"group {key}", viewer.person_id, viewer.where), now=now)
    return Group(key, Localised(names))


def name_group(session: Session, viewer: Viewer, key: str, names: Mapping[str, str], *, now: datetime) -> None:
    """Call a group something else; its key, and so all its results, stay. Raises Invalid, NotAllowed."""
    _only_leads(viewer)
    names = _checked(names)
    school = session.get_one(School, viewer.where, with_for_update=True)
    if key not in {each["key"] for each in school.groups}:
        raise Invalid(f"There is no group '{key[:40]}' here.")
    school.groups = [each | {"label": dict(names)} if each["key"] == key else each for each in school.groups]
    record(session, Act("group named", f"group {key}", viewer.person_id, viewer.where), now=now)


def _group(stored: Mapping[str, Mapping[str, str]]) -> Group:
    return Group(str(stored["key"]), Localised(stored["label"]))


def _checked(names: Mapping[str, str]) -> Mapping[str, str]:
    names = {language: " ".join(name.split()) for language, name in names.items() if name.strip()}
    if DEFAULT_LANGUAGE not in names:
        raise Invalid("Write what the group is called in English.")
    if unknown := names.keys() - LANGUAGE_NAMES.keys():
        raise Invalid(f"There is no language '{min(unknown)}'. Languages: {', '.join(LANGUAGE_NAMES)}.")
    if any(len(name) > LONGEST_NAME for name in names.values()):
        raise Invalid(f"A group's name takes at most {LONGEST_NAME} letters.")
    return names


def _refuse_doubles(school: School, key: str, name: str) -> None:
    for each in school.groups:
        if key == each["key"] or name.casefold() == str(each["label"].get(DEFAULT_LANGUAGE, "")).casefold():
            raise Conflict(f"There is already a group '{name}'.")
    if len(school.groups) >= MOST_GROUPS:
        raise Invalid(f"A school asks at most {MOST_GROUPS} groups.")


def _only_leads(viewer: Viewer) -> None:
    if not viewer.may(Permission.OPEN_WAVES):
        raise NotAllowed("Only survey leads say who is asked.")
