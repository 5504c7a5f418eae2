"""A codebook as CSV: one line for each answer of each variable, as results are exported. Pure."""

import csv
import io

from surveys.definition import Questionnaire
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import asked_in, plain
from surveys.question_types import Question

COLUMNS = (
    "variable",
    "question",
    "kind",
    "page",
    "words",
    "code",
    "label",
    "score",
    "favourable",
    "low",
    "high",
    "unit",
)


def write(questionnaire: Questionnaire, language: str = "en") -> tuple[bytes, LossReport]:
    """UTF-8 with a byte order mark, so that spreadsheets show every language."""
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow(COLUMNS)
    for page in questionnaire.pages:
        for question in page.questions:
            lines.writerows([[_safe(cell) for cell in line] for line in _lines(question, page.key, language)])
    report = LossReport()
    for asked in asked_in(questionnaire):
        report.mapped(f"question {asked.key}", "is in the codebook.")
    report.dropped("conditions and order", "A codebook says what was asked and how it is coded, not to whom.")
    return out.getvalue().encode("utf-8-sig"), report


def _lines(question: Question, page: str, language: str) -> list[list[str]]:
    """Lines of one question; free text and numbers have one, without codes."""
    base = [question.key, question.type, page]
    columns = question.columns()
    if not question.counts_as_question:
        return []
    bounds = [
        plain(found) if isinstance(found := getattr(question, each, None), int | float) else ""
        for each in ("min", "max")
    ]
    unit = getattr(question, "unit", None)
    tail = [*bounds, unit.in_(language) if unit else ""]
    if not columns:
        return [[question.key, *base, question.prompt.in_(language), "", "", "", "", *tail]]
    found = []
    for column in columns:
        words = question.prompt.in_(language)
        label = column.label.in_(language)
        said = words if label == words else f"{words} – {label}"
        for option in (*column.options, *column.unscored_options):
            score = column.score(option.code)
            marks = ["" if score is None else plain(score), "yes" if option.code in column.favourable else ""]
            found.append([column.key, *base, said, option.code, option.label.in_(language), *marks, *tail])
        if not column.options:
            found.append([column.key, *base, said, "", "", "", "", *tail])
    return found


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "@"} or (cell[:1] == "-" and not cell[1:2].isdigit()) else cell
