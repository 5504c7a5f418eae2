"""Results by dimension, group, statement and over time; what goes together; what can be shown and why."""

from collections.abc import Callable
from importlib.util import find_spec

from flask import Blueprint, render_template, request

from analysis import looking
from analysis.actions import list_actions
from analysis.exports.files import NEEDED
from analysis.looking import Look
from analysis.views import choice_looks, looks
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading

results = Blueprint("results", __name__, url_prefix="/results")


@results.get("/dimensions")
@requires(Permission.SEE_FIGURES)
def dimensions() -> str:
    """Every strand beside every audience."""
    return _page("dimensions", lambda seen: {"figures": looks.by_audience(seen), "apart": looks.told_apart(seen)})


@results.get("/groups")
@requires(Permission.SEE_FIGURES)
def groups() -> str:
    """Every strand beside every part of one audience."""
    return _page("groups", lambda seen: {"figures": looks.by_group(seen), "differences": looks.differences(seen)})


@results.get("/statements")
@requires(Permission.SEE_FIGURES)
def statements() -> str:
    """Every statement's answers, a figure for each dimension."""

    def found(seen: Look) -> dict[str, object]:
        return {
            "figures": looks.by_statement(seen),
            "scales": choice_looks.scale_lines(seen),
            "some": choice_looks.shown_to_some(seen),
            "repeats": seen.repeats,
        }

    return _page("statements", found)


@results.get("/time")
@requires(Permission.SEE_FIGURES)
def time() -> str:
    """Every strand over time."""
    with reading() as session:
        actions = list_actions(session, current_viewer())
    return _page("time", lambda seen: {"figures": looks.over_time(seen, actions)})


@results.get("/together")
@requires(Permission.SEE_FIGURES)
def together() -> str:
    """Which statements go together with one of them."""

    def found(seen: Look) -> dict[str, object]:
        outcome, parts = looking.together(seen.edition, seen.audience.key, seen.subject)
        return {"outcome": outcome, "parts": parts, "outcomes": seen.edition.of("drivers", seen.audience.key, ())}

    return _page("together", found)


@results.get("/shown")
@requires(Permission.SEE_FIGURES)
def shown() -> str:
    """What can be shown, and why not the rest."""
    documents = all(find_spec(each) is not None for each in NEEDED.values())
    return _page("shown", lambda seen: {"audiences": looking.what_is_shown(seen.edition), "documents": documents})


def _page(name: str, content: Callable[[Look], dict[str, object]]) -> str:
    with reading() as session:
        seen = looking.look(session, current_viewer(), request.args)
    if seen is None:
        return render_template("analysis/no_results.html")
    return render_template(f"analysis/results/{name}.html", seen=seen, words=looks, here=name, **content(seen))
