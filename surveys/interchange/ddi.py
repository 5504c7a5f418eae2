"""A codebook as DDI-Codebook 2.5, which data archives read. Pure."""

import re
from xml.etree import ElementTree as ET

from surveys.definition import Questionnaire
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import asked_in
from surveys.question_types import Question
from surveys.question_types.base import Column

SPACE = "ddi:codebook:2_5"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(questionnaire: Questionnaire, language: str = "en") -> tuple[bytes, LossReport]:
    """The study and its variables; the file says of no answer how often it was given."""
    root = ET.Element("codeBook", {"xmlns": SPACE, "version": "2.5", "xml:lang": language})
    study = ET.SubElement(root, "stdyDscr")
    title = ET.SubElement(ET.SubElement(ET.SubElement(study, "citation"), "titlStmt"), "titl")
    title.text = _clean(questionnaire.title.in_(language))
    if questionnaire.intro:
        _put(ET.SubElement(study, "stdyInfo"), "abstract", questionnaire.intro.in_(language))
    data = ET.SubElement(root, "dataDscr")
    report = LossReport()
    for asked in asked_in(questionnaire):
        _question(data, asked.question, language)
        fate = report.mapped if asked.question.counts_as_question else report.dropped
        fate(
            f"question {asked.key}",
            "is in the codebook." if asked.question.counts_as_question else "It has no answer to code.",
        )
    report.dropped("conditions and order", "A codebook says what was asked and how it is coded, not to whom.")
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n", report


def _question(data: ET.Element, question: Question, language: str) -> None:
    if not question.counts_as_question:
        return
    columns = question.columns()
    if not columns:
        _variable(data, question, question.key, question.prompt.in_(language), language)
    for column in columns:
        made = _variable(data, question, column.key, column.label.in_(language), language)
        _categories(made, column, language)


def _variable(data: ET.Element, question: Question, key: str, label: str, language: str) -> ET.Element:
    name = re.sub(r"[^A-Za-z0-9_.-]", "_", key)
    made = ET.SubElement(data, "var", {"ID": f"V_{name}", "name": name, "intrvl": "discrete"})
    _put(made, "labl", label)
    asked = ET.SubElement(made, "qstn")
    _put(asked, "qstnLit", question.prompt.in_(language))
    if question.hint:
        _put(asked, "ivuInstr", question.hint.in_(language))
    return made


def _categories(made: ET.Element, column: Column, language: str) -> None:
    for option in column.options:
        _category(made, option.code, option.label.in_(language))
    for option in column.unscored_options:
        _category(made, option.code, option.label.in_(language)).set("missing", "Y")
    kind = "character" if column.options else "numeric"
    ET.SubElement(made, "varFormat", {"type": kind})


def _category(made: ET.Element, code: str, label: str) -> ET.Element:
    found = ET.SubElement(made, "catgry")
    _put(found, "catValu", code)
    _put(found, "labl", label)
    return found


def _put(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _clean(text)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
