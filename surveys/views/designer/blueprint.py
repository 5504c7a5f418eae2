"""What the designer's pages share: the blueprint, names of things, and the sketch in hand."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from flask_babel import gettext as _

from stakeholder.localised import LANGUAGE_NAMES
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer
from stakeholder.web.database import reading
from surveys.designing import words
from surveys.designing.content import Content, places, words_of
from surveys.designing.fields import Field
from surveys.designing.phrases import condition_words
from surveys.designing.sketches import OpenSketch, get_sketch
from surveys.framework import default_framework
from surveys.scales import Scale

designer = Blueprint("designer", __name__, url_prefix="/questionnaires")


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def sketch_in_hand(sketch_id: UUID) -> OpenSketch:
    """The sketch that the address names. Raises NotFound."""
    with reading() as session:
        return get_sketch(session, current_viewer(), sketch_id)


def base_number(fallback: int) -> int:
    """The save from which a form was drawn."""
    typed = request.form.get("base", "")
    return int(typed) if typed.isdigit() and len(typed) < 9 else fallback


def wants_part() -> bool:
    """Whether the page's script asks, which needs no message kept for the next page."""
    return request.headers.get("X-Requested-With") == "designer"


def scales_for(content: Content) -> dict[str, Scale]:
    """Scales one can choose: the framework's, and those that the questionnaire brought along."""
    found = {scale.key: scale for scale in default_framework().scales}
    for place in places(content):
        scale = place.question.get("scale")
        if isinstance(scale, Mapping) and scale.get("key") not in found:
            found[str(scale["key"])] = Scale.model_validate(scale)
    return found


@designer.app_context_processor
def names() -> dict[str, Any]:
    """Words for kinds, fields and codes, in the reader's language."""
    return {
        "kind_name": lambda kind: _(words.kind_name(kind)),
        "kind_meaning": lambda kind: (
            _(words.KINDS.get(kind, ("", ""))[1]) if words.KINDS.get(kind, ("", ""))[1] else ""
        ),
        "code_name": lambda code: _(words.CODES[code]) if code in words.CODES else words.plain(code),
        "test_names": {test: _(text) for test, text in words.TESTS.items()},
        "field_label": _field_label,
        "field_hint": _field_hint,
        "act_words": lambda act, about: _(words.ACTS.get(act, words.plain(act)), about=about),
        "words_of": words_of,
        "rule_words": rule_words,
        "may_publish": current_viewer().may(Permission.PUBLISH_SURVEYS),
        "all_language_names": LANGUAGE_NAMES,
    }


def rule_words(condition: Any, content: Content) -> str:
    """A rule as a sentence: "“Which year are you in?” is Year 7"."""
    sentence = condition_words(condition, content, {test: _(text) for test, text in words.TESTS.items()})
    return sentence.replace(" & ", _(" and ")).replace(" | ", _(" or ")).replace("¬", _("not"))


def _field_label(field: Field) -> str:
    return _(words.field_words(field.name)[0])


def _field_hint(field: Field) -> str:
    hint = words.field_words(field.name)[1]
    return _(hint) if hint else ""
