"""Words of foreign files as plain text: markup goes, scripts go with what they say. Pure."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache

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
_UNSEEN = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), *range(0xD800, 0xE000)])


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
    return _cleaned("" if text is None else str(text)[: 4 * LONGEST_TEXT])


@lru_cache(maxsize=2_000)
def _cleaned(raw: str) -> Cleaned:
    if "<" not in raw and "&" not in raw:
        return Cleaned(_tidy(raw))
    if not _TAG.search(raw):
        return Cleaned(_tidy(html.unescape(raw)))
    bare = nh3.clean(_BREAKS.sub("\n", raw), tags=set(), clean_content_tags={"script", "style"})
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
    if text.isprintable() and "  " not in text:  # a printable text has no tabs, line ends or hard spaces
        return text.strip()[:LONGEST_TEXT]
    return _LINES.sub("\n", _SPACES.sub(" ", text.translate(_UNSEEN))).strip()[:LONGEST_TEXT]
