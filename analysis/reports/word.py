"""The board pack as a Word document: headings, lists and tables that a school can edit."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask_babel import gettext as _

from analysis.reports import composing
from analysis.reports.composing import BoardPack
from stakeholder.errors import Invalid


def docx(pack: BoardPack) -> bytes:
    """The pack as DOCX. Raises Invalid where the library that makes it is not installed."""
    try:
        from docx import Document
    except ImportError as missing:
        raise Invalid("Word files need the extra 'documents': run 'make documents' to add it.") from missing
    document = Document()
    document.core_properties.title = f"{pack.school}: {pack.wave_title}"
    document.core_properties.author = pack.school
    document.add_heading(pack.headline, 0)
    document.add_paragraph(pack.lead)
    _table(document, (_("Dimension"), _("Score"), _("Since last time")), composing.tile_words(pack))
    document.add_heading(_("Who answered"), 1)
    _table(document, (_("Group"), _("Answered")), composing.turnout_words(pack))
    document.add_heading(_("You said, we did"), 1)
    _table(document, (_("You said"), _("We did"), _("How far")), composing.action_words(pack))
    document.add_heading(_("Questions to ask"), 1)
    for question in composing.ask_words(pack):
        document.add_paragraph(question, style="List Number")
    for figure in pack.figures:
        document.add_heading(figure.title, 1)
        document.add_paragraph(figure.subtitle)
        _table(document, figure.table.head, figure.table.rows)
        document.add_paragraph(figure.note)
    _sentences(document, _("How the numbers are made"), pack.method)
    _sentences(document, _("What is not shown, and why"), pack.hidden)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _table(document: Any, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table with a heading row that repeats on each page; a short row's last cell runs to the end."""
    table = document.add_table(rows=1, cols=len(head), style="Light Grid Accent 1")
    table.rows[0]._tr.get_or_add_trPr().append(_repeated())
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.text = str(text)
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = str(text)
        if len(row) < len(head):
            cells[len(row) - 1].merge(cells[-1])


def _repeated() -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement("w:tblHeader")


def _sentences(document: Any, heading: str, sentences: Sequence[str]) -> None:
    document.add_heading(heading, 1)
    for sentence in sentences:
        document.add_paragraph(sentence, style="List Bullet")
