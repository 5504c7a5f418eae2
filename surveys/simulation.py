"""Walking every path through a questionnaire: what can be reached, and how long it takes. Pure.

Paths on which all later conditions see the same are walked on together, so the number of steps stays small where the
number of paths is large. No more than `MOST_STATES` of such groups are kept from page to page: beyond that the rarest
are left out, and the report says that it is not complete.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from surveys.definition import Page, Questionnaire, own_pieces
from surveys.duration import seconds
from surveys.ordering import Draw
from surveys.path import counted, shown_page
from surveys.possible_answers import (
    Kind,
    builds_on,
    conditions_of,
    every_answer,
    flow_tests,
    kinds_of_answers,
    values_compared,
)
from surveys.question_types import Question

MOST_STATES = 5_000
MOST_ARMS_TOGETHER = 64


@dataclass(frozen=True)
class Length:
    """How much one way through asks: questions, text blocks not among them, and minutes."""

    questions: float
    minutes: float


@dataclass(frozen=True)
class Reached:
    """An example of someone who is shown something: what chance chose and the answers given before."""

    draw: Draw
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class PathReport:
    """What walking all paths found.

    audience   whose questionnaire it is
    paths      ways through that some condition or block tells apart
    complete   every path was walked; False when there were more than the bound, or some were walked by example
    by_example conditions hang on values worked out of answers too many to try each (several ticks or rows, texts,
               long ranges): only examples of these were tried
    bound      most groups of paths kept from page to page
    longest, shortest   over all paths
    mean       if everyone answers, every answer equally likely
    reached    by ("page" | "question" | "option" | "row", key): an example of someone who is shown it;
               keys of options and rows are "question.code" and "question.row"
    """

    audience: str
    paths: int
    complete: bool
    by_example: bool
    bound: int
    longest: Length
    shortest: Length
    mean: Length
    reached: Mapping[tuple[str, str], Reached]


@dataclass(frozen=True)
class _Paths:
    """Paths on which all later conditions see the same.

    chance   their share of all, 0 to 1;  asked, seconds: least, most, and mean weighted by chance
    example  the answers of one of them
    """

    count: int
    chance: float
    asked: tuple[int, int, float]
    seconds: tuple[float, float, float]
    example: Mapping[str, Any] = field(compare=False)


def simulate(questionnaire: Questionnaire, *, bound: int = MOST_STATES) -> PathReport:
    """Walk all paths, keeping at most `bound` groups of them from page to page."""
    walk = _Walk(questionnaire, bound)
    ends: list[_Paths] = []
    draws = list(_draws(questionnaire))
    for draw in draws:
        ends += walk.ends(draw, 1 / len(draws))
    by_example = any(
        not question.is_calculated and every_answer(question) is None
        for question in map(questionnaire.question, builds_on(questionnaire))
    )
    return PathReport(
        audience=questionnaire.audience,
        paths=sum(end.count for end in ends),
        complete=walk.complete and len(draws) == _arms_together(questionnaire) and not by_example,
        by_example=by_example,
        bound=bound,
        longest=Length(max(end.asked[1] for end in ends), _minutes(max(end.seconds[1] for end in ends))),
        shortest=Length(min(end.asked[0] for end in ends), _minutes(min(end.seconds[0] for end in ends))),
        mean=_mean(ends),
        reached=walk.reached,
    )


class _Walk:
    """Carries the groups of paths from page to page, and notes what each is shown first."""

    def __init__(self, questionnaire: Questionnaire, bound: int) -> None:
        self._questionnaire, self._bound = questionnaire, bound
        self._tests = flow_tests(questionnaire)
        self._last = _last_use(questionnaire)
        self._kinds: dict[Any, list[Kind]] = {}
        self._seconds: dict[Any, float] = {}
        self.complete = True
        self.reached: dict[tuple[str, str], Reached] = {}

    def ends(self, draw: Draw, chance: float) -> list[_Paths]:
        """The groups in which all paths with these arms end."""
        groups: dict[Any, _Paths] = {(): _Paths(1, chance, (0, 0, 0.0), (0.0, 0.0, 0.0), {})}
        done: list[_Paths] = []
        for at, page in enumerate(self._questionnaire.asked_pages):
            if self._is_plain(page):
                groups = {key: self._past(page, group, draw) for key, group in groups.items()}
                continue
            after: dict[Any, _Paths] = {}
            for group in groups.values():
                for paths, ended in self._through(page, group, draw):
                    if ended:
                        done.append(paths)
                    else:
                        _add(after, self._still_asked(paths.example, at), paths)
            groups = self._fewer(after)
        return [*done, *groups.values()]

    def _is_plain(self, page: Page) -> bool:
        """Whether the page is the same for all, and nothing later hangs on it."""
        named = [("pages", page.key), *(("questions", question.key) for question in page.questions)]
        chance = any(thing in self._questionnaire.arms_naming for thing in named)
        decides = any(question.key in self._tests or question.is_calculated for question in page.questions)
        return not chance and not decides and not any(True for _ in conditions_of(page))

    def _past(self, page: Page, group: _Paths, draw: Draw) -> _Paths:
        if ("page", page.key) not in self.reached:
            self._note(page, group.example, draw)
        return _longer(group, sum(q.counts_as_question for q in page.questions), self._took(page))

    def _through(self, page: Page, group: _Paths, draw: Draw) -> Iterator[tuple[_Paths, bool]]:
        """The group after this page, once for each kind of answers to it that matter; and whether it ends here."""
        shown = shown_page(self._questionnaire, page, group.example, draw)
        if shown is None:
            yield group, False
            return
        self._note(shown, group.example, draw)
        longer = _longer(group, sum(q.counts_as_question for q in shown.questions), self._took(shown))
        deciding = [
            (question, self._answers(question))
            for question in shown.questions
            if question.key in self._tests and not question.is_calculated
        ]
        for kinds in product(*(answers for _, answers in deciding)):
            given = {question.key: kind.example for (question, _), kind in zip(deciding, kinds, strict=True)}
            given = {key: value for key, value in given.items() if value is not None}
            share = 1.0
            for kind in kinds:
                share *= kind.weight
            example = {**group.example, **counted(self._questionnaire, shown, page, given, group.example)}
            ended = page.skip_to_end_if is not None and page.skip_to_end_if.holds(example)
            yield _Paths(longer.count, longer.chance * share, longer.asked, longer.seconds, example), ended

    def _answers(self, question: Question) -> list[Kind]:
        """Kinds of answers of a question as it is shown, worked out once for each face it has."""
        face = (question.key, question.codes, tuple(row.key for row in getattr(question, "rows", ())))
        if face not in self._kinds:
            tests = self._tests[question.key]
            partners = {key for test in tests for key in (test.question, test.compared_with) if key} - {question.key}
            by_key = self._questionnaire.by_key
            others = [v for key in partners for v in _ends(by_key[key], values_compared(by_key[key], self._tests[key]))]
            one_by_one = question.key in builds_on(self._questionnaire)
            self._kinds[face] = kinds_of_answers(question, tests, others, one_by_one=one_by_one)
        return self._kinds[face]

    def _took(self, shown: Page) -> float:
        """Seconds for a page as it is shown."""
        face = tuple((q.key, len(getattr(q, "rows", ())), len(getattr(q, "options", ()))) for q in shown.questions)
        if face not in self._seconds:
            self._seconds[face] = sum(seconds(question, self._questionnaire.style) for question in shown.questions)
        return self._seconds[face]

    def _still_asked(self, example: Mapping[str, Any], at: int) -> tuple[Any, ...]:
        """The answers that conditions after this page ask about."""
        return tuple((key, repr(value)) for key, value in sorted(example.items()) if self._last.get(key, -1) > at)

    def _fewer(self, groups: dict[Any, _Paths]) -> dict[Any, _Paths]:
        """At most as many as the bound allows, the likeliest."""
        if len(groups) <= self._bound:
            return groups
        self.complete = False
        likeliest = sorted(groups, key=lambda key: groups[key].chance, reverse=True)[: self._bound]
        return {key: groups[key] for key in likeliest}

    def _note(self, shown: Page, answers: Mapping[str, Any], draw: Draw) -> None:
        example = Reached(draw, answers)
        self.reached.setdefault(("page", shown.key), example)
        for question in shown.questions:
            self.reached.setdefault(("question", question.key), example)
            for piece in own_pieces(question, "options"):
                self.reached.setdefault(("option", f"{question.key}.{piece.code}"), example)
            for piece in own_pieces(question, "rows"):
                self.reached.setdefault(("row", f"{question.key}.{piece.key}"), example)


def _draws(questionnaire: Questionnaire) -> Iterator[Draw]:
    """Every combination of arms, up to a bound."""
    blocks = questionnaire.blocks
    for number, arms in enumerate(product(*(block.arms for block in blocks))):
        if number < MOST_ARMS_TOGETHER:
            yield Draw(None, {block.key: arm.key for block, arm in zip(blocks, arms, strict=True)})


def _arms_together(questionnaire: Questionnaire) -> int:
    together = 1
    for block in questionnaire.blocks:
        together *= len(block.arms)
    return together


def _last_use(questionnaire: Questionnaire) -> dict[str, int]:
    """By question: place of the last page with a condition on it."""
    found: dict[str, int] = {}
    built = builds_on(questionnaire)
    for at, page in enumerate(questionnaire.asked_pages):
        for question in page.questions:
            found.update(dict.fromkeys(question.builds_on & built, at))
        found.update({key: at for condition in conditions_of(page) for key in condition.questions})
    return found


def _longer(group: _Paths, asked: int, took: float) -> _Paths:
    return _Paths(
        group.count,
        group.chance,
        (group.asked[0] + asked, group.asked[1] + asked, group.asked[2] + asked),
        (group.seconds[0] + took, group.seconds[1] + took, group.seconds[2] + took),
        group.example,
    )


def _add(groups: dict[Any, _Paths], key: Any, new: _Paths) -> None:
    old = groups.get(key)
    groups[key] = new if old is None else _together([old, new])


def _together(paths: list[_Paths]) -> _Paths:
    chance = sum(each.chance for each in paths)
    return _Paths(
        sum(each.count for each in paths),
        chance,
        (min(p.asked[0] for p in paths), max(p.asked[1] for p in paths), _weighted(paths, [p.asked[2] for p in paths])),
        (
            min(p.seconds[0] for p in paths),
            max(p.seconds[1] for p in paths),
            _weighted(paths, [p.seconds[2] for p in paths]),
        ),
        paths[0].example,
    )


def _weighted(paths: list[_Paths], values: Iterable[float]) -> float:
    """Mean weighted by chance; of what never happens to someone who answers everything, the plain mean."""
    values, total = list(values), sum(each.chance for each in paths)
    if not total:
        return sum(values) / len(values)
    return sum(each.chance * value for each, value in zip(paths, values, strict=True)) / total


def _mean(ends: list[_Paths]) -> Length:
    return Length(
        round(_weighted(ends, [end.asked[2] for end in ends]), 1),
        _minutes(_weighted(ends, [end.seconds[2] for end in ends])),
    )


def _minutes(duration_seconds: float) -> float:
    return round(duration_seconds / 60, 1)


def _ends(question: Question, compared: Iterable[float | str]) -> list[float | str]:
    """Where a question's values end, and where its own tests turn."""
    ends = (getattr(question, name, None) for name in ("min", "max", "earliest", "latest", "start", "end"))
    return [*compared, *(end for end in ends if isinstance(end, int | float | str))]
