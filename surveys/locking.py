"""Locked modules: a licensed instrument stays as its rights holder wrote it. Pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from stakeholder.localised import Localised
from surveys.flow import LockedModule
from surveys.question_types import Question

if TYPE_CHECKING:
    from surveys.definition import Questionnaire

OURS = ("indicator", "strand", "core", "focus")
"""What a school may say about a licensed question without touching it: where it stands in the framework."""


def locked_digest(questionnaire: "Questionnaire", keys: tuple[str, ...], notice: Localised) -> str:
    """Fingerprint of a module: texts in all languages, options, flags and order of its questions, and the notice.

    Where the questions stand in the school's framework is left out. Raises KeyError for an unknown question.
    """
    questions = [_frozen(questionnaire.by_key[key]) for key in keys]
    words = json.dumps([questions, dict(notice.root)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def check_locked(questionnaire: "Questionnaire") -> None:
    """Every locked module is there, unchanged and in one piece. Raises ValueError saying what is not."""
    for module in questionnaire.locked:
        _check_whole(questionnaire, module)
        found = locked_digest(questionnaire, module.questions, module.notice)
        if found != module.digest:
            raise ValueError(
                f"locked module '{module.key}': found another wording, order, option or notice than its digest says; "
                f"expected the instrument as its rights holder wrote it. What stands here has the digest {found}."
            )


def is_locked(questionnaire: "Questionnaire", key: str) -> bool:
    """Whether the question belongs to a locked module."""
    return any(key in module.questions for module in questionnaire.locked)


def notices(questionnaire: "Questionnaire", keys: frozenset[str], language: str) -> tuple[str, ...]:
    """Notices that stand below these questions: of every module whose last question is among them."""
    return tuple(module.notice.in_(language) for module in questionnaire.locked if module.questions[-1] in keys)


def _frozen(question: Question) -> Mapping[str, Any]:
    return question.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=set(OURS))


def _check_whole(questionnaire: "Questionnaire", module: LockedModule) -> None:
    order = [question.key for page in questionnaire.pages for question in page.questions]
    if module.questions[0] not in order:
        raise ValueError(
            f"locked module '{module.key}': found no question '{module.questions[0]}', expected all of it."
        )
    first = order.index(module.questions[0])
    if tuple(order[first : first + len(module.questions)]) != module.questions:
        raise ValueError(
            f"locked module '{module.key}': found its questions apart, in another order or with others between them; "
            f"expected {', '.join(module.questions)}, one after the other."
        )
    inside = [page for page in questionnaire.pages if any(each.key in module.questions for each in page.questions)]
    split = any(page.shuffle for page in inside) or any(page.show_if for page in inside[1:])
    split = split or any(page.skip_to_end_if for page in inside[:-1])
    named = {key for block in questionnaire.blocks for arm in block.arms for key in arm.questions}
    lone = {page.key for page in inside} & {key for b in questionnaire.blocks for a in b.arms for key in a.pages}
    if split or named & set(module.questions) or (lone and len(inside) > 1):
        raise ValueError(
            f"locked module '{module.key}': found a condition, a random order or a block on a part of it; "
            "expected the whole of it to be shown or left out."
        )
