"""A linear model at run time: a table of weights and what each token adds to every answer, remembered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np

import analysis
from analysis.text.grams import pieces, tokens
from analysis.text.tokensums import MOST_REMEMBERED, Scores, TokenSums

MODELS = Path(analysis.__file__).parent / "data" / "models"
MODEL = "reading"


@dataclass(frozen=True)
class Table:
    """Weights as they are stored.

    features  names: "w:" a word, "b:" a pair, "c:" a piece of a word, "q:" a word of the question, "d:" a measure
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


class Weights:
    """Scores of texts under a table. Each text is the sum of its tokens, so clauses cost no more than the whole."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.outputs = {name: at for at, name in enumerate(table.outputs)}
        self._row = {name: at for at, name in enumerate(table.features)}
        self._pairs = {tuple(name[2:].split(" ")): at for name, at in self._row.items() if name.startswith("b:")}
        self._tokens = TokenSums(self._learnt, len(table.outputs))
        self._questions: dict[str, Scores] = {}
        self._alone: dict[str, Scores] = {}

    def columns(self, prefix: str) -> tuple[tuple[str, ...], slice]:
        """Names of the outputs that start so, without the prefix, and where their columns stand in a row."""
        at = [place for place, name in enumerate(self.table.outputs) if name.startswith(prefix)]
        return tuple(self.table.outputs[place].removeprefix(prefix) for place in at), slice(at[0], at[-1] + 1)

    def scores(self, words: Sequence[str]) -> Scores:
        """What the words of a text say to each output; measures, question and bias not yet added."""
        distinct = dict.fromkeys(words)
        if not distinct:
            return np.zeros(len(self.table.outputs), np.float32)
        near = dict.fromkeys(zip(("^", *words), (*words, "$"), strict=True))
        rows = [row for pair in near if (row := self._pairs.get(pair)) is not None]
        told, parts, length = self._tokens.added(distinct)
        if rows:
            told = told + np.add.reduce(self.table.weights.take(rows, axis=0))
        found: Scores = told / np.float32(sqrt(len(distinct) + len(near)))
        found += parts / np.float32(sqrt(length or 1))
        return found

    def asked(self, question: str) -> Scores:
        """What the words of a question say, and the bias; remembered."""
        known = self._questions.get(question)
        if known is None:
            if len(self._questions) >= MOST_REMEMBERED:
                self._questions.clear()
            words = {f"q:{word}": 0.25 for word, _, _ in tokens(question.lower())}
            known = self._questions[question] = self.measured(words) + self.table.bias
        return known

    def measured(self, measures: Mapping[str, float]) -> Scores:
        """What named measures say; names that the table does not know say nothing."""
        known = [(row, value) for name, value in measures.items() if value and (row := self._row.get(name)) is not None]
        if not known:
            return np.zeros(len(self.table.outputs), np.float32)
        rows, values = zip(*known, strict=True)
        return np.asarray(values, np.float32) @ self.table.weights.take(rows, axis=0)

    def word(self, token: str) -> Scores:
        """What one word says on its own: the reason shown to people."""
        known = self._alone.get(token)
        if known is None:
            if len(self._alone) >= MOST_REMEMBERED:
                self._alone.clear()
            whole, parts, length = self._tokens.added((token,))
            known = self._alone[token] = whole + parts / np.float32(sqrt(length or 1))
        return known

    def _learnt(self, token: str) -> tuple[Scores, Scores, int]:
        weights, row = self.table.weights, self._row
        nothing = np.zeros(len(self.table.outputs), np.float32)
        at = row.get(f"w:{token}")
        parts = pieces(token)
        rows = [found for part in parts if (found := row.get(f"c:{part}")) is not None]
        summed = np.add.reduce(weights.take(rows, axis=0)) if rows else nothing
        return (nothing if at is None else weights[at]), summed, len(parts)


@cache
def load_table(name: str) -> Table:
    """A model that the product comes with, from `data/models`; no pickle, nothing is run."""
    with np.load(MODELS / f"{name}.npz", allow_pickle=False) as stored:
        weights = stored["weights"].astype(np.float32) * stored["scale"]
        features = tuple(stored["features"].tobytes().decode().split("\n"))
        bias = stored["bias"]
    card = json.loads((MODELS / f"{name}.json").read_text(encoding="utf-8"))
    return Table(features, tuple(card["outputs"]), weights, bias, card)
