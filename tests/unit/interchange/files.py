"""Files of other tools, invented for these tests: small, and with one of everything that matters."""

import csv
import io
import json
from typing import Any

import openpyxl

Row = dict[str, Any]
YES_NO = {"1": {"Display": "Yes"}, "2": {"Display": "No", "TextEntry": "true"}}


def logic(locator: str, **more: str) -> Row:
    """Display logic with one test."""
    test = {"LogicType": "Question", "LeftOperand": locator, "Operator": "Selected"} | more
    return {"0": {"0": test, "Type": "If"}, "Type": "BooleanExpression"}


def asked(qid: str, tag: str, **more: Any) -> Row:
    """One question of a survey file."""
    payload = {"QuestionText": f"{tag}?", "DataExportTag": tag, "Language": []} | more
    return {"Element": "SQ", "PrimaryAttribute": qid, "Payload": payload}


def qsf() -> bytes:
    """Blocks, a page break, a branch, the trash, a translation, a matrix and a web service."""

    def block(name: str, *questions: str, kind: str = "Standard") -> Row:
        elements = [
            {"Type": "Page Break"} if qid == "|" else {"Type": "Question", "QuestionID": qid} for qid in questions
        ]
        return {"Type": kind, "ID": name, "Description": name, "BlockElements": elements}

    french = {"FR": {"QuestionText": "Bien ?", "Choices": {"1": {"Display": "Oui"}}}}
    flow = [
        {"Type": "Block", "ID": "first", "FlowID": "FL_1"},
        {
            "Type": "Branch",
            "FlowID": "FL_2",
            "BranchLogic": logic("q://QID1/SelectableChoice/2"),
            "Flow": [{"Type": "Standard", "ID": "second", "FlowID": "FL_3"}],
        },
        {"Type": "WebService", "FlowID": "FL_4", "URL": "http://127.0.0.1:1/never"},
    ]
    elements = [
        {
            "Element": "BL",
            "Payload": [
                block("first", "QID1", "|", "QID2", "QID3"),
                block("second", "QID4"),
                block("bin", "QID9", kind="Trash"),
            ],
        },
        {"Element": "FL", "Payload": {"Type": "Root", "Flow": flow}},
        asked("QID1", "well", QuestionType="MC", Selector="SAVR", Choices=YES_NO, Language=french),
        asked(
            "QID2",
            "grid",
            QuestionType="Matrix",
            Selector="Likert",
            SubSelector="SingleAnswer",
            Choices={"1": {"Display": "Lunch"}, "2": {"Display": "Break"}},
            Answers={"1": {"Display": "Bad"}, "2": {"Display": "Good"}},
            DisplayLogic=logic("q://QID1/SelectableChoice/1"),
        ),
        asked("QID3", "words", QuestionType="DB", Selector="TB"),
        asked("QID4", "why", QuestionType="TE", Selector="ML", DisplayLogic=logic("q://QID2/SelectableChoice/2/1")),
        asked("QID9", "old", QuestionType="MC", Selector="SAVR", Choices=YES_NO),
    ]
    return json.dumps(
        {"SurveyEntry": {"SurveyName": "Ours", "SurveyLanguage": "EN"}, "SurveyElements": elements}
    ).encode()


def surveyjs() -> bytes:
    """Languages, a panel with a rule, a matrix, markup with a script, an address and a calculation."""
    elements = [
        {
            "type": "radiogroup",
            "name": "how",
            "title": {"default": "How?", "de": "Wie?"},
            "choices": ["walk", {"value": "bus", "text": "By bus"}],
            "showOtherItem": True,
        },
        {"type": "checkbox", "name": "what", "title": "What <b>now</b>?<script>x()</script>", "choices": [1, 2, 3]},
        {
            "type": "panel",
            "name": "inside",
            "visibleIf": "{what} contains 2",
            "elements": [
                {"type": "comment", "name": "why", "visibleIf": "{how} = 'bus' and {how} notempty"},
                {"type": "matrix", "name": "grid", "columns": ["x", "y"], "rows": ["r1", "r2"]},
            ],
        },
        {"type": "html", "name": "block", "html": "<p>Read this.</p>"},
        {"type": "expression", "name": "sum", "expression": "{a} + 1"},
        {"type": "dropdown", "name": "country", "choicesByUrl": {"url": "http://127.0.0.1:1/never"}},
        {"type": "text", "name": "hours", "inputType": "number", "min": 0, "max": 10, "visibleIf": "iif({how}, 1, 0)"},
    ]
    return json.dumps({"title": "Our day", "pages": [{"name": "one", "elements": elements}]}).encode()


XLSFORM: dict[str, list[list[str | None]]] = {
    "survey": [
        ["type", "name", "label::English (en)", "label::Polski (pl)", "relevant", "constraint", "choice_filter"],
        ["start", "start", None, None, None, None, None],
        ["begin_group", "about", "About", "O tobie", None, None, None],
        ["select_one yn", "well", "Are you well?", "Dobrze?", None, None, None],
        ["select_multiple colours or_other", "likes", "Colours", "Kolory", "${well} = 'yes'", None, None],
        ["end_group", None, None, None, None, None, None],
        ["integer", "age", "Age", "Wiek", "selected(${likes}, 'red')", ". >= 5 and . < 19", None],
        ["note", "read", "Read this", "Czytaj", None, None, None],
        ["calculate", "sum", None, None, None, None, None],
        ["geopoint", "place", "Where?", "Gdzie?", None, None, None],
        ["select_one yn", "sure", "Sure?", "Na pewno?", "${nobody} = 1", None, "x = 1"],
    ],
    "choices": [
        ["list_name", "name", "label::English (en)", "label::Polski (pl)"],
        ["yn", "yes", "Yes", "Tak"],
        ["yn", "no", "No", "Nie"],
        ["colours", "red", "Red", "Czerwony"],
        ["colours", "blue", "Blue", "Niebieski"],
    ],
    "settings": [["form_title", "form_id"], ["Ours", "ours"]],
}


def xlsx(sheets: dict[str, list[list[str | None]]] = XLSFORM) -> bytes:
    """Sheets as a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsform_csv() -> bytes:
    """The same sheets one below the other."""
    out = io.StringIO()
    lines = csv.writer(out)
    for name, rows in XLSFORM.items():
        lines.writerow([name])
        lines.writerows([["", *row] for row in rows])
    return out.getvalue().encode()


def table(name: str, rows: list[Row]) -> str:
    """One table of a structure file."""
    cells = ("".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items()) for row in rows)
    return f"<{name}><rows>{''.join(f'<row>{row}</row>' for row in cells)}</rows></{name}>"


def document(*tables: str, version: int) -> bytes:
    """A whole structure file."""
    head = f"<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>{version}</DBVersion>"
    languages = "<languages><language>en</language><language>de</language></languages>"
    xml = f'<?xml version="1.0" encoding="UTF-8"?><document>{head}{languages}{"".join(tables)}</document>'
    return xml.encode()


SURVEYS = table("surveys", [{"sid": 9, "language": "en", "additional_languages": "de", "format": "G"}])
SETTINGS = table("surveys_languagesettings", [{"surveyls_language": "en", "surveyls_title": "Ours"}])
ASKED: list[Row] = [
    {"qid": 1, "type": "L", "title": "q1", "other": "Y", "mandatory": "Y", "relevance": "1"},
    {"qid": 2, "type": "M", "title": "q2", "relevance": '((q1.NAOK == "A1"))'},
    {"qid": 3, "type": "F", "title": "q3", "relevance": '{q2_S1.NAOK == "Y" or is_empty(q1)}'},
    {"qid": 4, "type": "X", "title": "q4", "relevance": "1"},
    {"qid": 5, "type": "N", "title": "q5", "relevance": ""},
    {"qid": 6, "type": "|", "title": "q6", "relevance": "1"},
]
SUBS: list[Row] = [
    {"qid": 21, "parent_qid": 2, "title": "S1"},
    {"qid": 22, "parent_qid": 2, "title": "S2"},
    {"qid": 31, "parent_qid": 3, "title": "R1"},
    {"qid": 32, "parent_qid": 3, "title": "R2"},
]
ANSWERS: list[Row] = [
    {"aid": 1, "qid": 1, "code": "A1"},
    {"aid": 2, "qid": 1, "code": "A2"},
    {"aid": 3, "qid": 3, "code": "1"},
    {"aid": 4, "qid": 3, "code": "2"},
]
COMMON: Row = {"sid": 9, "gid": 1, "parent_qid": 0}


def old_lss() -> bytes:
    """Version 178: words and language in each row, rules in the table of conditions."""

    def spoken(rows: list[Row], column: str) -> list[Row]:
        return [
            row | {"language": each, column: f"{row.get('title', row.get('code'))} {each}", "sortorder": at}
            for each in ("en", "de")
            for at, row in enumerate(rows)
        ]

    rules = [{"qid": 5, "cqid": 1, "cfieldname": "9X1X1", "method": "==", "value": "A2", "scenario": 1}]
    questions = [COMMON | {"question_order": at} | row for at, row in enumerate(spoken(ASKED, "question"))]
    return document(
        table("answers", [{k: v for k, v in row.items() if k != "aid"} for row in spoken(ANSWERS, "answer")]),
        table("conditions", rules),
        table("groups", spoken([{"gid": 1, "group_order": 0, "title": "Group"}], "group_name")),
        table("questions", questions),
        table("subquestions", spoken(SUBS, "question")),
        SURVEYS,
        SETTINGS,
        version=178,
    )


def new_lss() -> bytes:
    """Version 640: words in tables of their own."""

    def words(rows: list[Row], name: str, column: str) -> list[Row]:
        return [
            {name: row[name], "language": each, column: f"{row.get('title', row.get('code', 'Group'))} {each}"}
            for each in ("en", "de")
            for row in rows
        ]

    groups: list[Row] = [{"gid": 1, "group_order": 0, "grelevance": ""}]
    return document(
        table("answers", ANSWERS),
        table("answer_l10ns", words(ANSWERS, "aid", "answer")),
        table("groups", groups),
        table("group_l10ns", words(groups, "gid", "group_name")),
        table("questions", [COMMON | {"question_order": at} | row for at, row in enumerate(ASKED)]),
        table("question_l10ns", words([*ASKED, *SUBS], "qid", "question")),
        table("subquestions", SUBS),
        SURVEYS,
        SETTINGS,
        version=640,
    )


def tsv() -> bytes:
    """A tab separated structure in two languages."""
    columns = ["id", "class", "type/scale", "name", "relevance", "text", "help", "language", "mandatory", "other"]
    lines = [
        ["", "S", "", "language", "", "en"],
        ["", "SL", "", "surveyls_title", "", "Ours", "", "en"],
        *(
            line
            for each in ("en", "de")
            for line in (
                ["1", "G", "0", f"Group {each}", "1", "", "", each],
                ["2", "Q", "L", "q1", "1", f"What? {each}", "", each, "Y", "N"],
                ["", "A", "0", "A1", "", f"one {each}", "", each],
                ["", "A", "0", "A2", "", f"two {each}", "", each],
                ["3", "Q", "T", "q2", 'q1 == "A1"', f"Why? {each}", "", each, "N", "N"],
            )
        ),
    ]
    return "\n".join("\t".join(line) for line in [columns, *lines]).encode()


TEXT = b"""Our survey
Please answer.

1. How are you?
a) Well
b) Badly
c) Other ____
2. Which do you like? Tick all that apply.
- red
- blue
3. Say more
______
"""

FILES: dict[str, bytes] = {
    "survey.qsf": qsf(),
    "survey.json": surveyjs(),
    "survey.xlsx": xlsx(),
    "survey.csv": xlsform_csv(),
    "old.lss": old_lss(),
    "new.lss": new_lss(),
    "survey.txt": tsv(),
    "pasted.txt": TEXT,
}
