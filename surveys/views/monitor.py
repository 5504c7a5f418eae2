"""The response monitor: how many have answered, of whom, and what to do about it while there is time."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.errors import Invalid
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.monitoring.aims import day_of, set_aims
from surveys.monitoring.watching import watch

monitor = Blueprint("monitor", __name__, url_prefix="/waves/<key>/monitor")
TARGET = "target:"


@monitor.get("")
@requires(Permission.OPEN_WAVES)
def page(key: str) -> str:
    """How the wave stands; its script looks again every ten seconds while the wave is open."""
    return _page(key)


@monitor.post("")
@requires(Permission.OPEN_WAVES)
def aims(key: str) -> ResponseReturnValue:
    """Keep until which day and how many answers are hoped for."""
    try:
        with transaction() as session:
            ends_on, targets = day_of(request.form.get("ends_on", "")), _targets(request.form)
            set_aims(session, current_viewer(), key, ends_on=ends_on, targets=targets)
    except Invalid as problem:
        return _page(key, str(problem)), 422
    flash(_("Noted."))
    return redirect(url_for(".page", key=key), 303)


def _page(key: str, problem: str | None = None) -> str:
    with reading() as session:
        found = watch(session, current_viewer(), key, now=datetime.now(UTC))
    return render_template("surveys/waves/monitor.html", found=found, problem=problem)


def _targets(form: Mapping[str, str]) -> dict[str, int | None]:
    """Percent by audience. Raises Invalid for what is no number."""
    found: dict[str, int | None] = {}
    for name, text in form.items():
        if name.startswith(TARGET):
            plain = text.strip().removesuffix("%").strip()
            if plain and not (plain.isascii() and plain.isdigit() and len(plain) < 4):
                raise Invalid(_("Write how many percent you hope for: 1 to 100."))
            found[name.removeprefix(TARGET)] = int(plain) if plain else None
    return found
