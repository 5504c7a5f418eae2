"""Labelled comments as rows of numbers, exactly as the reading sees them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import scipy.sparse

from analysis.text.clauses import clauses
from analysis.text.cleaning import clean
from analysis.text.grams import names, pairs, said_by, turned
from analysis.text.question import polarity_of
from analysis.text.signals import with_phrases
from analysis.text.toolkit import Toolkit
from analysis.text.weights import QUESTION
from analysis.text.words import Words
from analysis.training.samples import Sample

LEAST_TEXTS = {"b": 2, "c": 4}
"""Texts that a pair of words and a piece of a word must stand in to be learnt from; all else 2."""


@dataclass(frozen=True)
class Matrix:
    """Texts by features."""

    features: tuple[str, ...]
    rows: scipy.sparse.csr_matrix


def features_of(sample: Sample, tools: Toolkit) -> dict[str, float]:
    """Every feature of one comment, by name."""
    text = clean(sample.text).text
    words = Words(text)
    said = names(words.lowered)
    compounds = tools.sentiments.compounds(words, clauses(text))
    wishes = tools.sentiments.wishing(words.distinct)
    measures = tools.sentiments.measures(words.lowered, said, compounds, polarity_of(sample.question), wishes)
    measures = with_phrases(measures, tools.themes.reasons(words))
    asking = {f"q:{token}": QUESTION for token in names(sample.question.lower())}
    return _of_words(said) | asking | dict(zip(*measures, strict=True))


def _of_words(said: Sequence[str]) -> dict[str, float]:
    distinct, near = dict.fromkeys(said), dict.fromkeys(pairs(said))
    if not distinct:
        return {}
    whole = 1 / sqrt(len(distinct) + len(near))
    found = {f"b:{pair}": whole for pair in near} | {f"b:{mark} {word}": whole for mark, word in turned(said)}
    for token in distinct:
        for name, value in said_by(token).items():
            found[name] = found.get(name, 0.0) + value * whole
    return found


def matrix(rows: Sequence[Mapping[str, float]]) -> Matrix:
    """Rows as a sparse matrix; features that too few texts have are left out."""
    seen = Counter(name for row in rows for name in row)
    features = tuple(sorted(name for name, number in seen.items() if number >= LEAST_TEXTS.get(name[0], 2)))
    return Matrix(features, in_columns(rows, features))


def in_columns(rows: Sequence[Mapping[str, float]], features: Sequence[str]) -> scipy.sparse.csr_matrix:
    """The rows in given columns; what has no column is left out."""
    column = {name: at for at, name in enumerate(features)}
    places = [sorted((column[name], value) for name, value in row.items() if name in column) for row in rows]
    ends = np.cumsum([0, *map(len, places)])
    flat = [pair for row in places for pair in row]
    values = np.array([value for _, value in flat], np.float64)
    return scipy.sparse.csr_matrix((values, np.array([at for at, _ in flat]), ends), (len(rows), len(features)))
