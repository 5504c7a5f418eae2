"""What an author says became of a changed question, where the program says something else. Data, and pure.

A judgement holds for one pair of wordings: when the question changes again, the program judges anew.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from stakeholder.localised import DEFAULT_LANGUAGE
from surveys.frozen import Data, Key
from surveys.question_types import Question

TIME = re.compile(r"__\d+$")
NOT_ASKED = frozenset({"key", "show_if", "shuffle", "core", "focus", "required", "ask_if_empty"})


class Judgement(Data):
    """An author's word on one changed question.

    question       its key;  before, after: fingerprints of what was asked and is asked
    change         identical and wording let results go on; scale and meaning begin them anew
    reason         in the author's words, kept for whoever reads the results later
    """

    question: str = Key
    before: str = Field(pattern=r"^[0-9a-f]{64}$")
    after: str = Field(pattern=r"^[0-9a-f]{64}$")
    change: Literal["identical", "wording", "scale", "meaning"]
    reason: str = Field(min_length=1, max_length=500)


def judgement_on(judged: Sequence[Judgement], old: Question, new: Question) -> Judgement | None:
    """What the author said of this very change, None when nothing was said."""
    key = TIME.sub("", new.key)
    mine = [each for each in judged if each.question == key]
    pair = (fingerprint(old), fingerprint(new)) if mine else ()
    return next((each for each in reversed(mine) if (each.before, each.after) == pair), None)


def fingerprint(question: Question) -> str:
    """SHA-256 of what is asked: the English words, answers and rows; not its translations, its place or who sees it."""
    asked = question.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    measured = {name: _in_english(value) for name, value in asked.items() if name not in NOT_ASKED}
    return hashlib.sha256(json.dumps(measured, sort_keys=True).encode()).hexdigest()


def _in_english(value: Any) -> Any:
    if isinstance(value, Mapping):
        if isinstance(value.get(DEFAULT_LANGUAGE), str):
            return value[DEFAULT_LANGUAGE]
        return {name: _in_english(each) for name, each in value.items() if name != "show_if"}
    return [_in_english(each) for each in value] if isinstance(value, list) else value
