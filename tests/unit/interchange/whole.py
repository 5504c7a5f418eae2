"""A questionnaire with every kind of question that there is, rules and two languages."""

from typing import Any

import yaml

from surveys.definition import Questionnaire
from surveys.loading import load_questionnaire
from surveys.question_types import REGISTRY


def every_kind() -> Questionnaire:
    """One question of each kind, from its own example; then a page that only some see."""
    asked: list[dict[str, Any]] = []
    for name, kind in REGISTRY.items():
        example = yaml.safe_load(kind.example)
        if name != "calculated":
            asked.append(
                example | {"type": name, "key": f"q_{name}", "prompt": {"en": f"About {name}", "pl": f"O {name}"}}
            )
    rule = {"any": [{"question": "q_choice", "is": "bus"}, {"question": "q_number", "at_least": 3}]}
    why = {"key": "why", "type": "comment", "prompt": "Why?", "show_if": rule}
    content = {
        "key": "everything",
        "title": {"en": "Everything", "pl": "Wszystko"},
        "intro": "Read me & answer <me>.",
        "groups": ["student"],
        "audience": "secondary",
        "languages": ["en", "pl"],
        "pages": [
            {"key": "first", "title": "First", "questions": asked},
            {"key": "second", "show_if": {"question": "q_choices", "includes": asked_code(asked)}, "questions": [why]},
        ],
    }
    return load_questionnaire(yaml.safe_dump(content, allow_unicode=True), "everything.yaml")


def asked_code(asked: list[dict[str, Any]]) -> str:
    """Code of the first box of the question with boxes."""
    boxes = next(each for each in asked if each["type"] == "choices")
    return str(boxes["options"][0]["code"])
