"""Our questionnaires as XLSForm workbooks. Pure."""

import io

from stakeholder.localised import LANGUAGE_NAMES
from surveys.definition import Questionnaire
from surveys.flow import AnswerCheck
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import Asked, Choice, noted, plain, words_in
from surveys.interchange.planning import Plan, Planned, heading
from surveys.interchange.saying import Speech, quoted
from surveys.interchange.sketch import Texts

TOOL = "XLSForm"
CAN = frozenset({"repeats", "checks"})
HAS = frozenset({"required", "shuffle"})
SHUFFLED = frozenset({"one", "several", "ranking"})
Row = dict[str, str]
TYPES = {
    "number": "integer",
    "date": "date",
    "line": "text",
    "paragraph": "text",
    "display": "note",
    "consent": "acknowledge",
}


def _place(question: str, row: str) -> str:
    return f"${{{question}_{row}}}" if row else f"${{{question}}}"


SPEECH = Speech(
    place=_place,
    answered=lambda place, yes: f"{place} {'!=' if yes else '='} ''",
    ticked=lambda question, row, code: f"selected({_place(question, row)}, '{code}')",
    count=lambda question: f"count-selected({_place(question, '')})",
    literal=quoted,
    ratio="div",
)


def write(questionnaire: Questionnaire, _language: str = "en") -> tuple[bytes, LossReport]:
    """A workbook with the sheets survey, choices and settings."""
    return _Book(questionnaire).written()


class _Book:
    """Collects rows; the columns are those that some row fills."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._whole = questionnaire
        self._plan = Plan(questionnaire, TOOL, CAN, lambda key, _: f"${{{key}}}")
        self._report = self._plan.report
        self._checks = self._plan.checks()
        self._survey: list[Row] = []
        self._choices: list[Row] = []
        self._open = ""

    def written(self) -> tuple[bytes, LossReport]:
        """The workbook and what it could not hold."""
        if self._whole.intro:
            self._survey.append(
                {"type": "note", "name": "introduction"} | self._words("label", words_in(self._whole.intro))
            )
            self._report.approximated("introduction", "is a note before the first page.")
        for planned in self._plan.pages():
            self._repeat(planned)
            self._page(planned)
        self._close()
        self._plan.lost()
        settings = [
            {"form_title": str(self._whole.title), "form_id": self._whole.key, "default_language": self._language("en")}
        ]
        return _workbook({"survey": self._survey, "choices": self._choices, "settings": settings}), self._report

    def _repeat(self, planned: Planned) -> None:
        """Open the repeat of a page's section, and close the one before."""
        section = planned.section if planned.repeats else None
        if self._open and (section is None or section.key != self._open):
            self._close()
        if section and section.repeat and not self._open:
            label = heading(section.repeat)
            row = {"type": "begin_repeat", "name": section.key, "repeat_count": _place(section.repeat.count, "")}
            self._survey.append(row | self._words("label", label))
            self._open = section.key

    def _close(self) -> None:
        if self._open:
            self._survey.append({"type": "end_repeat"})
            self._open = ""

    def _page(self, planned: Planned) -> None:
        page = planned.page
        self._report.mapped(f"page {page.key}", "is a group.")
        rule = self._plan.condition(planned.condition, SPEECH, f"page {page.key}")
        self._survey.append(
            {"type": "begin_group", "name": page.key, "appearance": "field-list", "relevant": rule}
            | self._words("label", words_in(page.title))
        )
        for asked in planned.questions:
            self._question(asked)
        self._survey.append({"type": "end_group"})

    def _language(self, code: str) -> str:
        return f"{LANGUAGE_NAMES.get(code, code)} ({code})"

    def _words(self, column: str, words: Texts) -> Row:
        return {f"{column}::{self._language(language)}": text for language, text in words.items()}

    def _question(self, asked: Asked) -> None:
        row: Row = {
            "name": asked.key,
            "relevant": self._plan.condition(asked.question.show_if, SPEECH, f"question {asked.key}"),
            "required": "yes" if asked.question.required else "",
            **self._words("label", asked.words),
            **self._words("hint", asked.hint),
        }
        if asked.group in {"one", "several", "ranking"}:
            self._choose(asked, row)
        elif asked.group == "grid":
            self._grid(asked, row)
        elif asked.group in {"rating", "slider"}:
            step = asked.get("step") or 1
            bounds = f"start={plain(asked.get('min'))} end={plain(asked.get('max'))} step={plain(step)}"
            self._add(
                asked,
                row | {"type": "range", "parameters": bounds},
                "It is a range." if asked.group == "rating" else "",
            )
        elif asked.group == "allocation":
            self._shares(asked, row)
        elif asked.group == "calculated":
            self._calculated(asked, row)
        elif asked.group in TYPES:
            self._simple(asked, row)
        else:
            self._report.dropped(f"question {asked.key}", f"{TOOL} has nothing like '{asked.question.type}'.")

    def _add(self, asked: Asked, row: Row, lost: str = "") -> None:
        check = self._checks.get(asked.key)
        self._survey.append(row | (self._constraint(check, row) if check else {}))
        self._note(asked, lost)

    def _constraint(self, check: AnswerCheck, row: Row) -> Row:
        """A check as a constraint, after the bounds that there are."""
        fits = self._plan.fits(check, SPEECH)
        if not fits:
            return {}
        both = " and ".join(filter(None, (row.get("constraint", ""), fits)))
        return {"constraint": both} | self._words("constraint_message", words_in(check.message))

    def _note(self, asked: Asked, lost: str) -> None:
        has = HAS if asked.group in SHUFFLED else HAS - {"shuffle"}
        noted(asked, self._report, lost, has=has)
        for part in (*asked.options, *asked.rows):
            if part.shown is not None:
                self._report.dropped(f"condition of {asked.key}/{part.code}", "It is always shown there.")

    def _calculated(self, asked: Asked, row: Row) -> None:
        said = self._plan.worked_out(asked, SPEECH)
        if said:
            self._survey.append({"type": "calculate", "name": row["name"], "calculation": said})

    def _choose(self, asked: Asked, row: Row) -> None:
        kind = {"one": "select_one", "several": "select_multiple", "ranking": "rank"}[asked.group]
        look = "minimal" if asked.get("look") == "drop_down" else "likert" if asked.question.type == "likert" else ""
        limits = [f"count-selected(.) >= {asked.get('min')}" if asked.group == "several" and asked.get("min") else ""]
        limits += [f"count-selected(.) <= {asked.get('max')}" if asked.group == "several" and asked.get("max") else ""]
        self._list(asked.key, asked.options)
        self._add(
            asked,
            row
            | {
                "type": f"{kind} {asked.key}",
                "appearance": look,
                "constraint": " and ".join(filter(None, limits)),
                "parameters": "randomize=true" if asked.question.shuffle else "",
            },
        )

    def _list(self, name: str, options: tuple[Choice, ...]) -> None:
        for option in options:
            extras = {"score": plain(option.value)} if option.value is not None else {}
            extras |= {"other": "yes"} if option.other else {}
            extras |= {"exclusive": "yes"} if option.exclusive else {}
            self._choices.append(
                {"list_name": name, "name": option.code, **self._words("label", option.words), **extras}
            )

    def _grid(self, asked: Asked, row: Row) -> None:
        """A group that is drawn as a table; the column `kind` says that it is one question."""
        self._list(asked.key, asked.options)
        kind = "select_multiple" if asked.get("several") else "select_one"
        self._survey.append(row | {"type": "begin_group", "appearance": "table-list", "kind": "grid"})
        for line in asked.rows:
            self._survey.append(
                {"type": f"{kind} {asked.key}", "name": f"{asked.key}_{line.code}", **self._words("label", line.words)}
            )
        self._survey.append({"type": "end_group"})
        self._note(asked, "Its rows are questions of a table.")

    def _shares(self, asked: Asked, row: Row) -> None:
        """One whole number for each option."""
        self._survey.append(row | {"type": "begin_group"})
        for option in asked.options:
            name = {
                "type": "integer",
                "name": f"{asked.key}_{option.code}",
                "constraint": f". >= 0 and . <= {asked.get('total')}",
            }
            self._survey.append(name | self._words("label", option.words))
        self._survey.append({"type": "end_group"})
        self._note(asked, "It is one number for each option; nothing checks that they make up the whole.")

    def _simple(self, asked: Asked, row: Row) -> None:
        row["type"] = TYPES[asked.group]
        lost = ""
        if asked.group == "number":
            row["type"] = "decimal" if asked.get("decimals") else "integer"
            row["constraint"] = f". >= {plain(asked.get('min'))} and . <= {plain(asked.get('max'))}"
        elif asked.group == "date":
            row |= _dates(asked)
        elif asked.group == "paragraph":
            row["appearance"] = "multiline"
        elif asked.group == "display":
            row |= self._words("hint", words_in(asked.get("body")))
        elif asked.group == "line" and asked.get("pattern"):
            row["constraint"] = f"regex(., '{asked.get('pattern')}')" if "'" not in asked.get("pattern") else ""
            row |= self._words("constraint_message", words_in(asked.get("pattern_message")))
        elif asked.group == "consent":
            row |= self._words("hint", words_in(asked.get("statement")))
            lost = "It can be agreed to or left; there is no box for no."
        self._add(asked, row, lost)


def _dates(asked: Asked) -> Row:
    """A look for months; bounds as a constraint, those of a month from its first to its last possible day."""
    month = asked.get("precision") == "month"
    ends = ((">=", asked.get("earliest"), "-01"), ("<=", asked.get("latest"), "-28"))
    bounds = [f". {sign} date('{bound}{day if month else ''}')" for sign, bound, day in ends if bound]
    return ({"appearance": "month-year"} if month else {}) | {"constraint": " and ".join(bounds)}


def _workbook(sheets: dict[str, list[Row]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        columns = list(dict.fromkeys(column for row in rows for column, value in row.items() if value)) or [
            "list_name",
            "name",
            "label",
        ]
        sheet.append(columns)
        for row in rows:
            sheet.append([_safe(row.get(column, "")) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(text: str) -> str:
    """Text that a workbook can hold, and that no program takes for a formula."""
    kept = "".join(each for each in text if each in "\n\t" or ord(each) >= 32)
    return kept[:32_000] if not kept.startswith("=") else f" {kept}"[:32_000]
