"""The answers of one audience as arrays: the only module that reads them for results."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.definition import Questionnaire
from surveys.models import KEY_BYTES, Response
from surveys.piping import localised_without_answers
from surveys.question_types import Column

BATCH = 5_000
UNANSWERED = -1
Codes = NDArray[np.int8]
Keys = NDArray[np.void]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Answers:
    """Answers of one audience.

    people   how many responses there are, in the order of their keys
    keys     shape (people,): the responses' random keys, which fix how counts are rounded
    columns  what can be counted, by key
    codes    shape (people,) a column: the option's place, scored options first, then unscored; -1 unanswered
    """

    people: int
    keys: Keys
    columns: Mapping[str, Column]
    codes: Mapping[str, Codes]

    def mask(self, filters: tuple[tuple[str, str], ...]) -> Mask:
        """Which people chose these options."""
        chosen = np.ones(self.people, dtype=np.bool_)
        for key, code in filters:
            places = [option.code for option in self.columns[key].options]
            chosen &= self.codes[key] == places.index(code)
        return chosen


def load_answers(session: Session, audience_id: UUID, questionnaire: Questionnaire) -> Answers:
    """Read the released responses of an audience, a batch at a time."""
    columns = {
        column.key: replace(column, label=localised_without_answers(column.label))
        for question in questionnaire.questions
        for column in question.columns()
    }
    places = {
        key: {option.code: place for place, option in enumerate((*column.options, *column.unscored_options))}
        for key, column in columns.items()
    }
    order = {key: number for number, key in enumerate(columns)}
    batches: list[Codes] = []
    keys: list[bytes] = []
    wanted = select(Response.key, Response.answers).where(Response.audience_id == audience_id)
    for responses in session.execute(wanted.execution_options(yield_per=BATCH)).partitions(BATCH):
        batch = np.full((len(responses), len(columns)), UNANSWERED, dtype=np.int8)
        for row, (key, document) in enumerate(responses):
            _fill(batch[row], json.loads(document), questionnaire, places, order)
            keys.append(key)
        batches.append(batch)
    whole = np.concatenate(batches) if batches else np.empty((0, len(columns)), dtype=np.int8)
    ranked = sorted(range(len(keys)), key=keys.__getitem__)
    codes = {key: np.ascontiguousarray(whole[ranked, number]) for key, number in order.items()}
    joined = np.frombuffer(b"".join(keys[at] for at in ranked), dtype=f"V{KEY_BYTES}")
    return Answers(len(whole), joined, columns, codes)


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
