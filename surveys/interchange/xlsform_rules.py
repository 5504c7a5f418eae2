"""Constraints, filters of choices and calculations of an XLSForm. Pure."""

import re

from surveys.interchange.calculations import calculation_of
from surveys.interchange.expressions import rule_of
from surveys.interchange.reading import number, whole_number
from surveys.interchange.rules import (
    Constant,
    Joined,
    NotExpressible,
    Rule,
    Test,
    all_of,
    plain_number,
    renamed,
    tests_of,
)
from surveys.interchange.sketch import Demand, Item, Shown, Texts

Row = dict[str, str]
_DAY = re.compile(r"\.\s*(?P<sign>[<>]=)\s*(?:date\()?'(?P<day>\d{4}-(?:0[1-9]|1[0-2])-\d\d)'\)?")
_ANSWERS = re.compile(r"\$\{\s*([^{}]+?)\s*\}")


_PATHS = re.compile(r"""'[^']*'|"[^"]*"|(?:current\(\))?(?:\.\.)?/(?:(?:[\w.-]+)/)*(?P<name>[A-Za-z_][\w.-]*)""")


def without_paths(written: str) -> str:
    """An expression with the names of answers in the place of the paths to them.

    >>> without_paths("selected(/form/group/colour, '/a') and ../age > 3")
    "selected(${colour}, '/a') and ${age} > 3"
    """
    return _PATHS.sub(lambda found: f"${{{found['name']}}}" if found["name"] else found[0], written)


def constrain(item: Item, written: str, message: Texts) -> None:
    """Bounds of a number or of how many are chosen; anything else is a demand on the answer."""
    if not written:
        return
    pattern = re.fullmatch(r"\s*regex\(\s*\.\s*,\s*(['\"])(.{1,190})\1\s*\)\s*", written)
    if pattern and item.kind == "line":
        item.pattern, item.refusal = pattern[2], message
        return
    if item.kind in {"date", "month"} and _spans(item, written):
        return
    try:
        rule = rule_of(written)
    except NotExpressible as problem:
        item.leftovers.append(("constraint", f"It is not checked: {problem} It says: {written[:200]}"))
        return
    tests = _all_tests(rule)
    kept = [_bound(item, test) for test in tests or ()]
    if tests is None or not all(kept):
        item.refused_unless.append(Demand(renamed(rule, ".", item.name), written, message=message))


def _spans(item: Item, written: str) -> bool:
    """Whether the constraint is nothing but the earliest and the latest day of a date."""
    for each in re.split(r"\s+and\s+", written.strip()):
        found = _DAY.fullmatch(each)
        if found is None:
            return False
        if found["sign"] == ">=":
            item.earliest = found["day"]
        else:
            item.latest = found["day"]
    return True


def calculate(item: Item, written: str) -> None:
    """How a value that nobody is asked is worked out."""
    try:
        item.calculation = calculation_of(written)
    except NotExpressible as problem:
        item.remarks = [f"A calculation is not taken over: {problem} It says: {written[:200]}"]


def filter_choices(item: Item, written: str) -> None:
    """A filter of choices as a rule of each option, its columns filled in."""
    if not written or not item.answers:
        return
    columns = {name.casefold() for answer in item.answers for name in answer.row} | {"name"}
    try:
        rule = rule_of(written)
        strange = {name for test in tests_of(rule) for name in (test.subject, test.other)} - {
            "",
            *_ANSWERS.findall(written),
        }
        if unknown := sorted(name for name in strange if name.casefold() not in columns):
            raise NotExpressible(f"there is no column '{unknown[0][:40]}'.")
        for answer in item.answers:
            row = dict.fromkeys(columns, "") | {name.casefold(): value for name, value in answer.row.items()}
            shown = _filled(rule, row | {"name": answer.name})
            if shown != Constant(holds=True):
                answer.shown = Shown(shown, written, counted=False)
    except NotExpressible as problem:
        item.leftovers.append(("choice filter", f"All options are offered: {problem} It says: {written[:200]}"))


def _filled(rule: Rule, row: Row) -> Rule:
    """The rule for one row of the list of choices. Raises NotExpressible."""
    if isinstance(rule, Joined):
        parts = tuple(_filled(each, row) for each in rule.rules)
        kept = tuple(each for each in parts if each != Constant(holds=True))
        if rule.how == "all":
            return all_of(kept) or Constant(holds=True)
        return Constant(holds=True) if rule.how == "any" and len(kept) < len(parts) else Joined(rule.how, parts)
    if not isinstance(rule, Test):
        return rule
    own, other = row.get(rule.subject.casefold()), row.get(rule.other.casefold())
    if rule.other and other is not None and own is None:
        return Test(rule.subject, rule.operator, other)
    if own is not None and rule.operator in {"is", "is_not"}:
        if rule.other:
            return Test(rule.other, rule.operator, own)
        return Constant(holds=(own == plain_number(rule.value)) == (rule.operator == "is"))
    if rule.other or own is not None:
        raise NotExpressible("a column is compared in a way that there is not here.")
    return rule


def _all_tests(rule: Rule) -> list[Test] | None:
    """The tests of a rule that joins them by and; None for any other."""
    if isinstance(rule, Test):
        return [rule]
    if not isinstance(rule, Joined) or rule.how != "all":
        return None
    inside = [_all_tests(each) for each in rule.rules]
    return None if None in inside else [test for tests in inside for test in tests or ()]


def _bound(item: Item, test: Test) -> bool:
    value = number(test.value)
    if test.subject != "." or value is None:
        return False
    tight = 0 if item.decimals else 1
    if item.kind in {"number", "slider"} and test.operator in {"at_least", "more_than"}:
        item.low = value + (tight if test.operator == "more_than" else 0)
    elif item.kind in {"number", "slider"} and test.operator in {"at_most", "less_than"}:
        item.high = value - (tight if test.operator == "less_than" else 0)
    elif test.operator == "chosen_at_least":
        item.least = whole_number(value)
    elif test.operator == "chosen_at_most":
        item.most = whole_number(value)
    else:
        return False
    return True
