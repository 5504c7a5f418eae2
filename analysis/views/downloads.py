"""Results as files to take away, for those who may see the figures."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, Response, abort

from analysis.editions import load_edition
from analysis.exports.files import SHEET, writer_for
from stakeholder.audit import Act, record
from stakeholder.errors import Invalid
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

downloads = Blueprint("downloads", __name__)
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": SHEET,
    "json": "application/json",
    "sav": "application/x-spss-sav",
    "parquet": "application/vnd.apache.parquet",
}


@downloads.get("/results/files/<wave>.<ending>")
@requires(Permission.SEE_FIGURES, freshly=True)
def results_file(wave: str, ending: str) -> Response:
    """A wave's edition as a file."""
    if ending not in KINDS:
        abort(404)
    with reading() as session:
        edition = load_edition(session, current_viewer(), wave)
    try:
        write = writer_for(f".{ending}")
    except Invalid:
        abort(404)
    viewer = current_viewer()
    with transaction() as session:
        act = Act("results exported", f"wave {edition.wave_key} as {ending}", viewer.person_id, viewer.school_id)
        record(session, act, now=datetime.now(UTC))
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"results.{ending}"
        write(edition, file)
        content = file.read_bytes()
    named = f'attachment; filename="{edition.wave_key}.{ending}"'
    return Response(content, headers={"Content-Disposition": named}, content_type=KINDS[ending])
