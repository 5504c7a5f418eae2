"""Links for classes and slips to print, in the browser."""

from datetime import UTC, datetime
from uuid import UUID

import segno
from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from stakeholder.errors import Conflict, Invalid
from stakeholder.models import School
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.published import questionnaire_of
from surveys.slips import slip_code
from surveys.views.respondent_request import secret
from surveys.ways_in import add_classes, add_way, get_way, ways_of

ways = Blueprint("ways", __name__, url_prefix="/waves")


@ways.get("/<key>/<audience>/ways")
@requires(Permission.OPEN_WAVES)
def page(key: str, audience: str) -> str:
    """All ways into an audience, and how many came by each."""
    return _page(key, audience)


@ways.post("/<key>/<audience>/ways")
@requires(Permission.OPEN_WAVES)
def add(key: str, audience: str) -> ResponseReturnValue:
    """One more, or one for each class of the roll."""
    form, viewer = request.form, current_viewer()
    try:
        with transaction() as session:
            if form.get("do") == "classes":
                with_slips = form.get("with") == "slips"
                new = add_classes(session, viewer, key, audience, with_slips=with_slips, now=datetime.now(UTC))
                flash(ngettext("%(num)s class is new.", "%(num)s classes are new.", new))
            else:
                slips = _number(form.get("slips", ""))
                year, title = form.get("year", ""), form.get("title", "")
                add_way(session, viewer, key, audience, title=title, year=year, slips=slips)
                flash(_("The link is there."))
    except (Invalid, Conflict) as problem:
        return _page(key, audience, str(problem)), 422
    return redirect(url_for(".page", key=key, audience=audience), 303)


@ways.get("/ways/<uuid:way_id>/poster")
@requires(Permission.OPEN_WAVES)
def poster(way_id: UUID) -> str:
    """A page for the wall of a classroom."""
    with reading() as session:
        way, audience, _wave = get_way(session, current_viewer(), way_id)
        questionnaire = questionnaire_of(session, audience.version_id)
        school = session.get_one(School, current_viewer().where).name
        title, minutes, name, address = str(questionnaire.title), questionnaire.minutes, way.title, _address(way.token)
    picture = segno.make(address, error="m").svg_data_uri(scale=8, border=2)
    shown = {"school": f"{school} · {name}", "title": title, "minutes": minutes, "picture": picture, "address": address}
    return render_template("surveys/waves/poster.html", **shown)


@ways.get("/ways/<uuid:way_id>/slips")
@requires(Permission.OPEN_WAVES)
def slips(way_id: UUID) -> str:
    """Slips to cut, 24 on a sheet of A4: a QR code, the address, the code to type. Nothing is stored about them."""
    with reading() as session:
        way, audience, _wave = get_way(session, current_viewer(), way_id)
        title, address = str(questionnaire_of(session, audience.version_id).title), _address(way.token)
        codes = [slip_code(secret(), way.id, serial) for serial in range(way.slips)]
        name = way.title
    drawn = [(code, segno.make(f"{address}?slip={code}", error="m").svg_data_uri(scale=3, border=1)) for code in codes]
    sheets = [drawn[at : at + 24] for at in range(0, len(drawn), 24)]
    return render_template("surveys/waves/slips.html", sheets=sheets, title=title, name=name, address=address)


def _page(key: str, audience: str, problem: str | None = None) -> str:
    with reading() as session:
        found = ways_of(session, current_viewer(), key, audience)
        title = str(questionnaire_of(session, found.audience.version_id).title)
        shown = {"wave": found.wave.title, "key": key, "audience": audience, "title": title, "address": _address}
        return render_template(
            "surveys/waves/ways.html", lines=found.lines, years=found.years, problem=problem, **shown
        )


def _address(token: str) -> str:
    return f"{current_app.extensions['installation'].base_url}/s/{token}"


def _number(text: str) -> int:
    if not text.strip():
        return 0
    if not text.strip().isascii() or not text.strip().isdigit() or len(text.strip()) > 6:
        raise Invalid(_("Write the number of slips in digits."))
    return int(text)
