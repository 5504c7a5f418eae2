"""Labelled comments to learn from: the invented ones that belong to the project, and public ones from elsewhere."""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import analysis

TRAINING = Path(analysis.__file__).parent / "data" / "training"
PUBLIC = {"nhs_fft": 1.0, "vader_gt": 1.0}
"""Public sets that a shipped model may learn from, with the weight of a line beside one of a school's."""
COMPOSED = "school_plain"
"""Lines put together from lists: learnt from with half the weight, and never measured on."""
CLASS_OF = {"wish": "negative", "mixed": "neutral", "no_content": "neutral"}


@dataclass(frozen=True)
class Sample:
    """One labelled comment.

    author     whose lines it is among: the unit of cross-validation
    label      negative, neutral, positive, mixed, wish or no_content; None when sentiment is not labelled
    themes     sentiment by code of theme; None when themes are not labelled
    concern    category of a disclosure, "" for none, None when it is not labelled
    """

    author: str
    text: str
    question: str
    label: str | None
    themes: dict[str, str] | None = None
    concern: str | None = None
    school: bool = True
    weight: float = 1.0

    @property
    def sentiment(self) -> str | None:
        """The label as one of three classes."""
        return CLASS_OF.get(self.label, self.label) if self.label else None


CATEGORY = {
    "self_harm": "self_harm_suicide", "suicide": "self_harm_suicide", "physical_abuse": "abuse_at_home",
    "domestic": "abuse_at_home", "fgm_forced": "abuse_at_home", "emotional_abuse": "abuse_at_home",
    "neglect": "neglect", "sexual": "sexual_harm", "bullying": "child_on_child", "weapons": "child_on_child",
    "discrimination": "child_on_child", "hate_speech": "child_on_child", "exploitation": "exploitation_radicalisation",
    "radicalisation": "exploitation_radicalisation", "staff_conduct": "staff_allegation",
    "eating": "eating_substance", "substance": "eating_substance",
}  # fmt: skip


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def school_samples() -> list[Sample]:
    """Every invented school comment with sentiment and themes."""
    return [sample for path in sorted(TRAINING.glob("school_*.jsonl")) for sample in _school(path)]


def concern_samples() -> list[Sample]:
    """Every invented disclosure and hard negative."""
    return [
        Sample(
            author=path.stem,
            text=row["text"],
            question=row.get("question") or "",
            label=None,
            concern=CATEGORY[row["kind"]] if row["safeguarding"] else "",
        )
        for path in sorted(TRAINING.glob("safeguarding_*.jsonl"))
        for row in rows_of(path)
    ]


def public_samples(folder: Path | None) -> list[Sample]:
    """Public lines with three classes; none without a folder. No text of theirs is kept anywhere."""
    return list(_public(folder / "comments" if (folder / "comments").is_dir() else folder)) if folder else []


def fold_of(text: str, folds: int) -> int:
    """A fold that depends on the words alone."""
    return zlib.crc32(text.encode()) % folds


def _school(path: Path) -> Iterator[Sample]:
    for row in rows_of(path):
        fine = row.get("fine_themes")
        themes = {aspect["theme"]: aspect["sentiment"] for aspect in row["aspects"]} if fine is not None else None
        weight = 0.5 if path.stem == COMPOSED else 1.0
        yield Sample(path.stem, row["text"], row.get("question") or "", row["sentiment_raw"], themes, "", weight=weight)


def _public(folder: Path) -> Iterable[Sample]:
    for name, weight in PUBLIC.items():
        for row in rows_of(folder / f"{name}.jsonl"):
            person = row["id"].split("-Q")[0] if name == "nhs_fft" else row["id"]
            author = f"{name}:{fold_of(person, 5)}"
            yield Sample(author, row["text"], row.get("question") or "", row["sentiment"], school=False, weight=weight)
