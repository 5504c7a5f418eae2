"""The formats there are, and how a file tells which one it is: by its content, never by its name alone. Pure."""

import re
from collections.abc import Callable

from stakeholder.errors import Invalid
from surveys.definition import Questionnaire
from surveys.interchange import limesurvey_lss, limesurvey_tsv, own, plain_text, qualtrics, surveyjs, xlsform
from surveys.interchange.building import built
from surveys.interchange.containers import as_text, json_of, refuse_size
from surveys.interchange.losses import LossReport
from surveys.interchange.reading import mapping
from surveys.interchange.sketch import Sketch

_BRACES = re.compile(
    r"(?:\s|//[^\n]*\n|/\*.*?\*/)*(?:(?:export\s+)?(?:const|let|var)\s+[\w$]+[^={]{0,60}=\s*)?\{", re.DOTALL
)
READERS: dict[str, Callable[[bytes, str], Sketch]] = {
    "xlsform": xlsform.read,
    "lss": limesurvey_lss.read,
    "limesurvey-txt": limesurvey_tsv.read,
    "qsf": qualtrics.read,
    "surveyjs": surveyjs.read,
    "text": plain_text.read,
}
FORMATS = ("auto", "own", *READERS)


def read(data: bytes, source: str, format_name: str = "auto", *, key: str = "") -> tuple[Questionnaire, LossReport]:
    """The questionnaire of a file of any format, and what became of each of its items.

    key   the questionnaire's key; made of its title unless given
    Raises Invalid with one clear message for everything that cannot be read.
    """
    refuse_size(data, source)
    found = sniffed(data, source) if format_name == "auto" else format_name
    if found == "own":
        return own.read(data, source)
    try:
        return built(READERS[found](data, source), key=key)
    except RecursionError as problem:
        raise Invalid(f"{source} stands too deep in itself to be read.") from problem


def sniffed(data: bytes, source: str) -> str:
    """The format of a file, by its content. Raises Invalid when it is none that is known."""
    if data.startswith(b"PK"):
        return "xlsform"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid(
            f"{source} is an old workbook (.xls) or Word file. Save it as .xlsx, or as plain text, and import that."
        )
    if data.startswith((b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")):
        raise Invalid(f"{source} is a picture or PDF; it cannot be read as a questionnaire.")
    text = as_text(data, source).lstrip("\ufeff \t\n")
    if text.startswith("<"):
        return "lss" if re.match(r"<\?xml|<document|<!", text) else "text"
    if _BRACES.match(text):
        return _of_json(data, source)
    return _of_text(text, source)


def _of_json(data: bytes, source: str) -> str:
    root = mapping(json_of(data, source))
    if "SurveyElements" in root or "SurveyEntry" in root:
        return "qsf"
    pages = root.get("pages")
    first = pages[0] if isinstance(pages, list) and pages and isinstance(pages[0], dict) else {}
    if "key" in root and ("key" in first or "groups" in root):
        return "own"
    if surveyjs.looks_like(root):
        return "surveyjs"
    raise Invalid(f"{source}: this JSON is neither one of our questionnaires nor one of Qualtrics or SurveyJS.")


def _of_text(text: str, source: str) -> str:
    head = text[:4000]
    if limesurvey_tsv.looks_like(head):
        return "limesurvey-txt"
    if len(set(re.findall(r"^(pages|key|title|groups)\s*:", text, re.MULTILINE))) >= 2 or source.lower().endswith(
        (".yaml", ".yml")
    ):
        return "own"
    return "xlsform" if xlsform.looks_like(head) else "text"
