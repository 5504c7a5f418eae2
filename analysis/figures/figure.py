"""A published figure: one drawing for wide pages, one for narrow ones, and the same numbers as a table."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Table:
    """The numbers behind a figure.

    rows  cells as words, one per heading; a row's last cell stands for all that are left over (a reason, say)
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """What a page shows.

    key       unique on a page: the drawings' identifiers begin with it
    title     states the finding; `subtitle` says who, what, when and the unit; `note` what else one must know
    wide_svg  720 units wide; `narrow_svg` 340 units wide, labels above the bars
    summary   the values in sentences, for those who cannot see the drawing
    """

    key: str
    title: str
    subtitle: str
    note: str
    wide_svg: Markup
    narrow_svg: Markup
    table: Table
    summary: str
