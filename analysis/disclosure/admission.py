"""Which cells may be shown: the minimums, and hiding enough beside a hidden cell that no subtraction brings it back.

Rules (docs/numbers.md gives them in plain words):
- 30 people or more: figures. 10 to 29: words. Fewer than 10: hidden.
- The whole of a small audience (fewer than 30 asked) may be shown in words from 5.
- No sum or difference of shown groups is a group of fewer than 10; where it would be, the smallest shown part is
  hidden too, and so on. People who did not say which part they belong to count as a part. See `subtraction`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.disclosure.reportable import Kind, OptionCount, Reportable, Slice, Status
from analysis.disclosure.subtraction import Group, concealed

FEWEST_SHOWN, FEWEST_FIGURES, FEWEST_OF_SMALL_AUDIENCE = 10, 30, 5
TOO_FEW = "too few to show safely"


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
    listed, minimum = list(cells), max(minimum, FEWEST_SHOWN)
    answered = _answered(listed)
    tables: dict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    for cell in listed:
        tables[cell.kind, cell.subject, cell.slice.audience].append(cell)
    hidden = {id(cell) for table in tables.values() for cell in _hidden(table, answered, minimum)}
    return [_reportable(cell, "hidden" if id(cell) in hidden else _status(cell, minimum)) for cell in listed]


def _answered(cells: Sequence[Cell]) -> dict[Slice, Cell]:
    """Who answered, by group."""
    return {cell.slice: cell for cell in cells if cell.kind == "response"}


def _hidden(table: Sequence[Cell], answered: Mapping[Slice, Cell], minimum: int) -> list[Cell]:
    """The cells of one subject and audience that stay hidden."""
    whole = next((cell for cell in table if not cell.slice.filters), None)
    if whole is None:
        return [cell for cell in table if cell.n < minimum]
    if whole.n < minimum:
        told = _is_small(answered.get(whole.slice, whole)) and _status(whole, minimum) != "hidden"
        return [cell for cell in table if cell is not whole or not told]
    groups = {cell.slice.filters: _group(cell, answered.get(cell.slice, cell)) for cell in table}
    hidden = concealed(groups, minimum=minimum)
    return [cell for cell in table if cell.slice.filters in hidden]


def _is_small(everyone: Cell) -> bool:
    """Whether an audience is so small that its whole may be told from 5: never a few answers of a large one."""
    return max(everyone.n, everyone.invited or 0) < FEWEST_FIGURES


def _group(cell: Cell, everyone: Cell) -> Group:
    """Ranked by who answered at all, so that statements and scores hide the same groups."""
    return Group(n=cell.n, people=cell.n + cell.unscored, rank=everyone.n)


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
