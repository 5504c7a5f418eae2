"""The formats that can be written. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from surveys.definition import Questionnaire
from surveys.interchange import own
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


WRITERS: dict[str, Writer] = {"json": Writer(_json, ".json"), "yaml": Writer(_yaml, ".yaml")}
