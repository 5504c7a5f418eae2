"""One view of the explorer as files: the figure with its caption and source, the table for a spreadsheet."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

from flask import Blueprint, Response, abort, request
from flask_babel import gettext as _

from analysis.exploring import Exploration, explore
from analysis.exports.files import SHEET
from analysis.figures.published import published
from analysis.views import charts, words
from analysis.views.exploration_table import heads, lines
from stakeholder.audit import Act, record
from stakeholder.roles import Permission
from stakeholder.spreadsheets import harmless
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

explore_files = Blueprint("explore_files", __name__)


@explore_files.get("/explore/figure.svg")
@requires(Permission.EXPLORE)
def figure_file() -> Response:
    """The drawing with its title, who answered, when, and where it comes from."""
    seen = _seen()
    drawn = charts.exploration_figure(seen)
    if drawn is None:
        abort(404)
    content = '<?xml version="1.0" encoding="UTF-8"?>\n' + str(published(drawn, words.source_words(seen)))
    return _file(content.encode(), "image/svg+xml", "figure.svg")


@explore_files.get("/explore/table.<ending>")
@requires(Permission.EXPLORE, freshly=True)
def table_file(ending: str) -> Response:
    """The table as it stands on the page."""
    if ending not in {"csv", "xlsx"}:
        abort(404)
    seen = _seen()
    rows = _rows(seen)
    viewer = current_viewer()
    with transaction() as session:
        about = f"wave {seen.enquiry.wave}, {seen.enquiry.what} as {ending}"
        record(session, Act("table exported", about, viewer.person_id, viewer.school_id), now=datetime.now(UTC))
    if ending == "csv":
        return _file(_csv(rows), "text/csv; charset=utf-8", "table.csv")
    return _file(_xlsx(rows), SHEET, "table.xlsx")


def _seen() -> Exploration:
    with reading() as session:
        seen = explore(session, current_viewer(), request.args)
    if seen is None:
        abort(404)
    return seen


def _rows(seen: Exploration) -> list[list[str]]:
    """Title, headings, lines, and the source below."""
    table = [[line.label, *(line.cells or (line.why,))] for line in lines(seen)]
    below = [[line] for line in words.source_words(seen)]
    return [[words.exploration_title(seen)], [_("Who"), *heads(seen.enquiry.kind)], *table, *below]


def _csv(rows: list[list[str]]) -> bytes:
    file = StringIO()
    csv.writer(file).writerows([[harmless(cell) for cell in row] for row in rows])
    return file.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Table")
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=kind, headers=headers)
