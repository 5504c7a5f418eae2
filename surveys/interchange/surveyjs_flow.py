"""What steers a SurveyJS survey beside `visibleIf`: triggers, values that are worked out, rules over choices. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from surveys.interchange.calculations import AnswerNamed, Calculation, Worked, calculation_of
from surveys.interchange.expressions import Split, rule_of
from surveys.interchange.reading import both, either, listed, mapping, opposite, shown_by, words_of
from surveys.interchange.rules import NotExpressible, tests_of
from surveys.interchange.sketch import Answer, Item, Line, Shown, Sketch

_ITEM = re.compile(r"\{(?:item|choice)\}")
_SIGNS = {
    "equal": "=",
    "notequal": "<>",
    "greater": ">",
    "less": "<",
    "greaterorequal": ">=",
    "lessorequal": "<=",
    "contains": "contains",
    "notcontains": "notcontains",
    "empty": "empty",
    "notempty": "notempty",
}


def shown_by_triggers(root: Mapping[str, Any]) -> dict[str, str]:
    """Expressions by the names of the questions and pages that old triggers show."""
    found: dict[str, str] = {}
    for each in listed(root.get("triggers")):
        trigger = mapping(each)
        if _kind(trigger) == "visible":
            for name in (*listed(trigger.get("questions")), *listed(trigger.get("pages"))):
                found.setdefault(words_of(name), written(trigger))
    return found


def written(trigger: Mapping[str, Any]) -> str:
    """A trigger's rule as an expression; early files give a name, an operator and a value."""
    if words_of(trigger.get("expression")):
        return words_of(trigger.get("expression"))
    name, sign = words_of(trigger.get("name")), _SIGNS.get(words_of(trigger.get("operator")) or "equal", "")
    value = trigger.get("value")
    quoted = str(value).lower() if isinstance(value, bool) else words_of(value).replace("'", "\\'")
    return f"{{{name}}} {sign}" + ("" if sign in {"empty", "notempty"} else f" '{quoted}'") if name and sign else ""


def trigger(content: Mapping[str, Any], sketch: Sketch, split: Split) -> None:
    """An end or a skip becomes rules; what a trigger sets or runs is left out."""
    kind = _kind(content)
    if kind == "visible":
        return
    name, shown = f"trigger {kind} {written(content)[:60]}", shown_by(written(content), split)
    if kind not in {"complete", "skip"} or shown is None:
        sketch.dropped(name, "Nothing is set or run; only ends and skips are read.")
    elif shown.rule is None:
        sketch.dropped(name, f"{shown.why_not} It says: {shown.written[:200]}")
    else:
        at = _last(sketch, {test.subject for test in tests_of(shown.rule)})
        if at is None:
            sketch.dropped(name, "It asks about no question of the file.")
        elif kind == "complete":
            sketch.pages[at].ends = either(sketch.pages[at].ends, Shown(shown.rule, shown.written, counted=False))
        else:
            _skip(shown, words_of(content.get("gotoName")), at, sketch, name)


def _kind(content: Mapping[str, Any]) -> str:
    return words_of(content.get("type")).removesuffix("trigger")


def _skip(shown: Shown, goal: str, at: int, sketch: Sketch, name: str) -> None:
    """Everything between the page of the rule and the goal is shown only where the rule does not hold."""
    ends = next((no for no, leaf in enumerate(sketch.pages) if any(item.name == goal for item in leaf.items)), None)
    if ends is None or ends <= at:
        sketch.dropped(name, "Its goal stands on no later page.")
        return
    for leaf in sketch.pages[at + 1 : ends]:
        leaf.shown = both(leaf.shown, opposite(shown))
    for item in sketch.pages[ends].items:
        if item.name == goal:
            break
        item.shown = both(item.shown, opposite(shown))
    sketch.mapped(name, "is a condition of what it skips.")


def _last(sketch: Sketch, names: set[str]) -> int | None:
    """The last page with one of these questions."""
    return next(
        (no for no in reversed(range(len(sketch.pages))) if any(item.name in names for item in sketch.pages[no].items)),
        None,
    )


def worked_out(content: Mapping[str, Any], sketch: Sketch, split: Split) -> None:
    """A calculated value stands on the page of the last question that it is worked out from."""
    name = words_of(content.get("name")) or "value"
    item = calculated(name, words_of(content.get("expression")), split)
    item.counted = False
    at = _last(sketch, _named(item.calculation)) if item.calculation else None
    if at is None:
        sketch.dropped(f"calculated value {name}", (item.remarks or ["It asks about no question of the file."])[0])
    else:
        sketch.pages[at].items.append(item)


def calculated(name: str, expression: str, split: Split) -> Item:
    """A value that nobody is asked."""
    item = Item(name, "calculated", {})
    try:
        item.calculation = calculation_of(expression, split)
    except NotExpressible as problem:
        item.remarks = [f"Its calculation is not taken over: {problem} It says: {expression[:200]}"]
    return item


def _named(calculation: Calculation | None) -> set[str]:
    if isinstance(calculation, AnswerNamed):
        return {calculation.name}
    return {name for part in calculation.parts for name in _named(part)} if isinstance(calculation, Worked) else set()


def each_shown_by(parts: list[Answer] | list[Line], expression: object, split: Split) -> str:
    """A rule over all choices or rows, in which {item} is each of them; returns why it cannot be kept, if so."""
    text = words_of(expression)
    if not text:
        return ""
    try:
        for part in parts:
            quoted = "'" + part.name.replace("\\", "\\\\").replace("'", "\\'") + "'"
            rule = rule_of(quoted.join(_ITEM.split(text)), split)
            part.shown = part.shown or Shown(rule, text, counted=False)
    except NotExpressible as problem:
        return f"All are offered: {problem} It says: {text[:200]}"
    return ""
