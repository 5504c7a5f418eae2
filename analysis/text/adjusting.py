"""What a school's own corrections add to the shipped table of weights; the table itself stays as it is."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from analysis.text.weights import Table


@dataclass(frozen=True)
class Adjustment:
    """Numbers added to weights and biases.

    weights  feature -> output -> what is added
    bias     output -> what is added
    """

    weights: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    bias: Mapping[str, float] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Names exactly this adjustment."""
        text = json.dumps([self.weights, self.bias], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def adjusted(table: Table, adjustment: Adjustment) -> Table:
    """A table with the adjustment added; features that it did not know are added at its end. Its digest is another."""
    column = {name: at for at, name in enumerate(table.outputs)}
    row = {name: at for at, name in enumerate(table.features)}
    new = [name for name in sorted(adjustment.weights) if name not in row]
    row |= {name: len(table.features) + at for at, name in enumerate(new)}
    weights = np.vstack([table.weights, np.zeros((len(new), len(column)), np.float32)])
    bias = table.bias.copy()
    for name, added in adjustment.weights.items():
        for output, value in added.items():
            weights[row[name], column[output]] += np.float32(value)
    for output, value in adjustment.bias.items():
        bias[column[output]] += np.float32(value)
    digest = hashlib.sha256(f"{table.card['digest']} {adjustment.digest}".encode()).hexdigest()[:16]
    return Table((*table.features, *new), table.outputs, weights, bias, {**table.card, "digest": digest})
