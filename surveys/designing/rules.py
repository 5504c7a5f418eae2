"""Rules ("show only if ...") as rows of menus, and rows of menus as rules. Pure.

A row is a question (or a grid's row, "grid.row"), a test, and an answer of that question, a number, a date, or another
question with whose answer it is compared. Rows are joined by "all", by "any", or by "each": all must be true, but of
several rows on one question one is enough. What does not fit into rows stays as it is until somebody writes rows in its
place.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from stakeholder.localised import N_

MOST_ROWS = 12
JOINS = ("all", "any", "each")
WITH_ANSWER = ("is", "is_not", "includes")
WITHOUT_TICK = "includes_not"
COUNTED = ("chosen_at_least", "chosen_at_most")
COMPARED = ("at_least", "at_most", "more_than", "less_than")
WITH_NUMBER = (*COMPARED, *COUNTED)
DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
WITHOUT = ("answered", "not_answered")
TICKED = frozenset({"choices", "ranking"})
TESTS = (*WITH_ANSWER, WITHOUT_TICK, *WITH_NUMBER, *WITHOUT)


def fitting(question: Mapping[str, Any], *, measured: bool, has_answers: bool) -> tuple[str, ...]:
    """The tests that a question's answers can pass, the likeliest first.

    measured     its answer is a number or a date;  has_answers: it is answered from a list
    """
    if question.get("rows"):
        return (*WITH_ANSWER, WITHOUT_TICK, *COUNTED, *WITHOUT)
    if question.get("several") or question.get("type") in TICKED:
        return ("includes", WITHOUT_TICK, *COUNTED, *WITHOUT)
    if measured:
        return (*COMPARED, *WITHOUT)
    return ("is", "is_not", *WITHOUT) if has_answers else WITHOUT


class Named(Protocol):
    """A form's fields by name."""

    def get(self, key: str, /) -> str | None:
        """First value of a field."""


@dataclass(frozen=True)
class Row:
    """One row of menus; `other`: the question with whose answer it is compared."""

    question: str
    test: str
    value: str = ""
    other: str = ""


def rules_shown(condition: Any, name: str) -> dict[str, Any]:
    """Values of the menus of a condition; `NAME.kept` is True where it does not fit into rows."""
    join, rows = _rows_of(condition) if condition else ("all", ())
    values: dict[str, Any] = {f"{name}.join": join or "all", f"{name}.kept": rows is None}
    for at, row in enumerate(rows or ()):
        start = f"{name}.{at}."
        values |= {f"{start}question": row.question, f"{start}test": row.test, f"{start}other": row.other}
        if row.test in WITH_NUMBER:
            values[f"{start}number"] = row.value
        elif row.value:
            values[f"{start}answer"] = f"{row.question.partition('.')[0]}:{row.value}"
    values[name] = max(len(rows or ()) + 1, 2)
    return values


def condition_from(form: Named, name: str, before: Any, problems: dict[str, str]) -> dict[str, Any] | None:
    """The condition that the menus describe, None for no rule."""
    if form.get(f"{name}.kept"):
        return before if isinstance(before, dict) else None
    tests = [test for at in range(MOST_ROWS) if (test := _test(form, f"{name}.{at}", problems)) is not None]
    if not tests:
        return None
    join = form.get(f"{name}.join") or "all"
    if join == "each":
        tests, join = _alternatives(tests), "all"
    return tests[0] if len(tests) == 1 else {"any" if join == "any" else "all": tests}


def _alternatives(tests: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tests, those on one question (or one row of a grid) joined into one of which any part is enough."""
    by_question: dict[tuple[Any, Any], list[dict[str, Any]]] = {}
    for test in tests:
        asked = test.get("not", test)
        by_question.setdefault((asked["question"], asked.get("row")), []).append(test)
    return [_one_of(same) if len(same) > 1 else same[0] for same in by_question.values()]


def _one_of(same: list[dict[str, Any]]) -> dict[str, Any]:
    if all(isinstance(test.get("is"), str) and "row" not in test for test in same):
        return {"question": same[0]["question"], "one_of": [test["is"] for test in same]}
    return {"any": same}


def _test(form: Named, name: str, problems: dict[str, str]) -> dict[str, Any] | None:
    question, test = form.get(f"{name}.question") or "", form.get(f"{name}.test") or "is"
    of, _, answer = (form.get(f"{name}.answer") or "").partition(":")
    key, _, row = (question or of).partition(".")
    if not key:
        return None
    asked = {"question": key, "row": row} if row else {"question": key}
    if test in WITHOUT:
        return {**asked, "answered": test == "answered"}
    other = form.get(f"{name}.other") or ""
    if other and test in (*COMPARED, "is", "is_not"):
        return {**asked, test: {"answer": other}}
    if test in WITH_NUMBER:
        return {**asked, test: _bound(form.get(f"{name}.number") or "", name, test, problems)}
    if not answer or of != key:
        problems[f"{name}.answer"] = N_("Choose an answer of that question.")
    if test == WITHOUT_TICK:
        return {"not": {**asked, "includes": answer}}
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
    if "all" in condition:
        parts = [_same_question(each) for each in condition["all"]]
        known = [part for part in parts if part is not None]
        questions = [part[0].question for part in known]
        if len(known) < len(parts) or (any(len(part) > 1 for part in known) and len(set(questions)) < len(questions)):
            return "all", None
        join = "each" if any(len(part) > 1 for part in known) else "all"
        return join, tuple(row for part in known for row in part)
    if "any" in condition:
        rows = [_row(each) for each in condition["any"]]
        flat = tuple(row for row in rows if row is not None)
        return "any", flat if len(flat) == len(rows) else None
    same = _same_question(condition)
    return ("any" if same and len(same) > 1 else "all"), same


def _same_question(condition: Mapping[str, Any]) -> tuple[Row, ...] | None:
    """Rows on one question of which one is enough; None where it is more than that."""
    if "one_of" in condition and "row" not in condition:
        return tuple(Row(condition["question"], "is", str(code)) for code in condition["one_of"])
    if "any" not in condition:
        row = _row(condition)
        return (row,) if row else None
    rows = [_row(each) for each in condition["any"]]
    flat = tuple(row for row in rows if row is not None)
    return flat if len(flat) == len(rows) and len({row.question for row in flat}) == 1 else None


def _row(condition: Mapping[str, Any]) -> Row | None:
    if set(condition) == {"not"} and "includes" in condition["not"]:
        unticked = _row(condition["not"])
        return Row(unticked.question, WITHOUT_TICK, unticked.value) if unticked else None
    if set(condition) - {"question", "row", "answered", *WITH_ANSWER, *WITH_NUMBER}:
        return None
    row = condition.get("row")
    question = f"{condition.get('question', '')}.{row}" if row else str(condition.get("question", ""))
    if "answered" in condition:
        return Row(question, "answered" if condition["answered"] else "not_answered")
    for test in (*WITH_ANSWER, *WITH_NUMBER):
        if test in condition:
            compared = condition[test]
            if isinstance(compared, Mapping):
                return Row(question, test, other=str(compared.get("answer", "")))
            return Row(question, test, str(compared))
    return None
