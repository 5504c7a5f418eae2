"""The formats that can be written. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from surveys.definition import Questionnaire
from surveys.interchange import (
    codebook_csv,
    ddi,
    limesurvey_lss_writing,
    limesurvey_tsv_writing,
    own,
    print_form,
    qualtrics_writing,
    surveyjs_writing,
    xlsform_writing,
)
from surveys.interchange.comparing import truthful
from surveys.interchange.losses import LossReport

Written = tuple[bytes, LossReport]


@dataclass(frozen=True)
class Writer:
    """How one format is written, and what its files' names end in."""

    write: Callable[[Questionnaire, str], Written]
    ending: str


def _json(questionnaire: Questionnaire, _language: str) -> Written:
    return own.write_json(questionnaire), own.report_of(questionnaire)


def _yaml(questionnaire: Questionnaire, _language: str) -> Written:
    from surveys.default_questionnaires import to_yaml

    return to_yaml(questionnaire).encode(), own.report_of(questionnaire)


def _told(write: Callable[[Questionnaire, str], Written], ending: str) -> Writer:
    """A writer for another tool: what does not come back from its file is told too."""
    return Writer(truthful(write, ending), ending)


WRITERS: dict[str, Writer] = {
    "json": Writer(_json, ".json"),
    "yaml": Writer(_yaml, ".yaml"),
    "xlsform": _told(xlsform_writing.write, ".xlsx"),
    "lss": _told(limesurvey_lss_writing.write, ".lss"),
    "limesurvey-txt": _told(limesurvey_tsv_writing.write, ".txt"),
    "qsf": _told(qualtrics_writing.write, ".qsf"),
    "surveyjs": _told(surveyjs_writing.write, ".surveyjs.json"),
    "codebook-csv": Writer(codebook_csv.write, ".codebook.csv"),
    "ddi": Writer(ddi.write, ".ddi.xml"),
    "print-html": Writer(print_form.write_html, ".html"),
    "print-pdf": Writer(print_form.write_pdf, ".pdf"),
}
