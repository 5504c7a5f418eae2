"""A linear model at run time: a table of weights, and texts as sums of its rows."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np

import analysis
from analysis.text.grams import names, said_by, turned
from analysis.text.tokensums import MOST_REMEMBERED, Scores, TokenSums

MODELS = Path(analysis.__file__).parent / "data" / "models"
MODEL = "reading"
Measures = tuple[tuple[str, ...], Sequence[float]]
"""Names of measures, and their values in the same order."""
QUESTION = 0.25
"""Weight of each word of the question."""


@dataclass(frozen=True)
class Table:
    """Weights as they are stored.

    features  names: "w:" a word, "b:" a pair, "s:" a stem, "c:" a piece of a word, "q:" a word of the question,
              "d:" and "k:" measures
    outputs   what is answered, one column of `weights` each
    weights   features by outputs
    bias      one number an output
    card      how the model was made: data, licence, figures, decision values
    """

    features: tuple[str, ...]
    outputs: tuple[str, ...]
    weights: Scores
    bias: Scores
    card: Mapping[str, Any]


@dataclass(slots=True)
class Sums:
    """Texts laid out to be added up together: for each the rows of the table that it is made of, and their weights."""

    rows: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    ends: list[int] = field(default_factory=lambda: [0])

    def add(self, rows: Sequence[int], value: float) -> None:
        """Rows of the present text, all with one weight."""
        self.rows += rows
        self.values += [value] * len(rows)

    def close(self) -> None:
        """The present text is complete."""
        self.ends.append(len(self.rows))


class Weights:
    """Scores of texts under a table; what a token's pieces say is added up once and remembered."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.outputs = {name: at for at, name in enumerate(table.outputs)}
        self._row = {name: at for at, name in enumerate(table.features)}
        self._pair = {tuple(name[2:].split(" ")): at for name, at in self._row.items() if name.startswith("b:")}.get
        self._tokens = TokenSums(table.weights, self._said_by)
        self._measures: dict[tuple[str, ...], list[int]] = {}
        self._questions: dict[str, list[int]] = {}
        self._alone: dict[str, Scores] = {}

    def columns(self, prefix: str) -> tuple[tuple[str, ...], slice]:
        """Names of the outputs that start so, without the prefix, and where their columns stand in a row."""
        at = [place for place, name in enumerate(self.table.outputs) if name.startswith(prefix)]
        return tuple(self.table.outputs[place].removeprefix(prefix) for place in at), slice(at[0], at[-1] + 1)

    def begin(self) -> Sums:
        """A layout for the next texts. Lay out and add up one before the next is begun."""
        self._tokens.make_room()
        return Sums()

    def lay(self, sums: Sums, words: Sequence[str], question: str, measures: Measures) -> None:
        """One text: its words, the question's, and named measures; names that the table does not know say nothing."""
        distinct = dict.fromkeys(words)
        if distinct:
            near = dict.fromkeys(zip(("^", *words), (*words, "$"), strict=True))
            rows = self._tokens.rows(distinct)
            whole = 1 / sqrt(len(rows) + len(near))
            rows += map(self._pair, near, repeat(self._tokens.nothing))
            turns = turned(words)
            if turns:
                rows += map(self._pair, dict.fromkeys(turns), repeat(self._tokens.nothing))
            sums.add(rows, whole)
        sums.add(self._asked(question), QUESTION)
        names, values = measures
        sums.rows += self._measures.get(names) or self._rows_of(names)
        sums.values += values
        sums.close()

    def added(self, sums: Sums) -> Scores:
        """Scores of the texts laid out, one row each, with the bias."""
        from scipy.sparse import csr_matrix

        table = self._tokens.table
        shape = (len(sums.ends) - 1, len(table))
        parts = np.array(sums.values, np.float32), np.array(sums.rows, np.int32), np.array(sums.ends, np.int32)
        found: Scores = csr_matrix(parts, shape=shape, dtype=np.float32) @ table
        found += self.table.bias
        return found

    def word(self, token: str) -> Scores:
        """What one word says on its own: the reason shown to people."""
        known = self._alone.get(token)
        if known is None:
            if len(self._alone) >= MOST_REMEMBERED:
                self._alone.clear()
            known = self._alone[token] = self._said_by(token)
        return known

    def _asked(self, question: str) -> list[int]:
        known = self._questions.get(question)
        if known is None:
            if len(self._questions) >= MOST_REMEMBERED:
                self._questions.clear()
            asked = (self._row.get(f"q:{word}") for word in dict.fromkeys(names(question.lower())))
            known = self._questions[question] = [row for row in asked if row is not None]
        return known

    def _rows_of(self, names: tuple[str, ...]) -> list[int]:
        """Rows of measures; remembered, for there are few combinations."""
        if len(self._measures) >= MOST_REMEMBERED:
            self._measures.clear()
        found = self._measures[names] = [self._row.get(name, self._tokens.nothing) for name in names]
        return found

    def _said_by(self, token: str) -> Scores:
        known = [(at, value) for name, value in said_by(token).items() if (at := self._row.get(name)) is not None]
        if not known:
            return np.zeros(self.table.weights.shape[1], np.float32)
        rows, values = zip(*known, strict=True)
        return np.asarray(values, np.float32) @ self.table.weights.take(rows, axis=0)


@cache
def load_table(name: str) -> Table:
    """A model that the product comes with, from `data/models`; no pickle, nothing is run."""
    with np.load(MODELS / f"{name}.npz", allow_pickle=False) as stored:
        weights = stored["weights"].astype(np.float32) * stored["scale"]
        features = tuple(stored["features"].tobytes().decode().split("\n"))
        bias = stored["bias"]
    card = json.loads((MODELS / f"{name}.json").read_text(encoding="utf-8"))
    return Table(features, tuple(card["outputs"]), weights, bias, card)
