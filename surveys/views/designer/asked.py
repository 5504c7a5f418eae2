"""Whom a questionnaire may be for, as its forms offer it."""

from collections.abc import Mapping

from flask import request

from stakeholder.web.access import current_viewer
from stakeholder.web.database import reading
from surveys.designing.audiences import audiences_of
from surveys.framework import FrameworkAudience


def offered_audiences() -> tuple[FrameworkAudience, ...]:
    """The audiences that may be chosen at the viewer's school."""
    with reading() as session:
        return audiences_of(session, current_viewer())


def audience_names() -> Mapping[str, str]:
    """What each is called, by key."""
    return {each.key: each.label.in_("en") for each in offered_audiences()}


def chosen_audience() -> FrameworkAudience | None:
    """The one that the form names, None where it names none of them."""
    return next((each for each in offered_audiences() if each.key == request.form.get("audience")), None)
