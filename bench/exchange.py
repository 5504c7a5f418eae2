"""How long, and with how much memory, files of 10 MB of each other tool are read: `python bench/exchange.py`.

Each file holds 2,000 questions of five options with long texts and rules, the most that is read; each is read in a
process of its own, whose processor time and greatest memory are told.
"""

import base64
import io
import json
import random
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

from stakeholder.errors import Invalid

QUESTIONS, OPTIONS, BYTES, PER_PAGE = 2_000, 5, 10_000_000, 20


def words(spare: int) -> str:
    """A text, so long that all of them together fill the file."""
    return "lorem ipsum " * max(1, (BYTES - spare) // (QUESTIONS * (OPTIONS + 1) * 12))


def qsf() -> bytes:
    """Qualtrics: blocks of twenty, every question but the first with display logic."""
    text, codes = words(1_700_000), [str(code) for code in range(1, OPTIONS + 1)]
    test = {"LogicType": "Question", "LeftOperand": "q://QID0/SelectableChoice/1", "Operator": "Selected"}
    rule = {"0": {"0": test, "Type": "If"}, "Type": "BooleanExpression"}
    base = {"QuestionText": text, "QuestionType": "MC", "Selector": "SAVR", "ChoiceOrder": codes}
    choices = {code: {"Display": f"{code} {text}"} for code in codes}
    asked = [
        base | {"DataExportTag": f"Q{at}", "Choices": choices} | ({"DisplayLogic": rule} if at else {})
        for at in range(QUESTIONS)
    ]
    places = [{"Type": "Question", "QuestionID": f"QID{at}"} for at in range(QUESTIONS)]
    blocks = [{"ID": f"B{at}", "BlockElements": places[at : at + PER_PAGE]} for at in range(0, QUESTIONS, PER_PAGE)]
    elements = [
        {"Element": "BL", "Payload": blocks},
        *({"Element": "SQ", "PrimaryAttribute": f"QID{at}", "Payload": each} for at, each in enumerate(asked)),
    ]
    return json.dumps({"SurveyEntry": {"SurveyName": "big"}, "SurveyElements": elements}).encode()


def surveyjs() -> bytes:
    """SurveyJS: pages of twenty."""
    text = words(900_000)
    elements = [
        {"type": "radiogroup", "name": f"q{at}", "title": text, "visibleIf": "{q0} = 1" if at else "",
         "choices": [{"value": code, "text": f"{code} {text}"} for code in range(OPTIONS)]}
        for at in range(QUESTIONS)
    ]  # fmt: skip
    pages = [{"name": f"p{at}", "elements": elements[at : at + PER_PAGE]} for at in range(0, QUESTIONS, PER_PAGE)]
    return json.dumps({"pages": pages}).encode()


def _table(name: str, rows: list[dict[str, object]]) -> str:
    cells = ("".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items()) for row in rows)
    return f"<{name}><rows>{''.join(f'<row>{row}</row>' for row in cells)}</rows></{name}>"


def lss() -> bytes:
    """LimeSurvey: groups of twenty, words in tables of their own."""
    text = words(4_200_000)
    answers = [(at * OPTIONS + code, at, f"A{code}") for at in range(QUESTIONS) for code in range(OPTIONS)]
    tables = (
        _table("groups", [{"gid": at, "group_order": at} for at in range(QUESTIONS // PER_PAGE)]),
        _table("questions", [{"qid": at + 1, "parent_qid": 0, "gid": at // PER_PAGE, "type": "L", "title": f"q{at}",
                              "relevance": 'q0.NAOK == "A1"' if at else "1"} for at in range(QUESTIONS)]),
        _table("question_l10ns", [{"qid": at + 1, "language": "en", "question": text} for at in range(QUESTIONS)]),
        _table("answers", [{"aid": aid, "qid": at + 1, "code": code} for aid, at, code in answers]),
        _table("answer_l10ns", [{"aid": aid, "language": "en", "answer": f"{a} {text}"} for aid, _, a in answers]),
    )  # fmt: skip
    head = "<LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>en</language></languages>"
    return f"<?xml version='1.0' encoding='UTF-8'?><document>{head}{''.join(tables)}</document>".encode()


def tsv() -> bytes:
    """LimeSurvey's tab separated structure."""
    text, lines = words(500_000), ["class\ttype/scale\tname\trelevance\ttext\tlanguage"]
    for at in range(QUESTIONS):
        lines += [f"G\t{at}\tGroup {at}\t1\t\ten"] if at % PER_PAGE == 0 else []
        rule = 'q0 == "A1"' if at else "1"
        lines.append(f"Q\tL\tq{at}\t{rule}\t{text}\ten")
        lines += [f"A\t0\tA{code}\t\t{code} {text}\ten" for code in range(OPTIONS)]
    return "\n".join(lines).encode()


def csv() -> bytes:
    """XLSForm as CSV."""
    text, lines = words(500_000), ["survey", ",type,name,label,relevant"]
    lines += [f",select_one l{at},q{at},{text},{'${q0} = 1' if at else ''}" for at in range(QUESTIONS)]
    lines += ["choices", ",list_name,name,label"]
    lines += [f",l{at},{code},{code} {text}" for at in range(QUESTIONS) for code in range(OPTIONS)]
    return "\n".join(lines).encode()


def _sheet(rows: list[list[str]]) -> bytes:
    """A sheet whose texts stand in its cells."""
    cells = (
        "".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' if text else "<c/>" for text in row)
        for row in rows
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    lines = "".join(f"<row>{row}</row>" for row in cells)
    return f'<worksheet xmlns="{space}"><sheetData>{lines}</sheetData></worksheet>'.encode()


def xlsx() -> bytes:
    """XLSForm as a workbook of 10 MB, its texts of letters by chance: those of people pack much smaller."""
    chance = random.Random(1)

    def said(length: int) -> str:
        return base64.b64encode(chance.randbytes(length)).decode()

    survey, choices = [["type", "name", "label", "relevant"]], [["list_name", "name", "label"]]
    for at in range(QUESTIONS):
        survey.append([f"select_one l{at}", f"q{at}", said(2_400), "${q0} = 1" if at else ""])
        choices += [[f"l{at}", str(code), f"{code} {said(500)}"] for code in range(OPTIONS)]
    names = {"survey": survey, "choices": choices}
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main, package = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    )
    listed = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>' for at, name in enumerate(names, 1))
    links = "".join(f'<Relationship Id="r{at}" Target="worksheets/sheet{at}.xml"/>' for at, _ in enumerate(names, 1))
    sheets, out = f"<sheets>{listed}</sheets>", io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}">{sheets}</workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{links}</Relationships>')
        for at, rows in enumerate(names.values(), 1):
            book.writestr(f"xl/worksheets/sheet{at}.xml", _sheet(rows))
    return out.getvalue()


def bomb() -> bytes:
    """A workbook of 10 MB that unpacks to 10 GB; it is refused before anything is unpacked."""
    out = io.BytesIO()
    packed = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9)
    with packed as book, book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
        for _ in range(10_000):
            sheet.write(b" " * 1_000_000)
    return out.getvalue()


def text() -> bytes:
    """Plain text."""
    said = words(100_000)
    return "".join(
        f"{at % 999 + 1}. {said}?\n" + "".join(f"{letter}) {said}\n" for letter in "abcde") for at in range(QUESTIONS)
    ).encode()


FILES: dict[str, Callable[[], bytes]] = {
    "qsf": qsf, "surveyjs": surveyjs, "lss": lss, "limesurvey-txt": tsv, "xlsform": csv, "xlsx": xlsx, "text": text,
    "bomb": bomb,
}  # fmt: skip


def measure(name: str) -> None:
    """Read one file and print what it took."""
    from surveys.interchange.formats import read

    data = FILES[name]()
    began = time.process_time()
    try:
        found = f"{read(data, name)[1].counts.questions:,} questions"
    except Invalid as problem:
        found = f"refused: {problem}"
    took, peak = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:15} {len(data) / 1e6:5.1f} MB {took:5.2f} s {peak:5.0f} MB  {found}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        for each in FILES:
            subprocess.run([sys.executable, "-m", "bench.exchange", each], check=True)
