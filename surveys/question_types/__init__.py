"""Kinds of questions, one class in one file; importing this package fills the registry."""

from surveys.question_types import choice, choices, comment, faces, grid, likert, number, short_text, text
from surveys.question_types.base import REGISTRY, AnswerProblem, Column, Question

__all__ = [
    "REGISTRY",
    "AnswerProblem",
    "Column",
    "Question",
    "choice",
    "choices",
    "comment",
    "faces",
    "grid",
    "likert",
    "number",
    "short_text",
    "text",
]
