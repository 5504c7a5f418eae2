"""Which cells may be shown: the minimums, and hiding enough beside a hidden cell that no subtraction brings it back.

Rules (docs/numbers.md gives them in plain words):
- 30 people or more: figures. 10 to 29: words. Fewer than 10: hidden.
- The whole of a small audience (fewer than 30 asked) may be shown in words from 5.
- No sum or difference of shown groups is a group of fewer than 10; where it would be, the smallest shown part is
  hidden too, and so on. People who did not say which part they belong to count as a part. See `subtraction` for two
  breakdowns crossed and `chains` for reckonings over several tables.
- Every number of people is rounded; see `rounding`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.disclosure.chains import Atoms, chained
from analysis.disclosure.means import Level, grouped_mean
from analysis.disclosure.reportable import Kind, OptionCount, Reportable, Slice, Status
from analysis.disclosure.rounding import Rounding
from analysis.disclosure.sealing import sealed
from analysis.disclosure.subtraction import Filters, Group, concealed

FEWEST_SHOWN, FEWEST_FIGURES, FEWEST_OF_SMALL_AUDIENCE = 10, 30, 5
TOO_FEW = "too few to show safely"
BASE, UNSCORED, AGREEING, SHOWN_TO = "base", "unscored", "agreeing", "shown to"


@dataclass(frozen=True)
class Cell:
    """One result before admission; it never leaves the edition builder. Fields are those of `Reportable`.

    members  keys of the people behind a count, sorted and joined: of an option's code, or of `BASE`, `UNSCORED` and
             `AGREEING` or `SHOWN_TO`
    numbers  what options stand for, by code: a mean is made of the rounded counts
    level    mean and spread of the people themselves, for kinds whose options cannot give one
    """

    kind: Kind
    subject: str
    label: str
    wave: str
    slice: Slice
    n: int
    options: tuple[OptionCount, ...] = ()
    unscored: int = 0
    invited: int | None = None
    reverse: bool = False
    focus: str = ""
    parallel: str = ""
    question: str = ""
    asked: str = ""
    shape: str = ""
    shown_to: int | None = None
    numbers: Mapping[str, float] | None = None
    level: Level | None = None
    members: Callable[[str], bytes] | None = field(default=None, compare=False, repr=False)

    def seed(self, count: str) -> bytes:
        """What fixes the rounding of a count: the people themselves; the place where they are not known."""
        if self.members is None:
            return repr((self.slice.audience, self.slice.filters, count)).encode()
        return self.members(count)


def admit(
    cells: Iterable[Cell],
    *,
    rounding: Rounding,
    minimum: int = FEWEST_SHOWN,
    atoms: Mapping[tuple[str, str], Atoms] | None = None,
) -> list[Reportable]:
    """All cells as results in the same order: shown, in words, or hidden with the reason.

    minimum  people below whom a cell is hidden; a school may raise it, never lower it under 10
    atoms    by audience and subject, where people stand in all breakdowns at once; without them only two breakdowns
             at a time are looked at
    """
    listed, minimum = list(cells), max(minimum, FEWEST_SHOWN)
    answered = _answered(listed)
    tables: dict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    for cell in listed:
        tables[cell.kind, cell.subject, cell.slice.audience].append(cell)
    hidden: set[int] = set()
    settled: dict[object, frozenset[Filters]] = {}
    for (_kind, subject, audience), table in tables.items():
        hidden |= {
            id(cell) for cell in _hidden(table, answered, minimum, (atoms or {}).get((audience, subject)), settled)
        }
    return [
        _hidden_result(cell) if id(cell) in hidden or (status := _status(cell, minimum)) == "hidden"
        else _result(cell, status, rounding, minimum)
        for cell in listed
    ]  # fmt: skip


def _answered(cells: Sequence[Cell]) -> dict[Slice, Cell]:
    """Who answered, by group."""
    return {cell.slice: cell for cell in cells if cell.kind == "response"}


def _hidden(
    table: Sequence[Cell],
    answered: Mapping[Slice, Cell],
    minimum: int,
    atoms: Atoms | None,
    settled: dict[object, frozenset[Filters]],
) -> list[Cell]:
    """The cells of one subject and audience that stay hidden.

    settled  what was found before: subjects that the same people answered, such as options of one question, hide alike
    """
    whole = next((cell for cell in table if not cell.slice.filters), None)
    if whole is None:
        return [cell for cell in table if cell.n < minimum]
    if whole.n < minimum:
        told = _is_small(answered.get(whole.slice, whole)) and _status(whole, minimum) != "hidden"
        return [cell for cell in table if cell is not whole or not told]
    groups = {cell.slice.filters: _group(cell, answered.get(cell.slice, cell)) for cell in table}
    standing = (tuple(groups.items()), atoms and (atoms.codes.tobytes(), atoms.n.tobytes(), atoms.people.tobytes()))
    if standing not in settled:
        hidden = concealed(groups, minimum=minimum)
        if atoms is not None and len(groups) > 1:
            hidden |= chained(groups, hidden, atoms, minimum=minimum)
        settled[standing] = hidden
    return [cell for cell in table if cell.slice.filters in settled[standing]]


def _is_small(everyone: Cell) -> bool:
    """Whether an audience is so small that its whole may be told from 5: never a few answers of a large one."""
    return max(everyone.n, everyone.invited or 0) < FEWEST_FIGURES


def _group(cell: Cell, everyone: Cell) -> Group:
    """Ranked by who answered at all, so that statements and scores hide the same groups."""
    return Group(n=cell.n, people=cell.n + cell.unscored, rank=everyone.n)


def _status(cell: Cell, minimum: int) -> Status:
    if cell.n >= max(FEWEST_FIGURES, minimum):
        return "shown"
    if cell.n >= minimum:
        return "shown" if cell.kind in {"theme", "response"} else "words"
    if cell.kind in {"item", "choice", "response"} and not cell.slice.filters and cell.n >= FEWEST_OF_SMALL_AUDIENCE:
        return "words"
    return "hidden"


def _result(cell: Cell, status: Status, rounding: Rounding, minimum: int) -> Reportable:
    """The cell with every count rounded by itself; an option that everyone chose keeps the number of everyone."""
    least = minimum if cell.n >= minimum else FEWEST_OF_SMALL_AUDIENCE
    n = rounding.base(cell.subject, cell.seed(BASE), cell.n, least=least)
    agreeing = sum(option.people for option in cell.options if option.favourable)

    def rounded(count: str, people: int) -> int:
        return min(n, rounding.count(cell.subject, cell.seed(count), people))

    options = tuple(
        OptionCount(each.code, each.label, rounded(each.code, each.people), each.scored, each.favourable)
        for each in cell.options
    )
    level = cell.level if status == "shown" else None
    return sealed(
        cell.kind,
        cell.subject,
        cell.label,
        cell.wave,
        cell.slice,
        status,
        options,
        n,
        rounding.count(cell.subject, cell.seed(UNSCORED), cell.unscored),
        agreeing=rounded(AGREEING, agreeing) if cell.options else None,
        invited=cell.invited,
        mean=level.told_mean if level and cell.kind == "scale" else None,
        sd=level.told_sd if level and cell.kind == "scale" else None,
        reverse=cell.reverse,
        focus=cell.focus,
        figures=_figures(cell, options, status, minimum),
        question=cell.question,
        asked=cell.asked,
        shape=cell.shape,
        shown_to=_shown_to(cell, rounding, n),
        parallel=cell.parallel,
    )


def _figures(cell: Cell, options: Sequence[OptionCount], status: Status, minimum: int) -> tuple[tuple[str, float], ...]:
    """Means of numbers, and the ends of a scale; nothing where there are no figures."""
    if status != "shown":
        return ()
    if cell.level is not None and cell.kind == "scale":
        return (("low", cell.level.low), ("high", cell.level.high))
    mean = cell.level.told_mean if cell.level else grouped_mean(options, cell.numbers or {}, least=minimum)
    return () if mean is None else (("mean", mean),)


def _shown_to(cell: Cell, rounding: Rounding, n: int) -> int | None:
    """People who were shown the question, rounded, never fewer than answered."""
    if cell.shown_to is None:
        return None
    return max(n, rounding.count(cell.subject, cell.seed(SHOWN_TO), cell.shown_to))


def _hidden_result(cell: Cell) -> Reportable:
    return sealed(
        cell.kind,
        cell.subject,
        cell.label,
        cell.wave,
        cell.slice,
        "hidden",
        invited=cell.invited,
        reverse=cell.reverse,
        focus=cell.focus,
        question=cell.question,
        asked=cell.asked,
        shape=cell.shape,
        parallel=cell.parallel,
        reason=TOO_FEW,
    )
