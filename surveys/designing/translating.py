"""The texts of a sketch beside their translations: what is missing, does not fit, is checked by a speaker. Pure."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Set
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from stakeholder.localised import DEFAULT_LANGUAGE, N_
from surveys.designing.content import Content, is_text

MISSING, DRAFT, CHECKED = "missing", "machine_draft", "checked"
VARIABLE = re.compile(r"\{[^{}]*\}|%\(\w+\)s")
PLURAL_HINT = re.compile(r"\{\s*count\s*\}|%\(num\)s")


@dataclass(frozen=True)
class TextLine:
    """One text.

    place    where it stands, such as "pages/page_1/questions/safe/prompt": the same for the same text in every save
    state    missing, machine_draft (nobody who speaks the language has checked it) or checked
    safety   it says where help is
    problem  what does not fit, to be translated where it is shown; empty when all is well
    """

    place: str
    source: str
    target: str
    state: str
    safety: bool = False
    problem: str = ""


def text_lines(content: Content, language: str, checked: Set[bytes]) -> tuple[TextLine, ...]:
    """Every text in reading order, with its translation; a scale's words stand once, however often they are used."""
    lines: dict[str, TextLine] = {}
    for place, text, safety in _texts(content, "", safety=False):
        source, target = str(text.get(DEFAULT_LANGUAGE, "")), str(text.get(language, ""))
        if source and place not in lines:
            state = MISSING if not target.strip() else CHECKED if pair_of(source, target) in checked else DRAFT
            lines[place] = TextLine(place, source, target, state, safety, problem_with(source, target))
    return tuple(lines.values())


def with_translations(content: Content, language: str, words: Mapping[str, str]) -> Content:
    """The content with these words at these places; empty words take a translation away. Unknown places are left."""
    changed = deepcopy(content)
    for place, text, _safety in _texts(changed, "", safety=False):
        if place in words:
            new = words[place].replace("\r\n", "\n").strip()
            if new:
                text[language] = new
            else:
                text.pop(language, None)
    return changed


def pair_of(source: str, target: str) -> bytes:
    """What a speaker vouches for: these words for those."""
    return hashlib.sha256(f"{source.strip()}\x00{target.strip()}".encode()).digest()


def problem_with(source: str, target: str) -> str:
    """What does not fit between a text and its translation: its variables, its end, or that it is untouched."""
    if not target.strip():
        return ""
    if sorted(VARIABLE.findall(source)) != sorted(VARIABLE.findall(target)):
        return N_("The parts in braces must be the same in both. They are filled in when people answer.")
    if source.rstrip().endswith("?") and not target.rstrip().endswith(("?", "؟")):
        return N_("The English is a question and this is not.")
    if source.strip() == target.strip() and len(source.split()) > 2:
        return N_("This is still the English.")
    return ""


def is_complete(lines: tuple[TextLine, ...]) -> bool:
    """Whether every text is there and fits."""
    return all(line.state != MISSING and not line.problem for line in lines)


def is_checked(lines: tuple[TextLine, ...]) -> bool:
    """Whether a speaker has checked every text."""
    return is_complete(lines) and all(line.state == CHECKED for line in lines)


def unchecked_safety(lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """Safety texts that no speaker has checked."""
    return tuple(line for line in lines if line.safety and line.state != CHECKED)


def _texts(value: Any, place: str, *, safety: bool) -> Iterator[tuple[str, dict[str, str], bool]]:
    """Every text with its place; members of lists go by their key or code."""
    if is_text(value):
        yield place, value, safety
    elif isinstance(value, dict):
        safe = safety or bool(value.get("safety"))
        if place.endswith("/scale"):
            place = f"scales/{value.get('key', '')}"
        for name, each in value.items():
            yield from _texts(each, f"{place}/{name}" if place else name, safety=safe)
    elif isinstance(value, list):
        for at, each in enumerate(value):
            name = each.get("key") or each.get("code") or at if isinstance(each, dict) else at
            yield from _texts(each, f"{place}/{name}", safety=safety)
