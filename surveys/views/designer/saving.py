"""Saving one thing of a sketch, unless a colleague has changed that very thing since its form was drawn."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from stakeholder.web.access import current_viewer
from stakeholder.web.database import reading, transaction
from surveys.designing import words
from surveys.designing.content import Content, words_of
from surveys.designing.fields import Field
from surveys.designing.sketches import OpenSketch, change, content_at
from surveys.views.designer.blueprint import base_number, now, rule_words

Theirs = tuple[Any, ...]
"""What a colleague made of a thing meanwhile (None: removed it); empty when nobody did."""


def save_over(
    sketch: OpenSketch,
    look: Callable[[Content], Any],
    write: Callable[[Content], Content],
    *,
    act: str,
    about: str = "",
) -> tuple[OpenSketch, Theirs]:
    """Write, where the thing that `look` finds is still what it was in the save from which the form was drawn."""
    found: list[Any] = []
    with transaction() as session:
        before = look(content_at(session, sketch.id, base_number(sketch.number)))

        def work(content: Content) -> Content:
            present, after = look(content), write(content)
            if present in (before, look(after)):
                return after
            found.append(present)
            return content

        changed = change(session, current_viewer(), sketch.id, work, act=act, about=about, now=now())
    return changed, tuple(found)


def described(fields: Sequence[Field], thing: Any, content: Content) -> list[tuple[str, str]]:
    """A thing as pairs of label and words, to be read beside another's."""
    pairs = [(field, _in_words(field, (thing or {}).get(field.name), content)) for field in fields]
    return [(_(words.field_words(field.name)[0]), said) for field, said in pairs if said]


def _in_words(field: Field, value: Any, content: Content) -> str:
    if value in (None, "", False, [], ()):
        return ""
    if field.look == "condition":
        return rule_words(value, content)
    if field.look == "scale":
        return " · ".join(words_of(option.get("label")) for option in value.get("options", ()))
    if field.look == "list":
        return "; ".join(words_of(row.get("label") or row.get("start") or row.get("words")) for row in value)
    if field.look == "several":
        return ", ".join(map(str, value))
    return _("yes") if value is True else words_of(value)


def drawn_from(sketch_id: UUID, sketch: OpenSketch) -> Content:
    """The content from which the form was drawn."""
    with reading() as session:
        return content_at(session, sketch_id, base_number(sketch.number))
