"""Our questionnaires as LimeSurvey's tab separated structure (.txt). Pure."""

import csv
import io

from surveys.definition import Questionnaire
from surveys.interchange.limesurvey_structure import Made, Row, Structure, said
from surveys.interchange.losses import LossReport
from surveys.interchange.outline import words_in


def write(questionnaire: Questionnaire, _language: str = "en") -> tuple[bytes, LossReport]:
    """A tab separated structure: the whole questionnaire once for each language."""
    structure = Structure(questionnaire)
    attributes = dict.fromkeys(
        name for group in structure.groups for made in group.questions for name in (*made.attributes, *made.spoken)
    )
    columns = [
        "id",
        "related_id",
        "class",
        "type/scale",
        "name",
        "relevance",
        "text",
        "help",
        "language",
        "validation",
        "mandatory",
        "other",
        "random_group",
        *(name for name in attributes if name != "random_group"),
    ]
    rows: list[Row] = [{"class": "S", "name": "language", "text": "en"}]
    for each in questionnaire.languages:
        titles, intros = words_in(questionnaire.title), words_in(questionnaire.intro)
        rows.append({"class": "SL", "name": "surveyls_title", "text": titles.get(each, ""), "language": each})
        rows.append({"class": "SL", "name": "surveyls_welcometext", "text": intros.get(each, ""), "language": each})
    for each in questionnaire.languages:
        for gid, group in enumerate(structure.groups, 1):
            title = words_in(group.page.title).get(each, "" if each != "en" else group.page.key)
            row = {"id": str(gid), "class": "G", "type/scale": str(gid), "name": title, "language": each}
            rows.append(row | {"relevance": group.rule or "1", "random_group": group.mixed})
            for made in group.questions:
                rows += _lines(structure, made, each)
    out = io.StringIO(newline="")
    lines = csv.writer(out, delimiter="\t", lineterminator="\n")
    lines.writerow(columns)
    lines.writerows([[row.get(column, "") for column in columns] for row in rows])
    return out.getvalue().encode(), structure.report


def _lines(structure: Structure, made: Made, language: str) -> list[Row]:
    asked = made.asked
    head = {
        "class": "Q",
        "type/scale": made.letter,
        "name": structure.codes.questions[asked.key],
        "relevance": made.relevance,
    }
    found = [
        head
        | {
            "text": said(asked).get(language, ""),
            "help": asked.hint.get(language, ""),
            "language": language,
            "mandatory": made.mandatory,
            "other": "Y" if made.other else "N",
            "validation": made.preg,
        }
        | made.attributes
        | {name: words.get(language, "") for name, words in made.spoken.items()}
    ]
    for sub, scale in made.subs:
        code = structure.codes.parts[asked.key].get(sub.code, "SQ001")
        found.append(
            {
                "class": "SQ",
                "type/scale": str(scale),
                "name": code,
                "relevance": made.rules.get(sub.code, "1"),
                "text": sub.words.get(language, ""),
                "language": language,
            }
        )
    base = {"class": "A", "type/scale": "0", "language": language}
    answers = [
        base | {"name": structure.code(asked, option), "text": option.words.get(language, "")}
        for option in made.answers
    ]
    return found + answers
