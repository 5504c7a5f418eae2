"""How often reading is right, with bootstrap intervals: `make evaluate` prints it and keeps docs/evaluation.md.

    python -m analysis.training.evaluation [--samples FOLDER] [--to docs/evaluation.md]

School comments are judged by models that saw no line of their author (six parts, each in turn left out); sets that the
shipped model never learnt from are read by the shipped model itself.
"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.text.reading import Written, read_comments
from analysis.text.weights import MODEL, load_table
from analysis.training.deciding import LONELY, classes_of, flagged, macro_f1, micro_f1, themed
from analysis.training.fitting import CLASSES
from analysis.training.making import UNSEEN, lesson, unseen_scores
from analysis.training.samples import CLASS_OF, COMPOSED, Sample, rows_of

ROUNDS = 500
NEVER_LEARNT = {"edurabsa": "reviews of education", "course_eval_welch": "comments on courses"}
NOTE = (
    "Intervals hold 95 % of 500 bootstrap rounds over comments. The school comments are invented, and invented text "
    "flatters: expect less on a school's own. The decision value of the themes was chosen on the same scores."
)
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Figure:
    """One figure with the middle 95 % of its bootstrap rounds, and how many comments stand behind it."""

    name: str
    value: float
    low: float
    high: float
    comments: int

    def row(self) -> str:
        """A row of the table."""
        return f"| {self.name} | {self.comments:,} | {self.value:.3f} | {self.low:.3f} to {self.high:.3f} |"


def figure(name: str, measure: Callable[[Places], float], places: Sequence[int] | Places) -> Figure:
    """A measure of some comments, with its interval from 500 rounds of drawing as many with replacement."""
    at = np.asarray(places)
    random = np.random.default_rng(1)
    drawn = [measure(random.choice(at, len(at))) for _ in range(ROUNDS)]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Figure(name, measure(at), float(low), float(high), len(at))


def unseen_figures(folder: Path | None) -> Iterator[Figure]:
    """Figures on lines of authors that the model had not seen."""
    given = lesson(folder)
    outputs, scores = unseen_scores(given, UNSEEN)
    measured = [at for at, sample in enumerate(given.samples) if sample.author != COMPOSED]
    samples, scores, matched = [given.samples[at] for at in measured], scores[measured], given.matched[measured]
    truth = np.array([CLASSES.index(sample.sentiment) if sample.sentiment else -1 for sample in samples])
    found = classes_of(outputs, scores)
    school = [at for at, sample in enumerate(samples) if sample.school and sample.label]

    def sentiment(at: Places) -> float:
        return macro_f1(truth[at], found[at])

    yield figure("sentiment, school comments, macro-F1 of three classes", sentiment, school)
    for author in sorted({samples[at].author for at in school}):
        mine = [at for at in school if samples[at].author == author]
        if len(mine) >= 100:
            yield figure(f"sentiment, `{author}` left out", sentiment, mine)
    service = [at for at, sample in enumerate(samples) if sample.author.startswith("nhs_fft")]
    if service:
        yield figure("sentiment, answers about a public service", sentiment, service)
    yield from _theme_figures(samples, outputs, scores)
    yield from _concern_figures(samples, scores[:, outputs.index("concern")], matched)


def _theme_figures(samples: Sequence[Sample], outputs: Sequence[str], scores: NDArray[np.float64]) -> Iterator[Figure]:
    columns = [at for at, name in enumerate(outputs) if name.startswith("t:")]
    codes = [outputs[at].removeprefix("t:") for at in columns]
    least = load_table(MODEL).card["decision"]["themes"]["least"]
    found = themed(scores[:, columns], least, LONELY, codes.index("x.general"))
    truth = np.array([[code in (sample.themes or {}) for code in codes] for sample in samples])
    rows = [at for at, sample in enumerate(samples) if sample.themes is not None]
    groups = [
        [at for at, code in enumerate(codes) if code.startswith(part)] for part in ("ach", "wel", "fut", "com", "x")
    ]
    wide = [np.stack([side[:, group].any(axis=1) for group in groups], axis=1) for side in (truth, found)]
    yield figure("37 themes, micro-F1", lambda at: micro_f1(truth[at], found[at]), rows)
    yield figure("dimensions and enablers, micro-F1", lambda at: micro_f1(wide[0][at], wide[1][at]), rows)
    deserving = [at for at in rows if truth[at].any()]
    yield figure("share without a theme that deserve one", lambda at: float((~found[at].any(axis=1)).mean()), deserving)


def _concern_figures(
    samples: Sequence[Sample], told: NDArray[np.float64], matched: NDArray[np.bool_]
) -> Iterator[Figure]:
    """Patterns and model together as they are shipped, and the patterns alone."""
    decision = load_table(MODEL).card["decision"]["concern"]
    found = flagged(told, matched, decision["unmatched"])
    known = [at for at, sample in enumerate(samples) if sample.concern is not None]
    harm = [at for at in known if samples[at].concern]
    split = [at for at in harm if samples[at].author == "safeguarding_train"]
    hard = [at for at in known if not samples[at].concern and samples[at].author.startswith("safeguarding")]
    ordinary = [at for at in known if samples[at].author.startswith("school")]
    others = sorted({*harm} - {*split})

    def share(flags: NDArray[np.bool_]) -> Callable[[Places], float]:
        return lambda at: float(flags[at].mean())

    yield figure("concerns, recall, all", share(found), harm)
    yield figure("concerns, recall, authors left out", share(found), others)
    yield figure("concerns, ordinary comments flagged", share(found), ordinary)
    yield figure("concerns, hard negatives flagged", share(found), hard)
    yield figure("concerns, recall of the patterns alone", share(matched), harm)
    yield figure("concerns, ordinary comments that a pattern matches", share(matched), ordinary)


def external_figures(folder: Path) -> Iterator[Figure]:
    """The shipped model on sets that it never learnt from."""
    for name, what in NEVER_LEARNT.items():
        rows = rows_of(folder / "comments" / f"{name}.jsonl")
        read = [one.sentiment for one in read_comments(Written(row["text"], "", "en") for row in rows)]
        found = np.array([CLASSES.index(CLASS_OF.get(str(one), str(one)) if one else "neutral") for one in read])
        truth = np.array([CLASSES.index(row["sentiment"]) for row in rows])

        def measure(at: Places, truth: Places = truth, found: Places = found) -> float:
            return macro_f1(truth[at], found[at])

        yield figure(f"sentiment, {what}, shipped model", measure, range(len(rows)))


def page(figures: Sequence[Figure]) -> str:
    """docs/evaluation.md."""
    card = load_table(MODEL).card
    head = (__doc__ or "").split("\n\n")[2].replace("\n", " ").strip()
    lines = [
        "# How often reading is right",
        "",
        f"Made by `make evaluate` with the model `{card['digest']}` of {card['made']}. {head}",
        NOTE,
        "",
        "| what | comments | figure | 95 % interval |",
        "| --- | ---: | ---: | --- |",
        *(one.row() for one in figures),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print and keep."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--samples", type=Path, default=os.environ.get("STAKEHOLDER_SAMPLES") or None)
    parser.add_argument("--to", type=Path, default=Path("docs/evaluation.md"))
    chosen = parser.parse_args()
    folder = Path(chosen.samples) if chosen.samples else None
    figures = list(unseen_figures(folder)) + (list(external_figures(folder)) if folder else [])
    text = page(figures)
    chosen.to.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
