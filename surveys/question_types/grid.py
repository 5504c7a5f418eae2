"""Several statements on one scale, each its own fieldset."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stakeholder.localised import LocalisedText
from surveys.conditions import Condition
from surveys.question_types.base import Column, Form, Question, label_of, register
from surveys.question_types.by_row import clean_rows, row_codes, typed_rows
from surveys.question_types.scaled import all_options, scale_column, spoken
from surveys.scales import Data, Key, Option, Scale, refuse_doubles


class Row(Data):
    """One statement of a grid; `fixed` keeps its place when the rows are put in random order."""

    key: str = Key
    label: LocalisedText
    reverse: bool = False
    show_if: Condition | None = None
    fixed: bool = False


@register
class Grid(Question):
    """Rows that share a scale; an answer holds the rows that were answered."""

    example: ClassVar[str] = """
key: adults
type: grid
prompt: How far do you agree?
rows:
  - {key: listen, label: Adults here listen to me}
  - {key: fair, label: Adults here are fair}
  - {key: shout, label: Adults here shout too much, reverse: true}
scale: agree5
"""

    type: Literal["grid"] = "grid"
    rows: tuple[Row, ...] = Field(min_length=1, max_length=40)
    scale: Scale

    @model_validator(mode="after")
    def _rows_once(self) -> Self:
        refuse_doubles([row.key for row in self.rows], "row")
        return self

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the scale."""
        return frozenset(option.code for option in self.options)

    @property
    def options(self) -> tuple[Option, ...]:
        """Everything that can be chosen in a row."""
        return all_options(self.scale)

    def parse(self, form: Form) -> dict[str, str] | None:
        """{row: code} of the rows answered; a row's field is "question.row"."""
        return typed_rows(form, self.key, self.rows)

    def check(self, value: Any) -> dict[str, str] | None:
        """{row: code} in the rows' order. Raises AnswerProblem."""
        return clean_rows(value, self.rows, self.codes)

    def read(self, value: Any, language: str) -> str:
        """Each answered row with its answer."""
        return "; ".join(
            f"{row.label.in_(language)}: {label_of(value[row.key], self.options, language)}"
            for row in self.rows
            if row.key in value
        )

    def columns(self) -> tuple[Column, ...]:
        """One column for each row."""
        return tuple(
            scale_column(self, self.scale, reverse=row.reverse, key=f"{self.key}.{row.key}", label=row.label)
            for row in self.rows
        )

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """The code of each answered row."""
        return row_codes(self.key, value)

    def speakable(self, language: str) -> str:
        """Question, rows, then the answers."""
        rows = ". ".join(row.label.in_(language) for row in self.rows)
        return spoken(f"{super().speakable(language)} {rows}.", self.options, language)
