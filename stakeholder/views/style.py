"""The style page: every component once, for those who write pages."""

from flask import Blueprint, render_template

from stakeholder.roles import Permission
from stakeholder.web.access import requires

style = Blueprint("style", __name__)


@style.get("/style")
@requires(Permission.SEE_STYLE)
def page() -> str:
    """All components."""
    return render_template("stakeholder/style.html")
