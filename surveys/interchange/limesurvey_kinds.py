"""LimeSurvey's types of questions, each as an item; shared by the readers of .lss and .txt. Pure."""

import re
from collections.abc import Callable

from surveys.interchange.calculations import calculation_of
from surveys.interchange.kinds import line_items
from surveys.interchange.limesurvey_asked import Asked, Part, split, unbraced
from surveys.interchange.limesurvey_flow import demand, filtered
from surveys.interchange.reading import iso_date, number, shown_by, whole_number, whole_pattern
from surveys.interchange.rules import NotExpressible
from surveys.interchange.sketch import Answer, Item, ItemKind, Line, Sketch

KEPT = frozenset(
    {
        "hidden",
        "random_order",
        "min_answers",
        "max_answers",
        "min_num_value_n",
        "max_num_value_n",
        "prefix",
        "suffix",
        "num_value_int_only",
        "exclude_all_others",
        "slider_min",
        "slider_max",
        "slider_layout",
        "slider_accuracy",
        "equals_num_value",
        "answer_order",
        "subquestion_order",
        "maximum_chars",
        "multiflexible_checkbox",
        "random_group",
        "em_validation_q",
        "em_validation_q_tip",
        "array_filter",
        "array_filter_exclude",
        "equation",
        "other_replace_text",
        "preg",
        "date_format",
        "date_min",
        "date_max",
    }
)
HIDDEN = "The file hides it from everybody; it does not go live."
POINTS = {"5": 5, "A": 5, "B": 10}
FIXED = {
    "C": (("Y", "Yes"), ("U", "Uncertain"), ("N", "No")),
    "E": (("I", "Increase"), ("S", "Same"), ("D", "Decrease")),
    "G": (("F", "Female"), ("M", "Male")),
    "Y": (("Y", "Yes"), ("N", "No")),
}


def item_of(asked: Asked, sketch: Sketch) -> Item:
    """The question as an item; counted as the file counts: its sub-questions and its answers."""
    item = Item(
        asked.code,
        "unsupported",
        asked.words,
        asked.hint,
        required=asked.required and asked.letter != "X",
        asked_again=asked.asked_again and asked.letter != "X",
    )
    item.shown = shown_by(asked.relevance, split, plainly=unbraced)
    item.sub_questions, item.options = len(asked.subs), len(asked.answers)
    _OF_LETTER.get(asked.letter, _unknown)(asked, item)
    if item.kind == "display":
        item.counted = False
    _settings(asked, item)
    demand(asked, item)
    filtered(asked, item)
    _aliases(asked, item, sketch)
    return item


def _answers(parts: list[Part], scale: int = 0) -> list[Answer]:
    found: dict[str, Answer] = {}
    for part in parts:
        if part.scale == scale and part.code not in found:
            shown = shown_by(part.relevance, split, plainly=unbraced)
            found[part.code] = Answer(part.code, part.words, part.value, shown=shown)
    return list(found.values())


def _lines(parts: list[Part], scale: int = 0) -> list[Line]:
    return [Line(each.name, each.words, shown=each.shown) for each in _answers(parts, scale)]


def _languages(asked: Asked) -> list[str]:
    return list(asked.words) or ["en"]


def _fixed(letter: str) -> list[Answer]:
    return [Answer(code, {"en": words}) for code, words in FIXED[letter]]


def _points(count: int) -> list[Answer]:
    return [Answer(str(each), {"en": str(each)}, float(each)) for each in range(1, count + 1)]


def _free(asked: Asked, item: Item) -> None:
    if asked.other:
        words = {each: said for each, said in asked.spoken.get("other_replace_text", {}).items() if said}
        item.answers.append(Answer("-oth-", words or {"en": "Other"}, free=True, fixed=True))


def _list(asked: Asked, item: Item) -> None:
    item.kind = "drop_down" if asked.letter in {"!", "W"} else "one"
    item.answers = _answers(asked.answers)
    _free(asked, item)
    if asked.letter == "O":
        note = Item(f"{asked.code}comment", "paragraph", dict.fromkeys(_languages(asked), "Comment"), counted=False)
        item.parts = [Item(asked.code, "one", item.words, item.hint, item.answers), note]
        item.remarks = ["is asked as a choice and a comment."]


def _ticks(asked: Asked, item: Item) -> None:
    item.kind = "several"
    item.answers = _answers(asked.subs)
    _free(asked, item)
    if asked.letter == "P":
        item.remarks = ["The comment beside each box goes; the options that need words get a text box of their own."]
        for answer in item.answers:
            answer.free = True


def _points_of(_asked: Asked, item: Item) -> None:
    item.kind, item.answers = "one", _points(5)


def _array(asked: Asked, item: Item) -> None:
    item.kind, item.lines = "rows_one", _lines(asked.subs)
    if asked.letter in POINTS:
        item.answers = _points(POINTS[asked.letter])
    else:
        item.answers = _fixed(asked.letter) if asked.letter in FIXED else _answers(asked.answers)


def _dual(asked: Asked, item: Item) -> None:
    item.kind, item.lines, item.answers = "parts", _lines(asked.subs), []
    item.remarks = ["Its two scales are asked as two grids."]
    for scale in (0, 1):
        heads = asked.attributes.get("dualscale_headerA" if scale == 0 else "dualscale_headerB", "")
        words = {each: f"{asked.words[each]} {heads}".strip() for each in asked.words}
        part = Item(f"{asked.code}_{scale + 1}", "rows_one", words, asked.hint, _answers(asked.answers, scale))
        part.lines = [Line(line.name, line.words) for line in item.lines]
        item.parts.append(part)


def _table(asked: Asked, item: Item) -> None:
    """An array of texts or numbers: as many fields as rows times columns."""
    lines, columns = _lines(asked.subs), _lines(asked.subs, 1)
    kind: ItemKind = "number" if asked.letter == ":" else "line"
    item.kind, item.lines = "parts", lines
    if asked.attributes.get("multiflexible_checkbox") == "1":
        item.kind, item.answers = "rows_several", [Answer(each.name, each.words) for each in columns]
        item.options = len(asked.answers)
        return
    for column in columns or [Line("1", {})]:
        words = {
            each: f"{asked.words.get(each, asked.code)} {column.words.get(each, '')}".strip()
            for each in _languages(asked)
        }
        whole = Item(f"{asked.code}_{column.name}", kind, words, decimals=kind == "number")
        whole.low, whole.high = (
            number(asked.attributes.get("multiflexible_min")),
            number(asked.attributes.get("multiflexible_max")),
        )
        item.parts += line_items(whole, lines, kind)
    for column in columns:
        item.remarks = ["Each of its cells is a question of its own."]
        item.leftovers += (
            [(f"column {column.name}", "Its words stand in the questions of its cells.")] if not lines else []
        )
    if not item.parts:
        item.kind, item.remarks = "unsupported", ["It has no rows."]


def _fields(asked: Asked, item: Item) -> None:
    """Several texts or several numbers: one question for each."""
    kind: ItemKind = "number" if asked.letter == "K" else "line"
    total = whole_number(asked.attributes.get("equals_num_value"))
    if kind == "number" and total and len(asked.subs) > 1:
        item.kind, item.high, item.answers = "allocation", float(total), _answers(asked.subs)
        return
    item.kind, item.lines, item.decimals = "parts", _lines(asked.subs), kind == "number"
    if asked.attributes.get("slider_layout") == "1":
        kind, item.low, item.high = (
            "slider",
            number(asked.attributes.get("slider_min")),
            number(asked.attributes.get("slider_max")),
        )
        item.step = number(asked.attributes.get("slider_accuracy"))
    item.parts = line_items(item, item.lines, kind)
    if not item.parts or (
        kind == "slider" and len(item.lines) == 1 and item.lines[0].words.items() <= item.words.items()
    ):
        item.kind, item.parts, item.lines = kind, [], []


def _ranks(asked: Asked, item: Item) -> None:
    item.kind, item.answers = "ranking", _answers(asked.answers) or _answers(asked.subs)


def _plain_kind(kind: ItemKind) -> Callable[[Asked, Item], None]:
    def of(asked: Asked, item: Item) -> None:
        item.kind = kind
        if kind == "number":
            item.decimals = asked.attributes.get("num_value_int_only", "0") != "1"
            item.low, item.high = (
                number(asked.attributes.get("min_num_value_n")),
                number(asked.attributes.get("max_num_value_n")),
            )
        item.longest = whole_number(asked.attributes.get("maximum_chars"))
        if kind == "line":
            item.pattern = _whole_pattern(asked.attributes.get("preg", ""))
        if kind == "date" and "m" in (form := asked.attributes.get("date_format", "").casefold()) and "d" not in form:
            item.kind = "month"
        if kind == "date":
            item.earliest, item.latest = (iso_date(asked.attributes.get(each)) for each in ("date_min", "date_max"))

    return of


def _whole_pattern(preg: str) -> str:
    """What the whole text must match, of a pattern between slashes that is searched for."""
    found = re.fullmatch(r"/(.{1,180})/[a-zA-Z]*", preg.strip())
    return whole_pattern(found[1]) if found else ""


def _equation(asked: Asked, item: Item) -> None:
    """A value that is worked out; its words are read, or else it is left out."""
    written = asked.attributes.get("equation") or next(iter(asked.words.values()), "")
    item.kind = "calculated"
    try:
        item.calculation = calculation_of(unbraced(written.strip()), split)
    except NotExpressible as problem:
        item.remarks = [f"An equation is not calculated here: {problem} It says: {written[:200]}"]


def _two(asked: Asked, item: Item) -> None:
    item.kind, item.answers = "yes_no", _fixed(asked.letter)


def _not_here(why: str) -> Callable[[Asked, Item], None]:
    def of(asked: Asked, item: Item) -> None:
        item.kind, item.remarks = "unsupported", [why]
        item.answers = _answers(asked.answers)

    return of


def _unknown(asked: Asked, item: Item) -> None:
    item.remarks = [f"LimeSurvey's type '{asked.letter[:20]}' is not known here."]
    item.answers, item.lines = _answers(asked.answers), _lines(asked.subs)


_OF_LETTER: dict[str, Callable[[Asked, Item], None]] = {
    "L": _list,
    "!": _list,
    "O": _list,
    "W": _list,
    "Z": _list,
    "M": _ticks,
    "P": _ticks,
    "5": _points_of,
    "A": _array,
    "B": _array,
    "C": _array,
    "E": _array,
    "F": _array,
    "H": _array,
    "1": _dual,
    ":": _table,
    ";": _table,
    "K": _fields,
    "Q": _fields,
    "R": _ranks,
    "N": _plain_kind("number"),
    "S": _plain_kind("line"),
    "T": _plain_kind("paragraph"),
    "U": _plain_kind("paragraph"),
    "D": _plain_kind("date"),
    "X": _plain_kind("display"),
    "G": _two,
    "Y": _two,
    "|": _not_here("Files are not collected here."),
    "*": _equation,
    "I": _not_here("Every page here offers its languages already."),
}


def _settings(asked: Asked, item: Item) -> None:
    values = asked.attributes
    item.shuffle = values.get("random_order") == "1" or "random" in {
        values.get("answer_order"),
        values.get("subquestion_order"),
    }
    if item.kind in {"several", "ranking"}:
        item.least, item.most = whole_number(values.get("min_answers")), whole_number(values.get("max_answers"))
    alone = {each.strip() for each in values.get("exclude_all_others", "").replace(",", ";").split(";")} - {""}
    for answer in item.answers:
        answer.exclusive = answer.name in alone
    if values.get("suffix") and item.kind in {"number", "allocation"}:
        item.unit = {_languages(asked)[0]: values["suffix"][:60]}
    if asked.other and item.kind not in {"one", "drop_down", "several"}:
        item.leftovers.append(("answer 'other'", "There is no box for another answer in a question of this kind."))
    if values.get("hidden") == "1" and item.kind not in {"calculated", "display"}:
        item.kind, item.parts, item.remarks = "unsupported", [], [HIDDEN]
    for name, value in values.items():
        if name not in KEPT and value not in {"", "0", "default", "N"}:
            item.leftovers.append((f"setting {name[:60]}", f"There is no such setting here ({value[:60]})."))


def _aliases(asked: Asked, item: Item, sketch: Sketch) -> None:
    for sub in asked.subs:
        sketch.aliases.setdefault(f"{asked.code}_{sub.code}", (item.name, sub.code))
    sketch.aliases.setdefault(f"{asked.code}_other", (item.name, "-oth-"))
    for row in (each.code for each in asked.subs if not each.scale):
        for column in (each.code for each in asked.subs if each.scale):
            cell = (item.name, f"{row}_{column}") if item.answers else (f"{item.name}_{column}_{row}", "")
            sketch.aliases.setdefault(f"{asked.code}_{row}_{column}", cell)
        for scale in ("0", "1") if asked.letter == "1" else ():
            sketch.aliases.setdefault(f"{asked.code}_{row}_{scale}", (f"{item.name}_{int(scale) + 1}", row))
