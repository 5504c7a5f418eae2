"""Every text of a questionnaire with its place. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from stakeholder.localised import Localised
from surveys.definition import Questionnaire, own_pieces
from surveys.frozen import Data
from surveys.question_types import Question


@dataclass(frozen=True)
class Text:
    """One text. `what` and `key` as in Problem; `name`: its field, such as "prompt"."""

    what: str
    key: str
    name: str
    text: Localised


def texts_of(questionnaire: Questionnaire) -> Iterator[Text]:
    """The author's own texts in reading order; the labels of scales, which are shared, are not among them."""
    yield from _own("questionnaire", "", questionnaire)
    for section in questionnaire.sections:
        yield from _own("section", section.key, section)
        if section.repeat:
            yield from _own("section", section.key, section.repeat)
    for page in questionnaire.pages:
        yield from _own("page", page.key, page)
        for question in page.questions:
            yield from texts_of_question(question)
    for what in ("quota", "check", "scale"):
        for thing in getattr(questionnaire, f"{what}s"):
            yield from _own(what, thing.key, thing)
    for module in questionnaire.locked:
        yield from _own("locked module", module.key, module)


def texts_of_question(question: Question) -> Iterator[Text]:
    """Texts of a question, its own options and rows."""
    yield from _own("question", question.key, question)
    for option in own_pieces(question, "options"):
        yield from _own("option", f"{question.key}.{option.code}", option)
    for row in own_pieces(question, "rows"):
        yield from _own("row", f"{question.key}.{row.key}", row)


def _own(what: str, key: str, thing: Data) -> Iterator[Text]:
    for name in type(thing).model_fields:
        value = getattr(thing, name)
        if isinstance(value, Localised):
            yield Text(what, key, name, value)
