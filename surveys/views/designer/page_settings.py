"""Pages of a sketch, and what concerns the whole: title, who is asked, languages, splits."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.localised import DEFAULT_LANGUAGE, LANGUAGE_NAMES
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import transaction
from surveys.designing import pages, words
from surveys.designing.checked import in_the_way_of
from surveys.designing.content import Content, places, with_settings, words_of
from surveys.designing.fields import Field
from surveys.designing.forms import read, shown, typed
from surveys.designing.sketches import OpenSketch, change
from surveys.designing.ways import with_page_settled
from surveys.question_types import REGISTRY
from surveys.views.designer.asked import chosen_audience, offered_audiences
from surveys.views.designer.blueprint import designer, now, sketch_in_hand
from surveys.views.designer.offers import answered_before, offers
from surveys.views.designer.saving import described, save_over

PAGE_FIELDS = (
    Field("title", "words"),
    Field("show_if", "condition"),
    Field("shuffle", "orders", default=False),
    Field("skip_to_end_if", "condition"),
)
WHOLE_FIELDS = (
    Field("title", "words", required=True),
    Field("intro", "words"),
    Field("minutes", "number", whole=True),
    Field("shuffle", "orders", default=False),
)
CHOSEN_FIELDS = tuple(Field(name, "several") for name in ("languages", "breakdowns")) + tuple(
    Field(name, "text") for name in ("audience", "style")
)
LONGEST_MINUTES = 90


@designer.post("/<uuid:sketch_id>/pages/add")
@requires(Permission.WRITE_SURVEYS)
def add_new_page(sketch_id: UUID) -> ResponseReturnValue:
    """One more page, at the end or after another."""
    after = request.form.get("after", "")
    return _changed_pages(
        sketch_id, "add_page", lambda content: with_page_settled(*pages.with_page(content, {}, after=after)), "end"
    )


@designer.get("/<uuid:sketch_id>/pages/<key>")
@requires(Permission.WRITE_SURVEYS)
def page_form(sketch_id: UUID, key: str) -> str:
    """A page's title and rule."""
    sketch = sketch_in_hand(sketch_id)
    return _page_form(sketch, key, shown(PAGE_FIELDS, pages.page_of(sketch.content, key)), {})


@designer.post("/<uuid:sketch_id>/pages/<key>")
@requires(Permission.WRITE_SURVEYS)
def save_page(sketch_id: UUID, key: str) -> ResponseReturnValue:
    """Save a page's title and rule."""
    sketch = sketch_in_hand(sketch_id)
    found = read(PAGE_FIELDS, request.form, _own(PAGE_FIELDS, pages.page_of(sketch.content, key)), {})
    if found.problems or "more" in request.form:
        return _page_form(sketch, key, typed(request.form), found.problems), 422 if found.problems else 200
    new = {field.name: found.content.get(field.name) for field in PAGE_FIELDS}
    changed, theirs = save_over(
        sketch, lambda content: _own(PAGE_FIELDS, pages.page_of(content, key)),
        lambda content: pages.with_page_changed(content, key, new), act="edit_page",
    )  # fmt: skip
    if theirs:
        texts = [described(PAGE_FIELDS, each, changed.content) for each in (*theirs, new)]
        return _page_form(changed, key, typed(request.form), {}, texts=texts), 409
    flash(_("Saved."))
    if in_the_way_of(changed.content, "page", key):
        return redirect(url_for(".page_form", sketch_id=sketch_id, key=key))
    return redirect(url_for(".sketch", sketch_id=sketch_id, _anchor=f"p-{key}"))


@designer.post("/<uuid:sketch_id>/pages/<key>/do")
@requires(Permission.WRITE_SURVEYS)
def do_page(sketch_id: UUID, key: str) -> ResponseReturnValue:
    """Move or remove a page."""
    wish = request.form.get("do", "")
    if wish == "remove":
        return _changed_pages(sketch_id, "remove_page", lambda content: pages.without_page(content, key), "")
    step = {"up": -1, "down": 1}.get(wish, 0)
    return _changed_pages(
        sketch_id, "move_page", lambda content: with_page_settled(pages.with_page_moved(content, key, step), key), key
    )


@designer.get("/<uuid:sketch_id>/settings")
@requires(Permission.WRITE_SURVEYS)
def settings_page(sketch_id: UUID) -> str:
    """What concerns the whole."""
    sketch = sketch_in_hand(sketch_id)
    return _settings_form(sketch, shown(WHOLE_FIELDS, sketch.content), {})


@designer.post("/<uuid:sketch_id>/settings")
@requires(Permission.WRITE_SURVEYS)
def save_settings(sketch_id: UUID) -> ResponseReturnValue:
    """Save what concerns the whole."""
    sketch = sketch_in_hand(sketch_id)
    found = read(WHOLE_FIELDS, request.form, _own(WHOLE_FIELDS, sketch.content), {})
    problems = dict(found.problems)
    if "title" not in found.content:
        problems["title"] = _("Write a title. Respondents see it.")
    if not 1 <= found.content.get("minutes", 1) <= LONGEST_MINUTES:
        problems["minutes"] = _("Write a number from 1 to 90, or nothing.")
    if problems:
        return _settings_form(sketch, {**request.form}, problems), 422
    settings = {field.name: found.content.get(field.name) for field in WHOLE_FIELDS} | _chosen_settings(sketch.content)
    changed, theirs = save_over(
        sketch, lambda content: {name: content.get(name) for name in settings},
        lambda content: with_settings(content, settings), act="settings",
    )  # fmt: skip
    if theirs:
        texts = [described((*WHOLE_FIELDS, *CHOSEN_FIELDS), each, changed.content) for each in (*theirs, settings)]
        return _settings_form(changed, {**request.form}, {}, texts=texts), 409
    flash(_("Saved."))
    return redirect(url_for(".sketch", sketch_id=sketch_id))


def _own(fields: Sequence[Field], thing: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields hold of a page, or of the whole."""
    return {field.name: thing[field.name] for field in fields if field.name in thing}


def _chosen_settings(content: Content) -> dict[str, Any]:
    audience = chosen_audience()
    languages = [
        each for each in LANGUAGE_NAMES if each == DEFAULT_LANGUAGE or each in request.form.getlist("languages")
    ]
    splits = [key for key in _splitters(content) if key in request.form.getlist("breakdowns")]
    settings: dict[str, Any] = {"languages": languages, "breakdowns": splits or None}
    kept = {code: state for code, state in content.get("translations", {}).items() if code in languages}
    settings["translations"] = kept or None
    if audience is not None:
        settings |= {"audience": audience.key, "groups": [audience.group]}
    if request.form.get("style") in words.STYLES:
        settings["style"] = request.form["style"]
    return settings


def _splitters(content: Content) -> dict[str, str]:
    """Questions by which results may be split: key and words."""
    return {
        str(place.question["key"]): words_of(place.question.get("prompt"))
        for place in places(content)
        if REGISTRY[place.question["type"]].can_be_breakdown
    }


def _settings_form(
    sketch: OpenSketch, values: dict[str, Any], problems: dict[str, str], *, texts: Sequence[Any] = ()
) -> str:
    return render_template(
        "surveys/designer/settings.html",
        sketch=sketch, content=sketch.content, values=values, problems=problems, fields=WHOLE_FIELDS,
        audiences=offered_audiences(), styles={key: _(text) for key, text in words.STYLES.items()},
        splitters=_splitters(sketch.content), texts=texts, standing=in_the_way_of(sketch.content, "questionnaire", ""),
    )  # fmt: skip


def _page_form(
    sketch: OpenSketch, key: str, values: dict[str, Any], problems: dict[str, str], *, texts: Sequence[Any] = ()
) -> str:
    at = [page["key"] for page in sketch.content["pages"]].index(key)
    here = answered_before(sketch.content, at + 1)
    return render_template(
        "surveys/designer/page.html",
        sketch=sketch, content=sketch.content, page_key=key, number=at + 1, values=values, fields=PAGE_FIELDS,
        problems={name: _(text) for name, text in problems.items()}, texts=texts,
        more=offers(sketch.content, answered_before(sketch.content, at), asked={"skip_to_end_if": here}),
        standing=in_the_way_of(sketch.content, "page", key) if not problems else (),
    )  # fmt: skip


def _changed_pages(sketch_id: UUID, act: str, work: Callable[[Content], Content], anchor: str) -> ResponseReturnValue:
    with transaction() as session:
        change(session, current_viewer(), sketch_id, work, act=act, now=now())
    flash(_(words.ACTS[act]) + ".")
    return redirect(url_for(".sketch", sketch_id=sketch_id, _anchor=f"p-{anchor}" if anchor else None))
