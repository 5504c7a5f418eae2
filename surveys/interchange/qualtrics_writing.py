"""Our questionnaires as Qualtrics survey files (.qsf). Pure."""

import json
from typing import Any

from surveys.conditions import Condition
from surveys.definition import Questionnaire
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import Asked, Choice, noted, outline, words_in, written_off
from surveys.interchange.rules import NotExpressible
from surveys.interchange.sketch import Texts

TOOL = "Qualtrics"
SURVEY = "SV_0000000000000001"
Payload = dict[str, Any]
OPERATORS = {
    "at_least": "GreaterThanOrEqual",
    "at_most": "LessThanOrEqual",
    "more_than": "GreaterThan",
    "less_than": "LessThan",
}
SELECTORS = {"one": "SAVR", "several": "MAVR", "paragraph": "ML", "line": "SL", "number": "SL", "date": "SL"}


def write(questionnaire: Questionnaire, _language: str = "en") -> tuple[bytes, LossReport]:
    """A survey file: a block for each page, rules as display logic and branches."""
    return _File(questionnaire).written()


class _File:
    """Numbers questions, options and rows, and refers to them by number."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._whole, self._report = questionnaire, LossReport()
        self._asked = {question.key: outline(question, questionnaire.languages) for question in questionnaire.questions}
        self._ids = {key: f"QID{at}" for at, key in enumerate(self._asked, 1)}

    def written(self) -> tuple[bytes, LossReport]:
        """The file and what it could not hold."""
        blocks: list[Payload] = []
        flow: list[Payload] = []
        questions: list[Payload] = []
        for at, page in enumerate(self._whole.pages, 1):
            self._report.mapped(f"page {page.key}", "is a block.")
            found = [made for question in page.questions if (made := self._question(self._asked[question.key]))]
            questions += found
            elements = [{"Type": "Question", "QuestionID": made["QuestionID"]} for made in found]
            blocks.append(
                {
                    "Type": "Standard",
                    "ID": f"BL_{at}",
                    "Description": str(page.title or page.key),
                    "BlockElements": elements,
                }
            )
            step: Payload = {"Type": "Standard", "ID": f"BL_{at}", "FlowID": f"FL_{2 * at}"}
            logic = self._logic(page.show_if, f"page {page.key}")
            flow.append(
                {"Type": "Branch", "FlowID": f"FL_{2 * at + 1}", "BranchLogic": logic, "Flow": [step]}
                if logic
                else step
            )
        written_off(self._whole, self._report, TOOL)
        elements = [
            _element("BL", "Survey Blocks", blocks),
            _element("FL", "Survey Flow", {"Type": "Root", "FlowID": "FL_1", "Flow": flow}),
            _element(
                "SO", "Survey Options", {"AvailableLanguages": {each.upper(): [] for each in self._whole.languages}}
            ),
            *(_element("SQ", made["QuestionID"], made) for made in questions),
        ]
        entry = {
            "SurveyID": SURVEY,
            "SurveyName": str(self._whole.title),
            "SurveyDescription": str(self._whole.intro or ""),
            "SurveyLanguage": "EN",
        }
        return (
            json.dumps({"SurveyEntry": entry, "SurveyElements": elements}, ensure_ascii=False, indent=1) + "\n"
        ).encode(), self._report

    def _question(self, asked: Asked) -> Payload | None:
        kind, lost = _kind(asked)
        if not kind:
            self._report.dropped(f"question {asked.key}", f"{TOOL} has nothing like '{asked.question.type}'.")
            return None
        noted(asked, self._report, lost)
        qid = self._ids[asked.key]
        made: Payload = {
            "QuestionText": _all_words(asked).get("en", asked.key),
            "DataExportTag": asked.key,
            "QuestionID": qid,
        } | kind
        made["Language"] = self._translated(asked, kind)
        logic = self._logic(asked.question.show_if, f"question {asked.key}")
        return made | ({"DisplayLogic": logic} if logic else {})

    def _translated(self, asked: Asked, kind: Payload) -> Payload:
        found: Payload = {}
        for each in self._whole.languages[1:]:
            words = {"QuestionText": _all_words(asked).get(each, "")}
            groups = {"Choices": asked.rows or asked.options, "Answers": asked.options if asked.rows else ()}
            told = {name: _numbered(parts, each) for name, parts in groups.items() if parts and name in kind}
            found[each.upper()] = {name: value for name, value in (words | told).items() if value}
        return found

    def _logic(self, condition: Condition | None, name: str) -> Payload:
        """Groups of tests: within a group and, between groups or; deeper nesting cannot be said."""
        if condition is None:
            return {}
        try:
            either = condition.any_ or (condition,)
            groups = [self._group(each, at) for at, each in enumerate(either)]
        except NotExpressible as problem:
            self._report.dropped(f"condition of {name}", f"It is always shown there: {problem}")
            return {}
        self._report.mapped(f"condition of {name}", "is display logic.")
        return {str(at): group for at, group in enumerate(groups)} | {"Type": "BooleanExpression"}

    def _group(self, condition: Condition, at: int) -> Payload:
        tests = [self._test(each) for each in condition.all_ or (condition,)]
        joined = [test | ({"Conjuction": "And"} if number else {}) for number, test in enumerate(tests)]
        return {str(number): test for number, test in enumerate(joined)} | {"Type": "OrIf" if at else "If"}

    def _test(self, test: Condition) -> Payload:
        negated = test.not_ is not None and test.not_.question is not None
        inner = test.not_ if test.not_ is not None else test
        asked = self._asked.get(inner.question or "")
        if asked is None:
            raise NotExpressible("it joins conditions inside each other.")
        place, operator, right = self._place(inner, asked)
        if negated:
            operator = {"Selected": "NotSelected", "NotEmpty": "Empty", "Empty": "NotEmpty"}.get(operator, "")
        if not operator:
            raise NotExpressible("it denies something that cannot be denied there.")
        made = {
            "LogicType": "Question",
            "QuestionID": self._ids[asked.key],
            "LeftOperand": place,
            "ChoiceLocator": place,
        }
        made |= {
            "Operator": operator,
            "Type": "Expression",
            "Description": f"If {asked.key} {operator} {right}".strip(),
        }
        return made | ({"RightOperand": right} if right else {})

    def _place(self, test: Condition, asked: Asked) -> tuple[str, str, str]:
        qid = self._ids[asked.key]
        if test.answered is not None:
            return f"q://{qid}/ChoiceTextEntryValue", "NotEmpty" if test.answered else "Empty", ""
        for name, operator in OPERATORS.items():
            bound = getattr(test, name)
            if isinstance(bound, int | float | str):
                return f"q://{qid}/ChoiceNumericEntryValue/1", operator, f"{bound}"
        code = next((value for value in (test.is_, test.includes, test.is_not) if isinstance(value, str)), None)
        codes = [option.code for option in asked.options]
        if code is None or code not in codes:
            raise NotExpressible("it compares in a way that there is not there.")
        choice = str(codes.index(code) + 1)
        rows = [row.code for row in asked.rows]
        part = f"{rows.index(test.row) + 1}/{choice}" if test.row in rows else choice
        return f"q://{qid}/SelectableChoice/{part}", "NotSelected" if test.is_not is not None else "Selected", ""


def _element(kind: str, name: str, payload: Any) -> Payload:
    return {
        "SurveyID": SURVEY,
        "Element": kind,
        "PrimaryAttribute": name,
        "SecondaryAttribute": None,
        "TertiaryAttribute": None,
        "Payload": payload,
    }


def _all_words(asked: Asked) -> Texts:
    parts = (asked.words, words_in(asked.get("body") or asked.get("statement")), asked.hint)
    return {
        each: "<br>".join(_escaped(part[each]) for part in parts if each in part)
        for each in dict.fromkeys(key for part in parts for key in part)
    }


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")


def _numbered(parts: tuple[Choice, ...], language: str) -> Payload:
    return {
        str(at): {"Display": _escaped(part.words[language])}
        | ({"TextEntry": "true"} if part.other else {})
        | ({"ExclusiveAnswer": True} if part.exclusive else {})
        for at, part in enumerate(parts, 1)
        if language in part.words
    }


def _kind(asked: Asked) -> tuple[Payload, str]:
    """Its type with what belongs to it, and what is lost."""
    choices = {
        "Choices": _numbered(asked.options, "en"),
        "ChoiceOrder": [str(at) for at, _ in enumerate(asked.options, 1)],
    }
    values = {str(at): f"{option.value:g}" for at, option in enumerate(asked.options, 1) if option.value is not None}
    coded = choices | ({"RecodeValues": values} if values else {})
    if asked.group in {"one", "several"}:
        selector = "DL" if asked.get("look") == "drop_down" else SELECTORS[asked.group]
        return {"QuestionType": "MC", "Selector": selector, "SubSelector": "TX"} | coded, ""
    if asked.group == "grid":
        below = "MultipleAnswer" if asked.get("several") else "SingleAnswer"
        rows = {"Choices": _numbered(asked.rows, "en"), "ChoiceOrder": [str(at) for at, _ in enumerate(asked.rows, 1)]}
        answers = {"Answers": choices["Choices"], "AnswerOrder": choices["ChoiceOrder"]} | (
            {"RecodeValues": values} if values else {}
        )
        return {"QuestionType": "Matrix", "Selector": "Likert", "SubSelector": below} | rows | answers, ""
    if asked.group == "ranking":
        return {"QuestionType": "RO", "Selector": "DND"} | choices, ""
    if asked.group == "allocation":
        total = {"Settings": {"ChoiceTotal": asked.get("total")}}
        return {"QuestionType": "CS", "Selector": "VRTL", "Validation": total} | choices, ""
    return _single(asked)


def _single(asked: Asked) -> tuple[Payload, str]:
    bounds = {"CSSliderMin": asked.get("min"), "CSSliderMax": asked.get("max")}
    if asked.group == "slider" or asked.group == "rating":
        one = {"Choices": {"1": {"Display": _escaped(asked.words.get("en", asked.key))}}, "ChoiceOrder": ["1"]}
        return {
            "QuestionType": "Slider",
            "Selector": "HSLIDER",
            "Configuration": bounds,
        } | one, "It is the only row of a slider."
    if asked.group == "display":
        return {"QuestionType": "DB", "Selector": "TB"}, ""
    if asked.group == "consent":
        return {
            "QuestionType": "MC",
            "Selector": "SAVR",
            "Choices": {"1": {"Display": "Yes"}, "2": {"Display": "No"}},
        }, "It is a choice of yes or no."
    if asked.group in SELECTORS:
        checks: dict[str, Payload] = {
            "number": {"ContentType": "ValidNumber", "ValidNumber": {"Min": asked.get("min"), "Max": asked.get("max")}},
            "date": {"ContentType": "ValidDate"},
        }
        settings = checks.get(asked.group, {"ContentType": "ValidEmail"} if asked.get("format") == "email" else {})
        return {"QuestionType": "TE", "Selector": SELECTORS[asked.group], "Validation": {"Settings": settings}}, ""
    return {}, ""
