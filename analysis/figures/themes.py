"""What comments are about and how they sound: counts side by side, negative ones first so that they compare."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from analysis.disclosure.reportable import Reportable
from analysis.figures.drawing import Drawing, block_height
from analysis.figures.figure import Figure, Table
from analysis.figures.legend import Swatch, legend, legend_height
from analysis.figures.lettering import Lettering
from analysis.figures.palette import ORANGE, STONE, TEAL
from analysis.figures.stack import THICK, Part, draw_reason, draw_stack, reason_height, room_above
from analysis.figures.wording import in_words, number

_FILLS = {"negative": ORANGE, "neutral": STONE, "positive": TEAL}
_NAME, _TOTAL = Lettering(14, 600), Lettering(15, 700)
_GAP = 14.0
_WIDE, _NAMES, _BARS, _BARS_END = 720.0, 190.0, 206.0, 656.0
_NARROW, _NARROW_END = 340.0, 284.0


def theme_bars(
    themes: Sequence[Reportable],
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    labels: Sequence[str] | None = None,
    key: str = "themes",
) -> Figure:
    """Themes (kind "theme") under each other, in the order given: comments that name each, by how they sound.

    labels  what stands before each bar, where it is not the theme itself
    Bars start at 0 and share one scale. Hidden themes are left out and counted in the note.
    """
    named = list(zip(labels or [theme.label for theme in themes], themes, strict=True))
    rows = [(label, theme) for label, theme in named if theme.status != "hidden"]
    hidden = len(named) - len(rows)
    summary = " ".join(_sentence(label, theme) for label, theme in rows)
    wide = _wide(Drawing(f"{key}-wide", _WIDE), rows).svg(title=title, summary=summary)
    narrow = _narrow(Drawing(f"{key}-narrow", _NARROW), rows).svg(title=title, summary=summary)
    told = " ".join(words for words in (note, _hidden_words(hidden)) if words)
    return Figure(key, title, subtitle, told, wide, narrow, _table(rows, title), summary)


def _wide(drawing: Drawing, rows: Sequence[tuple[str, Reportable]]) -> Drawing:
    _legend(drawing, rows, x=_BARS)
    whole = (_BARS_END - _BARS) / _most(rows)
    for label, theme in rows:
        parts = _parts(theme, whole)
        name = block_height(label, _NAME, within=_NAMES)
        thick = THICK if parts else reason_height(in_words(theme), within=_BARS_END - _BARS)
        middle = drawing.height + max(room_above(parts) + thick / 2, name / 2)
        with drawing.group(class_="figure-row"):
            drawing.block(0.0, middle, label, _NAME, within=_NAMES)
            _bar(drawing, theme, parts, x=_BARS, middle=middle, within=_BARS_END - _BARS)
        drawing.down(middle + max(thick, name) / 2 + _GAP - drawing.height)
    return drawing


def _narrow(drawing: Drawing, rows: Sequence[tuple[str, Reportable]]) -> Drawing:
    _legend(drawing, rows, x=0.0)
    whole = _NARROW_END / _most(rows)
    for label, theme in rows:
        parts = _parts(theme, whole)
        name = block_height(label, _NAME, within=_NARROW)
        thick = THICK if parts else reason_height(in_words(theme), within=_NARROW)
        with drawing.group(class_="figure-row"):
            drawing.block(0.0, drawing.height + name / 2, label, _NAME, within=_NARROW)
            drawing.down(name + 5 + room_above(parts) + thick / 2)
            _bar(drawing, theme, parts, x=0.0, middle=drawing.height, within=_NARROW)
        drawing.down(thick / 2 + 1.5 * _GAP)
    return drawing


def _bar(drawing: Drawing, theme: Reportable, parts: Sequence[Part], *, x: float, middle: float, within: float) -> None:
    if not parts:
        draw_reason(drawing, x, middle, in_words(theme), within=within)
        return
    draw_stack(drawing, x, middle, parts)
    drawing.text(x + sum(part.length for part in parts) + 8, middle, number(theme.n), _TOTAL)


def _legend(drawing: Drawing, rows: Sequence[tuple[str, Reportable]], *, x: float) -> None:
    swatches: list[Swatch] = next(
        (
            [(option.label, _FILLS.get(option.code, STONE)) for option in theme.options]
            for _label, theme in rows
            if theme.status == "shown"
        ),
        [],
    )
    legend(drawing, x, drawing.height, swatches, within=drawing.width - x)
    drawing.down(legend_height(swatches, within=drawing.width - x) + _GAP)


def _parts(theme: Reportable, whole: float) -> list[Part]:
    """As long as their counts; none where there is no figure."""
    if theme.status != "shown":
        return []
    return [
        Part(number(option.people), option.people * whole, _FILLS.get(option.code, STONE)) for option in theme.options
    ]


def _most(rows: Sequence[tuple[str, Reportable]]) -> int:
    return max((_comments(theme) for _label, theme in rows if theme.status == "shown"), default=1) or 1


def _comments(theme: Reportable) -> int:
    return sum(option.people for option in theme.options)


def _hidden_words(hidden: int) -> str:
    if not hidden:
        return ""
    return str(
        ngettext(
            "%(num)s theme is hidden: too few people wrote about it.",
            "%(num)s themes are hidden: too few people wrote about them.",
            hidden,
        )
    )


def _sentence(label: str, theme: Reportable) -> str:
    if theme.status != "shown":
        return str(_("%(theme)s: %(words)s", theme=label, words=in_words(theme)))
    sounds = ", ".join(f"{option.label}: {number(option.people)}" for option in theme.options)
    comments = ngettext("%(count)s comment", "%(count)s comments", theme.n, count=number(theme.n))
    return str(_("%(theme)s: %(comments)s (%(sounds)s).", theme=label, comments=comments, sounds=sounds))


def _table(rows: Sequence[tuple[str, Reportable]], caption: str) -> Table:
    options = next((theme.options for _label, theme in rows if theme.status == "shown"), ())
    head = (_("Theme"), *(option.label for option in options), _("Comments"))
    return Table(caption, head, tuple(_cells(label, theme) for label, theme in rows))


def _cells(label: str, theme: Reportable) -> tuple[str, ...]:
    if theme.status != "shown":
        return label, in_words(theme)
    return label, *(number(option.people) for option in theme.options), number(theme.n)
