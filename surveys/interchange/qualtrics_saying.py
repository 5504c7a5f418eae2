"""Our conditions as the display logic of Qualtrics: groups of tests, within a group and, between groups or. Pure."""

from collections.abc import Mapping
from itertools import product
from math import prod
from typing import Any

from surveys.conditions import AnswerOf, Condition
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import Asked
from surveys.interchange.rules import NotExpressible

Payload = dict[str, Any]
MOST_GROUPS = 40
COMPARED = {
    "at_least": "GreaterThanOrEqual",
    "at_most": "LessThanOrEqual",
    "more_than": "GreaterThan",
    "less_than": "LessThan",
}
DENIED = {
    "Selected": "NotSelected",
    "NotSelected": "Selected",
    "NotEmpty": "Empty",
    "Empty": "NotEmpty",
    "GreaterThanOrEqual": "LessThan",
    "LessThan": "GreaterThanOrEqual",
    "GreaterThan": "LessThanOrEqual",
    "LessThanOrEqual": "GreaterThan",
    "EqualTo": "NotEqualTo",
    "NotEqualTo": "EqualTo",
}
Place = tuple[str, str, str]
Group = tuple[Place, ...]


class Logic:
    """Writes conditions on questions that have numbers there."""

    def __init__(self, asked: Mapping[str, Asked], ids: Mapping[str, str], report: LossReport) -> None:
        self._asked, self._ids, self._report = asked, ids, report

    def written(self, condition: Condition | None, name: str) -> Payload:
        """The logic; empty for no condition, and for one that it cannot say, which is told."""
        return self._told(condition, f"condition of {name}", "It is always shown there", yes=True)

    def denied(self, condition: Condition, name: str) -> Payload:
        """The logic of its opposite."""
        return self._told(condition, name, "Nothing checks it there", yes=False)

    def _told(self, condition: Condition | None, name: str, lost: str, *, yes: bool) -> Payload:
        if condition is None:
            return {}
        try:
            groups = self._groups(condition, yes=yes)
        except NotExpressible as problem:
            self._report.dropped(name, f"{lost}: {problem}")
            return {}
        self._report.mapped(name, "is logic.")
        written = {str(at): self._group(group, at) for at, group in enumerate(groups)}
        return written | {"Type": "BooleanExpression"}

    def _groups(self, condition: Condition, *, yes: bool) -> list[Group]:
        """Its alternatives, each a row of tests that must all hold."""
        if condition.not_ is not None:
            return self._groups(condition.not_, yes=not yes)
        every, some = (condition.all_, condition.any_) if yes else (condition.any_, condition.all_)
        if some:
            found = [group for each in some for group in self._groups(each, yes=yes)]
            _refuse_many(len(found))
            return found
        if every:
            rows = [self._groups(each, yes=yes) for each in every]
            _refuse_many(prod(len(row) for row in rows))
            return [tuple(test for group in chosen for test in group) for chosen in product(*rows)]
        return self._tests(condition, yes=yes)

    def _tests(self, test: Condition, *, yes: bool) -> list[Group]:
        asked = self._asked.get(test.question or "")
        if asked is None:
            raise NotExpressible("it asks about a question that is not there.")
        if test.one_of is not None:
            places = [self._choice(test, asked, str(code), yes=yes) for code in test.one_of]
            return [(place,) for place in places] if yes else [tuple(places)]
        place = self._place(test, asked, yes=yes)
        empty = (f"q://{self._ids[asked.key]}/ChoiceTextEntryValue", "Empty", "")
        compares = any(getattr(test, name) is not None for name in COMPARED)
        return [(place,)] if yes or not compares else [(place,), (empty,)]

    def _place(self, test: Condition, asked: Asked, *, yes: bool) -> Place:
        qid = self._ids[asked.key]
        if test.answered is not None:
            return f"q://{qid}/ChoiceTextEntryValue", _sign("NotEmpty", yes=test.answered == yes), ""
        if test.chosen_at_least is not None or test.chosen_at_most is not None:
            return self._counted(test, qid, yes=yes)
        for name, operator in COMPARED.items():
            bound = getattr(test, name)
            if isinstance(bound, int | float | str):
                return f"q://{qid}/ChoiceNumericEntryValue/1", _sign(operator, yes=yes), f"{bound}"
        value = next((each for each in (test.is_, test.includes, test.is_not) if each is not None), None)
        if value is None or isinstance(value, AnswerOf):
            raise NotExpressible("it compares two answers.")
        if isinstance(value, float | int):
            positive = (test.is_not is None) == yes
            return f"q://{qid}/ChoiceNumericEntryValue/1", _sign("EqualTo", yes=positive), f"{value:.10g}"
        return self._choice(test, asked, value, yes=(test.is_not is None) == yes)

    def _counted(self, test: Condition, qid: str, *, yes: bool) -> Place:
        operator = "GreaterThanOrEqual" if test.chosen_at_least is not None else "LessThanOrEqual"
        bound = test.chosen_at_least if test.chosen_at_least is not None else test.chosen_at_most
        if not yes:
            bound = (bound or 0) + (-1 if test.chosen_at_least is not None else 1)
            operator = "LessThanOrEqual" if operator == "GreaterThanOrEqual" else "GreaterThanOrEqual"
        return f"q://{qid}/SelectedChoicesCount", operator, str(bound)

    def _choice(self, test: Condition, asked: Asked, code: str, *, yes: bool) -> Place:
        codes, rows = [option.code for option in asked.options], [row.code for row in asked.rows]
        if code not in codes or (asked.rows and test.row not in rows):
            raise NotExpressible("it asks for an answer that has no number there.")
        choice = str(codes.index(code) + 1)
        part = f"{rows.index(test.row) + 1}/{choice}" if test.row in rows else choice
        return f"q://{self._ids[asked.key]}/SelectableChoice/{part}", _sign("Selected", yes=yes), ""

    def _group(self, group: Group, at: int) -> Payload:
        tests = [self._test(place) | ({"Conjuction": "And"} if number else {}) for number, place in enumerate(group)]
        return {str(number): test for number, test in enumerate(tests)} | {"Type": "OrIf" if at else "If"}

    def _test(self, place: Place) -> Payload:
        locator, operator, right = place
        qid = locator.split("/")[2]
        made = {"LogicType": "Question", "QuestionID": qid, "LeftOperand": locator, "ChoiceLocator": locator}
        made |= {"Operator": operator, "Type": "Expression", "Description": f"If {qid} {operator} {right}".strip()}
        return made | ({"RightOperand": right} if right else {})


def _sign(operator: str, *, yes: bool) -> str:
    return operator if yes else DENIED[operator]


def _refuse_many(alternatives: int) -> None:
    if alternatives > MOST_GROUPS:
        raise NotExpressible(f"written out it has more than {MOST_GROUPS} alternatives.")
