"""XLSForm, as a workbook, as CSV with sheets one below the other, or as tables of bars. Pure."""

import csv
import io
import re
from collections.abc import Iterable

from stakeholder.errors import Invalid
from surveys.interchange.containers import Sheet, as_text, sheets_of
from surveys.interchange.reading import clean_texts, number, shown_by
from surveys.interchange.rules import Rule, all_of
from surveys.interchange.sketch import Answer, Bunch, Item, Leaf, Shown, Sketch, Texts
from surveys.interchange.xlsform_kinds import (
    Question,
    Row,
    Translated,
    is_metadata,
    item_of,
    language_code,
    type_of,
)
from surveys.interchange.xlsform_rules import without_paths

NAMES = frozenset({"survey", "choices", "settings", "entities", "osm", "external_choices", "columns"})
_OPEN = re.compile(r"^begin[ _]*(group|lgroup|repeat|loop|score|rank|kobomatrix)\b", re.IGNORECASE)
_CLOSE = re.compile(r"^end[ _]*(group|lgroup|repeat|loop|score|rank|kobomatrix)\b", re.IGNORECASE)
_PIPE = re.compile(r"\$\{(?P<name>[^{}]+)\}")
_BAR = re.compile(r"^\s*\|(.*)\|\s*$")
WITH_RULES = frozenset({"relevant", "constraint", "calculation", "choice_filter", "required", "repeat_count"})
MOST_ROWS = 20_000


def read(data: bytes, source: str) -> Sketch:
    """The sketch of an XLSForm. Raises Invalid."""
    sheets = _of_workbook(data, source) if data.startswith(b"PK") else sheets_of_text(as_text(data, source), source)
    if not sheets.get("survey"):
        raise Invalid(f"{source} has no sheet 'survey' with rows; expected an XLSForm.")
    return _Form(sheets, source).sketch()


def _of_workbook(data: bytes, source: str) -> dict[str, Sheet]:
    """A workbook's sheets; where their names are other ones, those with the columns of a survey and of choices."""
    sheets = sheets_of(data, source, NAMES)
    if sheets.get("survey") and "choices" in sheets:
        return sheets
    for sheet in sheets_of(data, source).values():
        columns = {_column(cell) for row in sheet[:1] for cell in row}
        if {"type", "name"} <= columns and not sheets.get("survey"):
            sheets["survey"] = sheet
        elif "list_name" in columns and "name" in columns and not sheets.get("choices"):
            sheets["choices"] = sheet
    return sheets


def sheets_of_text(text: str, source: str) -> dict[str, Sheet]:
    """Sheets of CSV: each begins with its name in the first column; a file without names is the sheet 'survey'."""
    text = text.lstrip("\ufeff")
    lines: Iterable[list[str]]
    bars = [match[1].split("|") for line in text.split("\n") if (match := _BAR.match(line))]
    if bars and len(bars) >= text.strip().count("\n"):
        lines = [[cell.strip() for cell in line] for line in bars]
    else:
        first = text.split("\n", 1)[0]
        csv.field_size_limit(10_000_000)
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    sheets: dict[str, Sheet] = {}
    name = ""
    try:
        for line in lines:
            head = line[0].strip().lower() if line else ""
            if head in NAMES and head not in sheets:
                name, sheets[head] = head, []
            cells = line[1:] if name else line
            if any(cell.strip() for cell in cells):
                sheets.setdefault(name or "survey", []).append(cells)
    except csv.Error as problem:
        raise Invalid(f"{source}: this is not CSV ({problem}).") from problem
    return sheets


def looks_like(text: str) -> bool:
    """Whether the beginning of a text is a sheet of an XLSForm."""
    head = [line.lower().replace('"', "") for line in text.lstrip("\ufeff").split("\n")[:5]]
    columns = [{cell.strip() for cell in re.split(r"[,;\t|]", line)} for line in head]
    return any({"type", "name"} <= each or {"command", "tag"} <= each for each in columns)


def _records(sheet: Sheet, source: str) -> list[Row]:
    if len(sheet) > MOST_ROWS:
        raise Invalid(f"{source}: a sheet has more than {MOST_ROWS:,} rows; a questionnaire has fewer.")
    rows = [row for row in sheet if any(cell.strip() for cell in row)]
    if not rows:
        return []
    header = [_column(cell) for cell in rows[0]]
    found = [
        {name: cell.strip() for name, cell in zip(header, row, strict=False) if name and cell.strip()}
        for row in rows[1:]
    ]
    for row in found:
        row.update({name: without_paths(row[name]) for name in WITH_RULES & row.keys() if "/" in row[name]})
    return found


def _column(name: str) -> str:
    """A column's name: `label::French (fr)`; a single colon is the old way to write it, as in `bind:relevant`."""
    name = name.strip()
    parts = [part.strip() for part in (name.split("::") if "::" in name else re.split(r"(?<!jr):(?!/)", name))]
    parts[0] = parts[0].lower().replace(" ", "_")
    if parts[0] in {"bind", "control"} and len(parts) > 1 and parts[1].lower() != "type":
        parts = [parts[1].lower(), *parts[2:]]
    if parts[0] == "media" and len(parts) > 1:
        parts[1] = parts[1].lower()
    return "::".join(
        {
            "caption": "label",
            "relevance": "relevant",
            "command": "type",
            "tag": "name",
            "calculate": "calculation",
            "constraining_message": "constraint_message",
            "jr:constraintmsg": "constraint_message",
            "jr:count": "repeat_count",
            "count": "repeat_count",
            "read_only": "readonly",
            "constraint-msg": "constraint_message",
            "jr:requiredmsg": "required_message",
        }.get(part, part)
        for part in parts
    )


class _Form:
    """Reads the sheets once; groups become pages."""

    def __init__(self, sheets: dict[str, Sheet], source: str) -> None:
        self._rows = _records(sheets["survey"], source)
        settings = _records(sheets.get("settings", []), source)
        self._settings = settings[0] if settings else {}
        self._sketch = Sketch(
            name=self._settings.get("form_title") or self._settings.get("form_id") or source.rsplit(".", 1)[0],
            pipe=_PIPE,
        )
        default = self._settings.get("default_language", "")
        self._choice_rows = _records(sheets.get("choices", []), source)
        outer_rows = _records(sheets.get("external_choices", []), source)
        self._translated = Translated(self._sketch, language_code(default) if default and default != "default" else "")
        self._translated.learn([*self._rows, *self._choice_rows])
        self._lists = _lists_of(self._choice_rows)
        self._outer_lists = _lists_of(outer_rows)
        self._stack: list[tuple[str, str, Texts, Shown | None]] = []
        self._leaf: Leaf | None = None
        self._opened = 0
        self._named: set[str] = set()
        self._repeats: dict[int, str] = {}

    def sketch(self) -> Sketch:
        """The pages; a run of questions in the same group is a page."""
        sketch = self._sketch
        title = self._settings.get("form_title", "")
        sketch.title = clean_texts({self._translated.default: title}, sketch, "the title") if title else {}
        for at, row in enumerate(self._rows, 2):
            self._row(row, at)
        for kind, name, *_ in self._stack:
            sketch.approximated(f"{kind} {name}", "It is never closed; it ends with the file.")
        sketch.pages = [leaf for leaf in sketch.pages if leaf.items]
        sketch.languages = self._translated.languages
        for name in self._settings:
            if name not in {"form_title", "default_language"}:
                sketch.dropped(f"setting {name[:60]}", "The platform's own ways stand in its place.")
        for name in self._lists.keys() - self._translated.used:
            sketch.dropped(f"list {name}", "No question uses this list of choices.")
        return sketch

    def _row(self, row: Row, at: int) -> None:
        kind = type_of(row.get("type", ""))
        if not kind or row.get("disabled", "").lower() in {"yes", "true"}:
            if row.get("name") or kind:
                self._sketch.dropped(
                    f"row {at} ({row.get('name', kind)})", "It has no type or is disabled; it does not go live."
                )
        elif opened := _OPEN.match(kind):
            self._open(opened[1].lower(), row, at)
        elif closed := _CLOSE.match(kind):
            self._close(closed[1].lower(), at)
        elif is_metadata(kind):
            self._sketch.dropped(f"{kind} (row {at})", "What a device knows by itself is not recorded.")
        else:
            self._ask(row, kind, at)

    def _open(self, kind: str, row: Row, at: int) -> None:
        name = row.get("name") or f"{kind}_{at}"
        if kind in {"score", "rank", "kobomatrix"} or row.get("kind") == "grid":
            self._matrix(kind, row, name)
            return
        shown = shown_by(row.get("relevant"))
        if shown is not None:
            self._sketch.conditions += 1
            if shown.rule is None:
                self._sketch.dropped(
                    f"condition of group {name}", f"It is always shown: {shown.why_not} It says: {shown.written[:200]}"
                )
            else:
                self._sketch.mapped(f"condition of group {name}", "is a condition of its pages.")
        if kind in {"repeat", "loop", "lgroup"}:
            self._repeat(row, name)
        else:
            self._sketch.mapped(f"group {name}", "is a page, or as many as it has runs of questions.")
        self._stack.append((kind, name, self._translated.texts(row, "label", f"group {name}"), shown))
        self._leaf = None

    def _repeat(self, row: Row, name: str) -> None:
        """A repeat that an answer counts is a section that is asked as often; any other is asked once."""
        counted = _PIPE.fullmatch(row.get("repeat_count", "").strip())
        if counted and not self._repeats:
            label = self._translated.texts(row, "label", f"repeat {name}")
            self._sketch.bunches[name] = Bunch(name, again=counted["name"], label=label)
            self._repeats[len(self._stack)] = name
        else:
            self._sketch.approximated(f"repeat {name}", "Its questions are asked once.")

    def _close(self, kind: str, at: int) -> None:
        if self._translated.matrix is not None:
            self._translated.matrix = None
        elif self._stack:
            self._stack.pop()
            self._repeats.pop(len(self._stack), None)
            self._leaf = None
        else:
            self._sketch.dropped(f"end of a {kind} (row {at})", "Nothing is open there.")

    def _matrix(self, kind: str, row: Row, name: str) -> None:
        """Kobo's matrices: rows follow, the choices are named in a column of their own."""
        listed = next(
            (
                value
                for key, value in row.items()
                if key.startswith("kobo--") and "choices" in key or key.endswith("-items")
            ),
            "",
        )
        item = Item(
            name, "ranking" if kind == "rank" else "rows_one", self._translated.texts(row, "label", f"question {name}")
        )
        item.shown = shown_by(row.get("relevant"))
        item.answers = self._answers(listed)
        self._translated.matrix = item
        self._here().items.append(item)

    def _here(self) -> Leaf:
        if self._leaf is None:
            names = [name for _, name, *_ in self._stack]
            self._opened += 1
            name = names[-1] if names else f"page_{self._opened}"
            taken = {leaf.name for leaf in self._sketch.pages}
            unique = name if name not in taken else f"{name}_{self._opened}"
            title = self._stack[-1][2] if self._stack else {}
            self._named = set()
            self._leaf = Leaf(unique, title, bunch=next(iter(self._repeats.values()), ""))
            rules: list[Rule] = [
                shown.rule for *_, shown in self._stack if shown is not None and shown.rule is not None
            ]
            rule = all_of(rules)
            if rule is not None:
                self._leaf.shown = Shown(
                    rule, " and ".join(shown.written for *_, shown in self._stack if shown), counted=False
                )
            self._sketch.pages.append(self._leaf)
        return self._leaf

    def _ask(self, row: Row, kind: str, at: int) -> None:
        name = row.get("name") or f"row_{at}"
        if self._leaf is not None and name in self._named:
            self._sketch.approximated(
                f"name {name} (row {at})", "It is there twice; the second gets the number of its row."
            )
            name = f"{name}_{at}"
        here = self._here()
        self._named.add(name)
        question = Question(row, kind, name, self._translated, self._answers, self._outer_answers)
        item = item_of(question)
        if item is not None:
            here.items.append(item)

    def _answers(self, name: str) -> list[Answer]:
        self._translated.used.add(name)
        return self._listed(name, self._lists)

    def _outer_answers(self, name: str) -> list[Answer]:
        return self._listed(name, self._outer_lists)

    def _listed(self, name: str, lists: dict[str, list[Row]]) -> list[Answer]:
        found: dict[str, Answer] = {}
        for row in lists.get(name, ()):
            code = row.get("name") or row.get("value") or ""
            words = self._translated.texts(row, "label", f"list {name}")
            picture = next((value for key, value in row.items() if key.startswith(("media::image", "image"))), "")
            answer = Answer(code, words, number(row.get("score")), picture=picture, row=row)
            answer.free, answer.exclusive = row.get("other") == "yes", row.get("exclusive") == "yes"
            found.setdefault(code, answer)
        return list(found.values())


def _lists_of(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows of a sheet of choices by the list they belong to."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        name = row.get("list_name") or row.get("list name") or ""
        if name and (row.get("name") or row.get("value")):
            found.setdefault(name, []).append(row)
    return found
