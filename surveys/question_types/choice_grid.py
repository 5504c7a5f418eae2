"""The same choice for several rows, one or several answers in each."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from surveys.question_types.base import (
    Column,
    Form,
    Part,
    Question,
    label_of,
    register,
)
from surveys.question_types.by_row import refuse_strange_rows, row_codes
from surveys.question_types.grid import Row
from surveys.question_types.scaled import spoken
from surveys.question_types.ticks import one_or_several, refuse_boxes, tick_codes, tick_columns, tick_parts
from surveys.scales import Option, refuse_doubles

MOST_OPTIONS = 20


@register
class ChoiceGrid(Question):
    """Each row is a fieldset of the same options; `several` of them may be ticked, or one."""

    example: ClassVar[str] = """
key: helpers
type: choice_grid
prompt: Whom would you ask for help?
several: true
rows:
  - {key: work, label: When the work is too hard}
  - {key: hurt, label: When someone hurts me}
options:
  - {code: teacher, label: A teacher}
  - {code: friend, label: A friend}
  - {code: family, label: Someone at home}
  - {code: nobody, label: Nobody}
"""

    type: Literal["choice_grid"] = "choice_grid"
    rows: tuple[Row, ...] = Field(min_length=1, max_length=40)
    options: tuple[Option, ...] = Field(min_length=2, max_length=MOST_OPTIONS)
    several: bool = False

    @model_validator(mode="after")
    def _once(self) -> Self:
        refuse_doubles([row.key for row in self.rows], "row")
        refuse_doubles([option.code for option in self.options], "code")
        refuse_boxes(self.options)
        return self

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the options."""
        return frozenset(option.code for option in self.options)

    def parse(self, form: Form) -> dict[str, Any] | None:
        """{row: code}, or {row: [codes]} where several may be ticked."""
        names = {row.key: f"{self.key}.{row.key}" for row in self.rows}
        found: dict[str, Any] = {
            row: form.getlist(name) if self.several else form.get(name) for row, name in names.items()
        }
        return {row: answer for row, answer in found.items() if answer} or None

    def check(self, value: Any) -> dict[str, Any] | None:
        """The answered rows in order. Raises AnswerProblem."""
        if value is None:
            return None
        refuse_strange_rows(value, self.rows)
        clean = {row.key: one_or_several(value.get(row.key), self.options, several=self.several) for row in self.rows}
        return {row: answer for row, answer in clean.items() if answer} or None

    def read(self, value: Any, language: str) -> str:
        """Each answered row with its answers."""
        return "; ".join(
            f"{row.label.in_(language)}: {self._words(value[row.key], language)}"
            for row in self.rows
            if row.key in value
        )

    def columns(self) -> tuple[Column, ...]:
        """One column for each row, or for each option of each row where several may be ticked."""
        if not self.several:
            return tuple(self._column(row) for row in self.rows)
        return tuple(column for row in self.rows for column in tick_columns(self, self.options, row.key, row.label))

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """The code of each answered row, or chosen or not for each of its options."""
        if not self.several:
            return row_codes(self.key, value)
        return {
            key: code
            for row, ticked in value.items()
            for key, code in tick_codes(f"{self.key}.{row}", self.options, ticked).items()
        }

    def parts(self) -> tuple[Part, ...]:
        """Rows, or options of rows that a cell says yes or no to."""
        if not self.several:
            return super().parts()
        return tuple(part for row in self.rows for part in tick_parts(self.key, self.options, row.key, row.label))

    def speakable(self, language: str) -> str:
        """Question, rows, then the answers."""
        rows = ". ".join(row.label.in_(language) for row in self.rows)
        return spoken(f"{super().speakable(language)} {rows}.", self.options, language)

    def _words(self, answer: Any, language: str) -> str:
        codes = answer if isinstance(answer, list) else [answer]
        return ", ".join(label_of(code, self.options, language) for code in codes)

    def _column(self, row: Row) -> Column:
        return Column(
            f"{self.key}.{row.key}",
            row.label,
            self.options,
            indicator=self.indicator,
            strand=self.strand,
            focus=self.focus,
            asked=self.prompt,
        )
