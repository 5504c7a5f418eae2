"""Kinds of questions, one class in one file; importing this package fills the registry."""

from importlib import import_module
from pkgutil import iter_modules

from surveys.question_types.base import REGISTRY, AnswerProblem, Column, Part, Question, TooLong

__all__ = ["REGISTRY", "AnswerProblem", "Column", "Part", "Question", "TooLong"]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
