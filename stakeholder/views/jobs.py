"""The work that goes on after a request: what runs, what waits, what went wrong."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from stakeholder.jobs.progress import JobProgress, list_jobs
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading

jobs_pages = Blueprint("jobs", __name__)


@jobs_pages.get("/jobs")
@requires(Permission.SEE_JOBS)
def progress() -> str:
    """All work of the viewer's school; the page's script loads it again while something is unfinished."""
    with reading() as session:
        jobs = list_jobs(session, current_viewer())
    return render_template(
        "stakeholder/jobs.html", jobs=jobs, unfinished=any(job.is_unfinished for job in jobs), name_of=_name_of
    )


def _name_of(job: JobProgress) -> str:
    names: dict[str, str] = {
        "release": _("Moving answers out of the ballot box"),
        "read_comments": _("Reading comments"),
        "build_edition": _("Counting results"),
        "check_readings": _("Looking whether comments are read in the newest way"),
        "group_comments": _("Looking for new themes in comments"),
        "learn_from_people": _("Learning from what people said of comments"),
        "roll_changed": _("Looking whether comments hide every name"),
        "keep_in_time": _("Deleting what is no longer kept"),
        "edition": _("Counting results"),
        "import": _("Importing answers"),
    }
    return names.get(job.kind, job.kind.replace("_", " ").capitalize())
