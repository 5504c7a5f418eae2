"""A question of a LimeSurvey file, and how its names and expressions are written. Pure."""

import re
from dataclasses import dataclass, field

from surveys.interchange.sketch import Texts

SPOKEN = frozenset({"em_validation_q_tip", "other_replace_text"})
PIPE = re.compile(r"\{(?:INSERTANS:)?(?P<name>[A-Za-z0-9_]+)(?:\.\w+)?\}|\{[^{}\s][^{}]*\}")
SUFFIXES = ("NAOK", "value", "valueNAOK", "code", "shown")


@dataclass
class Part:
    """A sub-question or an answer: `scale` tells the second axis of an array or the second scale."""

    code: str
    words: Texts = field(default_factory=dict)
    relevance: str = ""
    scale: int = 0
    value: float | None = None


@dataclass
class Asked:
    """One question of a LimeSurvey file; `spoken`: those of its attributes that are words, by language."""

    code: str
    letter: str
    words: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    relevance: str = ""
    other: bool = False
    required: bool = False
    asked_again: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    spoken: dict[str, Texts] = field(default_factory=dict)
    subs: list[Part] = field(default_factory=list)
    answers: list[Part] = field(default_factory=list)


def split(name: str) -> tuple[str, str]:
    """A variable without its suffix: `q1.NAOK` is q1."""
    head, _, tail = name.removeprefix("that.").partition(".")
    return (head, "") if tail in {"", *SUFFIXES} else (name, "")


def unbraced(text: str) -> str:
    """An expression without the braces around it."""
    text = text.strip()
    return text[1:-1] if text.startswith("{") and text.endswith("}") and text.count("{") == 1 else text
