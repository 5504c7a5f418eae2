"""The bank: the framework's statements, and short surveys ready to use. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import surveys
from surveys.definition import Questionnaire
from surveys.designing.reading_age import reading_age
from surveys.framework import Framework, Indicator
from surveys.loading import load_questionnaire

READY = Path(surveys.__file__).parent / "data" / "questionnaires"


@dataclass(frozen=True)
class Wish:
    """What is looked for; an empty field asks for nothing. `age`: the highest reading age, in years."""

    words: str = ""
    dimension: str = ""
    strand: str = ""
    audience: str = ""
    language: str = ""
    age: int | None = None


@dataclass(frozen=True)
class PastResult:
    """What came of a statement in one wave: of whom, and how favourable, in words or as a figure that may be shown."""

    wave: str
    audience: str
    level: str
    hidden: bool = False


PastResults = Mapping[str, tuple[PastResult, ...]]
"""By indicator, the newest wave first."""


@dataclass(frozen=True)
class BankItem:
    """One statement: where it belongs, at which age it can be read, how many questionnaires ask it, what came of it."""

    indicator: Indicator
    dimension: str
    strand: str
    reading_age: float | None
    uses: int
    past: tuple[PastResult, ...] = ()


@dataclass(frozen=True)
class ReadySurvey:
    """A short survey ready to use."""

    questionnaire: Questionnaire
    questions: int
    reading_age: float | None


def found_items(
    framework: Framework, wish: Wish, uses: Counter[str], past: PastResults = MappingProxyType({})
) -> list[BankItem]:
    """Statements that fit the wish, in the framework's order."""
    return [
        BankItem(
            indicator,
            dimension.name.in_("en"),
            strand.name.in_("en"),
            age,
            uses[indicator.key],
            past.get(indicator.key, ()),
        )
        for dimension in framework.dimensions
        if wish.dimension in {"", dimension.key}
        for strand in dimension.strands
        if wish.strand in {"", strand.key}
        for indicator in strand.indicators
        if _fits(indicator, wish) and _young_enough(age := reading_age(indicator.text.in_("en")), wish.age)
    ]


def uses_of(questionnaires: Iterable[Questionnaire]) -> Counter[str]:
    """How many questionnaires ask each indicator."""
    return Counter(key for each in questionnaires for key in {question.indicator for question in each.questions} if key)


@lru_cache(maxsize=1)
def ready_surveys() -> tuple[ReadySurvey, ...]:
    """The short surveys that come with the product, by title."""
    found = [load_questionnaire(path.read_text("utf-8"), path.name) for path in sorted(READY.glob("*.yaml"))]
    return tuple(sorted((_ready(each) for each in found), key=lambda ready: str(ready.questionnaire.title)))


def _ready(questionnaire: Questionnaire) -> ReadySurvey:
    asked = [question for question in questionnaire.questions if question.counts_as_question]
    together = ". ".join(question.prompt.in_("en").rstrip(".?!") for question in asked)
    return ReadySurvey(questionnaire, len(asked), reading_age(together))


def _fits(indicator: Indicator, wish: Wish) -> bool:
    words = indicator.text.in_(wish.language or "en").lower()
    return (
        wish.audience in {"", indicator.audience}
        and (not wish.language or wish.language in indicator.text.languages)
        and all(word in words for word in wish.words.lower().split())
    )


def _young_enough(age: float | None, most: int | None) -> bool:
    return most is None or age is None or age <= most
