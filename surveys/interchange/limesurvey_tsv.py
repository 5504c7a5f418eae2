"""LimeSurvey's tab separated structure (.txt): a line for each setting, group, question and answer. Pure."""

import csv
import io
from collections.abc import Iterator

from stakeholder.errors import Invalid
from surveys.interchange.containers import as_text
from surveys.interchange.limesurvey_asked import PIPE, SPOKEN, Asked, Part, split, unbraced
from surveys.interchange.limesurvey_flow import mixed, shuffled
from surveys.interchange.limesurvey_kinds import item_of
from surveys.interchange.reading import clean_texts, number, shown_by
from surveys.interchange.sketch import Leaf, Sketch

Row = dict[str, str]
COLUMNS = frozenset(
    {
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
        "encrypted",
        "other",
        "default",
        "same_default",
        "same_script",
    }
)


def looks_like(text: str) -> bool:
    """Whether the first line names the columns of such a file."""
    first = {each.strip().strip('"').lower() for each in text.lstrip("\ufeff").split("\n", 1)[0].split("\t")}
    return {"class", "type/scale", "name"} <= first


def read(data: bytes, source: str) -> Sketch:
    """The sketch of a tab separated structure. Raises Invalid."""
    text = as_text(data, source).lstrip("\ufeff")
    if not looks_like(text):
        raise Invalid(f"{source}, line 1: expected the columns class, type/scale and name, separated by tabs.")
    return _Lines(_rows(text, source), source).sketch()


def _rows(text: str, source: str) -> Iterator[Row]:
    csv.field_size_limit(10_000_000)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    try:
        header = [each.strip().lower() for each in next(lines)]
        for line in lines:
            yield dict(zip(header, line, strict=False))
    except csv.Error as problem:
        raise Invalid(f"{source}, line {lines.line_num}: this is not tab separated text ({problem}).") from problem


class _Lines:
    """Reads the lines once; each language comes as lines of its own."""

    def __init__(self, rows: Iterator[Row], source: str) -> None:
        self._sketch = Sketch(name=source.rsplit(".", 1)[0], pipe=PIPE)
        self._base = "en"
        self._languages: dict[str, None] = {}
        self._leaves: dict[str, Leaf] = {}
        self._asked: dict[str, Asked] = {}
        self._order: dict[str, list[str]] = {}
        self._leaf, self._question = "", ""
        for at, row in enumerate(rows):
            self._row(row, at)

    def sketch(self) -> Sketch:
        """The pages with their questions."""
        sketch = self._sketch
        names = set(self._languages) or {self._base}
        sketch.languages = [self._base, *(each for each in self._languages if each != self._base)]
        for name, leaf in self._leaves.items():
            asked = [self._asked[code] for code in self._order.get(name, ())]
            leaf.items = [item_of(each, sketch) for each in asked]
            shuffled(leaf, asked, sketch)
            sketch.pages.append(leaf)
        if self._base not in names:
            sketch.languages = list(self._languages)
        sketch.name = next(iter(sketch.title.values()), sketch.name)
        return sketch

    def _row(self, row: Row, at: int) -> None:
        kind = row.get("class", "").strip()
        language = row.get("language", "").strip() or self._base
        if kind in {"G", "Q", "SQ", "A"} and language:
            self._languages[language] = None
        steps = {
            "S": self._setting,
            "SL": self._words,
            "G": self._group,
            "Q": self._ask,
            "SQ": self._part,
            "A": self._part,
        }
        if kind in steps:
            steps[kind](row, language)
        elif kind:
            self._sketch.dropped(f"line {at + 2} (class {kind[:20]})", "Such lines have no place here.")

    def _setting(self, row: Row, _language: str) -> None:
        name, text = row.get("name", ""), row.get("text", "")
        if name == "language":
            self._base = text or self._base
        elif text and name not in {"sid", "additional_languages"}:
            self._sketch.dropped(f"setting {name[:60]}", "The platform's own ways stand in its place.")

    def _words(self, row: Row, language: str) -> None:
        name, words = (
            row.get("name", ""),
            clean_texts({language: row.get("text", "")}, self._sketch, row.get("name", "")),
        )
        if name == "surveyls_title":
            self._sketch.title.update(words)
        elif name in {"surveyls_description", "surveyls_welcometext"}:
            for each, text in words.items():
                self._sketch.intro[each] = f"{self._sketch.intro.get(each, '')}\n{text}".strip()
        elif words:
            self._sketch.dropped(f"text {name[:60]} ({language})", "The platform has its own.")

    def _group(self, row: Row, language: str) -> None:
        name = row.get("id") or row.get("type/scale") or row.get("name") or str(len(self._leaves))
        words = clean_texts({language: row.get("name", "")}, self._sketch, "a group")
        intro = clean_texts({language: row.get("text", "")}, self._sketch, "a group")
        self._leaf = name
        if name in self._leaves:
            self._leaves[name].title.update(words)
            self._leaves[name].intro.update(intro)
            return
        leaf = Leaf(next(iter(words.values()), name), words, intro)
        leaf.shown = shown_by(row.get("relevance"), split, plainly=unbraced)
        mixed(leaf, row.get("random_group", ""), self._sketch)
        self._leaves[name] = leaf

    def _ask(self, row: Row, language: str) -> None:
        code = row.get("name", "").strip() or row.get("id", "") or f"Q{len(self._asked) + 1}"
        self._question = code
        place = f"question {code}"
        words = clean_texts({language: row.get("text", "")}, self._sketch, place)
        hint = clean_texts({language: row.get("help", "")}, self._sketch, place)
        if code in self._asked:
            self._speak(self._asked[code], row, language)
            self._asked[code].words.update(words)
            self._asked[code].hint.update(hint)
            return
        if not self._leaves:
            self._leaves[self._leaf] = Leaf("page")
        attributes = {name: value for name, value in row.items() if name and value and name not in COLUMNS}
        self._asked[code] = Asked(
            code,
            row.get("type/scale", "").strip() or "T",
            words,
            hint,
            row.get("relevance", ""),
            row.get("other") == "Y",
            row.get("mandatory") == "Y",
            row.get("mandatory") == "S",
            attributes | ({"preg": row["validation"]} if row.get("validation") else {}),
        )
        if row.get("default"):
            self._sketch.dropped(f"default answer of question {code}", f"Nothing is filled in ({row['default'][:80]}).")
        self._speak(self._asked[code], row, language)
        self._order.setdefault(self._leaf if self._leaf in self._leaves else next(iter(self._leaves)), []).append(code)

    def _speak(self, asked: Asked, row: Row, language: str) -> None:
        """Attributes that are words."""
        for name in SPOKEN:
            if row.get(name):
                words = clean_texts({language: row[name]}, self._sketch, f"question {asked.code}")
                asked.spoken.setdefault(name, {}).update(words)

    def _part(self, row: Row, language: str) -> None:
        asked = self._asked.get(self._question)
        if asked is None:
            self._sketch.dropped(f"{row.get('class')} {row.get('name', '')[:60]}", "It stands before any question.")
            return
        parts = asked.subs if row.get("class") == "SQ" else asked.answers
        scale = 1 if row.get("type/scale") == "1" else 0
        words = clean_texts({language: row.get("text", "")}, self._sketch, f"question {asked.code}")
        code = row.get("name", "").strip() or str(len(parts) + 1)
        before = next((part for part in parts if part.code == code and part.scale == scale), None)
        if before:
            before.words.update(words)
        else:
            value = number(row.get("assessment_value"))
            parts.append(
                Part(code, words, row.get("relevance", "") if parts is asked.subs else "", scale, value or None)
            )
