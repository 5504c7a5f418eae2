"""Rules ("show only if ...") as rows of menus, and rows of menus as rules. Pure.

A row is a question (or a grid's row, "grid.row"), a test, and an answer of that question, a number or a date. Rows are
joined by "all" or "any"; what does not fit into rows (groups inside groups) stays as it is until somebody writes rows
in its place.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from stakeholder.localised import N_

ROWS = 4
WITH_ANSWER = ("is", "is_not", "includes")
COUNTED = ("chosen_at_least", "chosen_at_most")
WITH_NUMBER = ("at_least", "at_most", "more_than", "less_than", *COUNTED)
DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
WITHOUT = ("answered", "not_answered")
TESTS = (*WITH_ANSWER, *WITH_NUMBER, *WITHOUT)


class Named(Protocol):
    """A form's fields by name."""

    def get(self, key: str, /) -> str | None:
        """First value of a field."""


@dataclass(frozen=True)
class Row:
    """One row of menus."""

    question: str
    test: str
    value: str = ""


def rules_shown(condition: Any, name: str) -> dict[str, Any]:
    """Values of the menus of a condition; `NAME.kept` is True where it does not fit into rows."""
    join, rows = _rows_of(condition) if condition else ("all", ())
    values: dict[str, Any] = {f"{name}.join": join or "all", f"{name}.kept": rows is None}
    for at, row in enumerate(rows or ()):
        values[f"{name}.{at}.question"] = row.question
        values[f"{name}.{at}.test"] = row.test
        values[f"{name}.{at}.number" if row.test in WITH_NUMBER else f"{name}.{at}.answer"] = (
            row.value if row.test in WITH_NUMBER or not row.value else f"{row.question.partition('.')[0]}:{row.value}"
        )
    values[name] = max(len(rows or ()) + 1, 2)
    return values


def condition_from(form: Named, name: str, before: Any, problems: dict[str, str]) -> dict[str, Any] | None:
    """The condition that the menus describe, None for no rule."""
    if form.get(f"{name}.kept"):
        return before if isinstance(before, dict) else None
    tests = [test for at in range(ROWS * 3) if (test := _test(form, f"{name}.{at}", problems)) is not None]
    if not tests:
        return None
    if len(tests) == 1:
        return tests[0]
    return {"any" if form.get(f"{name}.join") == "any" else "all": tests}


def _test(form: Named, name: str, problems: dict[str, str]) -> dict[str, Any] | None:
    question, test = form.get(f"{name}.question") or "", form.get(f"{name}.test") or "is"
    of, _, answer = (form.get(f"{name}.answer") or "").partition(":")
    key, _, row = (question or of).partition(".")
    if not key:
        return None
    asked = {"question": key, "row": row} if row else {"question": key}
    if test in WITHOUT:
        return {**asked, "answered": test == "answered"}
    if test in WITH_NUMBER:
        return {**asked, test: _bound(form.get(f"{name}.number") or "", name, test, problems)}
    if not answer or of != key:
        problems[f"{name}.answer"] = N_("Choose an answer of that question.")
    return {**asked, test if test in WITH_ANSWER else "is": answer}


def _bound(typed: str, name: str, test: str, problems: dict[str, str]) -> int | float | str:
    """The number or the date to compare with."""
    if DATE.fullmatch(typed.strip()) and test not in COUNTED:
        return typed.strip()
    try:
        number = float(typed.replace(",", "."))
    except ValueError:
        problems[f"{name}.number"] = N_("Write the number to compare with, or a date such as 2026-09-01.")
        return 0
    return int(number) if number == int(number) else number


def _rows_of(condition: Mapping[str, Any]) -> tuple[str, tuple[Row, ...] | None]:
    """How the rows are joined, and the rows; None where the condition does not fit into rows."""
    for join in ("all", "any"):
        if join in condition:
            rows = [_row(each) for each in condition[join]]
            flat = tuple(row for row in rows if row is not None)
            return join, flat if len(flat) == len(rows) else None
    if "one_of" in condition and "row" not in condition:
        return "any", tuple(Row(condition["question"], "is", str(code)) for code in condition["one_of"])
    row = _row(condition)
    return "all", (row,) if row else None


def _row(condition: Mapping[str, Any]) -> Row | None:
    known = {"question", "row", "answered", *WITH_ANSWER, *WITH_NUMBER}
    if set(condition) - known or any(isinstance(value, Mapping) for value in condition.values()):
        return None
    row = condition.get("row")
    question = f"{condition.get('question', '')}.{row}" if row else str(condition.get("question", ""))
    if "answered" in condition:
        return Row(question, "answered" if condition["answered"] else "not_answered")
    for test in (*WITH_ANSWER, *WITH_NUMBER):
        if test in condition:
            return Row(question, test, str(condition[test]))
    return None
