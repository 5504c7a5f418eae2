"""Where one stands between two opposite words, row by row (Osgood, Suci & Tannenbaum 1957)."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stakeholder.localised import Localised, LocalisedText
from surveys.conditions import Condition
from surveys.frozen import Data, Key
from surveys.question_types.base import Column, Form, Question, register
from surveys.question_types.by_row import clean_rows, row_codes, typed_rows
from surveys.scales import Option, refuse_doubles


class Pair(Data):
    """Two opposite words; `reverse`: the good one stands at the start."""

    key: str = Key
    start: LocalisedText
    end: LocalisedText
    reverse: bool = False
    show_if: Condition | None = None
    fixed: bool = False

    @property
    def label(self) -> Localised:
        """Both words in each language that has both."""
        both = (self.start.languages & self.end.languages) or {"en"}
        return Localised({each: f"{self.start.in_(each)} – {self.end.in_(each)}" for each in sorted(both)})


@register
class Differential(Question):
    """Each row is a fieldset with `points` places between its two words; p1 is nearest to the start."""

    example: ClassVar[str] = """
key: lessons_are
type: differential
prompt: My lessons are mostly
points: 5
rows:
  - {key: interest, start: boring, end: interesting}
  - {key: pace, start: rushed, end: calm}
  - {key: noise, start: quiet, end: noisy, reverse: true}
"""

    type: Literal["differential"] = "differential"
    rows: tuple[Pair, ...] = Field(min_length=1, max_length=40)
    points: Literal[5, 7] = 5

    @model_validator(mode="after")
    def _rows_once(self) -> Self:
        refuse_doubles([row.key for row in self.rows], "row")
        return self

    @cached_property
    def places(self) -> tuple[Option, ...]:
        """The places of a row."""
        return tuple(
            Option(code=f"p{place}", label=Localised({"en": f"{place} / {self.points}"}), value=place)
            for place in range(1, self.points + 1)
        )

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the places."""
        return frozenset(place.code for place in self.places)

    def parse(self, form: Form) -> dict[str, str] | None:
        """{row: code} of the rows answered."""
        return typed_rows(form, self.key, self.rows)

    def check(self, value: Any) -> dict[str, str] | None:
        """{row: code} in the rows' order. Raises AnswerProblem."""
        return clean_rows(value, self.rows, self.codes)

    def read(self, value: Any, language: str) -> str:
        """Each answered row with its place."""
        return "; ".join(
            f"{row.label.in_(language)}: {value[row.key].removeprefix('p')} / {self.points}"
            for row in self.rows
            if row.key in value
        )

    def columns(self) -> tuple[Column, ...]:
        """One column for each row, the good side favourable."""
        return tuple(self._column(row) for row in self.rows)

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """The code of each answered row."""
        return row_codes(self.key, value)

    def speakable(self, language: str) -> str:
        """Question, then the pairs."""
        return f"{super().speakable(language)} {'. '.join(row.label.in_(language) for row in self.rows)}."

    def _column(self, row: Pair) -> Column:
        scores = {
            f"p{place}": 100 * ((self.points - place if row.reverse else place - 1) / (self.points - 1))
            for place in range(1, self.points + 1)
        }
        return Column(
            f"{self.key}.{row.key}",
            row.label,
            self.places,
            favourable=frozenset(code for code, score in scores.items() if score > 50),
            reverse=row.reverse,
            indicator=self.indicator,
            strand=self.strand,
            focus=self.focus,
            scores=scores,
        )
