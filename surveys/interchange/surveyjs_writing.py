"""Our questionnaires as SurveyJS JSON. Pure."""

import json
from typing import Any

from surveys.conditions import Condition
from surveys.definition import Questionnaire
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import (
    Asked,
    Choice,
    comparison,
    condition_words,
    noted,
    outline,
    plain,
    words_in,
    written_off,
)
from surveys.interchange.rules import NotExpressible
from surveys.interchange.sketch import Texts

TOOL = "SurveyJS"
Element = dict[str, Any]


def write(questionnaire: Questionnaire, _language: str = "en") -> tuple[bytes, LossReport]:
    """A definition for SurveyJS Form Library and Creator."""
    report = LossReport()
    pages = []
    for page in questionnaire.pages:
        report.mapped(f"page {page.key}", "is a page.")
        rule = condition_words(page.show_if, _test, f"page {page.key}", report, no="!({})")
        elements = [
            found
            for question in page.questions
            if (found := _element(outline(question, questionnaire.languages), report))
        ]
        made = {"name": page.key, "title": _text(words_in(page.title)), "visibleIf": rule, "elements": elements}
        pages.append(_filled(made))
    written_off(questionnaire, report, TOOL)
    whole = {
        "title": _text(words_in(questionnaire.title)),
        "description": _text(words_in(questionnaire.intro)),
        "pages": pages,
    }
    return (json.dumps(_filled(whole), ensure_ascii=False, indent=2) + "\n").encode(), report


def _text(words: Texts) -> Any:
    """A plain string for English alone, else an object by language."""
    if set(words) <= {"en"}:
        return words.get("en", "")
    return {("default" if language == "en" else language): text for language, text in words.items()}


def _filled(made: Element) -> Element:
    return {name: value for name, value in made.items() if value not in ("", None, [], {}, False)}


def _element(asked: Asked, report: LossReport) -> Element | None:
    kind, lost = _kind(asked)
    if not kind:
        report.dropped(f"question {asked.key}", f"{TOOL} has nothing like '{asked.question.type}'.")
        return None
    noted(asked, report, lost)
    rule = condition_words(asked.question.show_if, _test, f"question {asked.key}", report, no="!({})")
    title = {"title": _text(asked.words)} if kind.get("type") != "html" else {}
    return (
        {"type": kind.pop("type"), "name": asked.key}
        | _filled(title | {"description": _text(asked.hint), "visibleIf": rule})
        | kind
    )


def _choices(options: tuple[Choice, ...]) -> list[Element]:
    return [
        {"value": option.code, "text": _text(option.words)}
        | ({"score": option.value} if option.value is not None else {})
        for option in options
    ]


def _kind(asked: Asked) -> tuple[Element, str]:
    """Its type with what belongs to it, and what is lost."""
    order = {"choicesOrder": "random"} if asked.question.shuffle else {}
    if asked.group == "one":
        look = "dropdown" if asked.get("look") == "drop_down" else "radiogroup"
        return {"type": look, "choices": _choices(asked.options)} | order, ""
    if asked.group == "several":
        limits = _filled({"minSelectedChoices": asked.get("min"), "maxSelectedChoices": asked.get("max")})
        return {"type": "checkbox", "choices": _choices(asked.options)} | limits | order, ""
    if asked.group == "grid":
        several = {"cellType": "checkbox"} if asked.get("several") else {}
        rows = {"rowsOrder": "random"} if asked.question.shuffle else {}
        return {"type": "matrix", "columns": _choices(asked.options), "rows": _choices(asked.rows)} | several | rows, ""
    if asked.group == "ranking":
        return {"type": "ranking", "choices": _choices(asked.options)}, ""
    return _single(asked)


def _single(asked: Asked) -> tuple[Element, str]:
    bounds = {"min": asked.get("min"), "max": asked.get("max")}
    if asked.group == "rating":
        ends = {
            "minRateDescription": _text(words_in(asked.get("start_label"))),
            "maxRateDescription": _text(words_in(asked.get("end_label"))),
        }
        return {"type": "rating", "rateMin": bounds["min"], "rateMax": bounds["max"]} | _filled(ends), ""
    if asked.group == "slider":
        return {"type": "slider", **bounds, "step": asked.get("step")}, "The words at its ends go."
    if asked.group == "number":
        step = {"step": 0.01} if asked.get("decimals") else {}
        return {"type": "text", "inputType": "number", **bounds} | step, "Its unit goes." if asked.get("unit") else ""
    if asked.group == "date":
        return {"type": "text", "inputType": "month" if asked.get("precision") == "month" else "date"}, ""
    if asked.group == "line":
        email = {"inputType": "email"} if asked.get("format") == "email" else {}
        check = {"validators": [{"type": "regex", "regex": asked.get("pattern")}]} if asked.get("pattern") else {}
        return {"type": "text", "maxLength": asked.get("max_length")} | email | check, ""
    if asked.group == "paragraph":
        return {"type": "comment", "maxLength": asked.get("max_length")}, ""
    if asked.group == "allocation":
        items = [{"name": option.code, "title": _text(option.words), "inputType": "number"} for option in asked.options]
        return {"type": "multipletext", "items": items}, "Nothing checks that the numbers make up the whole."
    if asked.group == "consent":
        return {"type": "boolean", "description": _text(words_in(asked.get("statement")))}, "It is a yes or no."
    if asked.group == "display":
        body = words_in(asked.get("body"))
        languages = dict.fromkeys([*asked.words, *body])
        return {
            "type": "html",
            "html": _text(
                {each: "\n".join(filter(None, (asked.words.get(each), body.get(each)))) for each in languages}
            ),
        }, ""
    return {}, ""


def _test(test: Condition) -> str:
    place = f"{{{test.question}.{test.row}}}" if test.row else f"{{{test.question}}}"
    if test.answered is not None:
        return f"{place} {'notempty' if test.answered else 'empty'}"
    if test.includes is not None:
        return f"{place} contains '{test.includes}'"
    if test.one_of is not None:
        return f"{place} anyof [{', '.join(_literal(each) for each in test.one_of)}]"
    compared = comparison(test)
    if compared:
        return f"{place} {compared[0]} {_literal(compared[1])}"
    for value, sign in ((test.is_, "="), (test.is_not, "<>")):
        if isinstance(value, str | int | float):
            return f"{place} {sign} {_literal(value)}"
    raise NotExpressible("it counts chosen options or compares two answers.")


def _literal(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else plain(value)
