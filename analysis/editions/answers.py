"""The answers of one audience as arrays: the only module that reads them for results."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.definition import Questionnaire
from surveys.models import Response
from surveys.question_types import Column

BATCH = 5_000
UNANSWERED = -1
Codes = NDArray[np.int8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Answers:
    """Answers of one audience.

    people   how many responses there are
    columns  what can be counted, by key
    codes    shape (people,) a column: the option's place, scored options first, then unscored; -1 unanswered
    """

    people: int
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
    columns = {column.key: column for question in questionnaire.questions for column in question.columns()}
    places = {
        key: {option.code: place for place, option in enumerate((*column.options, *column.unscored_options))}
        for key, column in columns.items()
    }
    order = {key: number for number, key in enumerate(columns)}
    batches: list[Codes] = []
    rows = session.scalars(
        select(Response.answers).where(Response.audience_id == audience_id).execution_options(yield_per=BATCH)
    )
    for documents in rows.partitions(BATCH):
        batch = np.full((len(documents), len(columns)), UNANSWERED, dtype=np.int8)
        for row, document in enumerate(documents):
            _fill(batch[row], json.loads(document), questionnaire, places, order)
        batches.append(batch)
    whole = np.concatenate(batches) if batches else np.empty((0, len(columns)), dtype=np.int8)
    return Answers(len(whole), columns, {key: np.ascontiguousarray(whole[:, number]) for key, number in order.items()})


def _fill(
    row: Codes,
    document: Mapping[str, object],
    questionnaire: Questionnaire,
    places: Mapping[str, Mapping[str, int]],
    order: Mapping[str, int],
) -> None:
    for key, value in document.items():
        if isinstance(value, str):
            if key in places:
                row[order[key]] = places[key].get(value, UNANSWERED)
        elif isinstance(value, list | dict):
            for column, code in questionnaire.by_key[key].column_codes(value).items():
                row[order[column]] = places[column].get(code, UNANSWERED)
