"""What a school asks about: the framework's dimensions, strands, and statements for each audience."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from stakeholder.roles import Permission
from stakeholder.web.access import requires
from surveys.framework import default_framework

framework_pages = Blueprint("framework", __name__)


@framework_pages.get("/framework")
@requires(Permission.SEE_FIGURES)
def page() -> str:
    """The framework in use, whole."""
    return render_template("surveys/framework.html", framework=default_framework(), audience_name=_audience_name)


def _audience_name(audience: str) -> str:
    names: dict[str, str] = {
        "primary_ks1": _("Pupils aged 5 to 7"),
        "primary": _("Pupils aged 7 to 11"),
        "secondary": _("Students aged 11 to 18"),
        "staff": _("Staff"),
        "parent": _("Parents and carers"),
        "governor": _("Governors"),
    }
    return names.get(audience, audience.replace("_", " ").capitalize())
