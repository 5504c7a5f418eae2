"""How often reading is right, on labelled comments that stay outside the repository."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.text.reading import CommentReading, read_comment

Row = dict[str, Any]


def labelled(samples: Path, name: str) -> list[Row]:
    with (samples / "comments" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def readings(rows: Sequence[Row]) -> list[CommentReading]:
    return [read_comment(row["text"], question=row.get("question") or "") for row in rows]


def f1(pairs: Sequence[tuple[str, str]], label: str) -> float:
    hits = sum(said == found == label for said, found in pairs)
    return 2 * hits / max(1, sum((said == label) + (found == label) for said, found in pairs))


def test_sentiment_of_school_comments(samples: Path) -> None:
    rows = labelled(samples, "school_dev")
    found = ["neutral" if one.sentiment == "mixed" else str(one.sentiment) for one in readings(rows)]
    pairs = [(row["sentiment"], one) for row, one in zip(rows, found, strict=True)]
    assert sum(f1(pairs, label) for label in ("negative", "neutral", "positive")) / 3 >= 0.60


def test_themes_of_school_comments(samples: Path) -> None:
    rows = labelled(samples, "school_dev")
    pairs = [(set(row["fine_themes"]), set(one.themes)) for row, one in zip(rows, readings(rows), strict=True)]
    hits = sum(len(said & found) for said, found in pairs)
    assert 2 * hits / sum(len(said) + len(found) for said, found in pairs) >= 0.42


def test_disclosures_are_found_and_hard_negatives_let_pass(samples: Path) -> None:
    rows = labelled(samples, "safeguarding_dev")
    pairs = [(row["safeguarding"], one.safeguarding) for row, one in zip(rows, readings(rows), strict=True)]
    disclosed = [found for said, found in pairs if said]
    harmless = [found for said, found in pairs if not said]
    assert sum(disclosed) / len(disclosed) >= 0.45
    assert sum(harmless) / len(harmless) <= 0.15


def test_ordinary_school_comments_are_seldom_held_back(samples: Path) -> None:
    found = readings(labelled(samples, "school_dev"))
    assert sum(one.safeguarding for one in found) / len(found) <= 0.06
