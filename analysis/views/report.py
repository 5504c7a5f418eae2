"""The board pack as a file, for those who see the governors' page."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort

from analysis.reports.composing import board_pack
from analysis.reports.pdf import pdf
from analysis.reports.slides import pptx
from analysis.reports.word import docx
from stakeholder.audit import Act, record
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

report = Blueprint("report", __name__)
OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "pdf": (pdf, "application/pdf"),
    "docx": (docx, OFFICE + "wordprocessingml.document"),
    "pptx": (pptx, OFFICE + "presentationml.presentation"),
}


@report.get("/governors/report/<wave>.<ending>")
@requires(Permission.SEE_GOVERNOR_PAGE)
def board_pack_file(wave: str, ending: str) -> Response:
    """The board pack of a wave."""
    if ending not in KINDS:
        abort(404)
    write, content_type = KINDS[ending]
    viewer = current_viewer()
    with reading() as session:
        pack = board_pack(session, viewer, wave)
    content = write(pack)
    with transaction() as session:
        act = Act("report taken away", f"wave {pack.wave_key} as {ending}", viewer.person_id, viewer.school_id)
        record(session, act, now=datetime.now(UTC))
    named = f'attachment; filename="board-pack-{pack.wave_key}.{ending}"'
    return Response(content, headers={"Content-Disposition": named}, content_type=content_type)
