"""The examples of docs/flow.md are pieces of a questionnaire that loads and is sound."""

import re
from pathlib import Path
from typing import Any

import yaml

from surveys.checking import problems
from surveys.loading import load_questionnaire

PAGE = Path(__file__).parents[3] / "docs" / "flow.md"
YES_NO = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]


def examples() -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The questions, and the other parts, of all examples of the page."""
    pieces = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE.read_text(), re.DOTALL)]
    questions = [each for piece in pieces if isinstance(piece, list) for each in piece]
    return questions, {name: part for piece in pieces if isinstance(piece, dict) for name, part in piece.items()}


def around(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pages with the examples' questions and those that they speak of."""
    scaled = [("safe", False), ("lonely", True), ("lessons_interesting", False), ("lessons_boring", True)]
    lower_upper = [{"code": "lower", "label": "Lower"}, {"code": "upper", "label": "Upper"}]
    hours = [{"key": key, "type": "number", "prompt": "Hours?"} for key in ("hours_clubs", "hours_all")]
    likert = [
        {"key": key, "type": "likert", "scale": "agree5", "prompt": key, "reverse": reverse} for key, reverse in scaled
    ]
    return [
        {
            "key": "stages",
            "questions": [
                {"key": "stage", "type": "choice", "prompt": "Which school?", "options": lower_upper},
                {"key": "children", "type": "number", "prompt": "How many?", "max": 3},
                {"key": "best_club", "type": "short_text", "prompt": "Which club?"},
            ],
        },
        {"key": "examples", "questions": questions},
        {"key": "hours", "questions": hours},
        {"key": "college", "section": "leaving", "questions": [{"key": "why", "type": "comment", "prompt": "Why?"}]},
        {
            "key": "each",
            "section": "child",
            "questions": [{"key": "happy", "type": "choice", "prompt": "Happy?", "options": YES_NO}],
        },
        {"key": "feelings", "questions": likert},
    ]


def test_the_examples_are_a_sound_questionnaire() -> None:
    questions, parts = examples()
    assert {"sections", "blocks", "checks", "quotas", "scales"} <= parts.keys() and len(questions) == 3
    head = {"key": "page", "title": "Page", "groups": ["student"], "audience": "secondary", "breakdowns": ["stage"]}
    text = yaml.safe_dump({**head, **parts, "pages": around(questions)}, allow_unicode=True)
    loaded = load_questionnaire(text, source="flow.md")
    assert [str(problem) for problem in problems(loaded)] == []
