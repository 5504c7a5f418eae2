"""The types of questions of XLSForm, each as an item. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from surveys.interchange.reading import clean_texts, number, shown_by
from surveys.interchange.sketch import Answer, Item, ItemKind, Line, Sketch, Texts
from surveys.interchange.xlsform_rules import calculate, constrain, filter_choices

Row = dict[str, str]
METADATA = frozenset(
    {
        "start",
        "end",
        "today",
        "deviceid",
        "device_id",
        "phonenumber",
        "phone_number",
        "username",
        "email",
        "audit",
        "simserial",
        "sim_id",
        "subscriberid",
        "subscriber_id",
        "imei",
        "start-geopoint",
        "start_geopoint",
        "background-audio",
        "background-geopoint",
        "uri:deviceid",
        "uri:phonenumber",
        "uri:username",
        "uri:email",
        "uri:simserial",
        "uri:subscriberid",
        "get",
        "instance",
        "csv-external",
        "xml-external",
        "geojson-external",
    }
)
LANGUAGES = {
    "english": "en",
    "welsh": "cy",
    "cymraeg": "cy",
    "polish": "pl",
    "polski": "pl",
    "urdu": "ur",
    "french": "fr",
    "français": "fr",
    "francais": "fr",
    "spanish": "es",
    "español": "es",
    "espanol": "es",
    "german": "de",
    "deutsch": "de",
    "arabic": "ar",
    "portuguese": "pt",
    "português": "pt",
    "italian": "it",
    "dutch": "nl",
    "nederlands": "nl",
    "russian": "ru",
    "swahili": "sw",
    "kiswahili": "sw",
    "hindi": "hi",
    "bengali": "bn",
    "bangla": "bn",
    "somali": "so",
    "ukrainian": "uk",
    "turkish": "tr",
    "romanian": "ro",
    "nepali": "ne",
    "chinese": "zh",
    "japanese": "ja",
    "amharic": "am",
    "vietnamese": "vi",
    "indonesian": "id",
    "burmese": "my",
    "khmer": "km",
    "thai": "th",
}
TRANSLATED = frozenset(
    {
        "label",
        "hint",
        "guidance_hint",
        "constraint_message",
        "required_message",
        "media",
        "image",
        "audio",
        "video",
        "big-image",
    }
)
SIMPLE: dict[str, ItemKind] = {
    "text": "line",
    "string": "line",
    "integer": "number",
    "int": "number",
    "decimal": "number",
    "note": "display",
    "date": "date",
    "acknowledge": "consent",
    "trigger": "consent",
    "barcode": "line",
    "range": "slider",
    "time": "line",
    "datetime": "line",
    "phone number": "line",
    "date time": "line",
    "percentage": "number",
    "number of days in last month": "number",
    "number of days in last six months": "number",
    "number of days in last year": "number",
}
KEPT = frozenset(
    {
        "type",
        "name",
        "label",
        "hint",
        "required",
        "relevant",
        "constraint",
        "constraint_message",
        "appearance",
        "parameters",
        "choice_filter",
        "calculation",
        "list_name",
        "kind",
        "disabled",
        "randomize",
        "repeat_count",
    }
)
_NUMBERS = frozenset({"integer", "int", "decimal"})
_DRESSED = re.compile(r"^(?:add (?P<asked>.+) prompt|q (?P<short>.+))$")
_PHRASES = frozenset({"start time", "end time", "device id", "sim id", "subscriber id", "phonenumber"})
YES = frozenset({"yes", "true", "true()", "1"})
NO = frozenset({"", "no", "false", "false()", "0"})
_CHOOSE = re.compile(
    r"^(?:add[ _])?(?P<how>select[ _]?(?:one|multiple|1|all that apply)|select|rank|one)"
    r"(?:[ _](?P<external>from_file|external))?(?:[ _](?:prompt[ _]using|from|using))?"
    r"(?:\s+(?P<list>\S+))?(?P<other>\s+or(?:[ _]specify)?[ _]other)?\s*$",
    re.IGNORECASE,
)


def language_code(name: str) -> str:
    """`French (fr)` is fr; a language that is only named is looked up.

    >>> language_code("English (en)"), language_code("Urdu"), language_code("EN"), language_code("Klingon")
    ('en', 'ur', 'en', 'Klingon')
    """
    marked = re.search(r"\(([A-Za-z]{2,3}(?:[-_][A-Za-z]+)?)\)\s*$", name)
    bare = name.strip()
    if marked:
        return marked[1]
    return bare.lower() if re.fullmatch(r"[A-Za-z]{2}", bare) else LANGUAGES.get(bare.casefold(), bare)


def type_of(written: str) -> str:
    """A type without the dress of early forms: `add integer prompt` and `q int` are integer and int.

    >>> type_of("add date prompt"), type_of("q note"), type_of("select_one yn")
    ('date', 'note', 'select_one yn')
    """
    kind = " ".join(written.split())
    dressed = _DRESSED.match(kind.casefold())
    return (dressed["asked"] or dressed["short"]) if dressed else kind


def is_metadata(kind: str) -> bool:
    """Whether a type is what a device knows by itself."""
    lower = kind.casefold()
    return lower.split()[0] in METADATA or lower in _PHRASES


@lru_cache(maxsize=500)
def _column_language(name: str) -> tuple[str, str]:
    """What a column holds, and in which language; empty where it names none."""
    parts = name.split("::")
    return parts[0], language_code(parts[1]) if len(parts) > 1 else ""


@dataclass
class Translated:
    """Words of the sheets in their languages."""

    sketch: Sketch
    default: str = ""
    languages: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    matrix: Item | None = None

    def learn(self, rows: list[Row]) -> None:
        """Which languages the columns name, the default one first."""
        found: dict[str, None] = {}
        plain = False
        for name in dict.fromkeys(column for row in rows for column in row):
            parts = name.split("::")
            if parts[0] in TRANSLATED and len(parts) > 1 and not (parts[0] == "media" and len(parts) == 2):
                found[language_code(parts[-1])] = None
            plain = plain or name in {"label", "hint"}
        first = self.default or ("en" if plain else next(iter(found), "en"))
        self.languages = list(dict.fromkeys([first, *found]))
        self.default = first

    def texts(self, row: Row, column: str, place: str) -> Texts:
        """One column's words by language."""
        raw: dict[str, object] = {}
        for name, value in row.items():
            if name.startswith(column):
                head, language = _column_language(name)
                if head == column:
                    raw.setdefault(language or self.default, value)
        return clean_texts(raw, self.sketch, place)


@dataclass(frozen=True)
class Question:
    """One row of the sheet 'survey' that may ask something."""

    row: Row
    kind: str
    name: str
    translated: Translated
    answers: Callable[[str], list[Answer]]
    external: Callable[[str], list[Answer]]

    @property
    def appearance(self) -> str:
        """How it is to look."""
        return self.row.get("appearance", "").casefold()


def item_of(question: Question) -> Item | None:
    """The row as an item; None when it is a row of a matrix that is open."""
    row, place = question.row, f"question {question.name}"
    item = Item(
        question.name,
        "unsupported",
        question.translated.texts(row, "label", place),
        question.translated.texts(row, "hint", place),
    )
    item.shown = shown_by(row.get("relevant"))
    needed = row.get("required", "").casefold()
    item.required = needed in YES
    if not item.required and needed not in NO:
        item.needed_if = shown_by(row["required"])
    if _row_of_matrix(question, item):
        return None
    chosen = _CHOOSE.match(question.kind)
    if chosen and chosen["list"]:
        _choose(question, item, chosen)
    else:
        _simple(question, item)
    message = question.translated.texts(row, "constraint_message", place)
    constrain(item, row.get("constraint", ""), message)
    _left(question, item)
    return item


def _row_of_matrix(question: Question, item: Item) -> bool:
    matrix, chosen = question.translated.matrix, _CHOOSE.match(question.kind)
    if matrix is None or not (chosen or "__" in question.kind):
        return False
    if chosen and chosen["list"] and not matrix.answers:  # a table of ours: each row names the list
        matrix.answers = question.answers(chosen["list"])
        matrix.kind = "rows_several" if "multiple" in chosen["how"].casefold() else "rows_one"
    if matrix.kind == "ranking":
        matrix.sub_questions = (matrix.sub_questions or 0) + 1
        return True
    code = item.name.removeprefix(f"{matrix.name}_")
    matrix.lines.append(Line(code, item.words))
    question.translated.sketch.aliases[item.name] = (matrix.name, code)
    return True


def _choose(question: Question, item: Item, chosen: re.Match[str]) -> None:
    how, name = chosen["how"].casefold(), chosen["list"]
    if chosen["external"] != "from_file":
        item.answers = question.external(name) if chosen["external"] else question.answers(name)
    filter_choices(item, question.row.get("choice_filter", ""))
    item.kind = "ranking" if how.startswith("rank") else "several" if "multiple" in how or "all" in how else "one"
    item.options = len(item.answers)
    if item.kind == "one" and any(word in question.appearance for word in ("minimal", "autocomplete", "search")):
        item.kind = "drop_down"
    if chosen["external"] == "from_file":
        item.leftovers.append((f"options in the file {name[:60]}", "They stand in another file, which is not read."))
    elif not item.answers:
        item.remarks.append(f"The list '{name[:60]}' has no choices in the file.")
    if chosen["other"]:
        item.answers.append(Answer("other", {question.translated.default: "Other"}, free=True, fixed=True))
    if any(answer.picture for answer in item.answers) and item.kind in {"one", "several"}:
        item.kind = "pictures_one" if item.kind == "one" else "pictures_several"
    item.shuffle = "randomize=true" in question.row.get("parameters", "").replace(" ", "").casefold()


def _simple(question: Question, item: Item) -> None:
    word = question.kind.casefold()
    word = word if word in SIMPLE else word.split()[0]
    item.kind = SIMPLE.get(word, "unsupported")
    if item.kind == "line":
        item.longest = 500
        item.kind = "paragraph" if "multiline" in question.appearance and word in {"text", "string"} else "line"
        if word not in {"text", "string"}:
            item.remarks = [f"A field for '{word}' becomes a line of text."]
    elif item.kind == "number":
        item.decimals = word == "decimal"
    elif item.kind == "date" and ("month-year" in question.appearance or question.appearance == "year"):
        item.kind = "month"
    elif item.kind == "slider":
        given = dict(re.findall(r"(start|end|step)\s*=\s*(-?[\d.]+)", question.row.get("parameters", "")))
        item.low, item.high, item.step = (number(given.get(name)) for name in ("start", "end", "step"))
        item.high = item.high if item.high is not None else 10.0
    elif item.kind == "display":
        item.counted, item.ends, item.hint = False, item.hint, {}
    elif word in {"calculate", "hidden"}:
        item.kind, item.counted = "calculated", False
        calculate(item, question.row.get("calculation", ""))
    else:
        item.remarks = item.remarks or (
            [f"A question of the type '{question.kind[:40]}' cannot be asked here."]
            if item.kind == "unsupported"
            else []
        )


def _left(question: Question, item: Item) -> None:
    for name, value in question.row.items():
        head = name.split("::")[0]
        if head == "choice_filter" and not item.answers:
            item.leftovers.append(("choice filter", f"There is nothing to filter; it says: {value[:200]}"))
        elif head == "media" or head in {"image", "audio", "video", "big-image"}:
            item.leftovers.append((f"{name[:60]}", "No picture, sound or film is fetched or taken over."))
        elif head not in KEPT:
            item.leftovers.append((f"column {name[:60]}", f"It has no place here ({value[:80]})."))
