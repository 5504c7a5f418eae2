"""Display and branch logic of Qualtrics, which is data already, as rules. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from surveys.interchange.cleaning import plain
from surveys.interchange.reading import mapping, words_of
from surveys.interchange.rules import NotExpressible, Operator, Rule, Test, all_of, any_of
from surveys.interchange.sketch import Shown

_PLACE = re.compile(r"q://(?P<question>QID[\w#]+?)/(?P<what>[A-Za-z]+)(?:/(?P<part>.+))?$")
_ROW_OF = re.compile(r"^(?P<row>[^/~]+)[/~](?P<code>[^/~]+)$")
_OPERATORS: dict[str, Operator] = {
    "Selected": "is",
    "EqualTo": "is",
    "NotSelected": "is_not",
    "NotEqualTo": "is_not",
    "GreaterThan": "more_than",
    "GreaterThanOrEqual": "at_least",
    "LessThan": "less_than",
    "LessThanOrEqual": "at_most",
    "Empty": "unanswered",
    "NotEmpty": "answered",
    "IsNotEmpty": "answered",
    "IsEmpty": "unanswered",
}


def shown_by_logic(logic: Any) -> Shown | None:
    """The rule of a piece of logic; None when there is none."""
    if not logic:
        return None
    groups = {name: each for name, each in mapping(logic).items() if name.isdigit() and isinstance(each, dict)}
    if not groups:
        return None
    tests = [
        mapping(test) for _, group in sorted(groups.items()) for name, test in sorted(group.items()) if name.isdigit()
    ]
    written = plain(" ".join(words_of(test.get("Description")) for test in tests))
    try:
        rule = _joined(
            [(_how(mapping(group).get("Type")), _group(mapping(group))) for _, group in sorted(groups.items(), key=_at)]
        )
        return Shown(rule, written)
    except NotExpressible as problem:
        return Shown(None, written, str(problem))


def shown_by_skip(skip: Mapping[str, Any]) -> Shown:
    """The rule under which a skip skips."""
    place = words_of(skip.get("Locator")) or words_of(skip.get("ChoiceLocator"))
    test = {
        "LogicType": "Question",
        "LeftOperand": place,
        "Operator": skip.get("Condition"),
        "RightOperand": skip.get("RightOperand"),
    }
    written = plain(words_of(skip.get("Description")))
    try:
        return Shown(_test(test), written, counted=False)
    except NotExpressible as problem:
        return Shown(None, written, str(problem), counted=False)


def looped_by(options: Mapping[str, Any]) -> str:
    """The question whose number says how often a block is asked; empty where the loop goes over something else."""
    place = _PLACE.match(words_of(options.get("Locator")))
    return place["question"] if place and place["what"] in {"ChoiceNumericEntryValue", "ChoiceTextEntryValue"} else ""


def _at(pair: tuple[str, Any]) -> int:
    return int(pair[0][:9])


def _how(word: Any) -> str:
    return "or" if "or" in words_of(word).casefold().replace("elseif", "or") else "and"


def _group(group: dict[str, Any]) -> Rule:
    tests = sorted(((name, mapping(test)) for name, test in group.items() if name.isdigit()), key=_at)
    return _joined([(_how(test.get("Conjuction") or test.get("Conjunction")), _test(test)) for _, test in tests])


def _joined(rules: list[tuple[str, Rule]]) -> Rule:
    """Rules with the word before each: `and` binds closer than `or`."""
    if not rules:
        raise NotExpressible("it has no test.")
    runs: list[list[Rule]] = [[rules[0][1]]]
    for how, rule in rules[1:]:
        if how == "or":
            runs.append([rule])
        else:
            runs[-1].append(rule)
    found = any_of([each for run in runs if (each := all_of(run)) is not None])
    if found is None:
        raise NotExpressible("it has no test.")
    return found


def _test(test: dict[str, Any]) -> Rule:
    kind = words_of(test.get("LogicType"))
    if kind != "Question":
        raise NotExpressible(f"it asks about '{kind[:30] or 'nothing known'}', not about an answer.")
    operator = _OPERATORS.get(words_of(test.get("Operator")))
    if operator is None:
        raise NotExpressible(f"it compares by '{words_of(test.get('Operator'))[:30]}'.")
    places = (words_of(test.get(name)).replace("%23", "#") for name in ("LeftOperand", "ChoiceLocator"))
    place = next((found for each in places if (found := _PLACE.match(each))), None)
    if place is None:
        raise NotExpressible("what it asks about is not understood.")
    return _on(place, operator, test)


def _on(place: re.Match[str], operator: Operator, test: dict[str, Any]) -> Rule:
    question, what, part = place["question"], place["what"], place["part"] or ""
    right = test.get("RightOperand")
    if what in {"SelectableChoice", "SelectableAnswer"}:
        row = _ROW_OF.match(part)
        return Test(question, operator, row["code"], row["row"]) if row else Test(question, operator, part or None)
    if what == "SelectedChoicesCount":
        counts: dict[str, Operator] = {"at_least": "chosen_at_least", "at_most": "chosen_at_most"}
        if operator in counts:
            return Test(question, counts[operator], words_of(right))
        raise NotExpressible("it counts answers in a way that there is not here.")
    if what in {"ChoiceNumericEntryValue", "ChoiceTextEntryValue"}:
        value = words_of(right) if operator not in {"answered", "unanswered"} else None
        return Test(question, operator, value, part if part not in {"", "1", "TEXT"} else "")
    raise NotExpressible(f"it asks about '{what[:40]}' of a question.")
