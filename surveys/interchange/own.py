"""Our own YAML and JSON, whose round trip is exact, and its JSON Schema. Pure."""

import json
from typing import Any

from surveys.conditions import Condition
from surveys.definition import Questionnaire
from surveys.documents import validated
from surveys.interchange.containers import as_text, json_of
from surveys.interchange.losses import LossReport
from surveys.loading import load_questionnaire
from surveys.question_types import Question


def read(data: bytes, source: str) -> tuple[Questionnaire, LossReport]:
    """A questionnaire of ours. Raises Invalid with up to twelve problems, each with its place."""
    text = as_text(data, source).lstrip("\ufeff")
    if text.lstrip().startswith("{"):
        content = json_of(data, source)
        scales = isinstance(content, dict) and "scales" in content
        questionnaire = (
            load_questionnaire(json.dumps(content, ensure_ascii=False), source)
            if scales or _has_names(content)
            else validated(Questionnaire, content, text="", source=source)
        )
    else:
        questionnaire = load_questionnaire(text, source)
    return questionnaire, report_of(questionnaire)


def write_json(questionnaire: Questionnaire) -> bytes:
    """The definition as JSON for people and programs, every scale written out."""
    return (json.dumps(json.loads(questionnaire.to_json()), ensure_ascii=False, indent=2) + "\n").encode()


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a questionnaire with every scale written out."""
    found = Questionnaire.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Questionnaire"} | found


def report_of(questionnaire: Questionnaire) -> LossReport:
    """Counts of a questionnaire of ours, everything mapped."""
    report = LossReport()
    counts = report.counts
    counts.pages, counts.languages = len(questionnaire.pages), list(questionnaire.languages)
    counts.conditions += sum(section.show_if is not None for section in questionnaire.sections)
    for page in questionnaire.pages:
        report.mapped(f"page {page.key}", "is a page.")
        counts.conditions += page.show_if is not None or page.skip_to_end_if is not None
        for question in page.questions:
            _question(question, report)
    return report


def parts_of(question: Question, name: str) -> tuple[Any, ...]:
    """A question's rows or options, scored and unscored; none where its kind has none."""
    if name == "options" and (scale := getattr(question, "scale", None)) is not None:
        return (*scale.options, *scale.unscored)
    return tuple(getattr(question, name, ()))


def _question(question: Question, report: LossReport) -> None:
    counts = report.counts
    report.mapped(f"question {question.key}", f"is a question of the kind '{question.type}'.")
    rows, options = parts_of(question, "rows"), parts_of(question, "options")
    counts.questions += question.counts_as_question
    counts.sub_questions += len(rows)
    counts.options += len(options)
    rules: list[Condition | None] = [question.show_if, *(getattr(part, "show_if", None) for part in (*rows, *options))]
    counts.conditions += sum(rule is not None for rule in rules)


def _has_names(content: Any) -> bool:
    """Whether a question names its scale rather than writing it out."""
    pages = content.get("pages") if isinstance(content, dict) else None
    questions = [
        question
        for page in (pages if isinstance(pages, list) else [])
        if isinstance(page, dict) and isinstance(page.get("questions"), list)
        for question in page["questions"]
    ]
    return any(isinstance(each, dict) and isinstance(each.get("scale"), str) for each in questions)
