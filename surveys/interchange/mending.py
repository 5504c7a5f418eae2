"""A questionnaire made from a file is checked like any other; what does not fit is taken out and named. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from stakeholder.errors import Invalid
from surveys.definition import Questionnaire
from surveys.interchange.losses import LossReport

MOST_RETRIES = 60
_BEARER = re.compile(r"(question|page) '([^']+)'")
_PART = re.compile(r"^(section|block|check|quota) '([^']+)'")
_SKIP = re.compile(r"^page '([^']+)', skip_to_end_if")
_VALUE = re.compile(r"^question '([^']+)'(?:, value|: found in a repeated section)")
Content = dict[str, Any]


def validated(content: Content, report: LossReport, bearers: Mapping[str, str]) -> Questionnaire:
    """The questionnaire; rules and parts that do not fit together are taken out and told. Raises Invalid.

    bearers   {key: what the report calls its condition}
    """
    for _ in range(MOST_RETRIES):
        try:
            return Questionnaire.model_validate(content)
        except ValidationError as problem:
            if not _mended(content, report, bearers, _complaint(problem)):
                break
    _forget(content, report, bearers)
    try:
        return Questionnaire.model_validate(content)
    except ValidationError as problem:
        raise Invalid(f"The file cannot become a questionnaire: {_complaint(problem)}.") from problem


def _complaint(problem: ValidationError) -> str:
    return problem.errors(include_url=False)[0]["msg"].removeprefix("Value error, ").rstrip(".")


def _mended(content: Content, report: LossReport, bearers: Mapping[str, str], complaint: str) -> bool:
    """Take out what a complaint names; False when it names nothing that can go."""
    for pattern, mend in _MENDS:
        if (found := pattern.match(complaint)) and mend(content, report, found, complaint):
            return True
    return _without_condition(content, report, bearers, complaint)


def _part(content: Content, report: LossReport, found: re.Match[str], complaint: str) -> bool:
    """A section loses its repeat, or its random order; a block, check or quota goes as a whole."""
    listed = content.get(f"{found[1]}s", [])
    part = next((each for each in listed if each["key"] == found[2]), None)
    if part is None:
        return False
    if found[1] == "section":
        gone = part.pop("repeat", None) or part.pop("shuffle", None)
        report.dropped(f"section {found[2]}", f"Its pages are asked once, in the order of the file: {complaint}.")
        return gone is not None
    listed.remove(part)
    report.dropped(f"{found[1]} {found[2]}", f"It does not fit: {complaint}.")
    return True


def _skip(content: Content, report: LossReport, found: re.Match[str], complaint: str) -> bool:
    page = next((each for each in content["pages"] if each["key"] == found[1]), None)
    if page is None or page.pop("skip_to_end_if", None) is None:
        return False
    report.dropped(f"end after page {found[1]}", f"Everyone goes on there: {complaint}.")
    return True


def _value(content: Content, report: LossReport, found: re.Match[str], complaint: str) -> bool:
    for page in content["pages"]:
        for question in page["questions"]:
            if question["key"] == found[1] and question["type"] == "calculated" and len(page["questions"]) > 1:
                page["questions"].remove(question)
                report.dropped(f"question {found[1]}", f"Its value is not worked out: {complaint}.")
                return True
    return False


def _order(content: Content, report: LossReport, _found: re.Match[str], complaint: str) -> bool:
    report.dropped("random order of the sections", f"They are asked in the order of the file: {complaint}.")
    return content.pop("shuffle", None) is not None


_MENDS: tuple[tuple[re.Pattern[str], Callable[[Content, LossReport, re.Match[str], str], bool]], ...] = (
    (_PART, _part),
    (_SKIP, _skip),
    (_VALUE, _value),
    (re.compile(r"^shuffle:"), _order),
)


def _without_condition(content: Content, report: LossReport, bearers: Mapping[str, str], complaint: str) -> bool:
    for _, key in _BEARER.findall(complaint):
        for bearer in (each for page in content["pages"] for each in (page, *page["questions"])):
            if bearer["key"] == key and _stripped(bearer):
                report.dropped(f"condition of {bearers.get(key, repr(key))}", f"It is always shown: {complaint}.")
                return True
    return False


def _forget(content: Content, report: LossReport, bearers: Mapping[str, str]) -> None:
    """Take out everything that steers."""
    for page in content["pages"]:
        if page.pop("skip_to_end_if", None):
            report.dropped(f"end after page {page['key']}", "Everyone goes on there: the rules do not fit together.")
        for bearer in (page, *page["questions"]):
            if _stripped(bearer):
                name = bearers.get(bearer["key"], f"'{bearer['key']}'")
                report.dropped(f"condition of {name}", "It is always shown: the conditions do not fit together.")
    for name in ("sections", "blocks", "checks", "quotas"):
        for part in content.pop(name, []):
            report.dropped(f"{name.removesuffix('s')} {part['key']}", "It does not fit together with the rest.")
    for page in content["pages"]:
        page.pop("section", None)
    content.pop("shuffle", None)


def _stripped(bearer: Content) -> bool:
    gone = bearer.pop("show_if", None) is not None
    for name in ("options", "rows"):
        parts = bearer.get(name)
        for part in parts if isinstance(parts, list) else ():
            gone = part.pop("show_if", None) is not None or gone
    return gone
