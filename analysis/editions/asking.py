"""What a questionnaire asks as it is counted, and who was shown what. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from stakeholder.localised import Localised
from surveys.definition import Page, Questionnaire
from surveys.ordering import Draw
from surveys.path import walked
from surveys.piping import localised_without_answers
from surveys.question_types import Column

Mask = NDArray[np.bool_]


def columns_of(questionnaire: Questionnaire) -> Iterator[Column]:
    """Everything that can be counted, in order; a question of a repeated section says which time it is about."""
    for page in questionnaire.asked_pages:
        time = page.title if page.section in questionnaire.repeated else None
        for question in page.questions:
            for column in question.columns():
                yield _worded(column, time)


def _worded(column: Column, time: Localised | None) -> Column:
    """Without answers of one person, and with the heading of its time."""
    asked = column.asked and _headed(localised_without_answers(column.asked), time)
    label = localised_without_answers(column.label)
    return replace(column, label=label if asked else _headed(label, time), asked=asked)


def _headed(words: Localised, time: Localised | None) -> Localised:
    if time is None:
        return words
    return Localised({each: f"{time.in_(each)}: {words.in_(each)}" for each in sorted(words.languages)})


class Seeing:
    """Who was shown what; people are noted one after the other. Nothing where everyone is shown everything."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire if questionnaire.has_conditions else None
        self._seen: list[frozenset[str]] = []
        self._keys: dict[int, tuple[Page, frozenset[str]]] = {}

    def note(self, document: Mapping[str, object], draw: str | None) -> None:
        """The next person's answers, and what chance chose for them."""
        if self._questionnaire is not None:
            pages = walked(self._questionnaire, document, Draw(arms=Draw.from_json(draw or "").arms))
            self._seen.append(frozenset().union(*(self._columns(page) for page, _ in pages)))

    def masks(self, order: Sequence[int]) -> dict[str, Mask]:
        """By column key, shape (people,) in this order: who was shown it; only columns that some were not shown."""
        if self._questionnaire is None or not self._seen:
            return {}
        keys = [column.key for question in self._questionnaire.questions for column in question.columns()]
        masks = {key: np.array([key in self._seen[at] for at in order], dtype=np.bool_) for key in keys}
        return {key: mask for key, mask in masks.items() if not mask.all()}

    def _columns(self, page: Page) -> frozenset[str]:
        """Keys of what is counted on a page as shown; the page is kept, so that its number stays its own."""
        if id(page) not in self._keys:
            found = frozenset(column.key for question in page.questions for column in question.columns())
            self._keys[id(page)] = (page, found)
        return self._keys[id(page)][1]
