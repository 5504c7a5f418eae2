"""Which cells may be shown: the minimums, and hiding enough beside a hidden cell that no subtraction brings it back.

Rules (docs/numbers.md gives them in plain words):
- 30 people or more: figures. 10 to 29: words. Fewer than 10: hidden.
- The whole of a small audience may be shown in words from 5.
- Where the parts of a shown total include a hidden group, the hidden people together must be 10 or more; else the
  smallest shown part is hidden too, and so on. People who did not say which part they belong to count as a part.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.disclosure.reportable import Kind, OptionCount, Reportable, Slice, Status

FEWEST_SHOWN, FEWEST_FIGURES, FEWEST_OF_SMALL_AUDIENCE = 10, 30, 5
TOO_FEW = "too few to show safely"
Filters = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Cell:
    """One result before admission; it never leaves the edition builder. Fields are those of `Reportable`."""

    kind: Kind
    subject: str
    label: str
    wave: str
    slice: Slice
    n: int
    options: tuple[OptionCount, ...] = ()
    unscored: int = 0
    invited: int | None = None
    mean: float | None = None
    sd: float | None = None
    reverse: bool = False
    focus: str = ""
    parallel: str = ""


def admit(cells: Iterable[Cell], *, minimum: int = FEWEST_SHOWN) -> list[Reportable]:
    """All cells as results in the same order: shown, in words, or hidden with the reason.

    minimum  people below whom a cell is hidden; a school may raise it, never lower it under 10
    """
    listed = list(cells)
    tables: dict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    for cell in listed:
        tables[cell.kind, cell.subject, cell.slice.audience].append(cell)
    minimum = max(minimum, FEWEST_SHOWN)
    hidden = {id(cell) for table in tables.values() for cell in _hidden(table, minimum)}
    return [_reportable(cell, "hidden" if id(cell) in hidden else _status(cell, minimum)) for cell in listed]


def _hidden(table: Sequence[Cell], minimum: int) -> list[Cell]:
    """The cells of one subject and audience that stay hidden, found by repeating the rules until nothing changes."""
    by_filters = {cell.slice.filters: cell for cell in table}
    hidden = {filters for filters, cell in by_filters.items() if _status(cell, minimum) == "hidden"}
    partitions = _partitions(by_filters)
    while True:
        more = _below_hidden(by_filters, hidden)
        for whole, parts in partitions:
            if whole not in hidden:
                more |= _complements(by_filters, hidden | more, whole, parts, minimum)
        if more <= hidden:
            return [by_filters[filters] for filters in hidden]
        hidden |= more


def _partitions(cells: dict[Filters, Cell]) -> list[tuple[Filters, list[Filters]]]:
    """Every cell with the lists of cells that part it by one more breakdown."""
    parts: dict[tuple[Filters, str], list[Filters]] = defaultdict(list)
    for filters in cells:
        for question, _ in filters:
            whole = tuple(pair for pair in filters if pair[0] != question)
            if whole in cells:
                parts[whole, question].append(filters)
    return [(whole, found) for (whole, _), found in parts.items()]


def _below_hidden(cells: dict[Filters, Cell], hidden: set[Filters]) -> set[Filters]:
    """Parts of a hidden cell are hidden too."""
    return {filters for filters in cells if any(set(outer) < set(filters) for outer in hidden if outer)} | hidden


def _complements(
    cells: dict[Filters, Cell], hidden: set[Filters], whole: Filters, parts: Sequence[Filters], minimum: int
) -> set[Filters]:
    """What else to hide so that the hidden part of a shown whole, those who did not say included, is no small group."""
    shown = sorted((part for part in parts if part not in hidden), key=lambda part: (cells[part].n, part))
    unseen = cells[whole].n - sum(cells[part].n for part in shown)
    more: set[Filters] = set()
    while 0 < unseen < minimum and shown:
        part = shown.pop(0)
        more.add(part)
        unseen += cells[part].n
    return more


def _status(cell: Cell, minimum: int) -> Status:
    if cell.n >= FEWEST_FIGURES:
        return "shown"
    if cell.n >= minimum:
        return "shown" if cell.kind in {"theme", "response"} else "words"
    if cell.kind in {"item", "response"} and not cell.slice.filters and cell.n >= FEWEST_OF_SMALL_AUDIENCE:
        return "words"
    return "hidden"


def _reportable(cell: Cell, status: Status) -> Reportable:
    whole = Reportable(
        kind=cell.kind,
        subject=cell.subject,
        label=cell.label,
        wave=cell.wave,
        slice=cell.slice,
        status=status,
        options=cell.options,
        n=cell.n,
        unscored=cell.unscored,
        invited=cell.invited,
        mean=cell.mean,
        sd=cell.sd if status == "shown" else None,
        reverse=cell.reverse,
        focus=cell.focus,
        parallel=cell.parallel,
    )
    if status != "hidden":
        return whole
    return replace(whole, options=(), n=0, unscored=0, mean=None, reason=TOO_FEW)
