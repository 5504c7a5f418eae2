"""Schools: find the one a command or page means, or make the first."""

import re
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.errors import Invalid, NotFound
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.viewer import Viewer

DEFAULT_GROUPS: list[dict[str, Any]] = [
    {"key": "student", "label": {"en": "Students", "cy": "Disgyblion", "pl": "Uczniowie", "ur": "طلبہ"}},
    {"key": "staff", "label": {"en": "Staff", "cy": "Staff", "pl": "Pracownicy", "ur": "عملہ"}},
    {
        "key": "parent",
        "label": {
            "en": "Parents and carers",
            "cy": "Rhieni a gofalwyr",
            "pl": "Rodzice i opiekunowie",
            "ur": "والدین اور سرپرست",
        },
    },
    {
        "key": "governor",
        "label": {"en": "Governors", "cy": "Llywodraethwyr", "pl": "Członkowie rady szkoły", "ur": "گورنرز"},
    },
]
DEFAULT_CONTACTS: list[dict[str, Any]] = [
    {
        "name": {
            "en": "An adult you trust at school",
            "cy": "Oedolyn yn yr ysgol yr ydych yn ymddiried ynddo",
            "pl": "Dorosły w szkole, któremu ufasz",
            "ur": "اسکول میں کوئی بڑا جس پر آپ کو بھروسا ہو",
        },
        "phone": "",
        "groups": ["student"],
    },
    {
        "name": {
            "en": "Childline (free, day or night)",
            "cy": "Childline (am ddim, ddydd neu nos)",
            "pl": "Childline (bezpłatnie, w dzień i w nocy)",
            "ur": "چائلڈ لائن (مفت، دن یا رات)",
        },
        "phone": "0800 1111",
        "groups": ["student"],
    },
]


def make_school(session: Session, name: str, *, groups: list[dict[str, Any]] | None = None) -> School:
    """Add a school with the default groups and help contacts."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "school"
    school = School(slug=slug, name=name, groups=groups or DEFAULT_GROUPS, contacts=DEFAULT_CONTACTS)
    session.add(school)
    session.flush()
    return school


def school_for_command(session: Session, slug: str | None) -> School:
    """The school with this slug; without one, the only school there is, made on the first use.

    Raises NotFound for an unknown slug and Invalid when there are several to choose from.
    """
    schools = session.scalars(select(School).order_by(School.slug)).all()
    if slug is not None:
        for school in schools:
            if school.slug == slug:
                return school
        raise NotFound(f"There is no school '{slug}'. There are: {', '.join(s.slug for s in schools) or 'none yet'}.")
    if len(schools) > 1:
        raise Invalid(f"Which school? Say --school with one of: {', '.join(s.slug for s in schools)}.")
    return schools[0] if schools else make_school(session, "Our school")


def command_line_viewer(school_id: UUID) -> Viewer:
    """Whoever may run commands on the server acts as the school's survey lead and operator."""
    return Viewer(school_id=school_id, name="command line", roles=frozenset({Role.SURVEY_LEAD, Role.OPERATOR}))
