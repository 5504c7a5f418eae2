"""JSON as people write it by hand: comments, commas at the end, single quotes, names without quotes. Pure."""

import json
import re
from collections.abc import Iterator
from typing import Any

_PIECES = re.compile(
    r"""\s+ | //[^\n]* | /\*.*?\*/
    | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)
    | (?P<number>[-+]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+))
    | (?P<word>[A-Za-z_$][\w$]*)
    | (?P<sign>[{}\[\],:])
    """,
    re.VERBOSE | re.DOTALL,
)
_BEFORE = re.compile(
    r"^(?:\s|//[^\n]*\n|/\*.*?\*/)*(?:export\s+)?(?:(?:const|let|var)\s+[\w$]+\s*(?::\s*[\w.<>\[\]$]+\s*)?=|default)\s*",
    re.DOTALL,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": ""}
_KNOWN = {"true": "true", "false": "false", "null": "null", "undefined": "null", "NaN": "null"}


def relaxed(text: str) -> Any:
    """The document of a hand-written text. Raises ValueError; nothing in it is ever run."""
    start = _BEFORE.match(text)
    return json.loads("".join(_strict(text[start.end() if start else 0 :].rstrip().removesuffix(";"))))


def _strict(text: str) -> Iterator[str]:
    """The same text as strict JSON, piece by piece."""
    held, at = "", 0
    while at < len(text):
        found = _PIECES.match(text, at)
        if found is None:
            raise ValueError(f"found '{text[at : at + 20]}', expected JSON.")
        at = found.end()
        if found.lastgroup is None:
            continue
        piece = _piece(found, text, at)
        if held and piece not in {"}", "]"}:
            yield held
        held = "," if piece == "," else ""
        if not held:
            yield piece


def _piece(found: re.Match[str], text: str, after: int) -> str:
    kind, word = found.lastgroup, found[0]
    if kind == "text":
        return json.dumps(_unquoted(word))
    if kind == "number":
        return _number(word)
    if kind == "word":
        if re.match(r"\s*:", text[after : after + 200]):
            return json.dumps(word)
        if word not in _KNOWN:
            raise ValueError(f"found '{word[:40]}', expected a value.")
        return _KNOWN[word]
    return word


def _number(word: str) -> str:
    bare = word.lstrip("+")
    if bare.lower().lstrip("-").startswith("0x"):
        return str(int(bare, 16))
    return json.dumps(float(bare)) if bare.startswith((".", "-.")) or bare.endswith(".") else bare


def _unquoted(word: str) -> str:
    def said(found: re.Match[str]) -> str:
        if found[1]:
            return chr(int(found[1][1:], 16))
        return _ESCAPES.get(found[2], found[2])

    return re.sub(r"\\(?:(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})|(.))", said, word[1:-1], flags=re.DOTALL)
