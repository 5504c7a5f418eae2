"""Who sees a wave's results and from when; and the page for families, which needs no sign-in."""

from datetime import UTC, date, datetime

from flask import Blueprint, Response, current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.families_page import families_page
from analysis.sharing import AT_ONCE, CIRCLES, share, sharing_of
from analysis.views import words
from stakeholder.errors import Invalid
from stakeholder.localised import LANGUAGE_NAMES
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, open_to_all, requires
from stakeholder.web.database import reading, transaction
from surveys.waves import get_wave

sharing = Blueprint("sharing", __name__)


@sharing.get("/waves/<key>/sharing")
@requires(Permission.SHARE_RESULTS)
def page(key: str) -> str:
    """Since when each circle sees the wave, or from when it will."""
    return _page(key)


@sharing.post("/waves/<key>/sharing")
@requires(Permission.SHARE_RESULTS)
def change(key: str) -> ResponseReturnValue:
    """Share it, later or no longer."""
    try:
        days = {circle: day_given(circle) for circle in CIRCLES if circle in request.form}
        with transaction() as session:
            share(session, current_viewer(), key, days, now=datetime.now(UTC))
    except Invalid as problem:
        return _page(key, str(problem)), 422
    flash(_("Saved."))
    return redirect(url_for(".page", key=key), 303)


@sharing.get("/heard/<token>")
@open_to_all
def families(token: str) -> Response:
    """What was heard, in the language that was chosen or that the browser asks for."""
    offered = tuple(LANGUAGE_NAMES)
    wished = request.args.get("lang")
    g.language = wished if wished in offered else request.accept_languages.best_match(offered) or offered[0]
    with reading() as session:
        found = families_page(session, token, g.language)
    shown = render_template(
        "analysis/families.html", page=found, words=words, token=token, languages=offered, names=LANGUAGE_NAMES
    )
    answer = make_response(shown)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def day_given(field: str) -> date | None:
    """The day that was filled in. Raises Invalid for what is none."""
    text = request.form.get(field, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise Invalid(_("Write a day such as 2027-03-21, or leave it empty.")) from problem


def _page(key: str, problem: str | None = None) -> str:
    with reading() as session:
        title = get_wave(session, current_viewer(), key).title
        shared = sharing_of(session, current_viewer(), key)
    families_link = shared["families"].token if "families" in shared else None
    base: str = current_app.extensions["installation"].base_url
    link = base + url_for(".families", token=families_link) if families_link else None
    sets_heads = bool(current_viewer().roles & AT_ONCE)
    return render_template(
        "analysis/sharing.html",
        key=key,
        title=title,
        shared=shared,
        link=link,
        problem=problem,
        sets_heads=sets_heads,
    )
