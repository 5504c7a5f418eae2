"""Whom a new questionnaire may be for: the framework's audiences, and the groups that a school added."""

from sqlalchemy.orm import Session

from stakeholder.groups import Group, groups_of
from stakeholder.localised import Localised
from stakeholder.viewer import Viewer
from surveys.framework import FrameworkAudience, default_framework

SCALE = "agree5"
MINUTES = 10


def audiences_of(session: Session, viewer: Viewer) -> tuple[FrameworkAudience, ...]:
    """The framework's audiences first, then one for each group of the school that has none there."""
    known = default_framework().audiences
    groups = {each.group for each in known}
    return (*known, *(_audience(each) for each in groups_of(session, viewer) if each.key not in groups))


def _audience(group: Group) -> FrameworkAudience:
    return FrameworkAudience(
        key=group.key,
        label=group.label,
        group=group.key,
        scale=SCALE,
        minutes=MINUTES,
        title=group.label,
        intro=Localised({"en": ""}),
    )
