"""Our questionnaires as Qualtrics survey files (.qsf). Pure."""

import json
from typing import Any

from surveys.definition import Page, Questionnaire
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import Asked, Choice, noted, outline, words_in
from surveys.interchange.planning import Plan, Planned, left_after
from surveys.interchange.qualtrics_saying import Logic
from surveys.interchange.sketch import Texts

TOOL = "Qualtrics"
CAN = frozenset({"checks", "ends", "page order", "section order", "blocks", "quotas"})
HAS = frozenset({"required", "asked again", "shuffle", "other"})
SURVEY = "SV_0000000000000001"
Payload = dict[str, Any]
SELECTORS = {"one": "SAVR", "several": "MAVR", "paragraph": "ML", "line": "SL", "number": "SL", "date": "SL"}
WRITTEN = frozenset({"number", "short_text", "comment", "date"})


def write(questionnaire: Questionnaire, _language: str = "en") -> tuple[bytes, LossReport]:
    """A survey file: a block for each page, rules as display logic and branches."""
    return _File(questionnaire).written()


class _File:
    """Numbers questions, options and rows, and refers to them by number."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._whole = questionnaire
        self._plan = Plan(questionnaire, TOOL, CAN, self._pipe)
        self._report = self._plan.report
        asked = {question.key: outline(question, questionnaire.languages) for question in questionnaire.questions}
        self._ids = {key: f"QID{at}" for at, key in enumerate(asked, 1)}
        self._logic = Logic(asked, self._ids, self._report)
        self._checks = self._plan.checks()
        self._numbers = iter(range(2, 1_000_000))

    def written(self) -> tuple[bytes, LossReport]:
        """The file and what it could not hold."""
        planned = list(self._plan.pages())
        blocks, questions = [], []
        for at, each in enumerate(planned, 1):
            found = [made for asked in each.questions if (made := self._question(asked))]
            questions += found
            blocks.append(self._block(each.page, at, found))
        flow = self._flow(planned)
        self._plan.lost()
        languages: Payload = {each.upper(): [] for each in self._whole.languages}
        elements = [
            _element("BL", "Survey Blocks", blocks),
            _element("FL", "Survey Flow", {"Type": "Root", "FlowID": "FL_1", "Flow": flow}),
            _element("SO", "Survey Options", {"AvailableLanguages": languages}),
            *self._quotas(),
            *(_element("SQ", made["QuestionID"], made) for made in questions),
        ]
        entry = {
            "SurveyID": SURVEY,
            "SurveyName": str(self._whole.title),
            "SurveyDescription": str(self._whole.intro or ""),
            "SurveyLanguage": "EN",
        }
        whole = {"SurveyEntry": entry, "SurveyElements": elements}
        return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode(), self._report

    def _block(self, page: Page, at: int, found: list[Payload]) -> Payload:
        self._report.mapped(f"page {page.key}", "is a block.")
        elements = [{"Type": "Question", "QuestionID": made["QuestionID"]} for made in found]
        named = {"Type": "Standard", "ID": f"BL_{at}", "Description": str(page.title or page.key)}
        return (
            named | {"BlockElements": elements} | ({"Options": {"RandomizeQuestions": "true"}} if page.shuffle else {})
        )

    def _flow(self, planned: list[Planned]) -> list[Payload]:
        """Pages in their branches; sections in random order and arms of a block in randomizers."""
        flow: list[Payload] = []
        arms = {page: (block.key, arm.key) for block in self._whole.blocks for arm in block.arms for page in arm.pages}
        self._lost_arms()
        open_name, inner = "", flow
        parts: dict[str, Payload] = {}
        for at, each in enumerate(planned, 1):
            block, arm = arms.get(each.page.key, ("", ""))
            section = each.section.key if each.section and each.section.shuffle else ""
            name = f"block {block}" if block else f"section {section}" if section else ""
            if name != open_name:
                inner, parts = flow if not name else self._randomizer(flow, some=bool(block)), {}
                open_name = name
            target: list[Payload] = inner
            if arm:
                if arm not in parts:
                    parts[arm] = {"Type": "Group", "FlowID": self._number(), "Description": arm, "Flow": []}
                    inner.append(parts[arm])
                target = parts[arm]["Flow"]
            target.extend(self._steps(each, at))
        return flow

    def _randomizer(self, flow: list[Payload], *, some: bool) -> list[Payload]:
        made: Payload = {"Type": "BlockRandomizer", "FlowID": self._number(), "EvenPresentation": True, "Flow": []}
        flow.append(made | ({"SubSet": 1} if some else {}))
        inside: list[Payload] = flow[-1]["Flow"]
        return inside

    def _lost_arms(self) -> None:
        for block in self._whole.blocks:
            if any(arm.sections or arm.questions for arm in block.arms):
                self._report.dropped(f"block {block.key}", "Only pages are drawn there; what else it names is asked.")
            else:
                self._report.mapped(f"block {block.key}", "is a randomizer.")

    def _number(self) -> str:
        return f"FL_{next(self._numbers)}"

    def _steps(self, planned: Planned, at: int) -> list[Payload]:
        page = planned.page
        step: Payload = {"Type": "Standard", "ID": f"BL_{at}", "FlowID": self._number()}
        ended = page.skip_to_end_if and left_after(page, None, page.skip_to_end_if)
        ends = self._logic.written(ended, f"the end after page {page.key}")
        steps = [step, self._branch(ends, [{"Type": "EndSurvey", "FlowID": self._number()}])] if ends else [step]
        shown = self._logic.written(planned.condition, f"page {page.key}")
        return [self._branch(shown, steps)] if shown else steps

    def _branch(self, logic: Payload, flow: list[Payload]) -> Payload:
        return {"Type": "Branch", "FlowID": self._number(), "BranchLogic": logic, "Flow": flow}

    def _quotas(self) -> list[Payload]:
        found = []
        for at, quota in enumerate(self._whole.quotas, 1):
            logic = self._logic.written(quota.when, f"quota {quota.key}")
            if logic:
                payload = {"Name": quota.key, "Occurrences": quota.limit, "Logic": logic, "ID": f"QO_{at}"}
                found.append(_element("QO", f"QO_{at}", payload | {"QuotaAction": "EndCurrentSurvey"}))
        return found

    def _pipe(self, key: str, kind: str) -> str:
        what = "ChoiceTextEntryValue" if kind in WRITTEN else "ChoiceGroup/SelectedChoices"
        return f"${{q://{self._ids.get(key, key)}/{what}}}"

    def _question(self, asked: Asked) -> Payload | None:
        kind, lost = _kind(asked)
        if not kind:
            self._report.dropped(f"question {asked.key}", f"{TOOL} has nothing like '{asked.question.type}'.")
            return None
        noted(asked, self._report, lost, has=HAS)
        made: Payload = {
            "QuestionText": _all_words(asked).get("en", asked.key),
            "DataExportTag": asked.key,
            "QuestionID": self._ids[asked.key],
        } | kind
        made["Language"] = self._translated(asked, kind)
        self._settings(asked, made)
        self._parts(asked, made)
        logic = self._logic.written(asked.question.show_if, f"question {asked.key}")
        return made | ({"DisplayLogic": logic} if logic else {})

    def _settings(self, asked: Asked, made: Payload) -> None:
        question = asked.question
        settings = dict(made.get("Validation", {}).get("Settings", {}))
        forced = "ON" if question.required else "RequestResponse" if question.ask_if_empty else ""
        settings |= {"ForceResponse": forced} if forced else {}
        check = self._checks.get(asked.key)
        if check:
            logic = self._logic.denied(check.wrong_if, f"check {check.key}")
            settings |= {"CustomValidation": {"Logic": logic}} if logic else {}
            self._report.approximated(f"words of check {check.key}", "are written in the tool's own library.")
        if settings:
            made["Validation"] = {"Settings": settings}
        if question.shuffle:
            made["Randomization"] = {"Type": "All"}

    def _parts(self, asked: Asked, made: Payload) -> None:
        """Rules of options and rows."""
        groups = (("Choices", asked.rows or asked.options), ("Answers", asked.options if asked.rows else ()))
        for name, parts in groups:
            for at, part in enumerate(parts, 1):
                logic = self._logic.written(part.shown, f"{asked.key}/{part.code}")
                if logic and str(at) in made.get(name, {}):
                    made[name][str(at)]["DisplayLogic"] = logic

    def _translated(self, asked: Asked, kind: Payload) -> Payload:
        found: Payload = {}
        for each in self._whole.languages[1:]:
            words = {"QuestionText": _all_words(asked).get(each, "")}
            groups = {"Choices": asked.rows or asked.options, "Answers": asked.options if asked.rows else ()}
            told = {name: _numbered(parts, each) for name, parts in groups.items() if parts and name in kind}
            found[each.upper()] = {name: value for name, value in (words | told).items() if value}
        return found


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
        limits = {"MinChoices": asked.get("min"), "MaxChoices": asked.get("max")} if asked.group == "several" else {}
        kept = {name: str(bound) for name, bound in limits.items() if bound}
        checks: Payload = {"Validation": {"Settings": kept}} if kept else {}
        return {"QuestionType": "MC", "Selector": selector, "SubSelector": "TX"} | checks | coded, ""
    if asked.question.type == "differential":
        ends = {str(at): {"Display": _escaped(row.words.get("en", row.code).replace(" – ", ":"))}
                for at, row in enumerate(asked.rows, 1)}  # fmt: skip
        columns = {"Answers": choices["Choices"], "AnswerOrder": choices["ChoiceOrder"]}
        return {"QuestionType": "Matrix", "Selector": "Bipolar", "Choices": ends} | columns, ""
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
        total: Payload = {"Settings": {"ChoiceTotal": asked.get("total")}}
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
