"""What an item of a foreign file is asked as here: the nearest kind first, then what is still true to it. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from surveys.framework import default_framework
from surveys.interchange.naming import Keys
from surveys.interchange.sketch import Answer, Item, Line, Texts

LONGEST_LIST = 60


@dataclass(frozen=True)
class Candidate:
    """A question as data, and what to say about it; no words when nothing is lost."""

    content: dict[str, Any]
    words: str = ""


@dataclass(frozen=True)
class Coded:
    """The codes given to an item's options and rows, by the file's names."""

    codes: Mapping[str, str]
    rows: Mapping[str, str]


def coded(item: Item) -> Coded:
    """Codes for an item's options and rows."""
    options, rows = Keys(before="a"), Keys(before="r")
    return Coded(
        {answer.name: options.key(answer.name) for answer in item.answers},
        {line.name: rows.key(line.name) for line in item.lines},
    )


def candidates(item: Item, codes: Coded) -> Iterator[Candidate]:
    """Ways to ask it, the truest first; the last ones always fit."""
    yield from _OF_KIND[item.kind](item, codes)


def _one(item: Item, codes: Coded) -> Iterator[Candidate]:
    scale = _known_scale(item)
    if scale:
        yield Candidate({"type": "likert", "scale": scale[0]})
    look = {"look": "drop_down"} if item.kind == "drop_down" else {}
    yield Candidate({"type": "choice", "options": _options(item, codes), **look})
    yield Candidate(
        {"type": "choice", "options": _bare_options(item, codes)},
        "Its options stay; text boxes or pictures beside them go.",
    )
    yield from _single_option(item)
    yield from _typed(item, "a list of answers that is too long or too short to choose from")


def _single_option(item: Item) -> Iterator[Candidate]:
    if len(item.answers) == 1:
        only = item.answers[0].words or {"en": item.answers[0].name}
        yield Candidate({"type": "consent", "statement": only}, "It has one answer; it is asked as a consent.")


def _several(item: Item, codes: Coded) -> Iterator[Candidate]:
    bounds: dict[str, Any] = {"min": item.least} if item.least and item.least > 0 else {}
    bounds |= {"max": item.most} if item.most and item.most < len(item.answers) else {}
    yield Candidate({"type": "choices", "options": _options(item, codes), **bounds})
    yield Candidate({"type": "choices", "options": _options(item, codes)}, "How many may be ticked cannot be kept.")
    yield Candidate({"type": "choices", "options": _bare_options(item, codes)}, "Only the options' words are kept.")
    yield from _single_option(item)
    yield from _typed(item, "a list of answers that is too long or too short to tick")


def _yes_no(item: Item, codes: Coded) -> Iterator[Candidate]:
    yield from _one(item, codes)


def _rows_one(item: Item, codes: Coded) -> Iterator[Candidate]:
    rows = _rows(item, codes)
    scale = _known_scale(item)
    if scale:
        yield Candidate({"type": "grid", "rows": rows, "scale": scale[0]})
    options = _options(item, codes)
    yield Candidate({"type": "choice_grid", "rows": rows, "options": options})
    yield Candidate(
        {"type": "choice_grid", "rows": rows, "options": _bare_options(item, codes)}, "Only words of options are kept."
    )
    yield from _statement(item, codes)
    yield from _typed(item, "a grid without rows or answers that can be chosen")


def _statement(item: Item, codes: Coded) -> Iterator[Candidate]:
    if not item.lines and len(item.answers) > 1:
        yield Candidate({"type": "choice", "options": _options(item, codes)}, "A grid without rows is one question.")


def _rows_several(item: Item, codes: Coded) -> Iterator[Candidate]:
    rows = _rows(item, codes)
    yield Candidate({"type": "choice_grid", "rows": rows, "options": _bare_options(item, codes), "several": True})
    yield from _typed(item, "a grid without rows or with a single column")


def _differential(item: Item, codes: Coded) -> Iterator[Candidate]:
    pairs = [
        {"key": codes.rows[line.name], "start": _words(line.words, line.name), "end": _words(line.ends, "-")}
        for line in item.lines
    ]
    points = len(item.answers) or int(item.high or 5)
    if points in {5, 7}:
        yield Candidate({"type": "differential", "rows": pairs, "points": points})
    yield Candidate(
        {"type": "differential", "rows": pairs, "points": 5 if points < 6 else 7}, f"{points} points become 5 or 7."
    )
    yield from _rows_one(item, codes)


def _rating(item: Item, codes: Coded) -> Iterator[Candidate]:
    low, high = int(item.low if item.low is not None else 0), int(item.high if item.high is not None else 10)
    yield Candidate({"type": "rating", "min": low, "max": high, **_ends(item)})
    yield from _number(item, codes, "A rating of this length is asked as a number.")


def _slider(item: Item, codes: Coded) -> Iterator[Candidate]:
    low, high = item.low if item.low is not None else 0.0, item.high if item.high is not None else 100.0
    yield Candidate({"type": "slider", "min": low, "max": high, "step": item.step or 1, **_ends(item)})
    yield Candidate({"type": "slider", "min": low, "max": high, **_ends(item)}, "Its steps are as fine as they can be.")
    yield Candidate({"type": "slider", "min": low, "max": high, "step": item.step or 1}, "The words at its ends go.")
    yield from _number(item, codes, "A slider of this length is asked as a number.")


def _number(item: Item, _codes: Coded, words: str = "") -> Iterator[Candidate]:
    whole: dict[str, Any] = {"type": "number"} | ({"decimals": True} if item.decimals else {})
    unit = {"unit": item.unit} if item.unit else {}
    bounds = {name: value for name, value in (("min", item.low), ("max", item.high)) if value is not None}
    if item.low is None:
        bounds["min"] = min(-1_000_000.0, (item.high or 0.0) - 1)
    yield Candidate(whole | bounds | unit, words)
    yield Candidate(whole, f"{words} Its bounds do not fit together; they go.".strip())
    yield from _typed(item, "a number with impossible bounds")


def _date(item: Item, _codes: Coded) -> Iterator[Candidate]:
    month, length = ({"precision": "month"}, 7) if item.kind == "month" else ({}, 10)
    bounds = {"earliest": item.earliest[:length], "latest": item.latest[:length]}
    yield Candidate({"type": "date", **month, **{name: bound for name, bound in bounds.items() if bound}})
    yield Candidate({"type": "date", **month}, "Which dates are too early or too late cannot be kept.")
    yield from _typed(item, "a date")


def _line(item: Item, _codes: Coded) -> Iterator[Candidate]:
    base: dict[str, Any] = {"type": "short_text"}
    if item.kind in {"email", "postcode"}:
        yield Candidate(base | {"format": item.kind})
    length = {"longest": item.longest} if item.longest and item.longest <= 500 else {}
    pattern: dict[str, Any] = {"pattern": item.pattern} if item.pattern else {}
    refusal = {"pattern_message": item.refusal} if item.pattern and item.refusal else {}
    yield Candidate(base | length | pattern | refusal)
    yield Candidate(base | ({"max_length": item.longest} if length else {}))
    yield Candidate(base, "The form of the text is not checked.")


def _paragraph(item: Item, _codes: Coded) -> Iterator[Candidate]:
    length = {"max_length": item.longest} if item.longest and item.longest <= 20_000 else {}
    yield Candidate({"type": "comment", **length})


def _ranking(item: Item, codes: Coded) -> Iterator[Candidate]:
    most = {"most": item.most} if item.most and item.most < len(item.answers) else {}
    yield Candidate({"type": "ranking", "options": _bare_options(item, codes), **most})
    yield from _typed(item, "a ranking of too many or too few things")


def _allocation(item: Item, codes: Coded) -> Iterator[Candidate]:
    total = {"total": int(item.high)} if item.high and item.high >= 1 else {}
    unit = {"unit": item.unit} if item.unit else {}
    yield Candidate({"type": "allocation", "options": _bare_options(item, codes), **total, **unit})
    yield from _typed(item, "an amount to share out over too many or too few things")


def _pictures(item: Item, codes: Coded) -> Iterator[Candidate]:
    words = "The pictures stay behind: a file's addresses are never fetched. Its options are asked by their words."
    for each in _several(item, codes) if item.kind == "pictures_several" else _one(item, codes):
        yield Candidate(each.content, f"{words} {each.words}".strip())


def _consent(item: Item, codes: Coded) -> Iterator[Candidate]:
    yield Candidate({"type": "consent", "statement": _words(item.ends or item.words, item.name)})
    yield from _one(item, codes)


def _display(item: Item, _codes: Coded) -> Iterator[Candidate]:
    yield Candidate({"type": "text"} | ({"body": item.ends} if item.ends else {}))


def _calculated(_item: Item, _codes: Coded) -> Iterator[Candidate]:
    yield from ()


def _typed(item: Item, what: str) -> Iterator[Candidate]:
    listed = " / ".join(_first(answer.words) for answer in item.answers[:12])
    words = f"It is {what}; it is asked as a line to write."
    hint = {"hint": {"en": listed[:400]}} if listed and not item.hint else {}
    yield Candidate({"type": "short_text", **hint}, words)


_OF_KIND: dict[str, Callable[[Item, Coded], Iterator[Candidate]]] = {
    "one": _one,
    "drop_down": _one,
    "several": _several,
    "yes_no": _yes_no,
    "rows_one": _rows_one,
    "rows_several": _rows_several,
    "differential": _differential,
    "rating": _rating,
    "slider": _slider,
    "number": _number,
    "date": _date,
    "month": _date,
    "line": _line,
    "email": _line,
    "postcode": _line,
    "paragraph": _paragraph,
    "ranking": _ranking,
    "allocation": _allocation,
    "pictures_one": _pictures,
    "pictures_several": _pictures,
    "consent": _consent,
    "display": _display,
    "calculated": _calculated,
    "unsupported": _calculated,
    "parts": _calculated,
}


def _option(answer: Answer, codes: Coded) -> dict[str, Any]:
    option: dict[str, Any] = {"code": codes.codes[answer.name], "label": _words(answer.words, answer.name)}
    if answer.value is not None:
        option["value"] = answer.value
    return option


def _bare_options(item: Item, codes: Coded) -> list[dict[str, Any]]:
    return [_option(answer, codes) for answer in item.answers]


def _options(item: Item, codes: Coded) -> list[dict[str, Any]]:
    extras = ({"other": True} if answer.free else {} for answer in item.answers)
    exclusive = ({"exclusive": True} if answer.exclusive and item.kind == "several" else {} for answer in item.answers)
    fixed = ({"fixed": True} if answer.fixed else {} for answer in item.answers)
    return [a | b | c | d for a, b, c, d in zip(_bare_options(item, codes), extras, exclusive, fixed, strict=True)]


def _rows(item: Item, codes: Coded) -> list[dict[str, Any]]:
    return [{"key": codes.rows[line.name], "label": _words(line.words, line.name)} for line in item.lines]


def _ends(item: Item) -> dict[str, Any]:
    return {name: words for name, words in (("start_label", item.starts), ("end_label", item.ends)) if words}


def _words(words: Texts, name: str) -> Texts:
    return words or {"en": name}


def _first(words: Texts) -> str:
    return words.get("en") or next(iter(words.values()), "")


def _known_scale(item: Item) -> tuple[dict[str, Any]] | None:
    """The framework's scale whose words the options bear; None when there is none."""
    if not 2 <= len(item.answers) <= 14 or any(answer.free or answer.picture for answer in item.answers):
        return None
    said = [_first(answer.words).casefold().replace("\u2019", "'").strip() for answer in item.answers]
    return _match(said)


def _match(said: list[str]) -> tuple[dict[str, Any]] | None:
    if len(set(said)) < len(said):
        return None
    for scored, unscored, scale in _scales():
        if scored <= set(said) <= scored | unscored:
            kept = [each for each in scale["unscored"] if str(each["label"]["en"]).casefold() in said]
            return (scale | {"unscored": kept},)
    return None


@lru_cache(maxsize=1)
def _scales() -> tuple[tuple[frozenset[str], frozenset[str], dict[str, Any]], ...]:
    found = []
    for scale in default_framework().scales:
        names = [
            frozenset(str(each.label).casefold().replace("\u2019", "'") for each in group)
            for group in (scale.options, scale.unscored)
        ]
        content = scale.model_dump(mode="json", exclude_defaults=True)
        content.setdefault("unscored", [])
        found.append((names[0], names[1], content))
    return tuple(found)


def line_items(item: Item, lines: list[Line], kind: Any) -> list[Item]:
    """One question for each row, where a grid of written answers becomes several questions."""
    return [
        Item(
            f"{item.name}_{line.name}",
            kind,
            _joined(item.words, line),
            answers=item.answers,
            low=item.low,
            high=item.high,
            step=item.step,
            starts=item.starts,
            ends=item.ends,
            decimals=item.decimals,
            shown=line.shown,
        )
        for line in lines
    ]


def _joined(words: Texts, line: Line) -> Texts:
    """The row's words, after the question's."""
    languages = list(words) or list(line.words) or ["en"]
    return {
        each: ": ".join(part for part in (words.get(each, "").rstrip(":"), line.words.get(each, line.name)) if part)
        for each in languages
    }
