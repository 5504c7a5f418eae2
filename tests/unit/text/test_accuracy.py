"""How often reading is right: what the card says, and on labelled comments that the model never learnt from."""

from collections.abc import Sequence
from pathlib import Path

from analysis.text.reading import read_comment
from analysis.text.weights import MODEL, load_table
from analysis.training.samples import rows_of


def f1(pairs: Sequence[tuple[str, str]], label: str) -> float:
    hits = sum(said == found == label for said, found in pairs)
    return 2 * hits / max(1, sum((said == label) + (found == label) for said, found in pairs))


def macro_f1(samples: Path, name: str) -> float:
    rows = rows_of(samples / "comments" / f"{name}.jsonl")
    found = [str(read_comment(row["text"], language="en").sentiment) for row in rows]
    pairs = [(row["sentiment"], "neutral" if one == "mixed" else one) for row, one in zip(rows, found, strict=True)]
    return sum(f1(pairs, label) for label in ("negative", "neutral", "positive")) / 3


def test_on_authors_that_it_had_not_seen_the_model_was_right_often_enough() -> None:
    figures = load_table(MODEL).card["figures on unseen authors"]
    assert figures["sentiment, school, macro-F1"] >= 0.66
    assert figures["themes, micro-F1"] >= 0.53
    assert figures["dimensions, micro-F1"] >= 0.63
    assert figures["without a theme that deserve one"] <= 0.12


def test_sentiment_of_education_reviews(samples: Path) -> None:
    assert macro_f1(samples, "edurabsa") >= 0.55
