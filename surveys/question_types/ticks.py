"""What the kinds share in which one or several of some options are chosen: order, columns, and what a cell says."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from stakeholder.localised import Localised
from surveys.question_types.base import CHOOSE_ONE, AnswerProblem, Column, Part, Question, chosen
from surveys.scales import Option

CHOSEN = Option(code="chosen", label=Localised({"en": "Chosen", "cy": "Wedi’i ddewis", "pl": "Wybrano", "ur": "منتخب"}))
NOT_CHOSEN = Option(
    code="not_chosen",
    label=Localised({"en": "Not chosen", "cy": "Heb ei ddewis", "pl": "Nie wybrano", "ur": "منتخب نہیں"}),
)


def refuse_boxes(options: Sequence[Option]) -> None:
    """Raise ValueError where an option has a text box or excludes the others, which this kind does not offer."""
    if any(option.other or option.exclusive for option in options):
        raise ValueError("found an option that is 'other' or 'exclusive', expected that in choice and choices only.")


def in_order(value: Any, options: Sequence[Option]) -> list[str] | None:
    """Ticked codes in the options' order, None when nothing is ticked. Raises AnswerProblem."""
    if value is None or value == []:
        return None
    codes = [option.code for option in options]
    if not isinstance(value, list) or any(not isinstance(code, str) or code not in codes for code in value):
        raise AnswerProblem(CHOOSE_ONE)
    return [code for code in codes if code in value]


def one_or_several(value: Any, options: Sequence[Option], *, several: bool) -> Any:
    """A code, or codes in the options' order where several may be chosen. Raises AnswerProblem."""
    return in_order(value, options) if several else chosen(value, {option.code for option in options})


def tick_columns(
    question: Question, options: Sequence[Option], row: str = "", label: Localised | None = None
) -> tuple[Column, ...]:
    """One column for each option; `row` and `label`: of a row of a grid."""
    return tuple(
        Column(
            f"{question.key}{row and '.'}{row}.{option.code}",
            both(label, option.label),
            (NOT_CHOSEN, CHOSEN),
            indicator=question.indicator,
            strand=question.strand,
            focus=question.focus,
            asked=question.prompt,
            shape="tick",
            told=frozenset({CHOSEN.code}),
        )
        for option in options
    )


def tick_codes(key: str, options: Sequence[Option], ticked: Collection[str]) -> Mapping[str, str]:
    """Chosen or not, for each option, under the key of its column."""
    return {f"{key}.{option.code}": (CHOSEN if option.code in ticked else NOT_CHOSEN).code for option in options}


def tick_parts(key: str, options: Sequence[Option], row: str = "", label: Localised | None = None) -> tuple[Part, ...]:
    """Each option as a yes or no."""
    return tuple(
        Part(
            f"{key}{row and '.'}{row}.{option.code}",
            both(label, option.label),
            (NOT_CHOSEN, CHOSEN),
            row=row,
            ticked=option.code,
        )
        for option in options
    )


def both(row: Localised | None, option: Localised) -> Localised:
    """A row's words and an option's, in each language that has both."""
    if row is None:
        return option
    languages = (row.languages & option.languages) or {"en"}
    return Localised({each: f"{row.in_(each)}: {option.in_(each)}" for each in sorted(languages)})
