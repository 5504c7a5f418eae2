"""The answers of one audience as arrays: the only module that reads them for results."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.editions.asking import Seeing, columns_of
from surveys.definition import Questionnaire
from surveys.models import KEY_BYTES, Response
from surveys.question_types import Column

BATCH = 5_000
UNANSWERED = -1
Codes = NDArray[np.int8]
Amounts = NDArray[np.float64]
Keys = NDArray[np.void]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Answers:
    """Answers of one audience.

    people   how many responses there are, in the order of their keys
    keys     shape (people,): the responses' random keys, which fix how counts are rounded
    columns  what can be counted, by key
    codes    shape (people,) a column: the option's place, scored options first, then unscored; -1 unanswered
    amounts  shape (people,) a column of what is shared out: 0 to 100, NaN unanswered
    shown    shape (people,) a column: who was shown it; a column without them was shown to everyone
    """

    people: int
    keys: Keys
    columns: Mapping[str, Column]
    codes: Mapping[str, Codes]
    amounts: Mapping[str, Amounts] = field(default_factory=dict)
    shown: Mapping[str, Mask] = field(default_factory=dict)

    def was_shown(self, key: str) -> Mask:
        """Who was shown what a column counts."""
        return self.shown.get(key, np.ones(self.people, dtype=np.bool_))

    def mask(self, filters: tuple[tuple[str, str], ...]) -> Mask:
        """Which people chose these options."""
        chosen = np.ones(self.people, dtype=np.bool_)
        for key, code in filters:
            places = [option.code for option in self.columns[key].options]
            chosen &= self.codes[key] == places.index(code)
        return chosen


def load_answers(session: Session, audience_id: UUID, questionnaire: Questionnaire) -> Answers:
    """Read the released responses of an audience, a batch at a time."""
    columns = {column.key: column for column in columns_of(questionnaire)}
    seeing = Seeing(questionnaire)
    places = {
        key: {option.code: place for place, option in enumerate((*column.options, *column.unscored_options))}
        for key, column in columns.items()
    }
    order = {key: number for number, key in enumerate(columns)}
    batches: list[Codes] = []
    keys: list[bytes] = []
    amounts: list[Mapping[str, float]] = []
    wanted = select(Response.key, Response.answers, Response.draw).where(Response.audience_id == audience_id)
    for responses in session.execute(wanted.execution_options(yield_per=BATCH)).partitions(BATCH):
        batch = np.full((len(responses), len(columns)), UNANSWERED, dtype=np.int8)
        for row, (key, text, draw) in enumerate(responses):
            document = json.loads(text)
            _fill(batch[row], document, questionnaire, places, order)
            keys.append(key)
            amounts.append(_amounts(document, questionnaire))
            seeing.note(document, draw)
        batches.append(batch)
    whole = np.concatenate(batches) if batches else np.empty((0, len(columns)), dtype=np.int8)
    ranked = sorted(range(len(keys)), key=keys.__getitem__)
    codes = {key: np.ascontiguousarray(whole[ranked, number]) for key, number in order.items()}
    joined = np.frombuffer(b"".join(keys[at] for at in ranked), dtype=f"V{KEY_BYTES}")
    measured = {key: np.array([amounts[at].get(key, np.nan) for at in ranked]) for key in set().union(*amounts)}
    return Answers(len(whole), joined, columns, codes, measured, seeing.masks(ranked))


def _amounts(document: Mapping[str, object], questionnaire: Questionnaire) -> Mapping[str, float]:
    """What someone shared out, by column."""
    known = questionnaire.by_key
    found = (known[key].amounts(value) for key, value in document.items() if isinstance(value, dict) and key in known)
    return {key: amount for each in found for key, amount in each.items()}


def _fill(
    row: Codes,
    document: Mapping[str, object],
    questionnaire: Questionnaire,
    places: Mapping[str, Mapping[str, int]],
    order: Mapping[str, int],
) -> None:
    for key, value in document.items():
        if isinstance(value, str) and key in places and value in places[key]:
            row[order[key]] = places[key][value]
        elif key in questionnaire.by_key:
            for column, code in questionnaire.by_key[key].column_codes(value).items():
                if column in places:
                    row[order[column]] = places[column].get(code, UNANSWERED)
