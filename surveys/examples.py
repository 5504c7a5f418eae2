"""An example of each kind of question, as YAML and as a questionnaire of its own."""

import re
from functools import lru_cache
from textwrap import indent

from surveys.definition import Questionnaire
from surveys.loading import load_questionnaire
from surveys.question_types import REGISTRY, Question

HEAD = """key: example
title: An example
groups: [student, staff, parent, governor]
audience: secondary
languages: [en, cy, pl, ur]
pages:
"""


def example_yaml(kind: str) -> str:
    """The example of a kind, ready to be put under `questions:`. Raises KeyError when there is no such kind."""
    return REGISTRY[kind].example.strip() + "\n"


@lru_cache(maxsize=64)
def example_questionnaire(kind: str) -> Questionnaire:
    """A questionnaire that asks the example of a kind, after the examples that it refers to."""
    asked = set(re.findall(r"question: (\w+)", example_yaml(kind)))
    before = [name for name in sorted(REGISTRY) if _key(name) in asked]
    return load_questionnaire(HEAD + "".join(map(_page, [*before, kind])), source=f"the example of {kind}")


def every_kind_yaml() -> str:
    """One questionnaire that asks the example of every kind, each on a page of its own."""
    ordered = sorted(REGISTRY, key=lambda kind: (REGISTRY[kind].is_calculated, kind))
    return HEAD + "".join(map(_page, ordered))


def example_question(kind: str) -> Question:
    """The example of a kind."""
    return example_questionnaire(kind).question(_key(kind))


def _key(kind: str) -> str:
    return example_yaml(kind).splitlines()[0].removeprefix("key: ")


def _page(kind: str) -> str:
    lines = indent(example_yaml(kind), "        ")
    return f"  - key: page_{kind}\n    questions:\n      - {lines.lstrip()}"
