"""What the kinds share in which each row is answered by one code."""

from collections.abc import Mapping, Sequence, Set
from typing import Any, Protocol

from surveys.question_types.base import CHOOSE_ONE, AnswerProblem, Form, chosen


class Keyed(Protocol):
    """A row."""

    @property
    def key(self) -> str:
        """Names it in answers."""


def typed_rows(form: Form, key: str, rows: Sequence[Keyed]) -> dict[str, str] | None:
    """{row: code} of the rows answered; a row's field is "question.row"."""
    found = {row.key: form.get(f"{key}.{row.key}") for row in rows}
    return {row: code for row, code in found.items() if code} or None


def refuse_strange_rows(value: Any, rows: Sequence[Keyed]) -> None:
    """Raise AnswerProblem for what is no answer by row, or names a row that is not there."""
    if not isinstance(value, dict) or set(value) - {row.key for row in rows}:
        raise AnswerProblem(CHOOSE_ONE)


def clean_rows(value: Any, rows: Sequence[Keyed], codes: Set[str]) -> dict[str, str] | None:
    """{row: code} in the rows' order. Raises AnswerProblem."""
    if value is None:
        return None
    refuse_strange_rows(value, rows)
    clean = {row.key: chosen(value.get(row.key), codes) for row in rows}
    return {row: code for row, code in clean.items() if code is not None} or None


def row_codes(key: str, value: Mapping[str, str]) -> Mapping[str, str]:
    """The code of each answered row, under the key of its column."""
    return {f"{key}.{row}": code for row, code in value.items()}
