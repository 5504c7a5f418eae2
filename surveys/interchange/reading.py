"""What the readers share: words in languages, numbers, rules that may not be understood. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from stakeholder.errors import Invalid
from surveys.interchange.cleaning import cleaned
from surveys.interchange.expressions import Split, rule_of, whole
from surveys.interchange.rules import Constant, Joined, NotExpressible, Rule, all_of, any_of
from surveys.interchange.sketch import Shown, Sketch, Texts

MOST_TEXTS = 60_000
_ISO = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?")
ALWAYS = frozenset({"", "1", "true", "true()"})


def shown_by(written: object, split: Split = whole, *, plainly: Callable[[str], str] = str.strip) -> Shown | None:
    """The rule that an expression says; None when it always holds. A rule that is not understood says why."""
    text = plainly("" if written is None else str(written))
    if text.casefold() in ALWAYS:
        return None
    try:
        return Shown(rule_of(text, split), text)
    except NotExpressible as problem:
        return Shown(None, text, str(problem))


def both(inner: Shown | None, outer: Shown | None) -> Shown | None:
    """A part's own rule and that of what it stands in."""
    if outer is None or outer.rule is None:
        return inner
    if inner is None:
        return Shown(outer.rule, outer.written, counted=False)
    if inner.rule is None:
        return inner
    rules: list[Rule] = [outer.rule, inner.rule]
    return Shown(all_of(rules) or Constant(holds=True), inner.written, counted=inner.counted)


def either(first: Shown | None, second: Shown) -> Shown:
    """What is shown under either of two rules."""
    if first is None or first.rule is None or second.rule is None:
        return second
    rule = any_of([first.rule, second.rule])
    return Shown(rule, f"{first.written} or {second.written}", counted=first.counted)


def opposite(shown: Shown) -> Shown:
    """What is shown where the rule does not hold; it is no rule of the part's own."""
    if shown.rule is None:
        return shown
    return Shown(Joined("not", (shown.rule,)), f"not ({shown.written})", counted=False)


def number(value: object) -> float | None:
    """A number, None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        found = float(str(value).strip().replace(",", "."))
    except ValueError:
        return None
    return found if abs(found) < 1e12 else None


def whole_number(value: object) -> int | None:
    """A whole number, None for anything else."""
    found = number(value)
    return int(found) if found is not None and found == int(found) else None


def iso_date(value: object) -> str:
    """A date as 2026-03-27 or 2026-03, empty for anything else.

    >>> iso_date("2026-03-27T10:00"), iso_date("2026-03"), iso_date("today()")
    ('2026-03-27', '2026-03', '')
    """
    found = _ISO.match(words_of(value))
    return found[0] if found else ""


def clean_texts(raw: Mapping[str, object], sketch: Sketch, place: str) -> Texts:
    """Words without markup, by language; what stood among them and is gone is noted."""
    found: Texts = {}
    sketch.texts += len(raw)
    if sketch.texts > MOST_TEXTS:
        raise Invalid(
            f"The file holds more than {MOST_TEXTS:,} texts; no questionnaire that anyone answers has as many."
        )
    for language, text in raw.items():
        clean = cleaned(text)
        if clean.words:
            found[language] = clean.words
        if clean.active:
            sketch.dropped(f"active content in {place}", "Scripts, forms and event handlers are taken out of texts.")
        if clean.pictures:
            sketch.dropped(f"picture or sound in {place}", "It is not fetched; add a picture in the designer.")
        if clean.links:
            sketch.dropped(f"link in {place}", "Its words stay; its address is taken out.")
    return found


def whole_pattern(searched: str) -> str:
    """What a whole text must match, of a pattern that is searched for in it.

    >>> whole_pattern("^[0-9]+$"), whole_pattern("[0-9]")
    ('(?:[0-9]+)', '.*(?:[0-9]).*')
    """
    if searched.startswith("^(?:") and searched.endswith(")$") and _balanced(searched[4:-2]):
        return searched[4:-2]
    ends = searched.endswith("$") and not searched.endswith("\\$")
    inner = searched.removeprefix("^").removesuffix("$") if ends else searched.removeprefix("^")
    return f"{'' if searched.startswith('^') else '.*'}(?:{inner}){'' if ends else '.*'}" if inner else ""


def _balanced(pattern: str) -> bool:
    """Whether a pattern closes no group that it did not open itself; brackets and escapes are not looked into."""
    if "\\" in pattern or "[" in pattern and re.search(r"\[[^\]]*[()]", pattern):
        return False
    depth = 0
    for letter in pattern:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return depth == 0


def mapping(value: Any) -> dict[str, Any]:
    """A JSON object, or an empty one for anything else (an empty list stands for it in some files)."""
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    """A JSON array, the values of an object, or nothing."""
    if isinstance(value, list):
        return value
    return list(value.values()) if isinstance(value, dict) else []


def words_of(value: Any) -> str:
    """A text or number as text; nothing for anything else."""
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
