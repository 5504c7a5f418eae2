"""Which fields a form needs to edit something of a definition, read from its pydantic model. Pure.

Nothing here knows a kind of question: a new kind, or a new setting of an old one, gets its fields by itself. What a
form cannot offer field by field is offered as YAML.
"""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from stakeholder.localised import Localised
from surveys.conditions import Condition
from surveys.question_types import REGISTRY
from surveys.scales import Scale

FOLLOWS = frozenset({"type", "key", "strand", "core", "focus"})
"""Set by the program: the kind, the key, and what follows from the indicator."""
LONG = frozenset({"intro", "body", "statement", "notice"})
RARE = frozenset(
    {"indicator", "show_if", "required", "ask_if_empty", "reverse", "code", "value", "face", "shuffle", "fixed"}
    | {"pattern", "pattern_message", "longest", "max_length", "favourable_from"}
)
"""Offered under "More": most questions never need them."""


@dataclass(frozen=True)
class Field:
    """One field of a form.

    look      words (a text in languages), text, number, tick, menu, orders (no, any, or how many), scale, condition,
              list, yaml, or one or several of what the questionnaire has
    choices   codes of a menu, "" for none
    parts     fields of each member of a list
    required  whether the model has no default for it
    whole     whether a number, or a menu's code, is a whole number
    """

    name: str
    look: str
    required: bool = False
    choices: tuple[str, ...] = ()
    parts: tuple["Field", ...] = ()
    whole: bool = False
    default: Any = None

    @property
    def is_rare(self) -> bool:
        """Whether it stands under "More"."""
        return not self.required and (self.name in RARE or self.look == "yaml")


@lru_cache(maxsize=64)
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """Fields to edit a model, in the order in which it names them; the rare ones last."""
    found = tuple(_field(name, info) for name, info in model.model_fields.items() if name not in FOLLOWS)
    return tuple(sorted(found, key=lambda field: (field.is_rare, field.name != "prompt")))


def fields_of_kind(kind: str) -> tuple[Field, ...]:
    """Fields of a kind of question. Raises KeyError for an unknown kind."""
    return fields_of(REGISTRY[kind])


def _field(name: str, info: FieldInfo, *, inside: bool = False) -> Field:
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    return _field_for(name, info.annotation, required=info.is_required(), default=default, inside=inside)


def _field_for(name: str, annotation: Any, *, required: bool, default: Any, inside: bool) -> Field:
    annotation, optional = _plain(annotation)
    look = _simple_look(name, annotation)
    if look:
        return Field(name, look, required=required, whole=annotation is int, default=default)
    if get_origin(annotation) is Literal:
        codes = get_args(annotation)
        choices = (*([""] if optional else []), *map(str, codes))
        return Field(name, "menu", required, choices, whole=isinstance(codes[0], int), default=default)
    member = _member(annotation)
    if member is not None and not inside:
        return Field(name, "list", required=required, parts=_parts_of(member))
    return Field(name, "yaml", required=required)


def _simple_look(name: str, annotation: Any) -> str:
    looks = {Localised: "words", Condition: "condition", Scale: "scale", bool: "tick", str: "text"}
    if annotation in (int, float):
        return "number"
    if name == "shuffle":
        return "orders"
    return looks.get(annotation, "") if isinstance(annotation, type) else ""


def _parts_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """Fields of each member of a list: its words first, its code and what is rare after them."""
    parts = tuple(_field(name, info, inside=True) for name, info in model.model_fields.items() if name != "type")
    return tuple(
        sorted(parts, key=lambda part: (part.name in {"code", "key"} or not part.required, part.name != "label"))
    )


def _member(annotation: Any) -> type[BaseModel] | None:
    """The model of which a tuple holds any number, None for anything else."""
    arguments = get_args(annotation)
    if get_origin(annotation) is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        member, _optional = _plain(arguments[0])
        if isinstance(member, type) and issubclass(member, BaseModel) and member is not Condition:
            return member
    return None


def _plain(annotation: Any) -> tuple[Any, bool]:
    """An annotation without its notes and without None, and whether None was allowed."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        others = [each for each in get_args(annotation) if each is not type(None)]
        optional = len(others) < len(get_args(annotation))
        if len(others) == 1:
            return _plain(others[0])[0], optional
        return annotation, optional
    return annotation, False


def every_field(fields: tuple[Field, ...]) -> Iterator[Field]:
    """The fields and all that they hold."""
    for field in fields:
        yield field
        yield from every_field(field.parts)
