"""YAML documents that people write by hand: read strictly, with errors that name file, place, found and expected."""

import re
from collections.abc import Hashable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from stakeholder.errors import Invalid

MOST_BYTES = 2_000_000
MOST_PROBLEMS = 12
Place = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


class _Loader(yaml.CSafeLoader):
    """YAML 1.2's plain words: `no`, `on` and `12:30` stay text, only true and false are yes-or-no values."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as in PyYAML


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), list("tTfF"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|)$"), ["~", "n", "N", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$"),
    list("-+0123456789."),
)


def decode(data: bytes, source: str) -> str:
    """Bytes as UTF-8 text. Raises Invalid with the line of the first byte that is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise Invalid(
            f"{source}, line {line}: found a byte that is not UTF-8 (0x{data[problem.start]:02x}); "
            "expected UTF-8 text. Save the file again with the encoding UTF-8."
        ) from problem


def read_yaml(text: str, source: str) -> Any:
    """The document's content as plain lists, mappings and values.

    Raises Invalid for what is not YAML, for a key written twice, for aliases and for files over 2 MB.
    """
    if len(text) > MOST_BYTES:
        raise Invalid(f"{source}: found {len(text):,} characters, expected at most {MOST_BYTES:,}.")
    try:
        node = yaml.compose(text, _Loader)
        _refuse_doubles(node, source)
        return yaml.load(text, _Loader)  # noqa: S506 - a safe loader with fewer types
    except yaml.YAMLError as problem:
        raise Invalid(_not_yaml(problem, source)) from problem
    except (ValueError, RecursionError) as problem:
        raise Invalid(f"{source}: this cannot be read as YAML: {problem}.") from problem


def validated(model: type[Model], content: Any, *, text: str, source: str) -> Model:
    """The content as a model. Raises Invalid with up to twelve problems, each with its place and line."""
    if not isinstance(content, dict):
        raise Invalid(f"{source}: found {_shown(content)}, expected a mapping that begins like 'key: our_survey'.")
    try:
        return model.model_validate(content)
    except ValidationError as problem:
        raise Invalid("\n".join(_problems(problem, text, source, _words_of(model)))) from problem


def line_of(text: str, place: Sequence[str | int]) -> int | None:
    """Line on which the value at `place` stands, counted from 1; that of its nearest parent where it is missing."""
    node = yaml.compose(text, _Loader)
    if node is None:
        return None
    line = node.start_mark.line
    for step in place:
        found = _child(node, step)
        if found is None:
            continue
        line, node = found
    return line + 1


def named(place: Sequence[str | int]) -> str:
    """A place in words people can follow: `pages 2, questions 1, prompt`."""
    words: list[str] = []
    for step in place:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words)


def _child(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None


def _refuse_doubles(node: yaml.Node | None, source: str) -> None:
    """A key written twice would silently lose the first; an alias may blow a small file up to any size."""
    seen_nodes: set[int] = set()
    for mapping in _nodes(node):
        if id(mapping) in seen_nodes:
            raise Invalid(
                f"{source}, line {mapping.start_mark.line + 1}: found an alias (*name), "
                "expected the text itself, written out."
            )
        seen_nodes.add(id(mapping))
        if isinstance(mapping, yaml.MappingNode):
            _refuse_double_keys(mapping, source)


def _refuse_double_keys(mapping: yaml.MappingNode, source: str) -> None:
    seen: set[Hashable] = set()
    for key, _ in mapping.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Invalid(
                f"{source}, line {key.start_mark.line + 1}: found a list or mapping as a key, expected a word."
            )
        if key.value in seen:
            raise Invalid(
                f"{source}, line {key.start_mark.line + 1}: found '{key.value}' a second time, expected it once."
            )
        seen.add(key.value)


def _nodes(node: yaml.Node | None) -> Iterator[yaml.Node]:
    if node is None:
        return
    if isinstance(node, yaml.ScalarNode):
        return
    yield node
    for child in node.value:
        for part in child if isinstance(child, tuple) else (child,):
            if not isinstance(part, yaml.ScalarNode):
                yield from _nodes(part)


def _not_yaml(problem: yaml.YAMLError, source: str) -> str:
    mark = getattr(problem, "problem_mark", None)
    place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    what = getattr(problem, "problem", None) or str(problem).splitlines()[0]
    return (
        f"{source}{place}: this is not YAML that can be read: {what}. "
        "Often a text with ':' or '#' needs quotes, or a line is not indented like its neighbours."
    )


def _problems(problem: ValidationError, text: str, source: str, words: Sequence[str]) -> Iterator[str]:
    errors = [error for error in problem.errors(include_url=False) if not _follows(error)]
    for error in errors[:MOST_PROBLEMS]:
        place = _plain_place(error["loc"])
        complaint = _complaint(error, words)
        line = line_of(text, place) if place else _line_named(text, complaint)
        at = f", line {line}" if line else ""
        where = f", {named(place)}" if place else ""
        yield f"{source}{at}{where}: {complaint}"
    if len(errors) > MOST_PROBLEMS:
        yield f"{source}: and {len(errors) - MOST_PROBLEMS} more problems."


def _line_named(text: str, complaint: str) -> int | None:
    """Line of the question or page that a complaint about the whole document names, None when it names none."""
    named_key = re.match(r"(?:question|page|section|block|quota|check|scale|locked module) '([^']+)'", complaint)
    found = named_key and re.search(rf"\bkey: *['\"]?{re.escape(named_key[1])}\b", text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def _follows(error: Any) -> bool:
    """Whether it only says that a list is empty after its wrong members were left out."""
    return error["type"] == "too_short" and bool(error.get("input")) and error["ctx"]["actual_length"] == 0


def _plain_place(loc: Sequence[str | int]) -> Place:
    """The place without the names of question kinds and checks that pydantic puts in between."""
    place: list[str | int] = []
    for at, step in enumerate(loc):
        after_index = at > 0 and isinstance(loc[at - 1], int)
        if isinstance(step, str) and (step.startswith(("function-", "tagged-", "is-instance")) or step == "[key]"):
            continue
        if after_index and isinstance(step, str) and at >= 2 and loc[at - 2] == "questions" and step in QUESTION_KINDS:
            continue
        place.append(step)
    return tuple(place)


QUESTION_KINDS: set[str] = set()
"""Names of question kinds, filled by the registry."""


@cache
def _words_of(model: type[BaseModel]) -> list[str]:
    """Every word that may stand before a colon somewhere in such a document."""
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return sorted({word for part in parts for word in part.get("properties", {})})


def _complaint(error: Any, words: Sequence[str]) -> str:
    kind, message = str(error["type"]), str(error["msg"]).removeprefix("Value error, ")
    if kind == "missing":
        return "found nothing, expected a value here."
    if kind == "extra_forbidden":
        close = get_close_matches(str(error["loc"][-1]), words, n=1)
        hint = f"Is '{close[0]}' meant? If not, take it out." if close else "Take it out, or look at a file that works."
        return f"this word is not known here. {hint}"
    if kind == "value_error":
        return message
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        context = error.get("ctx", {})
        found = f"type '{context['tag']}'" if "tag" in context else "no type"
        return f"found {found}, expected one of {context.get('expected_tags') or ', '.join(sorted(QUESTION_KINDS))}."
    return f"found {_shown(error.get('input'))}, expected something else: {message[:1].lower()}{message[1:]}."


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    text = str(value)
    return f"'{text[:60]}{'…' if len(text) > 60 else ''}'"
