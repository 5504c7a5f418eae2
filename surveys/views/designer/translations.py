"""Translating a questionnaire: English beside the other language, and files for translators."""

from typing import Any
from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.errors import NotFound
from stakeholder.localised import DEFAULT_LANGUAGE, LANGUAGE_NAMES, direction
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.designing.content import Content, with_settings
from surveys.designing.sketches import change, get_sketch
from surveys.designing.translating import (
    CHECKED,
    DRAFT,
    MISSING,
    TextLine,
    is_checked,
    is_complete,
    text_lines,
    unchecked_safety,
    with_translations,
)
from surveys.designing.translation_files import from_file, to_xliff, to_xlsx
from surveys.designing.vouching import accept_risk, accepted_languages, checked_pairs, vouch
from surveys.views.designer.blueprint import designer, now

OTHERS = tuple(language for language in LANGUAGE_NAMES if language != DEFAULT_LANGUAGE)
FILES = {
    "xlf": "application/x-xliff+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@designer.get("/<uuid:sketch_id>/translations")
@requires(Permission.WRITE_SURVEYS)
def translations(sketch_id: UUID) -> str:
    """All languages, with what is missing in each."""
    with reading() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        counted = {
            language: _counts(text_lines(sketch.content, language, checked_pairs(session, current_viewer(), language)))
            for language in OTHERS
        }
        accepted = accepted_languages(session, current_viewer(), sketch.key)
    return render_template(
        "surveys/designer/translations.html",
        sketch=sketch, content=sketch.content, counted=counted, accepted=accepted,
    )  # fmt: skip


@designer.get("/<uuid:sketch_id>/translations/<language>")
@requires(Permission.WRITE_SURVEYS)
def translation(sketch_id: UUID, language: str) -> str:
    """Every text with its translation."""
    _known(language)
    with reading() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        lines = text_lines(sketch.content, language, checked_pairs(session, current_viewer(), language))
        accepted = accepted_languages(session, current_viewer(), sketch.key)
    only = request.args.get("only", "")
    shown = [line for line in lines if only not in {MISSING, DRAFT, CHECKED} or line.state == only]
    return render_template(
        "surveys/designer/translation.html",
        sketch=sketch, content=sketch.content, code=language, name=LANGUAGE_NAMES[language], lines=shown,
        counts=_counts(lines), way=direction(language), only=only, reason=accepted.get(language, ""),
        complete=is_complete(lines), checked=is_checked(lines), safety=unchecked_safety(lines),
        state_words={MISSING: _("missing"), DRAFT: _("machine draft"), CHECKED: _("checked by a speaker")},
    )  # fmt: skip


@designer.post("/<uuid:sketch_id>/translations/<language>")
@requires(Permission.WRITE_SURVEYS)
def save_translation(sketch_id: UUID, language: str) -> ResponseReturnValue:
    """Save the words, and what a speaker vouches for. Where a colleague changed a line meanwhile, theirs is told."""
    _known(language)
    words = {name.removeprefix("t."): value for name, value in request.form.items() if name.startswith("t.")}
    drawn = {name.removeprefix("b."): value for name, value in request.form.items() if name.startswith("b.")}
    vouched = set(request.form.getlist("checked"))
    if request.form.get("vouch") == "all":
        vouched = set(words)
    kept: list[TextLine] = []

    def work(content: Content) -> Content:
        present = {line.place: line for line in text_lines(content, language, frozenset())}
        changed = {place: new for place, new in words.items() if new.strip() != drawn.get(place, "").strip()}
        kept.extend(
            present[place]
            for place, new in changed.items()
            if place in present and present[place].target.strip() not in {drawn.get(place, "").strip(), new.strip()}
        )
        mine = {place: new for place, new in changed.items() if place not in {line.place for line in kept}}
        return _offering(with_translations(content, language, mine), language)

    with transaction() as session:
        saved = change(
            session, current_viewer(), sketch_id, work, act="translate", about=LANGUAGE_NAMES[language], now=now()
        )
        lines = [line for line in text_lines(saved.content, language, frozenset()) if line.place in vouched]
        unchanged = [line for line in lines if line.target.strip() == words.get(line.place, "").strip()]
        vouch(session, current_viewer(), language, [line for line in unchanged if not line.problem], now=now())
    flash(_("Saved."))
    for line in kept:
        flash(
            _(
                "A colleague changed “%(source)s” to “%(theirs)s” meanwhile. Yours is not saved: “%(mine)s”.",
                source=line.source,
                theirs=line.target,
                mine=words[line.place],
            )
        )
    return redirect(url_for(".translation", sketch_id=sketch_id, language=language, only=request.args.get("only")))


@designer.get("/<uuid:sketch_id>/translations/<language>/file.<kind>")
@requires(Permission.WRITE_SURVEYS)
def translation_file(sketch_id: UUID, language: str, kind: str) -> Response:
    """The texts as a file for a translator."""
    _known(language)
    if kind not in FILES:
        raise NotFound("There is no such file.")
    with reading() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        lines = text_lines(sketch.content, language, checked_pairs(session, current_viewer(), language))
    data = to_xlsx(lines, language=language) if kind == "xlsx" else to_xliff(lines, key=sketch.key, language=language)
    answer = make_response(data)
    answer.headers["Content-Type"] = FILES[kind]
    answer.headers["Content-Disposition"] = f'attachment; filename="{sketch.key}-{language}.{kind}"'
    return answer


@designer.post("/<uuid:sketch_id>/translations/<language>/file")
@requires(Permission.WRITE_SURVEYS)
def take_translation_file(sketch_id: UUID, language: str) -> ResponseReturnValue:
    """Take over a translator's file; nothing in it counts as checked until a speaker here says so."""
    _known(language)
    file = request.files.get("file")
    words = from_file(file.read(), file.filename or "file", language) if file and file.filename else {}
    with transaction() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        known = {line.place for line in text_lines(sketch.content, language, frozenset())}
        fitting = {place: text for place, text in words.items() if place in known}
        change(
            session, current_viewer(), sketch_id,
            lambda content: _offering(with_translations(content, language, fitting), language),
            act="translate", about=LANGUAGE_NAMES[language], now=now(),
        )  # fmt: skip
    flash(
        _(
            "Took over %(taken)s texts. %(left)s did not fit a text of this draft and were left out.",
            taken=len(fitting),
            left=len(words) - len(fitting),
        )
    )
    return redirect(url_for(".translation", sketch_id=sketch_id, language=language))


@designer.post("/<uuid:sketch_id>/translations/<language>/accept")
@requires(Permission.OPEN_WAVES)
def accept(sketch_id: UUID, language: str) -> ResponseReturnValue:
    """Write down that the words may be used unchecked, who says so, and why."""
    _known(language)
    with transaction() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        accept_risk(session, current_viewer(), sketch.key, language, reason=request.form.get("reason", ""), now=now())
    flash(_("Written down with your name."))
    return redirect(url_for(".translation", sketch_id=sketch_id, language=language))


def _offering(content: Content, language: str) -> Content:
    """The content with the language among those it is meant for."""
    languages = [each for each in LANGUAGE_NAMES if each == language or each in content.get("languages", ())]
    return with_settings(content, {"languages": languages})


def _counts(lines: tuple[TextLine, ...]) -> dict[str, Any]:
    states = [line.state for line in lines]
    return {
        "total": len(lines),
        "wrong": sum(bool(line.problem) for line in lines),
        **{state: states.count(state) for state in (MISSING, DRAFT, CHECKED)},
    }


def _known(language: str) -> None:
    if language not in OTHERS:
        raise NotFound("There is no such language here.")
