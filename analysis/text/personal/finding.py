"""Where a text names a person or holds other personal data.

Order of trust: what has a form of its own, titles with a name, the school's own list with nicknames and one typing
error, initials, and last capitals inside a sentence that no list of words knows: these are hidden until a person
has looked. There is no list of first names: Grace, Will and May are words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.text.personal.patterns import shaped
from analysis.text.personal.roster import Part, Roster, folded

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_TITLE = re.compile(
    r"\b(?:(?P<sure>mrs?|ms|dr|mx)\b\.?|(?P<maybe>miss|sir|dame|prof(?:essor)?|coach|se[ñn]or(?:a|ita)?|mademoiselle"
    r"|madame|monsieur|herr|frau|father|rev(?:erend)?|(?P<kin>auntie|aunty|uncle|big|nurse))\b\.?)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_AFTER_TITLE = re.compile(
    r"(?:[^\W\d_]\.\s?){0,2}(?:(?:mc|mac|van|de|la|le|al|el|st|o')\s+)?[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", re.IGNORECASE
)
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}(?:[A-Z](?:[a-z]?[A-Z])?\b\.?)?|(?<![\w.])[A-Z]\.Mc[A-Z]\.?")
_CAPITALS = re.compile(r"(?<![\w-])[A-Z]{2,3}(?![\w-])")
_INITIAL_AND_NAME = re.compile(r"(?<![\w.])[A-Z]\.?\s?$")
_NAME_AND_INITIAL = re.compile(r"\s[A-Z](?:\.(?=\s*$|\s+[A-Z]|\s*[,;)]|\s)|(?![\w'.]))")
_CALLED = re.compile(
    r"\b(?:called|nicknamed|known as|calls? (?:him|her|me|them))\s+(?P<a>[A-Z][a-z]+)\b"
    r"|(?:^|[.!?]\s+)(?P<b>[A-Z][a-z]+) (?:is what (?:we|they|everyone) calls?|as (?:the kids|we|they) call"
    r"|\(you know who\))"
)


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NOT_AFTER_TITLE = _set_of(
    "and or is was who that the a an in on at to for from of has had have does did do will would can could should said"
    " says lets let makes made gives gave told tells when if but so because with always never just really not i you we"
    " they he she it my your our his her their this these those please me us him them as too also keeps shouts"
    " sometimes need needs kitchen teacher"
)
_CALENDAR = _set_of("april may june july august march summer winter autumn spring christmas easter")
_BEFORE_A_TIME = _set_of(
    "in of since until till by next last this from every on mid late early before after during each the over at"
    " and or like for per late"
)
_SPEAKS_OF_A_PERSON = _set_of(
    "is was has got gets and said says does did never always keeps helps helped makes made lets let told tells shouts"
    " who in from also still just really sits hit pushed took wants loves needs settles gives gave can should"
)
_ASKS = _set_of("will may")
_LONGEST_READ = 20_000
_MOST_REMEMBERED = 60_000


@dataclass(frozen=True, slots=True)
class Personal:
    """One stretch of personal data; `end` exclusive; `sure` is False where a person should look."""

    start: int
    end: int
    kind: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    folded: str
    opens: bool

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


class PersonalFinder:
    """Finds personal data by a school's list of people and by what all schools share.

    ordinary  words that say nothing about a person by themselves, in small letters
    capitals  words that begin with a capital and name no person, in small letters
    """

    def __init__(self, roster: Roster, ordinary: frozenset[str], capitals: frozenset[str]) -> None:
        self._roster, self._ordinary, self._capitals = roster, ordinary, capitals
        self._remembered: dict[str, tuple[Part | None, bool]] = {}

    def find(self, text: str) -> tuple[Personal, ...]:
        """Personal data in their order, none overlapping; the places are code points of the text given."""
        read = text[:_LONGEST_READ]
        found = [Personal(*each) for each in shaped(read)]
        found += self._titled(read)
        tokens = tuple(_tokens(read))
        found += self._listed(read, tokens)
        found += self._initials(read)
        found += [Personal(*_group(hit), "nickname") for hit in _CALLED.finditer(read) if self._unlike_a_word(hit)]
        found += self._unknown(tokens)
        return joined(read, without_overlaps(found))

    def _titled(self, text: str) -> Iterator[Personal]:
        for title in _TITLE.finditer(text):
            name = _AFTER_TITLE.match(text, title.end())
            if name and self._belongs(title, name[0]):
                kind = "nickname" if title["kin"] else _titled_kind(name[0])
                end = name.end() - len(_possessive(name[0]))
                yield Personal(title.start(), self._whole_name(text, end), kind)

    def _belongs(self, title: re.Match[str], name: str) -> bool:
        word = folded(name.rsplit(maxsplit=1)[-1])
        if title["kin"]:
            return title[0][0].isupper() and name[0].isupper() and word not in self._capitals
        if name[0].isupper() and self._roster.part(word):
            return True
        if word in _NOT_AFTER_TITLE:
            return False
        if title["sure"]:
            return True
        if self._roster.part(word) or (word not in self._ordinary and self._roster.nearly(word)):
            return True
        if title[0][0].isupper() and name[0].isupper():
            return word not in self._capitals
        return title[0][0].islower() and word not in self._ordinary and word not in self._capitals and len(word) > 3

    def _whole_name(self, text: str, end: int) -> int:
        """Goes on over a second part of the name: "Mr Owen Bell"."""
        more = re.match(r"\s([A-Z][^\W\d_]+(?:['\u2019-][^\W\d_]+)*)", text[end : end + 60])
        if more and (self._roster.part(folded(more[1])) or folded(more[1]) not in self._ordinary | self._capitals):
            return end + more.end()
        return end

    def _listed(self, text: str, tokens: Sequence[_Token]) -> Iterator[Personal]:
        if not self._roster:
            return
        parts = [self._part(token) for token in tokens]
        for at, (part, is_plain) in enumerate(parts):
            if part and (not is_plain or self._is_meant(tokens, parts, at)):
                yield self._spread(text, tokens[at], part)

    def _part(self, token: _Token) -> tuple[Part | None, bool]:
        """Whose name a word is, and whether it is an ordinary word too."""
        key = token.text
        known = self._remembered.get(key)
        if known is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            known = self._remembered[key] = self._looked_up(token.folded)
        return known

    def _looked_up(self, word: str) -> tuple[Part | None, bool]:
        for candidate in (word, *_without_possessive(word)):
            part = self._roster.part(candidate)
            if part:
                plain = candidate in self._ordinary or candidate in self._capitals
                return part, plain or len(candidate) < 3 or part.is_nickname
        if word in self._ordinary or word in self._capitals or "'" in word:
            return None, True
        return self._roster.nearly(word), False

    def _is_meant(self, tokens: Sequence[_Token], parts: Sequence[tuple[Part | None, bool]], at: int) -> bool:
        """Whether an ordinary word that is also a name is meant as the name here."""
        token, part = tokens[at], parts[at][0]
        if not token.capital or part is None or (len(token.text) > 1 and token.text.isupper()):
            return False
        before = tokens[at - 1].folded if at else ""
        if token.folded in _CALENDAR and before in _BEFORE_A_TIME and not token.opens:
            return False
        if not token.opens:
            return True
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if after is None:
            return False
        following = parts[at + 1][0]
        if following and after.capital:
            return part.is_first or (not following.is_first and token.folded not in _ASKS)
        return after.folded in _SPEAKS_OF_A_PERSON

    def _spread(self, text: str, token: _Token, part: Part) -> Personal:
        start, end = token.start, token.end - len(_possessive(token.text))
        initial = None if part.is_first else _INITIAL_AND_NAME.search(text[max(0, start - 4) : start])
        if initial and initial[0].strip() not in {"I", "A"}:
            start -= len(initial[0])
        if part.is_first and (after := _NAME_AND_INITIAL.match(text, end)) and after[0].strip() not in {"I", "A"}:
            end = after.end()
        return Personal(start, end, "nickname" if part.is_nickname else part.kind)

    def _initials(self, text: str) -> Iterator[Personal]:
        yield from (Personal(*hit.span(), "initials") for hit in _DOTTED.finditer(text) if hit[0] not in _NO_INITIALS)
        if text.isupper():
            return
        for hit in _CAPITALS.finditer(text):
            if hit[0].lower() in self._roster.initials and hit[0].lower() not in self._capitals | self._ordinary:
                yield Personal(*hit.span(), "initials")

    def _unlike_a_word(self, hit: re.Match[str]) -> bool:
        return folded(hit[hit.lastgroup or 0]) not in self._capitals

    def _unknown(self, tokens: Sequence[_Token]) -> Iterator[Personal]:
        """Capitals inside a sentence that no list knows; a title of a book or a place may be among them."""
        if sum(token.capital for token in tokens) * 2 > len(tokens) and len(tokens) > 3:
            return
        for at, token in enumerate(tokens):
            if not token.capital or token.text.isupper() or len(token.text) < 3:
                continue
            word = token.folded.removesuffix("'s")
            if word in self._capitals or word in self._ordinary or word.rstrip("s") in self._ordinary:
                continue
            if not token.opens or (at + 1 < len(tokens) and tokens[at + 1].folded in _SPEAKS_OF_A_PERSON):
                end = token.end - len(_possessive(token.text))
                yield Personal(token.start, end, "pupil_name", sure=False)


_NO_INITIALS = frozenset({"U.K.", "U.S.", "U.S.A.", "P.E.", "R.E.", "I.T.", "P.S.", "D.T.", "T.V.", "A.M.", "P.M."})


def without_overlaps(found: Iterable[Personal]) -> list[Personal]:
    """Those found first and longest win; names beside each other become one."""
    kept: list[Personal] = []
    for each in sorted(found, key=lambda one: (one.start, not one.sure, -one.end)):
        if kept and each.start < kept[-1].end:
            if each.end > kept[-1].end:
                kept[-1] = Personal(kept[-1].start, each.end, kept[-1].kind, kept[-1].sure)
            continue
        kept.append(each)
    return kept


def joined(text: str, found: Sequence[Personal]) -> tuple[Personal, ...]:
    """Parts of one name that only a space keeps apart as one stretch: first name and surname."""
    kept: list[Personal] = []
    for each in found:
        last = kept[-1] if kept else None
        if last and {last.kind, each.kind} <= _NAMES and text[last.end : each.start] == " ":
            kind = last.kind if last.sure else each.kind
            kept[-1] = Personal(last.start, each.end, kind, last.sure or each.sure)
        else:
            kept.append(each)
    return tuple(kept)


_NAMES = frozenset({"staff_name", "pupil_name", "nickname"})


def _tokens(text: str) -> Iterator[_Token]:
    for found in _WORD.finditer(text):
        before = (
            text[: found.start()].rstrip() if found.start() < 200 else text[found.start() - 8 : found.start()].rstrip()
        )
        opens = (
            not before
            or before[-1] in ".!?:;\"'\u201c(-\u2026>"
            or "\n" in text[max(0, found.start() - 2) : found.start()]
        )
        yield _Token(found.start(), found.end(), found[0], folded(found[0]), opens)


def _titled_kind(name: str) -> str:
    letters = re.sub(r"[^\w]", "", name)
    return "initials" if len(letters) <= 2 else "staff_name"


def _possessive(word: str) -> str:
    return word[-2:] if word[-2:] in {"'s", "\u2019s"} else ""


def _without_possessive(word: str) -> tuple[str, ...]:
    return (word[:-2],) if word.endswith("'s") else ()


def _group(hit: re.Match[str]) -> tuple[int, int]:
    start, end = hit.span(hit.lastgroup or 0)
    return start, end
