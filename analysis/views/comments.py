"""Comments for people: by theme, feeling and words; why the machine said so; contesting it; the board of quotes."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from analysis.codebook import Codebook
from analysis.comments.codebooks import codebook_of
from analysis.comments.coding import add_theme, contest_sentiment, contest_theme, explained
from analysis.comments.likeness import by_meaning, comments_like
from analysis.comments.measuring import accuracy
from analysis.comments.quotes import board, choose, release, take_down
from analysis.comments.repeating import repeated
from analysis.comments.settling import SENTIMENTS
from analysis.comments.shelf import Asked, Group, a_page, asked_for, fitting, groups
from analysis.comments.state import reading_state
from analysis.comments.together import by_audience, pairs, volumes, words_apart
from analysis.disclosure.reportable import Reportable
from analysis.editions import list_editions, load_edition
from analysis.figures import theme_bars, theme_bubbles
from analysis.figures.figure import Figure
from analysis.views.comment_words import feeling, language_name, purpose_name, two_digits
from stakeholder.errors import Invalid, NotFound
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

comments = Blueprint("comments", __name__, url_prefix="/comments")
THEMES_DRAWN = 12


@comments.get("")
@requires(Permission.READ_COMMENTS)
def page() -> str:
    """The comments that fit, a page at a time, and the figures of the wave they are from."""
    viewer, asked = current_viewer(), _asked()
    number = request.args.get("page", default=1, type=int)
    with reading() as session:
        known = groups(session, viewer)
        chosen = asked_for(known, asked)
        keys = fitting(session, viewer, chosen, asked)
        ordered = by_meaning(session, viewer, keys, asked.means) if asked.means.strip() else keys
        found, pages = a_page(session, viewer, ordered, number)
        state = reading_state(session, viewer, chosen)
        codebook = codebook_of(session, viewer.where)
        figure = _figure(session, viewer, chosen) if state and state.is_whole else None
        leads = viewer.may(Permission.READ_ALL_COMMENTS)
        measured = accuracy(session, viewer, chosen, codebook) if leads else None
    return render_template(
        "analysis/comments/explorer.html",
        known=known,
        chosen=chosen,
        asked=asked,
        comments=found,
        pages=pages,
        number=min(max(number, 1), max(pages, 1)),
        state=state,
        accuracy=measured,
        figure_of_themes=figure,
        drawn=max(chosen, key=lambda group: group.comments, default=None),
        places={(each.audience_id, each.question_key): each for each in known},
        **_words(codebook),
    )


@comments.get("/<uuid:comment_id>")
@requires(Permission.READ_COMMENTS)
def one(comment_id: UUID) -> str:
    """One comment, why it was read so, and what can be said against it."""
    return _one(comment_id)


@comments.post("/<uuid:comment_id>/contest")
@requires(Permission.READ_ALL_COMMENTS)
def contest(comment_id: UUID) -> ResponseReturnValue:
    """Say that the machine is wrong: not this theme, one more theme, or another feeling."""
    form, viewer = request.form, current_viewer()
    try:
        with transaction() as session:
            if "not" in form:
                contest_theme(session, viewer, comment_id, form["not"])
            elif "theme" in form:
                add_theme(session, viewer, comment_id, form["theme"], form.get("sentiment", ""))
            else:
                contest_sentiment(session, viewer, comment_id, form.get("sentiment", ""))
    except Invalid as problem:
        return _one(comment_id, str(problem)), 422
    flash(_("Noted. Your word holds now; what the machine said is kept beside it."))
    return redirect(url_for(".one", comment_id=comment_id), 303)


@comments.post("/<uuid:comment_id>/quote")
@requires(Permission.READ_ALL_COMMENTS)
def quote(comment_id: UUID) -> ResponseReturnValue:
    """Put a comment on the board, release it, or take it down."""
    acts = {"choose": choose, "release": release, "down": take_down}
    act = acts.get(request.form.get("do", ""))
    if act is None:
        raise NotFound("There is nothing of that kind to do.")
    with transaction() as session:
        act(session, current_viewer(), comment_id, now=datetime.now(UTC))
    flash(
        {choose: _("It is on the board. Release it there."), release: _("Released."), take_down: _("Taken down.")}[act]
    )
    back = url_for(".quotes") if request.form.get("from") == "board" else url_for(".one", comment_id=comment_id)
    return redirect(back, 303)


@comments.get("/quotes")
@requires(Permission.READ_COMMENTS)
def quotes() -> str:
    """The board of quotes; student researchers and governors see what was released."""
    with reading() as session:
        found = board(session, current_viewer())
        codebook = codebook_of(session, current_viewer().where)
    return render_template("analysis/comments/quotes.html", quotes=found, **_words(codebook))


@comments.get("/alike")
@requires(Permission.READ_COMMENTS)
def alike() -> str:
    """What several people wrote in nearly the same words, once."""
    viewer, asked = current_viewer(), _asked()
    with reading() as session:
        known = groups(session, viewer)
        chosen = asked_for(known, Asked(wave=asked.wave, audience=asked.audience))
        found = repeated(session, viewer, chosen)
        codebook = codebook_of(session, viewer.where)
    return render_template(
        "analysis/comments/alike.html", known=known, chosen=chosen, asked=asked, sets=found, **_words(codebook)
    )


@comments.get("/figures")
@requires(Permission.READ_ALL_COMMENTS)
def figures() -> str:
    """Themes in numbers: how they sound, over time, what goes together, which words set people apart."""
    viewer, asked = current_viewer(), _asked()
    with reading() as session:
        known = groups(session, viewer)
        wave = asked_for(known, Asked(wave=asked.wave))
        people = list(by_audience(wave).values())
        mine = next((each for each in people if each[0].audience_key == asked.audience), None) or max(
            people, key=lambda each: sum(group.comments for group in each), default=[]
        )
        other = next((each for each in people if each[0].audience_key == request.args.get("against")), None) or next(
            (each for each in people if each is not mine), []
        )
        codebook = codebook_of(session, viewer.where)
        state = reading_state(session, viewer, mine)
        whole = bool(state and state.is_whole)
        return render_template(
            "analysis/comments/figures.html",
            known=known,
            people=people,
            mine=mine,
            other=other,
            state=state,
            drawn=_drawn(session, viewer, mine) if whole else [],
            pairs=pairs(session, viewer, mine) if whole else [],
            apart=words_apart(session, viewer, mine, other) if whole else [],
            volumes=volumes(session, viewer, mine[0].audience_key) if whole else {},
            accuracy=accuracy(session, viewer, wave, codebook),
            two_digits=two_digits,
            **_words(codebook),
        )


def _drawn(session: Session, viewer: Viewer, mine: list[Group]) -> list[Figure]:
    """Circles and bars of the most frequent themes, and how each sounded over time."""
    cells = _theme_cells(session, viewer, mine[0])
    told = [_figure(session, viewer, mine), _bubbles(cells, mine[0])]
    return [each for each in told if each is not None]


def _bubbles(cells: list[Reportable], group: Group) -> Figure | None:
    shown = [cell for cell in cells if cell.status == "shown"]
    if not shown:
        return None
    return theme_bubbles(
        shown[:THEMES_DRAWN],
        title=_("How %(group)s speak of each theme", group=group.audience),
        subtitle=_("A circle’s area is its number of comments, %(wave)s", wave=group.wave_title),
        note=_("Every number may be off by up to two."),
    )


def _one(comment_id: UUID, problem: str | None = None) -> str:
    with reading() as session:
        found = explained(session, current_viewer(), comment_id)
        like = comments_like(session, current_viewer(), comment_id)
        codebook = codebook_of(session, current_viewer().where)
    return render_template("analysis/comments/one.html", found=found, like=like, problem=problem, **_words(codebook))


def _asked() -> Asked:
    names = ("wave", "audience", "question", "theme", "sentiment", "words", "means")
    return Asked(**{name: request.args.get(name, "")[:120] for name in names})


def _words(codebook: Codebook) -> dict[str, object]:
    """What all these pages need to speak of themes and feelings."""
    return {
        "themes": {theme.code: str(theme.label) for theme in codebook.themes},
        "codebook": codebook,
        "feelings": SENTIMENTS,
        "feeling": feeling,
        "language_name": language_name,
        "purpose_name": purpose_name,
        "may_correct": current_viewer().may(Permission.READ_ALL_COMMENTS),
    }


def _theme_cells(session: Session, viewer: Viewer, group: Group) -> list[Reportable]:
    """Themes of an audience that may be shown, most frequent first, from the frozen edition of the wave."""
    if group.wave_key not in {each.wave_key for each in list_editions(session, viewer)}:
        return []
    found = load_edition(session, viewer, group.wave_key).of("theme", group.audience_key, ())
    return sorted((cell for cell in found if cell.status != "hidden"), key=lambda cell: (-cell.n, cell.subject))


def _figure(session: Session, viewer: Viewer, chosen: list[Group]) -> Figure | None:
    """The most frequent themes of the audience that wrote most."""
    first = max(chosen, key=lambda group: group.comments)
    cells = _theme_cells(session, viewer, first)
    if not cells:
        return None
    return theme_bars(
        cells[:THEMES_DRAWN],
        title=_("What %(group)s write about", group=first.audience),
        subtitle=_("Comments that name a theme, %(wave)s", wave=first.wave_title),
        note=_("A comment may name several themes. Every number may be off by up to two."),
        key="comment-themes",
    )
