"""Our questionnaires as LimeSurvey asks them: letters, short codes, attributes; for both of its files. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from surveys.conditions import Condition
from surveys.definition import Page, Questionnaire
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import (
    Asked,
    Choice,
    asked_in,
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

TOOL = "LimeSurvey"
Row = dict[str, str]
LETTERS = {
    "number": "N",
    "rating": "N",
    "date": "D",
    "line": "S",
    "paragraph": "T",
    "display": "X",
    "consent": "Y",
    "ranking": "R",
}


@dataclass
class Made:
    """One question with its letter, sub-questions (and their scale), answers and attributes."""

    asked: Asked
    letter: str
    subs: list[tuple[Choice, int]] = field(default_factory=list)
    answers: list[Choice] = field(default_factory=list)
    attributes: Row = field(default_factory=dict)
    lost: str = ""
    relevance: str = "1"


class _Codes:
    """LimeSurvey's short codes: 20 letters and digits for a question, 5 for an answer or sub-question."""

    def __init__(self, questionnaire: Questionnaire, report: LossReport) -> None:
        self.questions: dict[str, str] = {}
        self.parts: dict[str, dict[str, str]] = {}
        self.several: set[str] = set()
        for asked in asked_in(questionnaire):
            self.questions[asked.key] = self._free(asked.key, 20, set(self.questions.values()), "Q")
            if self.questions[asked.key] != asked.key:
                report.approximated(f"key {asked.key}", f"LimeSurvey's code for it is {self.questions[asked.key]}.")
            taken: set[str] = set()
            self.parts[asked.key] = {}
            for part in (*asked.options, *asked.rows):
                code = self._free(part.code, 5, taken, "A")
                taken.add(code)
                self.parts[asked.key][part.code] = code
            if asked.group == "several":
                self.several.add(asked.key)

    @staticmethod
    def _free(key: str, longest: int, taken: set[str], before: str) -> str:
        code = re.sub(r"[^A-Za-z0-9]", "", key)
        if len(code) <= longest and code and code not in taken:
            return code
        number = 1
        while f"{before}{number:03d}" in taken:
            number += 1
        return f"{before}{number:03d}"


class Structure:
    """Everything that both kinds of files hold."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.whole, self.report = questionnaire, LossReport()
        self.codes = _Codes(questionnaire, self.report)
        self.pages: list[tuple[Page, str, list[Made]]] = []
        for page in questionnaire.pages:
            self.report.mapped(f"page {page.key}", "is a group.")
            rule = condition_words(page.show_if, self._test, f"page {page.key}", self.report, no="!({})")
            self.pages.append(
                (
                    page,
                    rule,
                    [
                        made
                        for question in page.questions
                        if (made := self._made(outline(question, questionnaire.languages)))
                    ],
                )
            )
        written_off(questionnaire, self.report, TOOL)

    def code(self, asked: Asked, part: Choice) -> str:
        """LimeSurvey's code of an option or row."""
        return self.codes.parts[asked.key][part.code]

    def _made(self, asked: Asked) -> Made | None:
        make = _MAKERS.get(asked.group)
        if make is None and asked.group not in LETTERS:
            self.report.dropped(f"question {asked.key}", f"{TOOL} has nothing like '{asked.question.type}'.")
            return None
        made = make(asked) if make else _simple(asked)
        if asked.question.shuffle:
            made.attributes["random_order"] = "1"
        for option in asked.options:
            if option.exclusive:
                made.attributes["exclude_all_others"] = self.code(asked, option)
        name = f"question {asked.key}"
        made.relevance = condition_words(asked.question.show_if, self._test, name, self.report, no="!({})") or "1"
        noted(asked, self.report, made.lost)
        return made

    def _test(self, test: Condition) -> str:
        key = test.question or ""
        parts, place = self.codes.parts.get(key, {}), self.codes.questions.get(key, key)
        place = f"{place}_{parts.get(test.row, test.row)}" if test.row else place
        name = f"{place}.NAOK"
        if test.answered is not None:
            return f"{'!' if test.answered else ''}is_empty({name})"
        if test.includes is not None:
            if key not in self.codes.several:
                raise NotExpressible("it looks for one answer among those of several rows.")
            return f'{place}_{parts.get(test.includes, test.includes)}.NAOK == "Y"'
        if test.one_of is not None:
            return "(" + " or ".join(f"{name} == {_literal(each, parts)}" for each in test.one_of) + ")"
        compared = comparison(test)
        if compared:
            return f"{name} {compared[0]} {_literal(compared[1], {})}"
        for value, sign in ((test.is_, "=="), (test.is_not, "!=")):
            if isinstance(value, str | int | float):
                return f"{name} {sign} {_literal(value, parts)}"
        raise NotExpressible("it counts chosen options or compares two answers.")


def _literal(value: Any, parts: dict[str, str]) -> str:
    return f'"{parts.get(value, value)}"' if isinstance(value, str) else plain(value)


def _one(asked: Asked) -> Made:
    return Made(asked, "!" if asked.get("look") == "drop_down" else "L", answers=list(asked.options))


def _several(asked: Asked) -> Made:
    made = Made(asked, "M", subs=[(option, 0) for option in asked.options])
    for name, bound in (("min_answers", asked.get("min")), ("max_answers", asked.get("max"))):
        if bound:
            made.attributes[name] = str(bound)
    return made


def _grid(asked: Asked) -> Made:
    rows = [(row, 0) for row in asked.rows]
    if asked.get("several"):
        columns = [(option, 1) for option in asked.options]
        return Made(asked, ":", rows + columns, attributes={"multiflexible_checkbox": "1"})
    return Made(asked, "F", rows, list(asked.options))


def _shares(asked: Asked) -> Made:
    return Made(
        asked, "K", [(option, 0) for option in asked.options], attributes={"equals_num_value": str(asked.get("total"))}
    )


def _slider(asked: Asked) -> Made:
    bounds = {f"slider_{name}": plain(asked.get(name)) for name in ("min", "max")}
    attributes = {"slider_layout": "1", "slider_accuracy": plain(asked.get("step") or 1)} | bounds
    return Made(
        asked,
        "K",
        [(Choice("s1", {"en": asked.words.get("en", "")}), 0)],
        attributes=attributes,
        lost="It is the only row of a slider.",
    )


def _simple(asked: Asked) -> Made:
    made = Made(asked, LETTERS[asked.group])
    if asked.group in {"number", "rating"}:
        made.attributes = {"min_num_value_n": plain(asked.get("min")), "max_num_value_n": plain(asked.get("max"))}
        if not asked.get("decimals"):
            made.attributes["num_value_int_only"] = "1"
        made.lost = "It is a number." if asked.group == "rating" else ""
    elif asked.group == "ranking":
        made.answers = list(asked.options)
    elif asked.group in {"line", "paragraph"}:
        made.attributes = {"maximum_chars": str(asked.get("max_length"))}
    elif asked.group == "consent":
        made.lost = "It is a yes or no."
    return made


_MAKERS: dict[str, Callable[[Asked], Made]] = {
    "one": _one,
    "several": _several,
    "grid": _grid,
    "allocation": _shares,
    "slider": _slider,
}


def said(asked: Asked) -> Texts:
    """What is asked; the words of a block and the statement of a consent with it."""
    more = words_in(asked.get("body") or asked.get("statement"))
    return {each: "\n".join(filter(None, (asked.words.get(each), more.get(each)))) for each in {**asked.words, **more}}
