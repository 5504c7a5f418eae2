"""A date: a day or a month."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Literal, Self

from babel.dates import format_date, format_skeleton
from pydantic import Field, model_validator

from stakeholder.localised import N_
from surveys.question_types.base import AnswerProblem, Column, Form, Part, Question, register
from surveys.question_types.numbered import bands

DAY = N_("Write a date that exists, as day, month and year: 27 3 2026.")
MONTH = N_("Write a month and a year: 3 2026.")
TOO_EARLY = N_("Write a date that is not before %(earliest)s.")
TOO_LATE = N_("Write a date that is not after %(latest)s.")
ISO = re.compile(r"^(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?$")
BRITISH = re.compile(r"^(?:(?P<day>\d{1,2})[/. -])?(?P<month>\d{1,2})[/. -](?P<year>\d{4})$")
MOST_SPANS = 12
PARTS = {"day": ("day", "month", "year"), "month": ("month", "year")}


@register
class Date(Question):
    """Boxes for day, month and year, or for month and year; stored as 2026-03-27 or 2026-03.

    A day may point at one person, so dates are only counted in up to twelve spans of whole years between `earliest` and
    `latest`; without both bounds they are stored, but nowhere counted or shown.
    """

    is_measured: ClassVar[bool] = True
    example: ClassVar[str] = """
key: joined
type: date
prompt: When did your child join this school?
precision: month
earliest: 2005-01
latest: 2030-12
"""

    type: Literal["date"] = "date"
    precision: Literal["day", "month"] = "day"
    earliest: str | None = Field(None, max_length=10)
    latest: str | None = Field(None, max_length=10)

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        for bound in (self.earliest, self.latest):
            if bound is not None and self._date(bound) != bound:
                raise ValueError(f"found '{bound}', expected a date like {'2026-03-27' if self.days else '2026-03'}.")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"found earliest {self.earliest} after latest {self.latest}, expected them in order.")
        return self

    @property
    def days(self) -> bool:
        """Whether a day is asked for."""
        return self.precision == "day"

    @property
    def may_identify(self) -> bool:
        """A day of birth nearly is a name."""
        return self.days

    @property
    def boxes(self) -> tuple[str, ...]:
        """Names of the boxes, in the order of the page."""
        return PARTS[self.precision]

    def parse(self, form: Form) -> dict[str, str] | None:
        """{box: what was typed}."""
        found = {box: (form.get(f"{self.key}.{box}") or "").strip() for box in self.boxes}
        return {box: typed for box, typed in found.items() if typed} or None

    def check(self, value: Any) -> str | None:
        """The date as text; takes boxes, 2026-03-27 and 27/3/2026. Raises AnswerProblem."""
        if value is None or value in ("", {}):
            return None
        found = self._from_boxes(value) if isinstance(value, dict) else self._date(value)
        if found is None:
            raise AnswerProblem(DAY if self.days else MONTH)
        if self.earliest and found < self.earliest:
            raise AnswerProblem(TOO_EARLY, earliest=_in_figures(self.earliest))
        if self.latest and found > self.latest:
            raise AnswerProblem(TOO_LATE, latest=_in_figures(self.latest))
        return found

    def fields(self, value: Any) -> Iterator[tuple[str, str]]:
        """The boxes."""
        if isinstance(value, str) and (found := ISO.match(value)):
            value = {box: str(int(found[box])) for box in self.boxes if found[box]}
        if isinstance(value, Mapping):
            yield from super().fields(value)

    def read(self, value: Any, language: str) -> str:
        """The date in words."""
        year, month, *day = map(int, str(value).split("-"))
        found = date(year, month, day[0] if day else 1)
        if not self.days:
            return str(format_skeleton("yMMMM", found, locale=language))
        return str(format_date(found, "long", locale=language))

    def columns(self) -> tuple[Column, ...]:
        """One column of spans of years, when it has both bounds."""
        spans = self._spans()
        return (Column(self.key, self.prompt, bands(spans), strand=self.strand, shape="range"),) if spans else ()

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """The span of years."""
        year = int(str(value)[:4])
        found = [at for at, (first, last) in enumerate(self._spans(), 1) if first <= year <= last]
        return {self.key: f"band_{found[0]}"} if found else {}

    def parts(self) -> tuple[Part, ...]:
        """Dates as they are typed, never spans."""
        return (Part(self.key, self.prompt),)

    def _spans(self) -> list[tuple[int, int]]:
        """First and last year of each span, all of one length but the last."""
        if not (self.earliest and self.latest):
            return []
        first, last = int(self.earliest[:4]), int(self.latest[:4])
        wide = -(-(last - first + 1) // MOST_SPANS)
        return [(year, min(year + wide - 1, last)) for year in range(first, last + 1, wide)]

    def _from_boxes(self, boxes: Mapping[str, Any]) -> str | None:
        if set(boxes) != set(self.boxes) or any(not isinstance(typed, str | int) for typed in boxes.values()):
            return None
        return self._date("-".join(str(boxes[box]).strip() for box in reversed(self.boxes)))

    def _date(self, text: Any) -> str | None:
        """What is stored for a date in figures, None when there is no such date."""
        found = isinstance(text, str) and len(text) <= 40 and (ISO.match(text.strip()) or BRITISH.match(text.strip()))
        if not found or (self.days and found["day"] is None):
            return None
        try:
            made = date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
        except ValueError:
            return None
        return made.isoformat() if self.days else made.isoformat()[:7]


def _in_figures(text: str) -> str:
    """A stored date as it is typed."""
    return "/".join(str(int(part)) for part in reversed(text.split("-")))
