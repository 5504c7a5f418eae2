"""Words of foreign files as plain text: markup goes, scripts go with what they say. Pure."""

import html
import re
import unicodedata
from dataclasses import dataclass

import nh3

LONGEST_TEXT = 8_000
_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^>]*>", re.IGNORECASE)
_ACTIVE = re.compile(
    r"<\s*(?:script|style|iframe|object|embed|form|meta|link|base)\b|\bon\w+\s*=|javascript:", re.IGNORECASE
)
_PICTURES = re.compile(r"<\s*(?:img|video|audio|svg|picture)\b", re.IGNORECASE)
_LINKS = re.compile(r"<\s*a\b[^>]*\bhref", re.IGNORECASE)
_TAG = re.compile(r"<\s*/?\s*[a-zA-Z!]")
_SPACES = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r" *\n[ \n]*")


@dataclass(frozen=True)
class Cleaned:
    """Plain words, and what stood among them that is gone."""

    words: str
    active: bool = False
    pictures: bool = False
    links: bool = False


def cleaned(text: object) -> Cleaned:
    """A text without markup.

    >>> cleaned('<p onclick="x()">How <b>are</b> you?</p><script>alert(1)</script>').words
    'How are you?'
    """
    raw = "" if text is None else str(text)
    if "<" not in raw and "&" not in raw:
        return Cleaned(_tidy(raw))
    if not _TAG.search(raw):
        return Cleaned(_tidy(html.unescape(raw)))
    bare = nh3.clean(_BREAKS.sub("\n", raw[: 4 * LONGEST_TEXT]), tags=set(), clean_content_tags={"script", "style"})
    return Cleaned(
        _tidy(html.unescape(bare)),
        active=bool(_ACTIVE.search(raw)),
        pictures=bool(_PICTURES.search(raw)),
        links=bool(_LINKS.search(raw)),
    )


def plain(text: object) -> str:
    """Only the words of `cleaned`."""
    return cleaned(text).words


def _tidy(text: str) -> str:
    if not text.isprintable():
        text = "".join(
            each for each in text if each == "\n" or unicodedata.category(each) not in {"Cc", "Cs"} or each == "\t"
        )
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()[:LONGEST_TEXT]
