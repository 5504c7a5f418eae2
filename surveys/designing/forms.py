"""From the content of a question to the values of its form and back. Pure.

Inputs are named by their place: `prompt`, `options.2.label`, `show_if.0.question`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import yaml
from pydantic import BaseModel, ValidationError

from stakeholder.errors import Invalid
from stakeholder.localised import DEFAULT_LANGUAGE, N_
from surveys.designing.content import key_from, words_of
from surveys.designing.fields import Field
from surveys.designing.rules import condition_from, rules_shown
from surveys.documents import read_yaml
from surveys.scales import Scale

EMPTY_ROWS = 2
MOST_ROWS = 60
NUMBERED = re.compile(r"(.+)\.(\d{1,3})\.[a-z_]+")


class Submitted(Protocol):
    """What a submitted form offers."""

    def get(self, key: str, /) -> str | None:
        """First value of a field."""

    def getlist(self, key: str, /) -> list[str]:
        """All values of a field."""

    def __iter__(self) -> Iterator[str]:
        """Names of the fields."""


@dataclass
class Reading:
    """What a form said: the content, and what could not be read, by the name of the input."""

    content: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def shown(fields: Sequence[Field], content: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Values of a form's inputs by name; a list's value is the number of its rows, with two empty ones."""
    values: dict[str, Any] = {}
    for each in fields:
        values.update(_shown(each, content.get(each.name, each.default), f"{prefix}{each.name}"))
    return values


def read(fields: Sequence[Field], form: Submitted, before: Mapping[str, Any], scales: Mapping[str, Scale]) -> Reading:
    """The content a form describes. `before` keeps what the form does not show: words in other languages."""
    reading = Reading()
    reading.content = _read_all(fields, form, before, scales, "", reading.problems)
    return reading


def typed(form: Submitted) -> dict[str, Any]:
    """What was typed, to be shown again as it was; the list or the rules that want more lines get some."""
    values: dict[str, Any] = {name: form.get(name) for name in form}
    more, counts = form.get("more"), Counter[str]()
    for name in form:
        if (numbered := NUMBERED.fullmatch(name)) is not None:
            counts[numbered[1]] = max(counts[numbered[1]], int(numbered[2]) + 1)
    return values | {name: count + (EMPTY_ROWS if name == more else 0) for name, count in counts.items()}


def complaints(model: type[BaseModel], content: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with a content, by the name of the input; empty when it is sound."""
    try:
        model.model_validate(content)
    except ValidationError as problem:
        return {_input_name(error["loc"]): _complaint(error) for error in problem.errors(include_url=False)}
    return {}


def _shown(each: Field, value: Any, name: str) -> dict[str, Any]:
    if each.look == "condition":
        return rules_shown(value, name)
    if each.look == "several":
        return {name: tuple(value or ())}
    if each.look == "list":
        rows = list(value or ())
        values: dict[str, Any] = {name: len(rows) + EMPTY_ROWS}
        for at, row in enumerate(rows):
            values.update(shown(each.parts, row, f"{name}.{at}."))
        return values
    return {name: _shown_value(each, value)}


def _shown_value(each: Field, value: Any) -> Any:
    if each.look == "words":
        return words_of(value) if isinstance(value, Mapping | str) else ""
    if each.look == "scale":
        return value["key"] if isinstance(value, Mapping) else ""
    if each.look == "tick":
        return bool(value)
    if each.look == "orders":
        return "yes" if value is True else str(value or "")
    if each.look == "number":
        return "" if value is None else f"{value:g}"
    if each.look == "yaml":
        plain = None if value is None or value == () else value
        return "" if plain is None else yaml.safe_dump(_bare(plain), allow_unicode=True, sort_keys=False)
    return "" if value is None else str(value)


def _bare(value: Any) -> Any:
    """Models and tuples as plain mappings and lists."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(value, Mapping):
        return {str(key): _bare(each) for key, each in value.items()}
    return [_bare(each) for each in value] if isinstance(value, list | tuple) else value


def _read_all(
    fields: Sequence[Field],
    form: Submitted,
    before: Mapping[str, Any],
    scales: Mapping[str, Scale],
    prefix: str,
    problems: dict[str, str],
) -> dict[str, Any]:
    content = {name: value for name, value in before.items() if name not in {each.name for each in fields}}
    for each in fields:
        value = _read(each, form, before.get(each.name), scales, f"{prefix}{each.name}", problems)
        if value is not None and value != each.default:
            content[each.name] = value
    return content


def _read(
    each: Field, form: Submitted, before: Any, scales: Mapping[str, Scale], name: str, problems: dict[str, str]
) -> Any:
    if each.look == "list":
        return _read_rows(each, form, before, scales, name, problems) or None
    if each.look == "condition":
        return condition_from(form, name, before, problems)
    if each.look == "tick":
        return form.get(name) is not None
    if each.look == "several":
        return form.getlist(name) or None
    typed = (form.get(name) or "").replace("\r\n", "\n").strip()
    return _read_value(each, typed, before, scales, name, problems) if typed else None


def _read_value(
    each: Field, typed: str, before: Any, scales: Mapping[str, Scale], name: str, problems: dict[str, str]
) -> Any:
    if each.look == "words":
        others = before if isinstance(before, Mapping) else {}
        return {**others, DEFAULT_LANGUAGE: typed}
    if each.look == "scale":
        return scales[typed].model_dump(mode="json", exclude_defaults=True) if typed in scales else None
    if each.look == "orders":
        return True if typed == "yes" else int(typed) if typed.isdigit() else None
    if each.look == "number":
        return _number(each, typed, name, problems)
    if each.look == "yaml":
        return _yaml(typed, name, problems)
    if each.look == "menu" and each.whole:
        return int(typed) if typed.isdigit() else None
    return typed


def _number(each: Field, typed: str, name: str, problems: dict[str, str]) -> int | float | None:
    try:
        number = float(typed.replace(",", ".").replace("\u2212", "-"))
    except ValueError:
        problems[name] = N_("Write a number, such as 3.")
        return None
    if each.whole and number != int(number):
        problems[name] = N_("Write a whole number, such as 3.")
        return None
    return int(number) if number == int(number) else number


def _yaml(typed: str, name: str, problems: dict[str, str]) -> Any:
    try:
        return read_yaml(typed, name)
    except Invalid as problem:
        problems[name] = str(problem)
        return None


def _read_rows(
    each: Field, form: Submitted, before: Any, scales: Mapping[str, Scale], name: str, problems: dict[str, str]
) -> list[dict[str, Any]]:
    """Rows with words in them, in order; one without a code gets one made from its words and keeps it."""
    known = list(before or ())
    coded = next((part.name for part in each.parts if part.name in {"code", "key"}), "")
    by_code = {str(row.get(coded)): row for row in known} if coded else {}
    rows: list[dict[str, Any]] = []
    for at in range(MOST_ROWS):
        prefix = f"{name}.{at}."
        if not any((form.get(f"{prefix}{part.name}") or "").strip() for part in each.parts if part.look == "words"):
            continue
        inside = by_code.get(form.get(f"{prefix}{coded}") or "", {})
        row = _read_all(each.parts, form, inside, scales, prefix, problems)
        if coded and not row.get(coded):
            words = next(
                (words_of(row[part.name]) for part in each.parts if part.look == "words" and part.name in row), ""
            )
            row[coded] = key_from(words, {str(other.get(coded)) for other in rows} | set(by_code))
        rows.append(row)
    return rows


def _input_name(loc: tuple[int | str, ...]) -> str:
    steps = [str(step) for step in loc if not str(step).startswith(("function-", "tagged-", "is-instance"))]
    return ".".join(steps)


def _complaint(error: Any) -> str:
    kind = error["type"]
    if kind == "missing":
        return N_("Fill this in.")
    if kind == "too_short":
        return (
            N_("Write at least two of these.")
            if error["ctx"]["min_length"] == 2
            else N_("Write at least one of these.")
        )
    return str(error["msg"]).removeprefix("Value error, ")
