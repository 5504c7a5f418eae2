"""The board pack as slides with charts of PowerPoint's own, which a school can edit."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask_babel import gettext as _

from analysis.disclosure.reportable import Reportable
from analysis.reports import composing
from analysis.reports.composing import BoardPack
from stakeholder.errors import Invalid

ROWS_OF_A_SLIDE = 10


def pptx(pack: BoardPack) -> bytes:
    """The pack as PPTX. Raises Invalid where the library that makes it is not installed."""
    try:
        from pptx import Presentation
    except ImportError as missing:
        raise Invalid("Slides need the extra 'documents': run 'make documents' to add it.") from missing
    slides = Presentation()
    slides.core_properties.title = f"{pack.school}: {pack.wave_title}"
    first = slides.slides.add_slide(slides.slide_layouts[0])
    first.shapes.title.text = pack.headline
    first.placeholders[1].text = f"{pack.school}\n{pack.lead}"
    _points(slides, _("Scores at a glance"), [" – ".join(filter(None, each)) for each in composing.tile_words(pack)])
    _chart(slides, _("What people agree with most and least"), pack.page.statements)
    _points(slides, _("Who answered"), [": ".join(each) for each in composing.turnout_words(pack)])
    for figure in pack.figures:
        for start in range(0, len(figure.table.rows), ROWS_OF_A_SLIDE):
            _table(slides, figure.title, figure.table.head, figure.table.rows[start : start + ROWS_OF_A_SLIDE])
    promises = [f"“{said}” {did} ({state})" for said, did, state in composing.action_words(pack)]
    _points(slides, _("You said, we did"), promises)
    _points(slides, _("Questions to ask"), composing.ask_words(pack))
    _points(slides, _("How the numbers are made"), pack.method)
    _points(slides, _("What is not shown, and why"), pack.hidden)
    file = BytesIO()
    slides.save(file)
    return file.getvalue()


def _slide(slides: Any, layout: int, title: str) -> Any:
    slide = slides.slides.add_slide(slides.slide_layouts[layout])
    slide.shapes.title.text = title
    _sized(slide.shapes.title.text_frame, 26)
    return slide


def _points(slides: Any, title: str, points: Sequence[str]) -> None:
    frame = _slide(slides, 1, title).placeholders[1].text_frame
    frame.text = "\n".join(points)
    _sized(frame, 16)


def _chart(slides: Any, title: str, items: Sequence[Reportable]) -> None:
    """Favourable shares as bars from 0 to 100, their numbers printed."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    shown = [item for item in items if item.status == "shown" and item.share is not None]
    if not shown:
        return
    data: Any = CategoryChartData(number_format="0")  # type: ignore[no-untyped-call]
    data.categories = [item.label for item in reversed(shown)]
    data.add_series(_("Favourable, in 100"), [round(100 * (item.share or 0)) for item in reversed(shown)])
    place = Inches(0.5), Inches(1.5), Inches(9), Inches(5.5)
    chart = _slide(slides, 5, title).shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data).chart
    chart.has_legend = False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, 100
    chart.plots[0].has_data_labels = True


def _table(slides: Any, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from pptx.util import Inches

    place = Inches(0.4), Inches(1.5), Inches(9.2), Inches(0.3 * (len(rows) + 1))
    table = _slide(slides, 5, title).shapes.add_table(len(rows) + 1, len(head), *place).table
    for at, row in enumerate([head, *rows]):
        for column, text in enumerate(row):
            table.cell(at, column).text = str(text)
            _sized(table.cell(at, column).text_frame, 10)
        if len(row) < len(head):
            table.cell(at, len(row) - 1).merge(table.cell(at, len(head) - 1))


def _sized(frame: Any, points: int) -> None:
    from pptx.util import Pt

    for paragraph in frame.paragraphs:
        paragraph.font.size = Pt(points)
