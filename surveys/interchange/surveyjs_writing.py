"""Our questionnaires as SurveyJS JSON. Pure."""

import json
from typing import Any

from surveys.definition import Questionnaire
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import Asked, Choice, noted, words_in
from surveys.interchange.planning import Plan, Planned, heading
from surveys.interchange.saying import Speech, quoted
from surveys.interchange.sketch import Texts

TOOL = "SurveyJS"
CAN = frozenset({"repeats", "checks", "ends", "page order"})
HAS = frozenset({"required", "other", "shuffle"})
Element = dict[str, Any]


def _place(question: str, row: str) -> str:
    return f"{{{question}.{row}}}" if row else f"{{{question}}}"


SPEECH = Speech(
    place=_place,
    answered=lambda place, yes: f"{place} {'notempty' if yes else 'empty'}",
    ticked=lambda question, row, code: f"{_place(question, row)} contains '{code}'",
    count=lambda question: f"{{{question}.length}}",
    literal=quoted,
    unequal="<>",
    no="!({})",
    chosen="iif",
)


def write(questionnaire: Questionnaire, _language: str = "en") -> tuple[bytes, LossReport]:
    """A definition for SurveyJS Form Library and Creator."""
    return _Definition(questionnaire).written()


class _Definition:
    """Collects pages and triggers."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._whole = questionnaire
        self._plan = Plan(questionnaire, TOOL, CAN, lambda key, _: f"{{{key}}}")
        self._report = self._plan.report
        self._checks = self._plan.checks()
        self._triggers: list[Element] = []

    def written(self) -> tuple[bytes, LossReport]:
        """The definition and what it could not hold."""
        pages = [self._page(planned) for planned in self._plan.pages()]
        self._plan.lost()
        whole = {
            "title": _text(words_in(self._whole.title)),
            "description": _text(words_in(self._whole.intro)),
            "pages": pages,
            "triggers": self._triggers,
        }
        return (json.dumps(_filled(whole), ensure_ascii=False, indent=2) + "\n").encode(), self._report

    def _page(self, planned: Planned) -> Element:
        page = planned.page
        self._report.mapped(f"page {page.key}", "is a page.")
        elements = [found for asked in planned.questions if (found := self._element(asked))]
        if page.skip_to_end_if is not None:
            rule = self._plan.condition(page.skip_to_end_if, SPEECH, f"the end after page {page.key}")
            self._triggers += [{"type": "complete", "expression": rule}] if rule else []
        return _filled(
            {
                "name": page.key,
                "title": _text(words_in(page.title)),
                "visibleIf": self._plan.condition(planned.condition, SPEECH, f"page {page.key}"),
                "questionsOrder": "random" if page.shuffle else "",
                "elements": self._repeated(planned, elements) if planned.repeats else elements,
            }
        )

    def _repeated(self, planned: Planned, elements: list[Element]) -> list[Element]:
        """The page's questions in a panel that an answer counts."""
        repeat = planned.section.repeat if planned.section else None
        if repeat is None or not elements:
            return elements
        label = heading(repeat)
        panel = {"type": "paneldynamic", "name": f"{planned.page.key}_times", "bindings": {"panelCount": repeat.count}}
        more = {"title": _text(label), "maxPanelCount": repeat.most, "templateElements": elements}
        return [panel | _filled(more)]

    def _element(self, asked: Asked) -> Element | None:
        if asked.group == "calculated":
            said = self._plan.worked_out(asked, SPEECH)
            title = {"title": _text(asked.words)}
            return {"type": "expression", "name": asked.key} | title | {"expression": said} if said else None
        kind, lost = _kind(asked)
        if not kind:
            self._report.dropped(f"question {asked.key}", f"{TOOL} has nothing like '{asked.question.type}'.")
            return None
        noted(asked, self._report, lost, has=HAS)
        self._parts(asked, kind)
        check = self._checks.get(asked.key)
        if check and (fits := self._plan.fits(check, SPEECH)):
            validator = {"type": "expression", "expression": fits, "text": _text(words_in(check.message))}
            kind["validators"] = [*kind.get("validators", []), validator]
        title = {"title": _text(asked.words)} if kind.get("type") != "html" else {}
        rule = self._plan.condition(asked.question.show_if, SPEECH, f"question {asked.key}")
        head = title | {"description": _text(asked.hint), "visibleIf": rule, "isRequired": asked.question.required}
        return {"type": kind.pop("type"), "name": asked.key} | _filled(head) | kind

    def _parts(self, asked: Asked, kind: Element) -> None:
        """Rules of options and rows, where they are listed."""
        options = kind.get("columns") or kind.get("choices") or []
        for parts, listed in ((asked.options, options), (asked.rows, kind.get("rows") or [])):
            by_code = {each["value"]: each for each in listed}
            for part in parts:
                if part.shown is None:
                    continue
                name = f"{asked.key}/{part.code}"
                if part.code in by_code:
                    by_code[part.code] |= _filled({"visibleIf": self._plan.condition(part.shown, SPEECH, name)})
                else:
                    self._report.dropped(f"condition of {name}", "It is always shown there.")


def _text(words: Texts) -> Any:
    """A plain string for English alone, else an object by language."""
    if set(words) <= {"en"}:
        return words.get("en", "")
    return {("default" if language == "en" else language): text for language, text in words.items()}


def _filled(made: Element) -> Element:
    return {name: value for name, value in made.items() if value not in ("", None, [], {}, False)}


def _special(asked: Asked) -> tuple[tuple[Choice, ...], Element]:
    """Its options without those that are settings there: the one with a text box, the one that stands alone."""
    found: Element = {}
    left = asked.options
    for code, is_it, name in (("other", "other", "Other"), ("none", "exclusive", "None")):
        fitting = [option for option in left if getattr(option, is_it)]
        if len(fitting) == 1 and fitting[0].code == code and not fitting[0].shown:
            left = tuple(option for option in left if option is not fitting[0])
            found |= {f"show{name}Item": True, f"{code}Text": _text(fitting[0].words)}
    return left, found


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
        options, other = _special(asked)
        return {"type": look, "choices": _choices(options)} | other | order, ""
    if asked.group == "several":
        limits = _filled({"minSelectedChoices": asked.get("min"), "maxSelectedChoices": asked.get("max")})
        options, other = _special(asked)
        return {"type": "checkbox", "choices": _choices(options)} | other | limits | order, ""
    if asked.group == "grid":
        several = {"cellType": "checkbox"} if asked.get("several") else {}
        rows = {"rowsOrder": "random"} if asked.question.shuffle else {}
        return {"type": "matrix", "columns": _choices(asked.options), "rows": _choices(asked.rows)} | several | rows, ""
    if asked.group == "ranking":
        most = {"selectToRankEnabled": True, "maxSelectedChoices": asked.get("most")} if asked.get("most") else {}
        return {"type": "ranking", "choices": _choices(asked.options)} | most | order, ""
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
        kind = "month" if asked.get("precision") == "month" else "date"
        ends = _filled({"min": asked.get("earliest"), "max": asked.get("latest")})
        return {"type": "text", "inputType": kind} | ends, ""
    if asked.group == "line":
        email = {"inputType": "email"} if asked.get("format") == "email" else {}
        check = {"validators": [_pattern(asked)]} if asked.get("pattern") else {}
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


def _pattern(asked: Asked) -> Element:
    """The form of the whole text: SurveyJS looks for it anywhere in a text."""
    said = _filled({"text": _text(words_in(asked.get("pattern_message")))})
    return {"type": "regex", "regex": f"^(?:{asked.get('pattern')})$"} | said
