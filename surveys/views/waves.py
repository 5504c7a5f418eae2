"""Waves in the browser: open one, watch the answers come, hand out links and posters, close it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby

import segno
from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.errors import Conflict, Invalid, NotFound
from stakeholder.localised import LANGUAGE_NAMES
from stakeholder.models import School
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.asked_languages import readiness
from surveys.expecting import expected
from surveys.naming import named_answers
from surveys.opening import MOST_ASKED, Wanted, checklist, open_checked
from surveys.published import list_questionnaires, newest_version, questionnaire_of
from surveys.roll.counting import people_asked
from surveys.waves import MODES, WaveSummary, close_wave, get_wave, list_waves

waves = Blueprint("waves", __name__, url_prefix="/waves")


@waves.get("")
@requires(Permission.OPEN_WAVES)
def listing() -> str:
    """All waves with the answers of each audience; the page's script counts on while one is open."""
    with reading() as session:
        found = list_waves(session, current_viewer())
    grouped = [(lines[0], lines) for lines in _by_wave(found)]
    return render_template(
        "surveys/waves/list.html", waves=grouped, live=any(line.state == "open" for line in found), address=_address,
        language_names=LANGUAGE_NAMES,
    )  # fmt: skip


@waves.get("/new")
@requires(Permission.OPEN_WAVES)
def new() -> str:
    """What to ask whom, and what must be true before."""
    return _form(problem=None)


@waves.post("/new")
@requires(Permission.OPEN_WAVES, freshly=True)
def begin() -> ResponseReturnValue:
    """Open it, or say what is missing and keep what was filled in."""
    try:
        if not request.form.get("contacts"):
            raise Invalid(_("Look at the help contacts below, and tick that they are right."))
        with transaction() as session:
            wave = open_checked(
                session,
                current_viewer(),
                title=request.form.get("title", ""),
                wanted=_wanted(request.form),
                vouched=request.form.get("cover", ""),
                now=datetime.now(UTC),
            )
    except (Invalid, Conflict, NotFound) as problem:
        return _form(problem=str(problem)), 422
    flash(_("%(title)s is open. Hand out the links below.", title=wave.title))
    return redirect(url_for(".listing"), 303)


@waves.post("/<key>/close")
@requires(Permission.OPEN_WAVES, freshly=True)
def close(key: str) -> ResponseReturnValue:
    """Close it once that was confirmed; without the tick, ask."""
    with reading() as session:
        title = get_wave(session, current_viewer(), key).title
    if not request.form.get("sure"):
        return render_template("surveys/waves/close.html", key=key, title=title)
    with transaction() as session:
        close_wave(session, current_viewer(), key, now=datetime.now(UTC))
    flash(_("%(title)s is closed. Its answers are being counted.", title=title))
    return redirect(url_for(".listing"), 303)


@waves.get("/<key>/<audience>/poster")
@requires(Permission.OPEN_WAVES)
def poster(key: str, audience: str) -> str:
    """A page to print for the wall: what it is about, the code to scan, the address to type."""
    with reading() as session:
        viewer = current_viewer()
        line = next(
            (each for each in list_waves(session, viewer) if (each.key, each.audience) == (key, audience)), None
        )
        if line is None or line.state != "open":
            raise NotFound("There is no such open survey.")
        questionnaire = questionnaire_of(session, newest_version(session, viewer, line.questionnaire).id)
        school = session.get_one(School, viewer.where).name
        title, minutes = str(questionnaire.title), questionnaire.minutes
    picture = segno.make(_address(line), error="m").svg_data_uri(scale=8, border=2)
    return render_template(
        "surveys/waves/poster.html",
        title=title,
        minutes=minutes,
        school=school,
        picture=picture,
        address=_address(line),
    )


@waves.get("/<key>/<audience>/by-name")
@requires(Permission.SEE_NAMED_ANSWERS, freshly=True)
def by_name(key: str, audience: str) -> str:
    """Who answered what, in a wave that keeps names and has closed; the look is written down."""
    with transaction() as session:
        found = named_answers(session, current_viewer(), key, audience, now=datetime.now(UTC))
    return render_template("surveys/waves/by_name.html", found=found)


def _form(problem: str | None) -> str:
    viewer = current_viewer()
    with reading() as session:
        offered = [each for each in list_questionnaires(session, viewer) if each.questions]
        asked = {each.key: questionnaire_of(session, newest_version(session, viewer, each.key).id) for each in offered}
        groups = {key: questionnaire.groups for key, questionnaire in asked.items()}
        languages = {key: readiness(session, viewer, questionnaire) for key, questionnaire in asked.items()}
        school = session.get_one(School, viewer.where)
        known = {group["key"]: group["label"].get("en", group["key"]) for group in school.groups}
        on_roll = people_asked(session, viewer, asked)
        contacts, ready = list(school.contacts), checklist(session, viewer, now=datetime.now(UTC))
        earlier = list_waves(session, viewer)
    names = [f"{key}:{group}" for key in groups for group in groups[key]]
    return render_template(
        "surveys/waves/new.html",
        offered=offered,
        groups=groups,
        languages=languages,
        language_names=LANGUAGE_NAMES,
        known=known,
        contacts=contacts,
        ready=ready,
        on_roll=on_roll,
        expected=expected(earlier, names, on_roll | _typed(request.form, names)),
        problem=problem,
    )


def _wanted(form: Mapping[str, str]) -> tuple[Wanted, ...]:
    """The ticked questionnaires with their groups and numbers. Raises Invalid for a number that is none."""
    chosen = [name.removeprefix("ask:") for name in form if name.startswith("ask:")]
    return tuple(
        Wanted(
            each.partition(":")[0],
            each.partition(":")[2],
            _people(form.get(f"people:{each}", "")),
            form.get(f"mode:{each}", MODES[0]),
        )
        for each in chosen
    )


def _typed(form: Mapping[str, str], names: Sequence[str]) -> dict[str, int]:
    """How many are asked, as far as numbers were typed."""
    typed = {name: form.get(f"people:{name}", "").strip() for name in names}
    return {name: int(text) for name, text in typed.items() if text.isdecimal() and len(text) < len(str(MOST_ASKED))}


def _people(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal() or not 1 <= int(text) <= MOST_ASKED:
        raise Invalid(_("How many people are asked: write a whole number, or leave it empty."))
    return int(text)


def _by_wave(found: list[WaveSummary]) -> list[list[WaveSummary]]:
    return [list(lines) for _key, lines in groupby(found, key=lambda line: line.key)]


def _address(line: WaveSummary) -> str:
    base: str = current_app.extensions["installation"].base_url
    return f"{base}/s/{line.token}"
