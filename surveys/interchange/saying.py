"""Our conditions and calculations in the words of other tools' expressions. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from surveys.conditions import AnswerOf, Condition
from surveys.interchange.outline import plain
from surveys.interchange.rules import NotExpressible
from surveys.question_types.calculated import Expression

SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}
_JOINED = {"sum": " + ", "product": " * "}


def quoted(_question: str, value: Any) -> str:
    """A code or date in single quotes, a number as people write it; what most tools want."""
    return f"'{value}'" if isinstance(value, str) else plain(value)


@dataclass(frozen=True)
class Speech:
    """How a tool writes expressions.

    place     (question, row) as it names an answer
    answered  (place, yes) as it says that there is an answer, or none
    ticked    (question, row, code) as it says that an option is among those chosen
    count     (question) as it says how many are chosen; raises NotExpressible where it cannot
    literal   (question, value) as it writes a code, number or date
    """

    place: Callable[[str, str], str]
    answered: Callable[[str, bool], str]
    ticked: Callable[[str, str, str], str]
    count: Callable[[str], str]
    literal: Callable[[str, Any], str]
    equal: str = "="
    unequal: str = "!="
    no: str = "not({})"
    ratio: str = "/"
    chosen: str = "if"
    guarded: bool = False

    def said(self, condition: Condition) -> str:
        """The condition. Raises NotExpressible."""
        if condition.all_:
            return "(" + " and ".join(self.said(each) for each in condition.all_) + ")"
        if condition.any_:
            return "(" + " or ".join(self.said(each) for each in condition.any_) + ")"
        if condition.not_:
            return self.no.format(self.said(condition.not_))
        return self._test(condition)

    def _test(self, test: Condition) -> str:
        question, row = test.question or "", test.row or ""
        place = self.place(question, row)
        if test.answered is not None:
            return self.answered(place, test.answered)
        if test.includes is not None:
            return self.ticked(question, row, test.includes)
        for bound, sign in ((test.chosen_at_least, ">="), (test.chosen_at_most, "<=")):
            if bound is not None:
                return f"{self.count(question)} {sign} {bound}"
        if test.one_of is not None:
            each = [f"{place} {self.equal} {self.literal(question, value)}" for value in test.one_of]
            return "(" + " or ".join(each) + ")"
        return self._compared(test, question, place)

    def _compared(self, test: Condition, question: str, place: str) -> str:
        signs = {"is_": self.equal, "is_not": self.unequal} | SIGNS
        for name, sign in signs.items():
            value = getattr(test, name)
            if isinstance(value, AnswerOf):
                return f"{place} {sign} {self.place(value.answer, '')}"
            if value is not None:
                said = f"{place} {sign} {self.literal(question if name.startswith('is') else '', value)}"
                low = self.guarded and name in {"at_most", "less_than"}
                return f"({self.answered(place, True)} and {said})" if low else said  # noqa: FBT003 - yes, there is one
        raise NotExpressible("there is nothing like this test there.")

    def worked_out(self, value: Expression) -> str:
        """A calculated value. Raises NotExpressible."""
        for name, sign in _JOINED.items():
            if parts := getattr(value, name):
                return "(" + sign.join(self.worked_out(each) for each in parts) + ")"
        for pair, sign in ((value.difference, "-"), (value.ratio, self.ratio)):
            if pair:
                return f"({self.worked_out(pair[0])} {sign} {self.worked_out(pair[1])})"
        for called, parts in (("min", value.smallest), ("max", value.greatest)):
            if parts:
                return f"{called}({', '.join(self.worked_out(each) for each in parts)})"
        if value.number is not None:
            return f"{value.number:.10g}" if value.number >= 0 else f"(0 - {-value.number:.10g})"
        return self.place(value.answer, "") if value.answer else self._case(value)

    def _case(self, value: Expression) -> str:
        """One case with a number, and a number otherwise."""
        case = value.cases[0] if value.cases and len(value.cases) == 1 else None
        then, otherwise = case.then if case else None, value.otherwise
        if case is None or not isinstance(then, float | int) or not isinstance(otherwise, float | int):
            raise NotExpressible("there is nothing like this calculation there.")
        if min(then, otherwise) < 0:
            raise NotExpressible("its cases give a number below zero.")
        return f"{self.chosen}({self.said(case.when)}, {then:.10g}, {otherwise:.10g})"
