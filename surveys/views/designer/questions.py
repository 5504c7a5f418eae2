"""Questions of a sketch: added, changed, moved, copied and removed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.errors import NotFound
from stakeholder.localised import direction
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import transaction
from surveys.designing import content as contents
from surveys.designing.checked import in_the_way_of
from surveys.designing.content import Content, key_from, place_of, places, question_of, words_of
from surveys.designing.fields import fields_of_kind
from surveys.designing.forms import complaints, read, shown, typed
from surveys.designing.licensed import removed
from surveys.designing.sketches import OpenSketch, change
from surveys.framework import default_framework
from surveys.question_types import REGISTRY
from surveys.views.designer.blueprint import designer, now, scales_for, sketch_in_hand
from surveys.views.designer.checks import thoughts_on
from surveys.views.designer.look import seen_question
from surveys.views.designer.offers import answered_before, offers
from surveys.views.designer.preview import EYES
from surveys.views.designer.saving import described, drawn_from, save_over

NEW = "new_question"
MOVES = {"up": contents.moved_up, "down": contents.moved_down}


@designer.get("/<uuid:sketch_id>/questions/add/<kind>")
@requires(Permission.WRITE_SURVEYS)
def add_page(sketch_id: UUID, kind: str) -> str:
    """The form of a new question."""
    sketch = sketch_in_hand(sketch_id)
    _known(kind)
    return _form_page(sketch, {"type": kind}, shown(fields_of_kind(kind), {}), {}, is_new=True)


@designer.post("/<uuid:sketch_id>/questions/add/<kind>")
@requires(Permission.WRITE_SURVEYS)
def add(sketch_id: UUID, kind: str) -> ResponseReturnValue:
    """Add the question, or say what is missing."""
    sketch = sketch_in_hand(sketch_id)
    _known(kind)
    question, problems = _read_question(sketch.content, {"type": kind})
    if "look_now" in request.form:
        return _form_page(sketch, question, typed(request.form), {}, is_new=True)
    if problems or "more" in request.form:
        return _form_page(sketch, {"type": kind}, typed(request.form), problems, is_new=True), 422 if problems else 200
    prompt = words_of(question.get("prompt"))

    def work(content: Content) -> Content:
        question["key"] = key_from(prompt, contents.question_keys(content))
        return contents.with_question(
            content, question, page_key=request.args.get("page", ""), after=request.args.get("after", "")
        )

    with transaction() as session:
        changed = change(session, current_viewer(), sketch_id, work, act="add", about=prompt, now=now())
    flash(_("Added “%(prompt)s”.", prompt=prompt))
    if "another" in request.form:
        page = place_of(changed.content, str(question["key"])).page_key
        return redirect(url_for(".add_page", sketch_id=sketch_id, kind=kind, page=page))
    return _onward(changed, str(question["key"]))


@designer.get("/<uuid:sketch_id>/questions/<key>")
@requires(Permission.WRITE_SURVEYS)
def edit_page(sketch_id: UUID, key: str) -> str:
    """The form of a question as it stands."""
    sketch = sketch_in_hand(sketch_id)
    question = place_of(sketch.content, key).question
    return _form_page(sketch, question, shown(fields_of_kind(question["type"]), question), {})


@designer.post("/<uuid:sketch_id>/questions/<key>")
@requires(Permission.WRITE_SURVEYS)
def edit(sketch_id: UUID, key: str) -> ResponseReturnValue:
    """Save the question; where a colleague has changed it meanwhile, show both texts and ask."""
    sketch = sketch_in_hand(sketch_id)
    known = (
        question_of(sketch.content, key)
        or question_of(drawn_from(sketch_id, sketch), key)
        or {"type": _known(request.form.get("kind", "")), "key": key}
    )
    question, problems = _read_question(sketch.content, known)
    if "look_now" in request.form:
        return _form_page(sketch, question, typed(request.form), {})
    if problems or "more" in request.form:
        return _form_page(sketch, question, typed(request.form), problems), 422 if problems else 200
    return _saved(sketch, key, question)


@designer.post("/<uuid:sketch_id>/questions/<key>/do")
@requires(Permission.WRITE_SURVEYS)
def do(sketch_id: UUID, key: str) -> ResponseReturnValue:
    """Move, copy or remove a question: the buttons in its row."""
    wish = request.form.get("do", "")
    sketch = sketch_in_hand(sketch_id)
    prompt = words_of(place_of(sketch.content, key).question.get("prompt"))
    if wish == "duplicate":
        act, work = "duplicate", lambda content: contents.with_copy(content, key)[0]
    elif wish == "remove":
        act, work = "remove", lambda content: removed(content, key)
    else:
        act, work = "move", lambda content: _moved(content, key, wish)
    with transaction() as session:
        changed = change(session, current_viewer(), sketch_id, work, act=act, about=prompt, now=now())
    flash(_said(act, changed.content, key, prompt))
    return _back(sketch_id, "" if act == "remove" else key)


def _moved(content: Content, key: str, wish: str) -> Content:
    if wish in MOVES:
        return MOVES[wish](content, key)
    if wish == "drop":
        index = request.form.get("index", "")
        at = int(index) if index.isdigit() and len(index) < 5 else 0
        return contents.with_question_moved(content, key, page_key=request.form.get("page", ""), index=at)
    number = request.form.get("number", "")
    return contents.moved_to_number(content, key, int(number)) if number.isdigit() and len(number) < 5 else content


def _said(act: str, content: Content, key: str, prompt: str) -> str:
    if act == "remove":
        return _("Removed “%(prompt)s”. You can undo this.", prompt=prompt)
    if act == "duplicate":
        return _("Copied “%(prompt)s”. The copy stands below it.", prompt=prompt)
    place = place_of(content, key)
    total = len(list(places(content)))
    return _(
        "Moved to place %(number)s of %(total)s, on page %(page)s.",
        number=place.number,
        total=total,
        page=place.page + 1,
    )


def _saved(sketch: OpenSketch, key: str, question: dict[str, Any]) -> ResponseReturnValue:
    """Save, unless a colleague has changed the question meanwhile: then the form comes back with both texts."""
    prompt = words_of(question.get("prompt"))

    def write(content: Content) -> Content:
        if question_of(content, key) is None:
            return contents.with_question(content, {**question, "key": key})
        return contents.with_question_changed(content, key, question)

    changed, theirs = save_over(sketch, lambda content: question_of(content, key), write, act="edit", about=prompt)
    if theirs:
        fields = fields_of_kind(str(question["type"]))
        texts = [described(fields, each, changed.content) if each else None for each in (*theirs, question)]
        return _form_page(changed, question, typed(request.form), {}, texts=texts), 409
    flash(_("Saved “%(prompt)s”.", prompt=prompt))
    return _onward(changed, key)


def _onward(sketch: OpenSketch, key: str) -> ResponseReturnValue:
    """To the list; back to the form when something about the question must still change."""
    if in_the_way_of(sketch.content, "question", key):
        return redirect(url_for(".edit_page", sketch_id=sketch.id, key=key))
    return _back(sketch.id, key)


def _read_question(content: Content, before: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The question that the form describes, and what is wrong, by input."""
    kind = str(before["type"])
    reading_ = read(fields_of_kind(kind), request.form, before, scales_for(content))
    question = {**reading_.content, "type": kind, "key": before.get("key") or NEW}
    _place_in_framework(question)
    problems = dict(reading_.problems)
    for name, complaint in complaints(REGISTRY[kind], question).items():
        problems.setdefault(name, complaint)
    return question, problems


def _place_in_framework(question: dict[str, Any]) -> None:
    """Strand, focus and core follow from the indicator."""
    for name in ("strand", "focus", "core"):
        question.pop(name, None)
    indicator = next((each for each in default_framework().indicators if each.key == question.get("indicator")), None)
    if indicator is not None:
        question.update(strand=indicator.strand, focus=indicator.focus, core=indicator.core)


def _form_page(
    sketch: OpenSketch,
    question: Mapping[str, Any],
    values: Mapping[str, Any],
    problems: Mapping[str, str],
    *,
    is_new: bool = False,
    texts: Sequence[Any] = (),
) -> str:
    key = str(question.get("key", ""))
    stands = not is_new and question_of(sketch.content, key) is not None
    page = place_of(sketch.content, key).page if stands else _page_of_new(sketch.content)
    return render_template(
        "surveys/designer/question.html",
        sketch=sketch, content=sketch.content, question=question, kind=question["type"], values=values,
        fields=fields_of_kind(str(question["type"])), is_new=is_new, texts=texts,
        problems={name: _(text) for name, text in problems.items()},
        more=offers(sketch.content, answered_before(sketch.content, page)),
        standing=in_the_way_of(sketch.content, "question", key) if stands and not problems else (),
        thoughts=thoughts_on(sketch.content, key) if stands else (), seen=seen_question(sketch.content, question),
        eyes={code: _(text) for code, text in EYES.items()}, direction_of=direction,
    )  # fmt: skip


def _page_of_new(content: Content) -> int:
    """The page on which a new question will stand."""
    keys = [page["key"] for page in content["pages"]]
    wanted = request.args.get("page", "")
    return keys.index(wanted) if wanted in keys else len(keys) - 1


def _known(kind: str) -> str:
    if kind not in REGISTRY:
        raise NotFound(f"There is no kind '{kind}'.")
    return kind


def _back(sketch_id: UUID, key: str) -> ResponseReturnValue:
    return redirect(url_for(".sketch", sketch_id=sketch_id, _anchor=f"q-{key}" if key else None))
