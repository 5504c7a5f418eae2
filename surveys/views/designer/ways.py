"""Ways through a questionnaire: sections, checks across answers, scores, random groups and limits."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.errors import NotFound
from stakeholder.localised import N_
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import transaction
from surveys.checking.problem import Problem
from surveys.designing.checked import in_the_way, in_the_way_of
from surveys.designing.content import Content
from surveys.designing.forms import Reading, complaints, read, shown, typed
from surveys.designing.sketches import OpenSketch, change
from surveys.designing.ways import (
    ARM_KEYS,
    BLOCKS,
    FEWEST_ARMS,
    SECTIONS,
    WAYS,
    Way,
    arms_of,
    closed,
    free_key,
    member_of,
    way_named,
    with_member,
    without_member,
)
from surveys.flow import MOST_ARMS
from surveys.views.designer.blueprint import designer, now, sketch_in_hand
from surveys.views.designer.offers import Choices, answered_anywhere, answered_before, offers
from surveys.views.designer.saving import Theirs, described, save_over
from surveys.views.designer.way_words import (
    NAMED,
    about_words,
    arm_words,
    counts,
    nameable,
    named,
    scored,
    summary,
)

NEW = "new"


@designer.get("/<uuid:sketch_id>/ways")
@requires(Permission.WRITE_SURVEYS)
def ways(sketch_id: UUID) -> str:
    """Everything that steers the questionnaire, list by list."""
    sketch = sketch_in_hand(sketch_id)
    wrong: dict[tuple[str, str], list[Problem]] = {}
    for each in in_the_way(sketch.content):
        wrong.setdefault((each.what, each.key), []).append(each)
    listed = {
        way: [(each["key"], *summary(sketch.content, way, each)) for each in sketch.content.get(way.name, ())]
        for way in WAYS.values()
    }
    return render_template(
        "surveys/designer/ways.html", sketch=sketch, content=sketch.content, listed=listed, wrong=wrong
    )


@designer.get("/<uuid:sketch_id>/ways/<name>/add")
@requires(Permission.WRITE_SURVEYS)
def add_way_page(sketch_id: UUID, name: str) -> str:
    """The form of a new one."""
    sketch, way = sketch_in_hand(sketch_id), way_named(name)
    last = sketch.content["pages"][-1]["key"]
    return _form(sketch, way, "", _shown(way, {"first": last, "last": last} if way is SECTIONS else {}), {})


@designer.post("/<uuid:sketch_id>/ways/<name>/add")
@requires(Permission.WRITE_SURVEYS)
def add_way(sketch_id: UUID, name: str) -> ResponseReturnValue:
    """Add it, or say what is missing."""
    sketch, way = sketch_in_hand(sketch_id), way_named(name)
    found = _read(way, {})
    if found.problems or "more" in request.form:
        return _form(sketch, way, "", typed(request.form), found.problems), 422 if found.problems else 200
    made: list[str] = []

    def work(content: Content) -> Content:
        made.append(free_key(content, way, found.content))
        return with_member(content, way, made[-1], found.content)

    about = about_words(way, found.content)
    with transaction() as session:
        changed = change(session, current_viewer(), sketch_id, work, act="add", about=about, now=now())
    flash(_("Added “%(prompt)s”.", prompt=about))
    return _onward(changed, way, made[-1])


@designer.get("/<uuid:sketch_id>/ways/<name>/<key>")
@requires(Permission.WRITE_SURVEYS)
def way_page(sketch_id: UUID, name: str, key: str) -> str:
    """The form of one as it stands."""
    sketch, way = sketch_in_hand(sketch_id), way_named(name)
    return _form(sketch, way, key, _shown(way, _known(sketch.content, way, key)), {})


@designer.post("/<uuid:sketch_id>/ways/<name>/<key>")
@requires(Permission.WRITE_SURVEYS)
def save_way(sketch_id: UUID, name: str, key: str) -> ResponseReturnValue:
    """Save it; where a colleague has changed it meanwhile, show both."""
    sketch, way = sketch_in_hand(sketch_id), way_named(name)
    present = member_of(sketch.content, way, key)
    found = _read(way, present or {})
    if found.problems or "more" in request.form:
        return _form(sketch, way, key, typed(request.form), found.problems), 422 if found.problems else 200
    about = about_words(way, found.content)
    changed, theirs = save_over(
        sketch, lambda content: member_of(content, way, key),
        lambda content: with_member(content, way, key, found.content), act="edit", about=about,
    )  # fmt: skip
    if theirs:
        return _form(changed, way, key, typed(request.form), {}, theirs=theirs, mine=found.content), 409
    flash(_("Saved “%(prompt)s”.", prompt=about))
    return _onward(changed, way, key)


@designer.post("/<uuid:sketch_id>/ways/<name>/<key>/remove")
@requires(Permission.WRITE_SURVEYS)
def remove_way(sketch_id: UUID, name: str, key: str) -> ResponseReturnValue:
    """Take it away; questions and pages stay."""
    sketch, way = sketch_in_hand(sketch_id), way_named(name)
    about = about_words(way, _known(sketch.content, way, key))
    with transaction() as session:
        change(
            session, current_viewer(), sketch_id, lambda content: without_member(content, way, key),
            act="remove", about=about, now=now(),
        )  # fmt: skip
    flash(_("Removed “%(prompt)s”. You can undo this.", prompt=about))
    return redirect(url_for(".ways", sketch_id=sketch_id))


def _known(content: Content, way: Way, key: str) -> Mapping[str, Any]:
    found = member_of(content, way, key)
    if found is None:
        raise NotFound("This is not here any more. Someone may have removed it.")
    return found


def _read(way: Way, before: Mapping[str, Any]) -> Reading:
    """What the form says, with what is missing or wrong by input."""
    if way is BLOCKS:
        return Reading({"arms": _arms()})
    reading = read(way.fields, request.form, before, {})
    for field in way.fields:
        if field.required and field.name not in reading.content:
            reading.problems.setdefault(field.name, N_("Fill this in."))
    if not reading.problems:
        reading.problems.update(complaints(way.model, closed(NEW, reading.content)))
    return reading


def _arms() -> list[dict[str, Any]]:
    number = request.form.get("arms", "")
    count = max(FEWEST_ARMS, min(int(number), MOST_ARMS)) if number.isdigit() and len(number) < 3 else FEWEST_ARMS
    return [
        {"key": ARM_KEYS[at]} | {kind: named for kind in NAMED if (named := request.form.getlist(f"arms.{at}.{kind}"))}
        for at in range(count)
    ]


def _shown(way: Way, flat: Mapping[str, Any]) -> dict[str, Any]:
    return {"arms": arms_of(flat)} if way is BLOCKS else shown(way.fields, flat)


def _onward(sketch: OpenSketch, way: Way, key: str) -> ResponseReturnValue:
    """To the list; back to the form when something about it must still change."""
    if in_the_way_of(sketch.content, way.what, key):
        return redirect(url_for(".way_page", sketch_id=sketch.id, name=way.name, key=key))
    return redirect(url_for(".ways", sketch_id=sketch.id))


def _form(
    sketch: OpenSketch,
    way: Way,
    key: str,
    values: Mapping[str, Any],
    problems: Mapping[str, str],
    *,
    theirs: Theirs = (),
    mine: Mapping[str, Any] | None = None,
) -> str:
    content = sketch.content
    if way is BLOCKS and request.method == "POST":
        values = {"arms": _arms()}
    elif request.method == "POST":
        values = {**values, "items": request.form.getlist("items")}
    texts = [_texts(way, each, content) if each else None for each in (*theirs, mine)] if theirs else []
    return render_template(
        "surveys/designer/way.html",
        sketch=sketch, content=content, way=way, key=key, values=values, texts=texts,
        more=_offers(content, way, values),
        problems={name: _(text) for name, text in problems.items()},
        standing=in_the_way_of(content, way.what, key) if key and not problems else (),
        nameable=nameable(content) if way is BLOCKS else {}, most_arms=MOST_ARMS,
    )  # fmt: skip


def _texts(way: Way, flat: Mapping[str, Any], content: Content) -> list[tuple[str, str]]:
    if way is BLOCKS:
        return [(_("Groups"), words) for words in arm_words(content, flat)]
    return described(way.fields, flat, content)


def _offers(content: Content, way: Way, values: Mapping[str, Any]) -> dict[str, Any]:
    anywhere = answered_anywhere(content)
    splits = [place for place in anywhere if place.question["key"] in content.get("breakdowns", ())]
    keys = [page["key"] for page in content["pages"]]
    first = keys.index(values["first"]) if values.get("first") in keys else len(keys)
    before, pages = answered_before(content, first), nameable(content)["pages"]
    often = [place for place in before if counts(place.question)]
    menus: dict[str, Choices] = {
        "first": pages,
        "last": pages,
        "items": scored(content),
        "at": [("", _("the last of those in the rule")), *map(named, anywhere)],
        "repeat.count": [("", _("– ask it once –")), *map(named, often)],
    }
    return offers(content, before if way is SECTIONS else anywhere, asked={"when": splits}, menus=menus)
