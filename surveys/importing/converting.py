"""Rows of a foreign table become answer documents; whatever is left out is counted and named. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from stakeholder.errors import Invalid
from surveys.answers import check_document
from surveys.definition import Questionnaire
from surveys.importing.mapping import ColumnPlan, ImportPlan, fold
from surveys.question_types import TooLong

MISSING = frozenset({"", "na", "n a", "nan", "null", "none", "missing", "not answered", "no answer", "no response"})
NOT_TICKED = frozenset({"0", "no", "false", "n", "unchecked", "off", "not selected"})
MOST_KEPT_VALUES = 200
_UNKNOWN = object()


@dataclass(frozen=True)
class LongText:
    """A cell with more characters than its question keeps."""

    line: int
    column: str
    count: int
    limit: int


@dataclass
class Report:
    """What an import understood and what it dropped, counted by column.

    too_long  texts that can be neither kept nor cut, the first MOST_KEPT_VALUES of them; `too_long_cells` counts all
    """

    rows: int = 0
    empty_rows: int = 0
    answers: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    understood: Counter[str] = field(default_factory=Counter)
    dropped: dict[str, Counter[str]] = field(default_factory=dict)
    not_shown: Counter[str] = field(default_factory=Counter)
    too_long: list[LongText] = field(default_factory=list)
    too_long_cells: int = 0

    def drop(self, column: str, raw: str) -> None:
        """Note a cell that could not be understood."""
        values = self.dropped.setdefault(column, Counter())
        values[raw[:80] if raw[:80] in values or len(values) < MOST_KEPT_VALUES else "(other values)"] += 1

    def note_long(self, text: LongText) -> None:
        """Note a text that is longer than its question keeps."""
        self.too_long_cells += 1
        if len(self.too_long) < MOST_KEPT_VALUES:
            self.too_long.append(text)


class Converter:
    """Turns rows into (language, answers); keeps the report as it goes."""

    def __init__(self, questionnaire: Questionnaire, plan: ImportPlan, header: Sequence[str]) -> None:
        self.report = Report()
        self._questionnaire = questionnaire
        self._plan = plan
        self._readers = [
            _Reader(header.index(column.column), column) for column in plan.columns if column.field is not None
        ]
        self._columns = {column.field.question: column.column for column in plan.columns if column.field}
        self._language_at = header.index(plan.language_column) if plan.language_column else None

    def documents(self, rows: Iterator[tuple[int, Sequence[str]]]) -> Iterator[tuple[str, dict[str, Any]]]:
        """One document a row; rows without any answer are counted and left out."""
        for number, row in rows:
            self.report.rows += 1
            document = self._document(number, row)
            if not document:
                self.report.empty_rows += 1
                continue
            self.report.answers += len(document)
            yield self._language(row), document

    def _document(self, number: int, row: Sequence[str]) -> dict[str, Any]:
        raw: dict[str, Any] = {}
        for reader in self._readers:
            reader.read(row[reader.at], raw, self.report)
        clean, problems = check_document(self._questionnaire, raw)
        long = {key: problem for key, problem in problems.items() if isinstance(problem, TooLong)}
        for key, problem in long.items():
            self.report.note_long(LongText(number, self._columns[key], problem.count, problem.limit))
        if problems:
            clean = self._without(raw, set(problems), set(long))
        for key in raw.keys() - clean.keys() - set(problems):
            self.report.not_shown[key] += 1
        return clean

    def _without(self, raw: dict[str, Any], wrong: set[str], noted: set[str]) -> dict[str, Any]:
        for key in wrong - noted:
            self.report.drop(key, str(raw.get(key, "")))
        kept = {key: value for key, value in raw.items() if key not in wrong}
        return check_document(self._questionnaire, kept)[0]

    def _language(self, row: Sequence[str]) -> str:
        if self._language_at is None:
            return self._plan.language
        return row[self._language_at].strip()[:8] or self._plan.language


class _Reader:
    """Reads one column; what a distinct value means is worked out once."""

    def __init__(self, at: int, column: ColumnPlan) -> None:
        if column.field is None:
            raise Invalid(f"Column '{column.column}' answers nothing.")
        self.at = at
        self.name = column.column
        self._field = column.field
        self._values = column.values
        self._known: dict[str, Any] = {}

    def read(self, raw: str, into: dict[str, Any], report: Report) -> None:
        """Put what the cell means into the document, or count why not."""
        if not self._field.codes and not self._field.ticked:
            self._read_text(raw, into, report)
            return
        meaning = self._known.get(raw, _UNKNOWN)
        if meaning is _UNKNOWN:
            meaning = self._meaning(raw)
            if len(self._known) < 10_000:
                self._known[raw] = meaning
        if meaning is None:
            report.missing[self.name] += 1
        elif meaning is False:
            report.drop(self.name, raw)
        else:
            report.understood[self.name] += 1
            self._put(meaning, into)

    def _read_text(self, raw: str, into: dict[str, Any], report: Report) -> None:
        text = raw.strip()
        if not text or fold(text) in MISSING - {""} and len(text) > 1 and text.isupper():
            report.missing[self.name] += 1
            return
        report.understood[self.name] += 1
        self._put(text, into)

    def _meaning(self, raw: str) -> Any:
        """The code or codes a cell means; None when empty, False when it means nothing known."""
        folded = fold(raw)
        if folded in self._values:
            return self._values[folded]
        if self._field.ticked:
            return self._tick(folded)
        if folded in self._field.codes:
            return self._field.codes[folded]
        return None if folded in MISSING else False

    def _tick(self, folded: str) -> Any:
        if folded in MISSING or folded in NOT_TICKED:
            return None
        ticked = folded in {"1", "yes", "true", "y", "x", "checked", "on", "selected"} or folded in self._field.names
        return [self._field.ticked] if ticked else False

    def _put(self, meaning: Any, into: dict[str, Any]) -> None:
        place, key = into, self._field.question
        if self._field.row:
            place, key = into.setdefault(key, {}), self._field.row
        if isinstance(meaning, list):
            place.setdefault(key, []).extend(meaning)
        else:
            place[key] = meaning
