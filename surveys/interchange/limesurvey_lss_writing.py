"""Our questionnaires as LimeSurvey structure files (.lss). Pure."""

from xml.sax.saxutils import escape

from surveys.definition import Questionnaire
from surveys.interchange.limesurvey_structure import CAN, Made, Row, Structure, said
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import plain, words_in

VERSION, SURVEY = 623, 100001


def write(questionnaire: Questionnaire, _language: str = "en") -> tuple[bytes, LossReport]:
    """A structure file with words in tables of their own."""
    structure = Structure(questionnaire, can=CAN | {"quotas"})
    tables: dict[str, list[Row]] = {
        name: []
        for name in (
            "answers",
            "answer_l10ns",
            "groups",
            "group_l10ns",
            "questions",
            "question_l10ns",
            "subquestions",
            "question_attributes",
            "quota",
            "quota_members",
            "quota_languagesettings",
            "surveys",
            "surveys_languagesettings",
        )
    }
    number = 0
    for gid, group in enumerate(structure.groups, 1):
        order = {"group_order": str(gid), "randomization_group": group.mixed, "grelevance": group.rule}
        tables["groups"].append({"gid": str(gid), "sid": str(SURVEY)} | order)
        titles = words_in(group.page.title) or {"en": group.page.key}
        tables["group_l10ns"] += [
            {"gid": str(gid), "group_name": text, "language": each} for each, text in titles.items()
        ]
        for made in group.questions:
            number = _question_rows(structure, tables, made, gid, number + 1)
    _quota_rows(structure, tables)
    _survey_rows(questionnaire, tables)
    return _xml(questionnaire, tables), structure.report


def _question_rows(structure: Structure, tables: dict[str, list[Row]], made: Made, gid: int, number: int) -> int:
    """Rows of one question; returns the last number used."""
    asked, qid = made.asked, number
    row = {
        "qid": str(qid),
        "parent_qid": "0",
        "sid": str(SURVEY),
        "gid": str(gid),
        "type": made.letter,
        "mandatory": made.mandatory,
        "other": "Y" if made.other else "N",
        "preg": made.preg,
    }
    tables["questions"].append(
        row | {"title": structure.codes.questions[asked.key], "question_order": str(qid), "relevance": made.relevance}
    )
    languages = dict.fromkeys([*said(asked), *asked.hint])
    for each in languages:
        tables["question_l10ns"].append(
            {
                "qid": str(qid),
                "question": said(asked).get(each, ""),
                "help": asked.hint.get(each, ""),
                "language": each,
            }
        )
    for name, value in made.attributes.items():
        tables["question_attributes"].append({"qid": str(qid), "attribute": name, "value": value})
    for name, words in made.spoken.items():
        tables["question_attributes"] += [
            {"qid": str(qid), "attribute": name, "value": text, "language": each} for each, text in words.items()
        ]
    _answer_rows(structure, tables, made, qid)
    return _sub_rows(structure, tables, made, gid, qid)


def _answer_rows(structure: Structure, tables: dict[str, list[Row]], made: Made, qid: int) -> None:
    for at, option in enumerate(made.answers):
        aid = f"{qid}{at:03d}"
        value = plain(option.value) if option.value is not None else "0"
        tables["answers"].append(
            {
                "aid": aid,
                "qid": str(qid),
                "code": structure.code(made.asked, option),
                "sortorder": str(at),
                "assessment_value": value,
                "scale_id": "0",
            }
        )
        tables["answer_l10ns"] += [
            {"aid": aid, "answer": text, "language": each} for each, text in option.words.items()
        ]


def _sub_rows(structure: Structure, tables: dict[str, list[Row]], made: Made, gid: int, qid: int) -> int:
    number = qid
    for sub, scale in made.subs:
        number += 1
        code = structure.codes.parts[made.asked.key].get(sub.code, "SQ001")
        tables["subquestions"].append(
            {
                "qid": str(number),
                "parent_qid": str(qid),
                "sid": str(SURVEY),
                "gid": str(gid),
                "type": "T",
                "title": code,
                "question_order": str(number),
                "scale_id": str(scale),
                "relevance": made.rules.get(sub.code, "1"),
            }
        )
        tables["question_l10ns"] += [
            {"qid": str(number), "question": text, "help": "", "language": each} for each, text in sub.words.items()
        ]
    return number


def _quota_rows(structure: Structure, tables: dict[str, list[Row]]) -> None:
    """Quotas that count by single answers; others are told."""
    numbers = {row["title"]: row["qid"] for row in tables["questions"]}
    for at, quota in enumerate(structure.whole.quotas, 1):
        tests = quota.when.all_ or (quota.when,) if quota.when else ()
        members = [(test.question or "", test.is_) for test in tests]
        if not members or any(not key or not isinstance(code, str) for key, code in members):
            structure.report.dropped(f"quota {quota.key}", "It counts by something else than single answers.")
            continue
        row = {"id": str(at), "sid": str(SURVEY), "name": quota.key, "qlimit": str(quota.limit)}
        tables["quota"].append(row | {"action": "1", "active": "1"})
        for key, code in members:
            member = {"quota_id": str(at), "qid": numbers.get(structure.codes.questions[key], "")}
            tables["quota_members"].append(member | {"code": structure.codes.parts[key].get(str(code), str(code))})
        for each, text in words_in(quota.message).items():
            said = {"quotals_quota_id": str(at), "quotals_language": each, "quotals_message": text}
            tables["quota_languagesettings"].append(said)
        structure.report.mapped(f"quota {quota.key}", "is a quota.")


def _survey_rows(questionnaire: Questionnaire, tables: dict[str, list[Row]]) -> None:
    more = " ".join(each for each in questionnaire.languages if each != "en")
    tables["surveys"].append(
        {
            "sid": str(SURVEY),
            "language": "en",
            "additional_languages": more,
            "format": "G",
            "anonymized": "Y",
            "active": "N",
        }
    )
    titles, intros = words_in(questionnaire.title), words_in(questionnaire.intro)
    for each in questionnaire.languages:
        words = {"surveyls_title": titles.get(each, ""), "surveyls_welcometext": intros.get(each, "")}
        tables["surveys_languagesettings"].append(
            {"surveyls_survey_id": str(SURVEY), "surveyls_language": each} | words
        )


def _xml(questionnaire: Questionnaire, tables: dict[str, list[Row]]) -> bytes:
    languages = "".join(f"<language>{escape(each)}</language>" for each in questionnaire.languages)
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n<document>\n<LimeSurveyDocType>Survey</LimeSurveyDocType>',
        f"<DBVersion>{VERSION}</DBVersion>\n<languages>{languages}</languages>",
    ]
    for name, rows in tables.items():
        if rows:
            fields = "".join(
                f"<fieldname>{each}</fieldname>" for each in dict.fromkeys(key for row in rows for key in row)
            )
            lines = "\n".join(
                "<row>" + "".join(f"<{key}>{escape(value)}</{key}>" for key, value in row.items()) + "</row>"
                for row in rows
            )
            parts.append(f"<{name}>\n<fields>{fields}</fields>\n<rows>\n{lines}\n</rows>\n</{name}>")
    return "\n".join([*parts, "</document>", ""]).encode()
