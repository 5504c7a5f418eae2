"""Counting an audience's answers into cells: every statement and who responded, whole and by breakdown. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product

import numpy as np

from analysis.disclosure.admission import AGREEING, BASE, SHOWN_TO, UNSCORED, Cell
from analysis.disclosure.chains import Atoms
from analysis.disclosure.means import Level
from analysis.disclosure.reportable import OptionCount, Slice
from analysis.editions.answers import Answers, Mask
from analysis.editions.scaling import scale_cells, scale_values, subject_of
from analysis.measures.scores import level
from surveys.definition import Questionnaire
from surveys.question_types import Column

RESPONSE = "response"
Filters = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Counted:
    """What one audience is, besides its answers.

    invited_by  people asked, by breakdown and option
    """

    wave: str
    audience: str
    questionnaire: Questionnaire
    invited: int | None = None
    invited_by: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def count(counted: Counted, answers: Answers) -> Iterator[Cell]:
    """All cells of an audience that are counted: responses, then questions in order, then scales."""
    slices = [(filters, answers.mask(filters)) for filters in slices_of(counted.questionnaire, answers)]
    yield from _responses(counted, answers, slices)
    for column in counted_columns(counted.questionnaire, answers):
        yield from _items(counted, answers, column, slices)
    scales = counted.questionnaire.scales
    yield from scale_cells(answers, scales, slices, wave=counted.wave, audience=counted.audience)


def counted_columns(questionnaire: Questionnaire, answers: Answers) -> list[Column]:
    """What is counted: everything but the questions that split results, whose parts are told by who answered."""
    return [column for column in answers.columns.values() if column.key not in questionnaire.breakdowns]


def slices_of(questionnaire: Questionnaire, answers: Answers) -> list[Filters]:
    """The finite list of groups: everyone, each option of each breakdown, and every two breakdowns crossed."""
    single: dict[str, list[tuple[str, str]]] = {
        key: [(key, option.code) for option in answers.columns[key].options] for key in questionnaire.breakdowns
    }
    crossed = [
        tuple(sorted(pair))
        for one, other in combinations(single, 2)
        for pair in product(single[one], single[other])
    ]  # fmt: skip
    return [(), *((each,) for options in single.values() for each in options), *crossed]


def atoms_of(counted: Counted, answers: Answers) -> dict[tuple[str, str], Atoms]:
    """By audience and subject, where the people stand in all breakdowns at once; nothing with fewer than two."""
    questions = tuple(counted.questionnaire.breakdowns)
    if len(questions) < 2 or not answers.people:
        return {}
    options = {key: tuple(option.code for option in answers.columns[key].options) for key in questions}
    places = np.stack([answers.codes[key] for key in questions], axis=1).astype(np.int64)
    for at, key in enumerate(questions):
        places[places[:, at] >= len(options[key]), at] = -1
    codes, atom = np.unique(places, axis=0, return_inverse=True)
    atom = atom.reshape(-1)

    def standing(scored: Mask, given: Mask) -> Atoms:
        n, people = (np.bincount(atom[mask], minlength=len(codes)) for mask in (scored, given))
        return Atoms(questions, options, codes, n, people)

    everyone = np.ones(answers.people, dtype=np.bool_)
    found = {(counted.audience, RESPONSE): standing(everyone, everyone)}
    for column in counted_columns(counted.questionnaire, answers):
        given = answers.codes[column.key]
        found[counted.audience, column.key] = standing((given >= 0) & (given < len(column.options)), given >= 0)
    for scale in counted.questionnaire.scales:
        known = ~np.isnan(scale_values(answers, scale))
        found[counted.audience, subject_of(scale)] = standing(known, known)
    return found


def _responses(counted: Counted, answers: Answers, slices: list[tuple[Filters, Mask]]) -> Iterator[Cell]:
    """Of crossings too: which of them are hidden first follows who answered."""
    for filters, mask in slices:
        yield Cell(
            "response",
            RESPONSE,
            "Answered",
            counted.wave,
            Slice(counted.audience, filters),
            int(mask.sum()),
            invited=_invited(counted, filters),
            members=_everyone(answers, mask),
        )


def _invited(counted: Counted, filters: Filters) -> int | None:
    if len(filters) != 1:
        return None if filters else counted.invited
    ((question, code),) = filters
    return counted.invited_by.get(question, {}).get(code)


def _items(counted: Counted, answers: Answers, column: Column, slices: list[tuple[Filters, Mask]]) -> Iterator[Cell]:
    codes, scored = answers.codes[column.key], len(column.options)
    options, told = (*column.options, *column.unscored_options), column.favourable | column.told
    shown = answers.shown.get(column.key)
    for filters, mask in slices:
        people = np.bincount(codes[mask] + 1, minlength=len(options) + 1)[1:]
        yield Cell(
            "item" if column.favourable else "choice",
            column.key,
            str(column.label),
            counted.wave,
            Slice(counted.audience, filters),
            n=int(people[:scored].sum()),
            unscored=int(people[scored:].sum()),
            invited=_invited(counted, filters),
            reverse=column.reverse,
            focus=column.focus,
            parallel=column.strand,
            question=column.key.partition(".")[0] if not column.favourable else "",
            asked=str(column.asked or ""),
            shape=column.shape if not column.favourable else "",
            shown_to=None if shown is None else int((mask & shown).sum()),
            numbers=column.numbers,
            level=_level(answers, column, mask),
            members=_members(answers, column, mask),
            options=tuple(
                OptionCount(option.code, str(option.label), int(people[place]), place < scored, option.code in told)
                for place, option in enumerate(options)
            ),
        )


def _level(answers: Answers, column: Column, mask: Mask) -> Level | None:
    """Mean and spread of what is shared out."""
    if column.key not in answers.amounts:
        return None
    found = level(answers.amounts[column.key][mask])
    return Level(found.mean, found.sd if found.n > 1 else None, 0.0, 100.0)


def _everyone(answers: Answers, mask: Mask) -> Callable[[str], bytes]:
    return lambda count: answers.keys[mask].tobytes() if count == BASE else b""


def _members(answers: Answers, column: Column, mask: Mask) -> Callable[[str], bytes]:
    """Who is behind each count of a statement."""
    scored = len(column.options)
    codes = [option.code for option in (*column.options, *column.unscored_options)]
    places = {
        BASE: list(range(scored)),
        UNSCORED: list(range(scored, len(codes))),
        AGREEING: [place for place, code in enumerate(codes[:scored]) if code in column.favourable | column.told],
    }

    def found(count: str) -> bytes:
        if count == SHOWN_TO:
            return answers.keys[mask & answers.was_shown(column.key)].tobytes()
        wanted = np.zeros(len(codes) + 1, dtype=np.bool_)  # the last place is for -1, unanswered
        wanted[places[count] if count in places else codes.index(count)] = True
        return answers.keys[mask & wanted[answers.codes[column.key]]].tobytes()

    return found
