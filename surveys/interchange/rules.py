"""Rules of foreign files as a small tree, and their translation into conditions. Pure."""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, TypeAlias

Operator = Literal[
    "is",
    "is_not",
    "one_of",
    "includes",
    "answered",
    "unanswered",
    "at_least",
    "at_most",
    "more_than",
    "less_than",
    "chosen_at_least",
    "chosen_at_most",
]
TURNED: dict[str, Operator] = {
    "at_least": "at_most",
    "at_most": "at_least",
    "more_than": "less_than",
    "less_than": "more_than",
}
MOST_TESTS = 200
_WITHIN = {"at_least": operator.le, "at_most": operator.ge, "more_than": operator.lt, "less_than": operator.gt}


class NotExpressible(Exception):
    """A rule that conditions cannot say; the message says which part of it."""


@dataclass(frozen=True)
class Test:
    """One test on an answer: `part` is the row or option it looks at; `other` an answer it is compared with."""

    subject: str
    operator: Operator
    value: str | float | tuple[str | float, ...] | None = None
    part: str = ""
    other: str = ""


@dataclass(frozen=True)
class Joined:
    """Rules joined by all, any or (one of them) not."""

    how: Literal["all", "any", "not"]
    rules: tuple["Rule", ...]


@dataclass(frozen=True)
class Constant:
    """A rule that always or never holds."""

    holds: bool


Rule: TypeAlias = Test | Joined | Constant


@dataclass(frozen=True)
class Target:
    """The question that an answer's name means, with its codes and rows by the file's names."""

    key: str
    codes: Mapping[str, str]
    rows: Mapping[str, str]
    values: Mapping[str, float]
    several: bool = False
    numeric: bool = False
    text: bool = False
    order: int = 0


def all_of(rules: Sequence[Rule]) -> Rule | None:
    """The rules joined by all; None when there are none."""
    found = [rule for rule in rules if rule != Constant(holds=True)]
    if not found:
        return None
    return found[0] if len(found) == 1 else Joined("all", tuple(found))


def any_of(rules: Sequence[Rule]) -> Rule | None:
    """The rules joined by any; None when there are none."""
    return (rules[0] if len(rules) == 1 else Joined("any", tuple(rules))) if rules else None


def tests_of(rule: Rule | None) -> list[Test]:
    """Every single test inside."""
    if isinstance(rule, Test):
        return [rule]
    return [test for each in rule.rules for test in tests_of(each)] if isinstance(rule, Joined) else []


def renamed(rule: Rule, old: str, new: str) -> Rule:
    """The rule with another name for an answer."""
    if isinstance(rule, Test):
        return replace(
            rule,
            subject=new if rule.subject == old else rule.subject,
            other=new if rule.other == old else rule.other,
        )
    if isinstance(rule, Joined):
        return Joined(rule.how, tuple(renamed(each, old, new) for each in rule.rules))
    return rule


def condition_of(rule: Rule, targets: Mapping[str, tuple[Target, str]]) -> dict[str, Any] | None:
    """The condition as data, None for a rule that always holds. Raises NotExpressible.

    targets   {name of an answer: (its question, the row or option it is)}
    """
    if isinstance(rule, Constant):
        if rule.holds:
            return None
        raise NotExpressible("it never holds.")
    if isinstance(rule, Test):
        return _condition_of_test(rule, targets)
    if len(tests_of(rule)) > MOST_TESTS:
        raise NotExpressible(f"it has more than {MOST_TESTS} tests.")
    inside = [condition_of(each, targets) for each in rule.rules]
    if rule.how == "not":
        if inside[0] is None:
            raise NotExpressible("it never holds.")
        return {"not": inside[0]}
    if rule.how == "any" and None in inside:
        return None
    kept = [each for each in inside if each is not None]
    if not kept:
        return None
    return kept[0] if len(kept) == 1 else {rule.how: kept}


def _condition_of_test(test: Test, targets: Mapping[str, tuple[Target, str]]) -> dict[str, Any]:
    target, part = _target(test.subject, targets)
    part = test.part or part
    if test.other:
        other, _ = _target(test.other, targets)
        if test.operator not in {"is", "is_not", *TURNED}:
            raise NotExpressible("it compares two answers in a way that there is not here.")
        return {"question": target.key, test.operator: {"answer": other.key}}
    if part and part in target.rows:
        return _plain(test, target, {"question": target.key, "row": target.rows[part]})
    if part and part in target.codes:
        return _option(test, target, target.codes[part])
    for row, key in target.rows.items():
        code = target.codes.get(part.removeprefix(f"{row}_"))
        if part.startswith(f"{row}_") and code:
            return _option(test, target, code, key)
    if part:
        raise NotExpressible(f"'{part}' is no row or option of '{test.subject}'.")
    if target.rows and test.operator in {"is", "is_not", "one_of"}:
        chosen = replace(test, operator="is") if test.operator == "is_not" else test
        found = {"any": [_plain(chosen, target, {"question": target.key, "row": row}) for row in target.rows.values()]}
        return {"not": found} if test.operator == "is_not" else found
    return _plain(test, target, {"question": target.key})


def _target(name: str, targets: Mapping[str, tuple[Target, str]]) -> tuple[Target, str]:
    found = targets.get(name)
    if found is None:
        raise NotExpressible(f"it asks about '{name[:60]}', which is no question before it here.")
    return found


def _option(test: Test, target: Target, code: str, row: str = "") -> dict[str, Any]:
    """A test on one box, of a row where one is named: ticked or not."""
    ticked = {"question": target.key, "includes" if target.several else "is": code} | ({"row": row} if row else {})
    value = str(test.value).casefold() if test.value is not None else ""
    says_no = value in {"", "n", "no", "0", "false"}
    if test.operator in {"answered", "includes"} or (test.operator == "is" and not says_no):
        return ticked
    if test.operator == "unanswered" or (test.operator == "is" and says_no):
        return {"not": ticked}
    if test.operator == "is_not":
        return ticked if says_no else {"not": ticked}
    raise NotExpressible("it compares a box with a number.")


def _plain(test: Test, target: Target, asked: dict[str, Any]) -> dict[str, Any]:
    asks, value = test.operator, test.value
    empty = value is None or value == ""
    if asks == "answered" or (asks == "is_not" and empty):
        return asked | {"answered": True}
    if asks == "unanswered" or (asks == "is" and empty):
        return asked | {"answered": False}
    if asks in {"chosen_at_least", "chosen_at_most"}:
        return asked | {asks: _whole(value)}
    if asks in TURNED:
        return _compared(test, target, asked)
    if target.text and not target.codes:
        return asked | ({asks: str(value)} if asks in {"is", "is_not"} else _no_words(asks))
    if asks == "one_of":
        return _one_of(tuple(_code(each, target) for each in _several(value)), target, asked)
    code = _code(value, target)
    if asks == "is_not":
        return {"not": asked | {"includes": code}} if target.several else asked | {"is_not": code}
    return asked | {"includes" if target.several else "is": code}


def _no_words(asks: str) -> dict[str, Any]:
    raise NotExpressible(f"it looks into the words of an answer ({asks}).")


def _several(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _one_of(codes: tuple[Any, ...], target: Target, asked: dict[str, Any]) -> dict[str, Any]:
    if not target.several:
        return asked | {"one_of": list(codes)}
    return {"any": [asked | {"includes": code} for code in codes]}


def _code(value: Any, target: Target) -> str | float:
    if target.numeric:
        return _number(value)
    name = plain_number(value)
    if name in target.codes:
        return target.codes[name]
    for known in (name.casefold(), f"item{name}"):
        found = [code for spelled, code in target.codes.items() if spelled.casefold() == known]
        if found:
            return found[0]
    raise NotExpressible(f"'{name[:60]}' is no answer to '{target.key}'.")


def _compared(test: Test, target: Target, asked: dict[str, Any]) -> dict[str, Any]:
    if target.text:
        raise NotExpressible("it compares words with a number.")
    if not target.codes:
        return asked | {test.operator: _bound(test.value)}
    bound = _number(test.value)
    within = partial(_WITHIN[test.operator], bound)
    values = {code: target.values.get(name) for name, code in target.codes.items()}
    if not any(value is not None for value in values.values()):
        raise NotExpressible(f"the answers to '{target.key}' have no numbers to compare.")
    met = tuple(code for code, value in values.items() if value is not None and within(value))
    if not met:
        raise NotExpressible(f"no answer to '{target.key}' meets it.")
    return _one_of(met, target, asked)


def plain_number(value: object) -> str:
    """A value as files write it: 3 rather than 3.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _bound(value: object) -> float | str:
    text = str(value)
    return text if len(text) in {7, 10} and text[4:5] == "-" else _number(value)


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError as problem:
        raise NotExpressible(f"'{str(value)[:60]}' is not a number.") from problem


def _whole(value: object) -> int:
    return int(_number(value))
