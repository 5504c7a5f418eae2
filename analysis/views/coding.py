"""Coding comments by hand: one on a screen, by keyboard; agreement, differences, and how good the machine is here."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from analysis.codebook import Codebook
from analysis.comments.codebooks import codebook_of
from analysis.comments.learning import (
    LEAST_LESSONS,
    adjustments,
    ask_to_learn,
    is_learning,
    lesson_count,
    undo,
    use,
)
from analysis.comments.measuring import accuracy, agreements, differences
from analysis.comments.queueing import (
    A_SAMPLE,
    QUEUES,
    adjudicate,
    code,
    draw_sample,
    queue,
    readable_waves,
    sample_size,
)
from analysis.comments.settling import SENTIMENTS
from analysis.comments.shelf import Asked, asked_for, one_comment
from analysis.views.comment_words import dimension_name, feeling
from stakeholder.errors import Invalid
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

MOST_ADJUSTMENTS = 5

coding = Blueprint("coding", __name__, url_prefix="/comments/coding")


@coding.get("")
@requires(Permission.CODE_COMMENTS)
def page() -> str:
    """The queues, and for leads how well coders and machine agree."""
    viewer = current_viewer()
    leads = viewer.may(Permission.READ_ALL_COMMENTS)
    with reading() as session:
        known = readable_waves(session, viewer)
        wave = asked_for(known, Asked(wave=request.args.get("wave", "")))
        codebook = codebook_of(session, viewer.where)
        return render_template(
            "analysis/comments/coding.html",
            known=known,
            wave=wave,
            queues=[queue(session, viewer, wave, name) for name in QUEUES],
            sample=sample_size(session, wave[0].wave_id) if wave else 0,
            a_sample=A_SAMPLE,
            leads=leads,
            agreements=agreements(session, viewer, wave, codebook) if leads else [],
            differences=differences(session, viewer, wave) if leads else [],
            accuracy=accuracy(session, viewer, wave, codebook) if leads else None,
            lessons=lesson_count(session, viewer) if leads else 0,
            least_lessons=LEAST_LESSONS,
            learning=leads and is_learning(session, viewer),
            adjustments=adjustments(session, viewer)[:MOST_ADJUSTMENTS] if leads else [],
            **_words(codebook),
        )


@coding.post("/sample")
@requires(Permission.READ_ALL_COMMENTS)
def sample() -> ResponseReturnValue:
    """Draw a random sample of the wave's comments, or make it larger."""
    viewer, key = current_viewer(), request.form.get("wave", "")
    with transaction() as session:
        wave = asked_for(readable_waves(session, viewer), Asked(wave=key))
        size = (sample_size(session, wave[0].wave_id) if wave else 0) + A_SAMPLE
        count = draw_sample(session, viewer, wave, size=size, now=datetime.now(UTC))
    flash(ngettext("The sample holds %(num)s comment.", "The sample holds %(num)s comments.", count))
    return redirect(url_for(".page", wave=key), 303)


@coding.post("/teach")
@requires(Permission.READ_ALL_COMMENTS)
def teach() -> ResponseReturnValue:
    """Learn from what people said, use what was learnt, or undo it."""
    viewer, form, now = current_viewer(), request.form, datetime.now(UTC)
    number = form.get("number", default=0, type=int)
    try:
        with transaction() as session:
            if form.get("do") == "use":
                use(session, viewer, number, now=now)
            elif form.get("do") == "undo":
                undo(session, viewer, number, now=now)
            else:
                ask_to_learn(session, viewer)
        flash(_("It is being worked on. Open this page again in a minute."))
    except Invalid as problem:
        flash(str(problem))
    return redirect(url_for(".page", _anchor="teach"), 303)


@coding.get("/next")
@requires(Permission.CODE_COMMENTS)
def next_one() -> ResponseReturnValue:
    """On to the next comment of a queue; to the queues when it is empty."""
    return redirect(_next_address(request.args.get("wave", ""), request.args.get("queue", "")), 303)


@coding.get("/<uuid:comment_id>")
@requires(Permission.CODE_COMMENTS)
def screen(comment_id: UUID) -> str:
    """One comment and the codebook; nothing that the machine or anybody else said."""
    return _screen(comment_id)


@coding.post("/<uuid:comment_id>")
@requires(Permission.CODE_COMMENTS)
def coded(comment_id: UUID) -> ResponseReturnValue:
    """Keep what was said and go on."""
    return _kept(comment_id, code, _next_address)


@coding.get("/<uuid:comment_id>/decide")
@requires(Permission.READ_ALL_COMMENTS)
def decision(comment_id: UUID) -> str:
    """What coders said of a comment on which they differ, and the same form."""
    return _screen(comment_id, deciding=True)


@coding.post("/<uuid:comment_id>/decide")
@requires(Permission.READ_ALL_COMMENTS)
def decided(comment_id: UUID) -> ResponseReturnValue:
    """Keep the decision."""
    return _kept(comment_id, adjudicate, lambda wave, _queue: url_for(".page", wave=wave, _anchor="differences"))


def _kept(comment_id: UUID, keep: Callable[..., None], onward: Callable[[str, str], str]) -> ResponseReturnValue:
    form = request.form
    try:
        with transaction() as session:
            if not form.get("sentiment"):
                raise Invalid(_("Choose how it sounds."))
            keep(session, current_viewer(), comment_id, sentiment=form["sentiment"], themes=form.getlist("theme"))
    except Invalid as problem:
        return _screen(comment_id, str(problem), deciding=keep is adjudicate), 422
    return redirect(onward(request.args.get("wave", ""), request.args.get("queue", "")), 303)


def _next_address(wave_key: str, name: str) -> str:
    name = name if name in QUEUES else QUEUES[0]
    with reading() as session:
        wave = asked_for(readable_waves(session, current_viewer()), Asked(wave=wave_key))
        found = queue(session, current_viewer(), wave, name)
    if found.next is None:
        return url_for(".page", wave=wave_key)
    return url_for(".screen", comment_id=found.next, wave=wave_key, queue=name)


def _screen(comment_id: UUID, problem: str | None = None, *, deciding: bool = False) -> str:
    viewer = current_viewer()
    with reading() as session:
        comment, group = one_comment(session, viewer, comment_id)
        codebook = codebook_of(session, viewer.where)
        wave = asked_for(readable_waves(session, viewer), Asked(wave=group.wave_key))
        name = request.args.get("queue", QUEUES[0])
        waiting = queue(session, viewer, wave, name if name in QUEUES else QUEUES[0])
        apart = [one for one in differences(session, viewer, wave) if one.comment.id == comment_id] if deciding else []
    return render_template(
        "analysis/comments/screen.html",
        comment=comment,
        group=group,
        waiting=waiting,
        problem=problem,
        deciding=deciding,
        voices=apart[0].said if apart else (),
        chosen=set(request.form.getlist("theme")),
        chosen_feeling=request.form.get("sentiment", ""),
        **_words(codebook),
    )


def _words(codebook: Codebook) -> dict[str, object]:
    shelves: dict[str, list[object]] = {}
    for theme in codebook.themes:
        shelves.setdefault(dimension_name(theme.dimension), []).append(theme)
    return {
        "shelves": shelves,
        "themes": {theme.code: str(theme.label) for theme in codebook.themes},
        "feelings": SENTIMENTS,
        "feeling": feeling,
    }
