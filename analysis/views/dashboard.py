"""The governors' page: one finding, four tiles, a few figures, what was said and done."""

from flask import Blueprint, render_template
from sqlalchemy import select

from analysis.actions import list_actions
from analysis.governor_page import governor_page
from analysis.views import charts, words
from stakeholder.models import School
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading

dashboard = Blueprint("dashboard", __name__)


@dashboard.get("/governors")
@requires(Permission.SEE_GOVERNOR_PAGE)
def governor() -> str:
    """The newest results for someone with ten minutes."""
    with reading() as session:
        page = governor_page(session, current_viewer())
    if page is None:
        return render_template("analysis/no_results.html")
    return render_template(
        "analysis/governor.html", page=page, charts=charts, figures=charts.governor_figures(page), words=words
    )


@dashboard.get("/governors/said-and-done")
@requires(Permission.SEE_GOVERNOR_PAGE)
def said_and_done() -> str:
    """A poster to print: what was said, and what was done about it."""
    viewer = current_viewer()
    with reading() as session:
        actions = list_actions(session, viewer)
        school = session.scalars(select(School.name).where(School.id == viewer.school_id)).one()
    return render_template("analysis/said_and_done.html", actions=actions, school=school)
