"""Files opened with care: encodings, XML without entities, zips without bombs. Pure."""

import contextlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

from stakeholder.errors import Invalid
from surveys.interchange.relaxed_json import relaxed

MOST_BYTES = 30_000_000
MOST_UNPACKED = 60_000_000
MOST_IN_A_SHEET = 12_000_000
MOST_ATTRIBUTES = 400_000
MOST_BRACES = 600_000
MOST_BY_HAND = 2_000_000
MOST_MEMBERS = 2_000
MOST_CELLS = 150_000
_ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_PLAIN_XML = re.compile(
    rb"\s*<(?:\?xml[^>]*encoding=[\"'](?i:utf-8|us-ascii|iso-8859-1|windows-1252)[\"']|\?xml(?![^>]*encoding)|\w)"
)
_DECLARED = re.compile(rb"<!(?!\[CDATA\[|--)")
_CELL = re.compile(r"^([A-Z]{1,3})\d+$")
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Sheet = list[list[str]]


def refuse_size(data: bytes, source: str) -> None:
    """Raise Invalid for a file that is empty or larger than any questionnaire."""
    if not data.strip():
        raise Invalid(f"{source} is empty.")
    if len(data) > MOST_BYTES:
        raise Invalid(f"{source} has {len(data):,} bytes; a questionnaire has at most {MOST_BYTES:,}.")


def as_text(data: bytes, source: str) -> str:
    """A file's words, line ends made equal: UTF-8, UTF-16 or -32, else Windows-1252. Raises Invalid."""
    encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), "")
    if not encoding and b"\0" in data[:200]:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as problem:
        if encoding:
            raise Invalid(f"{source}: its characters cannot be read as {encoding}; it is damaged.") from problem
        text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise Invalid(f"{source} is neither text nor a workbook; it cannot be read as a questionnaire.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def json_of(data: bytes, source: str) -> Any:
    """A JSON document, or one as people write it by hand. Raises Invalid with line and column."""
    text = as_text(data, source).lstrip("\ufeff")
    if text.count("{") + text.count("[") > MOST_BRACES:
        raise Invalid(f"{source} holds more than {MOST_BRACES:,} lists and objects; no questionnaire has as many.")
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        if len(text) <= MOST_BY_HAND:
            with contextlib.suppress(ValueError, RecursionError):
                return relaxed(text)
        raise Invalid(
            f"{source}, line {problem.lineno}, column {problem.colno}: this is not whole JSON: {problem.msg}."
        ) from problem
    except (RecursionError, ValueError) as problem:
        raise Invalid(f"{source}: this JSON cannot be read: it is too deep or holds an impossible number.") from problem


def xml_of(data: bytes, source: str) -> ET.Element:
    """The root of an XML document. Raises Invalid for a document type, an entity, or what is not whole XML.

    A file that holds no declaration at all cannot hold a document type; only others are gone through twice.
    """
    if data.count(b'="') + data.count(b"='") > MOST_ATTRIBUTES:
        raise Invalid(f"{source} holds more than {MOST_ATTRIBUTES:,} attributes; no questionnaire has as many.")
    if not _PLAIN_XML.match(data) or _DECLARED.search(data):
        _refuse_declarations(data, source)
    try:
        return ET.fromstring(data)  # noqa: S314 - document types and entities are refused above
    except (ET.ParseError, ValueError, LookupError) as problem:
        line = problem.position[0] if isinstance(problem, ET.ParseError) else 1
        raise Invalid(f"{source}, line {line}: this is not whole XML ({problem}).") from problem


def _refuse_declarations(data: bytes, source: str) -> None:
    """Raise Invalid for a document type, an entity, or elements very deep in each other."""
    parser = expat.ParserCreate()
    depth = 0

    def refuse(*_: object) -> None:
        raise Invalid(
            f"{source}: its XML declares a document type or an entity. Such files are refused: they can do harm."
        )

    def opened(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > 100:
            raise Invalid(f"{source}: its XML is nested more than 100 deep.")

    def closed(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat's own signature
    except (expat.ExpatError, ValueError, LookupError) as problem:
        line = getattr(problem, "lineno", 1)
        raise Invalid(f"{source}, line {line}: this is not whole XML ({problem}).") from problem


def sheets_of(data: bytes, source: str, wanted: frozenset[str] | None = None) -> dict[str, Sheet]:
    """Cells of a workbook's sheets of these names (in lower case), or of all, by name. Raises Invalid."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _refuse_bomb(packed, source)
            return _sheets(packed, source, wanted)
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError, EOFError, ValueError) as problem:
        raise Invalid(f"{source} is not a whole workbook (.xlsx): {problem}. Save it again and import it.") from problem
    except zipfile.zlib.error as problem:  # type: ignore[attr-defined]
        raise Invalid(f"{source} is not a whole workbook (.xlsx): it is damaged.") from problem


def _refuse_bomb(packed: zipfile.ZipFile, source: str) -> None:
    members = packed.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Invalid(
            f"{source} unpacks to more than {MOST_UNPACKED:,} bytes. Such files are refused: they can do harm."
        )
    for member in members:
        if member.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", member.filename):
            raise Invalid(f"{source} holds a file with the path '{member.filename[:60]}'. Such files are refused.")


def _part(packed: zipfile.ZipFile, name: str, source: str) -> ET.Element:
    with packed.open(name) as opened:
        content = opened.read(MOST_IN_A_SHEET + 1)
    if len(content) > MOST_IN_A_SHEET:
        raise Invalid(f"{source}: a sheet unpacks to more than {MOST_IN_A_SHEET:,} bytes; a questionnaire is smaller.")
    return xml_of(content, f"{source} ({name})")


def _sheets(packed: zipfile.ZipFile, source: str, wanted: frozenset[str] | None) -> dict[str, Sheet]:
    book = _part(packed, "xl/workbook.xml", source)
    links = {each.get("Id"): each.get("Target", "") for each in _part(packed, "xl/_rels/workbook.xml.rels", source)}
    shared: list[str] = []
    if "xl/sharedStrings.xml" in packed.namelist():
        shared = ["".join(_texts(each)) for each in _part(packed, "xl/sharedStrings.xml", source)]
    found: dict[str, Sheet] = {}
    for sheet in book.iter(f"{_SHEET}sheet"):
        name = (sheet.get("name") or "").strip().lower()
        if wanted is None or name in wanted:
            target = links.get(sheet.get(_LINK), "").lstrip("/")
            path = target if target.startswith("xl/") else f"xl/{target}"
            found[name] = _rows(_part(packed, path, source), shared, source)
    return found


def _texts(element: ET.Element) -> Iterator[str]:
    """Words of a string without its phonetic reading."""
    for child in element:
        if child.tag == f"{_SHEET}t":
            yield child.text or ""
        elif child.tag == f"{_SHEET}r":
            yield from (each.text or "" for each in child.findall(f"{_SHEET}t"))


def _rows(sheet: ET.Element, shared: list[str], source: str) -> Sheet:
    rows: Sheet = []
    cells = 0
    for row in sheet.iter(f"{_SHEET}row"):
        found: list[str] = []
        for cell in row.iter(f"{_SHEET}c"):
            cells += 1
            value = _cell(cell, shared)
            at = _column(cell.get("r", ""), len(found))
            if value and at < 500:
                found.extend([""] * (at - len(found)))
                found.append(value)
        rows.append(found)
        if cells > MOST_CELLS:
            raise Invalid(f"{source}: a sheet has more than {MOST_CELLS:,} cells; a questionnaire has fewer.")
    return rows


def _column(place: str, after: int) -> int:
    match = _CELL.match(place)
    if match is None:
        return after
    at = 0
    for letter in match[1]:
        at = at * 26 + ord(letter) - 64
    return max(at - 1, after)


def _cell(cell: ET.Element, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_SHEET}is")
        return "".join(_texts(inline)) if inline is not None else ""
    value = cell.findtext(f"{_SHEET}v") or ""
    if kind == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "n" and value.endswith(".0"):
        return value[:-2]
    return "" if kind == "e" else value
