"""What of a question is shown: which of its options and rows, and in which order. Pure."""

from collections.abc import Mapping
from typing import Any

from surveys.definition import has_conditions, own_pieces
from surveys.ordering import arranged
from surveys.question_types import AnswerProblem, Question

STAYING = ("fixed", "other", "exclusive")
"""What keeps an option at its place: "Another" and "None of these" are looked for at the end."""


def shown_question(question: Question, seen: Mapping[str, Any], order: int | None) -> Question | None:
    """The question as it is shown to someone who gave these answers before; None when nothing of it is.

    A question that is shown whole and as written comes back itself.
    """
    if order is None and not has_conditions(question):
        return question
    if question.show_if is not None and not question.show_if.holds(seen):
        return None
    if order is None or not question.shuffle:
        order = None
    changes = {}
    for name in ("options", "rows"):
        pieces = own_pieces(question, name)
        left = tuple(piece for piece in pieces if _is_shown(piece, seen))
        if pieces and not left:
            return None
        if order is not None and name == _shuffled_part(question):
            fixed = [any(getattr(piece, name, False) for name in STAYING) for piece in left]
            left = arranged(left, question.shuffle, order, name=f"question/{question.key}", fixed=fixed)
        if left != pieces:
            changes[name] = left
    return question.changed(**changes) if changes else question


def kept(question: Question, value: Any) -> Any:
    """The part of a stored answer that this question, as it is shown, still offers; None when there is none."""
    if isinstance(value, list) and question.codes:
        value = [code for code in value if not isinstance(code, str) or code in question.codes]
    rows = {row.key for row in getattr(question, "rows", ())}
    if isinstance(value, dict) and rows:
        value = {row: answer for row, answer in value.items() if row in rows}
    try:
        return question.check(value)
    except AnswerProblem:
        return None


def _is_shown(piece: Any, seen: Mapping[str, Any]) -> bool:
    condition = getattr(piece, "show_if", None)
    return condition is None or bool(condition.holds(seen))


def _shuffled_part(question: Question) -> str:
    return "rows" if own_pieces(question, "rows") else "options"
