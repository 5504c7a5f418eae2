"""Translations as files that translators work with: XLIFF 1.2 and XLSX, out and in. Pure."""

from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import BadZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from stakeholder.errors import Invalid
from stakeholder.localised import DEFAULT_LANGUAGE
from surveys.designing.translating import CHECKED, TextLine

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
HEAD = ("place", "source", "translation", "state")
MOST_LINES = 10_000
WIDTHS = (40, 60, 60, 16)


def to_xliff(lines: tuple[TextLine, ...], *, key: str, language: str) -> bytes:
    """The texts as XLIFF 1.2, one unit each; what is checked is marked as final."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}xliff", {"version": "1.2"})
    about = {"original": key, "source-language": DEFAULT_LANGUAGE, "target-language": language, "datatype": "plaintext"}
    body = ET.SubElement(ET.SubElement(root, f"{{{NAMESPACE}}}file", about), f"{{{NAMESPACE}}}body")
    for line in lines:
        unit = ET.SubElement(body, f"{{{NAMESPACE}}}trans-unit", {"id": line.place})
        ET.SubElement(unit, f"{{{NAMESPACE}}}source").text = line.source
        state = "final" if line.state == CHECKED else "needs-review-translation" if line.target else "new"
        ET.SubElement(unit, f"{{{NAMESPACE}}}target", {"state": state}).text = line.target
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def to_xlsx(lines: tuple[TextLine, ...], *, language: str) -> bytes:
    """The texts as a sheet: place, English, translation, state. Words are never read as formulas."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=False)
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(language)
    sheet.append(HEAD)
    for line in lines:
        sheet.append((line.place, line.source, line.target, line.state))
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.data_type = "s"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCD", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def from_file(data: bytes, name: str, language: str) -> dict[str, str]:
    """Translations by place from either kind of file. Raises Invalid, saying what is wrong with it."""
    if name.lower().endswith(".xlsx") or data[:2] == b"PK":
        return from_xlsx(data, name)
    return from_xliff(data, name, language)


def from_xliff(data: bytes, name: str, language: str) -> dict[str, str]:
    """Translations of an XLIFF file, 1.2 or 2.0. Raises Invalid."""
    try:
        root = fromstring(data)
    except (ET.ParseError, DefusedXmlException, ValueError) as problem:
        raise Invalid(f"{name}: this cannot be read as XLIFF ({type(problem).__name__}).") from problem
    if _tag(root) != "xliff":
        raise Invalid(f"{name}: found '{_tag(root)}', expected an XLIFF file.")
    _same_language(root, name, language)
    words: dict[str, str] = {}
    for unit in root.iter():
        if _tag(unit) in {"trans-unit", "unit"} and len(words) < MOST_LINES:
            target = next((part for part in unit.iter() if _tag(part) == "target"), None)
            words[unit.get("id", "")] = "".join(target.itertext()) if target is not None else ""
    return {place: text for place, text in words.items() if text.strip()}


def from_xlsx(data: bytes, name: str) -> dict[str, str]:
    """Translations of a sheet with the columns `place` and `translation`. Raises Invalid."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True, max_row=MOST_LINES, max_col=8))
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError) as problem:
        raise Invalid(f"{name}: this cannot be read as a sheet ({type(problem).__name__}).") from problem
    head = [str(cell or "").strip().lower() for cell in rows[0]] if rows else []
    if "place" not in head or "translation" not in head:
        raise Invalid(
            f"{name}: found the columns {', '.join(filter(None, head)) or 'none'}, expected {', '.join(HEAD)}."
        )
    place, words = head.index("place"), head.index("translation")
    return {str(row[place]): str(row[words]) for row in rows[1:] if row[place] and row[words] is not None}


def _same_language(root: ET.Element, name: str, language: str) -> None:
    found = root.get("trgLang") or next(
        (each.get("target-language") for each in root.iter() if _tag(each) == "file" and each.get("target-language")),
        None,
    )
    if found and found.split("-")[0].lower() != language:
        raise Invalid(f"{name}: found translations into '{found}', expected '{language}'.")


def _tag(element: ET.Element) -> str:
    return str(element.tag).rpartition("}")[2]
