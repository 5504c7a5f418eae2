"""Making the model that reading comments rests on, and its card: `make train`.

    python -m analysis.training.making [--samples FOLDER]

Without a folder of public samples the model learns from the invented lines in `data/training` alone; what is written
then is another model than the committed one, which learnt from both.
"""

import hashlib
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.codebook import default_codebook
from analysis.text.cleaning import clean
from analysis.text.toolkit import Toolkit, make_toolkit
from analysis.text.weights import MODEL, MODELS, Table
from analysis.text.words import Words
from analysis.training import fitting
from analysis.training.deciding import decided
from analysis.training.fitting import Fitted, Numbers, fitted
from analysis.training.matrix import Matrix, features_of, matrix
from analysis.training.samples import COMPOSED, Sample, concern_samples, fold_of, public_samples, school_samples

FOLDS, PROCESSES = 6, 2
UNSEEN = Path(".make") / "unseen.npz"
"""Where scores of unseen authors are kept between making and evaluating."""
LICENCE = (
    "Own invented lines, with the project. Public sets: MIT repositories (pxtextmining, vaderSentiment); no text kept."
)
NO_DECISION = {"school": [0.0, 0.5], "heat": 1.0, "sure": 0.0, "themes": {"least": 0.0, "lonely": 0.0}}


@dataclass(frozen=True)
class Lesson:
    """What is learnt from: samples, their rows, and in which of them a pattern of concerns stands."""

    samples: tuple[Sample, ...]
    matrix: Matrix
    themes: tuple[str, ...]
    matched: NDArray[np.bool_]


def lesson(folder: Path | None) -> Lesson:
    """Every permitted sample as a row."""
    samples = (*school_samples(), *concern_samples(), *public_samples(folder))
    tools = bare_toolkit()
    rows = [features_of(sample, tools) for sample in samples]
    matched = [bool(tools.screener.concerns(Words(clean(sample.text).text), "en")) for sample in samples]
    return Lesson(samples, matrix(rows), tuple(theme.code for theme in default_codebook().themes), np.array(matched))


def bare_toolkit() -> Toolkit:
    """Word lists and codebook with a model that knows nothing: what features are made with."""
    outputs = ("s3:neutral", "s6:neutral", "school", "concern", "c:neglect")
    card = {"decision": NO_DECISION, "digest": ""}
    nothing = np.zeros((1, len(outputs)), np.float32)
    return make_toolkit(default_codebook(), Table(("w:",), outputs, nothing, nothing[0], card))


def folds(samples: Sequence[Sample]) -> NDArray[np.int64]:
    """A fold for each sample: an author's lines stay together, except where one author wrote all disclosures."""
    authors = sorted({sample.author for sample in samples if sample.author.startswith("school_train")})
    return np.array([_fold(sample, authors) for sample in samples])


def _fold(sample: Sample, authors: Sequence[str]) -> int:
    if sample.author == COMPOSED:
        return -1  # always learnt from
    if sample.author in authors:
        return 1 + authors.index(sample.author) % (FOLDS - 1)
    if sample.author.startswith(("school_", "safeguarding_more", "safeguarding_voices")):
        return 0  # all of school_more_* are of one author
    if sample.author.startswith("safeguarding_train"):
        return fold_of(sample.text, FOLDS)
    return fold_of(sample.author, FOLDS)


def unseen_scores(given: Lesson, kept: Path | None = None) -> tuple[tuple[str, ...], Numbers]:
    """Scores of every sample by a model that saw nothing of its author.

    kept  a file for them: when it holds the scores of just this lesson and fitting, they are not made again
    """
    mark = _mark(given)
    if kept and kept.exists():
        with np.load(kept, allow_pickle=False) as stored:
            if str(stored["mark"]) == mark:
                return tuple(stored["outputs"].tolist()), stored["scores"]
    outputs, scores = _unseen_scores(given)
    if kept:
        kept.parent.mkdir(exist_ok=True)
        np.savez_compressed(kept, mark=np.array(mark), outputs=np.array(outputs), scores=scores)
    return outputs, scores


def _mark(given: Lesson) -> str:
    """A digest of all that unseen scores depend on."""
    rows = given.matrix.rows
    parts = (rows.data.tobytes(), rows.indices.tobytes(), repr(given.samples).encode())
    code = (Path(__file__).read_bytes(), Path(fitting.__file__).read_bytes())
    return hashlib.sha256(b"".join((*parts, *code))).hexdigest()


def _unseen_scores(given: Lesson) -> tuple[tuple[str, ...], Numbers]:
    fold = folds(given.samples)
    with ProcessPoolExecutor(PROCESSES) as pool:
        made = list(pool.map(_scores_of_a_fold, repeat(given), repeat(fold), range(FOLDS)))
    found = np.zeros((len(fold), len(made[0][0])))
    for number, (_, scores) in enumerate(made):
        found[fold == number] = scores
    return made[0][0], found


def _scores_of_a_fold(given: Lesson, fold: NDArray[np.int64], number: int) -> tuple[tuple[str, ...], Numbers]:
    inside = np.flatnonzero(fold != number)
    model = fitted(given.matrix.rows[inside], [given.samples[at] for at in inside], given.themes)
    return model.outputs, model.scores(given.matrix.rows[fold == number])


def store(model: Fitted, features: Sequence[str], card: Mapping[str, Any], folder: Path) -> None:
    """Write weights (a byte each, with a scale an output) and the card; features that say nothing are left out."""
    scale = np.abs(model.weights).max(axis=0) / 127
    scale[scale == 0] = 1.0
    rounded = np.rint(model.weights / scale).astype(np.int8)
    kept = np.flatnonzero(np.abs(rounded).max(axis=1) >= 2)
    names = np.frombuffer("\n".join(features[int(at)] for at in kept).encode(), np.uint8)
    parts = {
        "features": names, "weights": rounded[kept], "scale": scale.astype(np.float32),
        "bias": model.bias.astype(np.float32),
    }  # fmt: skip
    digest = hashlib.sha256(b"".join(part.tobytes() for part in parts.values())).hexdigest()[:16]
    np.savez_compressed(folder / f"{MODEL}.npz", **parts)
    whole = {**card, "features": len(kept), "digest": digest, "outputs": list(model.outputs)}
    text = json.dumps(whole, indent=1, ensure_ascii=False)
    (folder / f"{MODEL}.json").write_text(text + "\n", encoding="utf-8")


def card_of(given: Lesson, decision: Mapping[str, Any], figures: Mapping[str, float], day: date) -> dict[str, Any]:
    """What a reader must know about the model."""
    authors = [sample.author.split(":")[0] for sample in given.samples]
    return {
        "what": "Sentiment, themes and possible concerns of English comments from schools: logistic regressions on "
        "words, pairs of words, pieces of words and measures. Invented lines flatter: expect less on a school's own.",
        "made": day.isoformat(),
        "code": "analysis/training/making.py",
        "licence": LICENCE,
        "data": {name: authors.count(name) for name in sorted(set(authors))},
        "figures on unseen authors": figures,
        "decision": decision,
    }


def main() -> None:
    """Make the model from the command line."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--samples", type=Path, default=os.environ.get("STAKEHOLDER_SAMPLES") or None)
    parser.add_argument("--to", type=Path, default=MODELS)
    parser.add_argument("--day", type=date.fromisoformat, default=date.today())  # noqa: DTZ011 - the maker's day
    chosen = parser.parse_args()
    given = lesson(Path(chosen.samples) if chosen.samples else None)
    outputs, scores = unseen_scores(given, UNSEEN)
    measured = [at for at, sample in enumerate(given.samples) if sample.author != COMPOSED]
    decision, figures = decided(
        [given.samples[at] for at in measured], outputs, scores[measured], given.matched[measured]
    )
    model = fitted(given.matrix.rows, given.samples, given.themes)
    store(model, given.matrix.features, card_of(given, decision, figures, chosen.day), chosen.to)
    sys.stdout.write(json.dumps({"decision": decision, "figures": figures}, indent=1) + "\n")


if __name__ == "__main__":
    main()
