"""Our questionnaires as LimeSurvey asks them: letters, short codes, attributes; for both of its files. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from surveys.definition import Page, Questionnaire
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import Asked, Choice, asked_in, noted, plain, words_in
from surveys.interchange.planning import Plan, Planned
from surveys.interchange.rules import NotExpressible
from surveys.interchange.saying import Speech
from surveys.interchange.sketch import Texts

TOOL = "LimeSurvey"
CAN = frozenset({"checks", "page order", "section order"})
HAS = frozenset({"required", "asked again", "shuffle", "other"})
OTHER = "-oth-"
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
    """One question with its letter, sub-questions (and their scale), answers and attributes.

    preg     the pattern that a text must match
    spoken   attributes that are words, by language
    rules    relevance of sub-questions by their codes
    """

    asked: Asked
    letter: str
    subs: list[tuple[Choice, int]] = field(default_factory=list)
    answers: list[Choice] = field(default_factory=list)
    attributes: Row = field(default_factory=dict)
    spoken: dict[str, Texts] = field(default_factory=dict)
    lost: str = ""
    preg: str = ""
    relevance: str = "1"
    other: bool = False
    rules: dict[str, str] = field(default_factory=dict)

    @property
    def mandatory(self) -> str:
        """Y for an answer that is needed, S for one that is asked for again."""
        return "Y" if self.asked.question.required else "S" if self.asked.question.ask_if_empty else "N"


@dataclass
class Group:
    """One page with its rule, its random group and its questions."""

    page: Page
    rule: str
    mixed: str
    questions: list[Made]


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
            other = _boxed(asked)
            for part in (*asked.options, *asked.rows):
                if part is other:
                    self.parts[asked.key][part.code] = OTHER
                    continue
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

    def __init__(self, questionnaire: Questionnaire, *, can: frozenset[str] = CAN) -> None:
        self.whole = questionnaire
        plan = Plan(questionnaire, TOOL, can, self._pipe)
        self.plan, self.report = plan, plan.report
        self.codes = _Codes(questionnaire, self.report)
        self.speech = Speech(
            place=self._place,
            answered=lambda place, yes: f"{'!' if yes else ''}is_empty({place})",
            ticked=self._ticked,
            count=self._count,
            literal=self._literal,
            equal="==",
            no="!({})",
            guarded=True,
        )
        self._checks = plan.checks()
        self.groups = [self._group(planned) for planned in plan.pages()]
        plan.lost()

    def code(self, asked: Asked, part: Choice) -> str:
        """LimeSurvey's code of an option or row."""
        return self.codes.parts[asked.key][part.code]

    def _group(self, planned: Planned) -> Group:
        page, section = planned.page, planned.section
        self.report.mapped(f"page {page.key}", "is a group.")
        rule = self.plan.condition(planned.condition, self.speech, f"page {page.key}")
        mixed = section.key if section and section.shuffle else ""
        return Group(page, rule, mixed, [made for asked in planned.questions if (made := self._made(asked, page))])

    def _made(self, asked: Asked, page: Page) -> Made | None:
        if asked.group == "calculated":
            return self._equation(asked)
        make = _MAKERS.get(asked.group)
        if make is None and asked.group not in LETTERS:
            self.report.dropped(f"question {asked.key}", f"{TOOL} has nothing like '{asked.question.type}'.")
            return None
        made = make(asked) if make else _simple(asked)
        self._settings(made, page)
        name = f"question {asked.key}"
        made.relevance = self.plan.condition(asked.question.show_if, self.speech, name) or "1"
        noted(asked, self.report, made.lost, has=HAS)
        self._rules(made)
        return made

    def _settings(self, made: Made, page: Page) -> None:
        asked = made.asked
        if asked.question.shuffle:
            made.attributes["random_order"] = "1"
        if page.shuffle:
            made.attributes["random_group"] = page.key
        for option in asked.options:
            if option.exclusive:
                made.attributes["exclude_all_others"] = self.code(asked, option)
        check = self._checks.get(asked.key)
        if check and (fits := self.plan.fits(check, self.speech)):
            made.attributes["em_validation_q"] = fits
            made.spoken["em_validation_q_tip"] = words_in(check.message)
        other = _boxed(asked)
        if other is not None:
            made.other, made.spoken["other_replace_text"] = True, other.words
            made.answers = [each for each in made.answers if each is not other]
            made.subs = [each for each in made.subs if each[0] is not other]

    def _rules(self, made: Made) -> None:
        """Rows and boxes have a relevance of their own; other options have not."""
        held = {sub.code for sub, _ in made.subs}
        for part in (*made.asked.options, *made.asked.rows):
            name = f"{made.asked.key}/{part.code}"
            if part.shown is not None and part.code in held:
                made.rules[part.code] = self.plan.condition(part.shown, self.speech, name) or "1"
            elif part.shown is not None:
                self.report.dropped(f"condition of {name}", "It is always shown there.")

    def _equation(self, asked: Asked) -> Made | None:
        said = self.plan.worked_out(asked, self.speech)
        return Made(asked, "*", attributes={"equation": f"{{{said}}}", "hidden": "1"}) if said else None

    def _pipe(self, key: str, _kind: str) -> str:
        return f"{{{self.codes.questions.get(key, key)}.shown}}"

    def _place(self, question: str, row: str) -> str:
        parts, place = self.codes.parts.get(question, {}), self.codes.questions.get(question, question)
        return f"{place}_{parts.get(row, row)}.NAOK" if row else f"{place}.NAOK"

    def _ticked(self, question: str, row: str, code: str) -> str:
        if row or question not in self.codes.several:
            raise NotExpressible("it looks for one answer among those of several rows.")
        parts = self.codes.parts.get(question, {})
        if parts.get(code) == OTHER:
            return f"!is_empty({self.codes.questions.get(question, question)}_other.NAOK)"
        return f'{self._place(question, code)} == "Y"'

    def _count(self, question: str) -> str:
        if question not in self.codes.several:
            raise NotExpressible("it counts answered rows.")
        parts = [code for code in self.codes.parts[question] if self.codes.parts[question][code] != OTHER]
        return f"count({', '.join(self._place(question, code) for code in parts)})"

    def _literal(self, question: str, value: Any) -> str:
        return f'"{self.codes.parts.get(question, {}).get(value, value)}"' if isinstance(value, str) else plain(value)


def _boxed(asked: Asked) -> Choice | None:
    """The one option with a text box, which is a setting of the question there."""
    boxed = [option for option in asked.options if option.other]
    return boxed[0] if len(boxed) == 1 and asked.group in {"one", "several"} and boxed[0].shown is None else None


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
    whole = {"equals_num_value": str(asked.get("total"))}
    return Made(asked, "K", [(option, 0) for option in asked.options], attributes=whole | _suffix(asked))


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


def _suffix(asked: Asked) -> Row:
    """The unit, which LimeSurvey knows in one language only."""
    unit = words_in(asked.get("unit"))
    return {"suffix": unit["en"]} if unit.get("en") else {}


def _dates(asked: Asked) -> Row:
    """Months are written without a day; the bounds of a month begin and end with it."""
    month = asked.get("precision") == "month"
    ends = {"date_min": (asked.get("earliest"), "-01"), "date_max": (asked.get("latest"), "-28")}
    form = {"date_format": "mm-yyyy"} if month else {}
    return form | {name: f"{bound}{day if month else ''}" for name, (bound, day) in ends.items() if bound}


def _simple(asked: Asked) -> Made:
    made = Made(asked, LETTERS[asked.group])
    if asked.group in {"number", "rating"}:
        made.attributes = {"min_num_value_n": plain(asked.get("min")), "max_num_value_n": plain(asked.get("max"))}
        if not asked.get("decimals"):
            made.attributes["num_value_int_only"] = "1"
        made.lost = "It is a number." if asked.group == "rating" else ""
        made.attributes |= _suffix(asked)
    elif asked.group == "ranking":
        made.answers = list(asked.options)
        made.attributes = {"max_answers": str(asked.get("most"))} if asked.get("most") else {}
    elif asked.group == "date":
        made.attributes = _dates(asked)
    elif asked.group in {"line", "paragraph"}:
        made.attributes = {"maximum_chars": str(asked.get("max_length"))}
        if asked.get("pattern"):
            made.preg = f"/^(?:{asked.get('pattern')})$/"
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
