"""Every kind stands in the documentation with the example that the style guide shows."""

from pathlib import Path

import pytest

from surveys.examples import example_yaml
from surveys.question_types import REGISTRY

DOCUMENT = Path(__file__).parents[3] / "docs" / "questions.md"


@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_a_kind_is_documented_with_its_example(kind: str) -> None:
    words = DOCUMENT.read_text(encoding="utf-8")
    assert f"\n## `{kind}`\n" in words
    assert f"```yaml\n{example_yaml(kind)}```" in words
