"""A questionnaire of ours as the writers see it: each question with its group of kinds, options and rows. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from stakeholder.localised import Localised
from surveys.conditions import Condition
from surveys.definition import Questionnaire
from surveys.interchange.losses import LossReport
from surveys.interchange.own import parts_of
from surveys.interchange.sketch import Texts
from surveys.question_types import Question

GROUP_OF_KIND = {
    "likert": "one",
    "faces": "one",
    "choice": "one",
    "choices": "several",
    "grid": "grid",
    "choice_grid": "grid",
    "differential": "grid",
    "ranking": "ranking",
    "allocation": "allocation",
    "consent": "consent",
    "rating": "rating",
    "slider": "slider",
    "number": "number",
    "date": "date",
    "short_text": "line",
    "comment": "paragraph",
    "text": "display",
    "calculated": "calculated",
}


@dataclass(frozen=True)
class Choice:
    """An option or a row: its code, its words by language, and what more it is."""

    code: str
    words: Texts
    value: float | None = None
    other: bool = False
    exclusive: bool = False
    shown: Condition | None = None


@dataclass(frozen=True)
class Asked:
    """One question; `group` is what kinds have in common for other tools, "" where they have nothing like it."""

    question: Question
    group: str
    key: str
    words: Texts
    hint: Texts
    options: tuple[Choice, ...]
    rows: tuple[Choice, ...]

    def get(self, name: str) -> Any:
        """A property of its kind, None where it has none."""
        return getattr(self.question, name, None)


def outline(question: Question, languages: Sequence[str] = ()) -> Asked:
    """What the writers need of a question, in these languages (or in all that its words have)."""
    whole = _whole(question)
    return whole if not languages else _narrowed(whole, frozenset(languages))


def _narrowed(asked: Asked, languages: frozenset[str]) -> Asked:
    """Scales bring languages of their own, which the questionnaire may not offer."""

    def words(texts: Texts) -> Texts:
        return {each: text for each, text in texts.items() if each in languages} or texts

    options, rows = (
        tuple(replace(part, words=words(part.words)) for part in parts) for parts in (asked.options, asked.rows)
    )
    return replace(asked, words=words(asked.words), hint=words(asked.hint), options=options, rows=rows)


def _whole(question: Question) -> Asked:
    several = bool(getattr(question, "several", False))
    group = GROUP_OF_KIND.get(question.type, "")
    if question.type == "picture_choice":
        group = "several" if several else "one"
    return Asked(
        question, group, question.key, words_in(question.prompt), words_in(question.hint),
        tuple(_option(each) for each in parts_of(question, "options")) or _points(question),
        tuple(_row(each) for each in parts_of(question, "rows")),
    )  # fmt: skip


def words_in(text: Localised | None) -> Texts:
    """Words by language."""
    return {language: words for language, words in text.root.items() if words.strip()} if text else {}


def noted(asked: Asked, report: LossReport, lost: str = "", *, has: frozenset[str] = frozenset()) -> None:
    """The fate of a question and its parts; `lost` says what is not as it was.

    has   what the tool has of "other", "shuffle", "required", "asked again"
    """
    name = f"question {asked.key}"
    also = [lost] if lost else []
    if asked.question.type in {"likert", "faces", "grid"}:
        also.append("Scores and which answers are favourable stay with the platform.")
    if any(option.other for option in asked.options) and "other" not in has:
        also.append("The text box beside an option is named, not drawn.")
    if asked.question.shuffle and "shuffle" not in has:
        also.append("The order is not random there.")
    if asked.question.required and "required" not in has:
        also.append("It may be left out there.")
    if asked.question.ask_if_empty and "asked again" not in has:
        also.append("Nobody is asked again who leaves it empty.")
    if also:
        report.approximated(name, " ".join(also))
    else:
        report.mapped(name, "is kept.")
    for option in asked.options:
        report.mapped(f"option {asked.key}/{option.code}", "is an option.")
    for row in asked.rows:
        report.mapped(f"row {asked.key}/{row.code}", "is a row.")


def asked_in(questionnaire: Questionnaire) -> Iterator[Asked]:
    """Every question."""
    return (outline(question, questionnaire.languages) for question in questionnaire.questions)


def plain(value: float) -> str:
    """A number as people write it."""
    return f"{value:.10g}"


def _option(option: Any) -> Choice:
    return Choice(
        option.code,
        words_in(option.label),
        option.value,
        bool(getattr(option, "other", False)),
        bool(getattr(option, "exclusive", False)),
        getattr(option, "show_if", None),
    )


def _points(question: Question) -> tuple[Choice, ...]:
    points = getattr(question, "points", None)
    return (
        tuple(Choice(f"p{each}", {"en": str(each)}, float(each)) for each in range(1, points + 1))
        if isinstance(points, int)
        else ()
    )


def _row(row: Any) -> Choice:
    if hasattr(row, "label"):
        return Choice(row.key, words_in(row.label), shown=row.show_if)
    start, end = words_in(row.start), words_in(row.end)
    both = {each: f"{start.get(each, '')} – {end.get(each, '')}" for each in {**start, **end}}
    return Choice(row.key, both, shown=row.show_if)
