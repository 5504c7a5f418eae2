"""What a new version does to what was measured: each question is identical, or changed in wording, scale or meaning.

Identical and wording continue a line over time, wording with a mark; scale and meaning break it. Pure.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from stakeholder.localised import DEFAULT_LANGUAGE, N_, Localised
from surveys.checking.texts import Text, texts_of, texts_of_question
from surveys.definition import Questionnaire
from surveys.frozen import Data
from surveys.judging import judgement_on
from surveys.question_types import Question
from surveys.spelling import is_correction

ANOTHER_QUESTION = 0.5
"""Below this share of words in common a text is taken to ask something else."""


class Change(StrEnum):
    """What became of a question, from the mildest to the gravest."""

    IDENTICAL = "identical"
    WORDING = "wording"
    SCALE = "scale"
    MEANING = "meaning"

    @property
    def continues(self) -> bool:
        """Whether results before and after may stand on one line."""
        return self in {Change.IDENTICAL, Change.WORDING}


@dataclass(frozen=True)
class Difference:
    """One change between two versions.

    change    of the question it is about; None for what is about no question (a page's title, a new section)
    what, key its place, as in Problem; kind "added", "removed", "moved" or "changed"
    text      the change in plain words, to be translated where it is shown; values: what stands in it
    old, new  the words or values before and after, empty where there are none
    """

    what: str
    key: str
    kind: str
    change: Change | None
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    old: str = ""
    new: str = ""

    @property
    def words(self) -> str:
        """The change in English."""
        return self.text % self.values if self.values else self.text


def differences(old: Questionnaire, new: Questionnaire) -> tuple[Difference, ...]:
    """Every change from one version to the next, in the new version's order; nothing when they are the same."""
    return (*_of_questions(old, new), *_of_the_rest(old, new), *_of_flow(old, new))


def classes(old: Questionnaire, new: Questionnaire) -> dict[str, Change]:
    """What became of each question that both versions ask; the author's word, where there is one, is the last."""
    both = ((old.by_key[question.key], question) for question in new.questions if question.key in old.by_key)
    return {now.key: _judged(new, was, now) or compared(was, now) for was, now in both}


def _judged(questionnaire: Questionnaire, old: Question, new: Question) -> Change | None:
    said = judgement_on(questionnaire.judged, old, new)
    return Change(said.change) if said else None


def compared(old: Question, new: Question) -> Change:
    """What became of one question: the gravest of its changes."""
    gravest = max((_RANK[difference.change] for difference in _of_one(old, new) if difference.change), default=0)
    return _BY_RANK[gravest]


_BY_RANK = tuple(Change)
_RANK = {change: rank for rank, change in enumerate(_BY_RANK)}


def _of_questions(old: Questionnaire, new: Questionnaire) -> Iterator[Difference]:
    before, after = _by_key(old), _by_key(new)
    for key, question in after.items():
        if key not in before:
            text = N_("The question “%(prompt)s” is new.")
            yield Difference("question", key, "added", None, text, {"prompt": str(question.prompt)})
        else:
            yield from _of_one(before[key], question)
    for key, question in before.items():
        if key not in after:
            text = N_("The question “%(prompt)s” is no longer asked; its line over time ends.")
            yield Difference("question", key, "removed", None, text, {"prompt": str(question.prompt)})
    common = [key for key in before if key in after]
    moved = _moved(common, [key for key in after if key in before])
    for key in moved:
        text = N_("The question “%(prompt)s” stands at another place.")
        yield Difference("question", key, "moved", Change.IDENTICAL, text, {"prompt": str(after[key].prompt)})


def _of_one(old: Question, new: Question) -> Iterator[Difference]:
    if old == new:
        return
    key = new.key
    if old.type != new.type:
        text = N_("“%(prompt)s” is now asked in another way (%(old)s, now %(new)s).")
        values = {"prompt": str(new.prompt), "old": old.type, "new": new.type}
        yield Difference("question", key, "changed", Change.SCALE, text, values, old.type, new.type)
    yield from _of_texts(old, new)
    yield from _of_options(old, new)
    yield from _of_settings(old, new)


def _of_texts(old: Question, new: Question) -> Iterator[Difference]:
    """Changed words; labels of options and rows are compared by code, so that a moved option is not a new one."""
    before = {(each.what, each.key, each.name): each for each in texts_of_question(old)}
    for each in texts_of_question(new):
        was = before.get((each.what, each.key, each.name))
        if was is not None and was.text != each.text:
            yield from _of_text(was, each)
        elif was is None and each.what == "question":
            text = N_("The %(name)s “%(new)s” is new.")
            values = {"name": each.name, "new": str(each.text)}
            yield Difference(each.what, each.key, "added", Change.WORDING, text, values, "", str(each.text))
    after = {(each.what, each.key, each.name) for each in texts_of_question(new)}
    for place, was in before.items():
        if place not in after and was.what == "question":
            text = N_("The %(name)s “%(old)s” is gone.")
            values = {"name": was.name, "old": str(was.text)}
            yield Difference(was.what, was.key, "removed", Change.WORDING, text, values, str(was.text), "")


def _of_text(was: Text, now: Text) -> Iterator[Difference]:
    for language in sorted(was.text.root.keys() | now.text.root.keys()):
        old, new = was.text.root.get(language, ""), now.text.root.get(language, "")
        if old == new:
            continue
        change = wording_change(old, new) if language == DEFAULT_LANGUAGE or (old and new) else Change.IDENTICAL
        if language != DEFAULT_LANGUAGE and change is Change.MEANING:
            change = Change.WORDING
        text = N_("The %(name)s in '%(language)s' read “%(old)s” and now reads “%(new)s”.")
        values = {"name": now.name, "language": language, "old": old, "new": new}
        yield Difference(now.what, now.key, "changed", change, text, values, old, new)


def wording_change(old: str, new: str) -> Change:
    """Identical for punctuation, spacing and corrected spelling; wording while half the words stay; else meaning.

    A word that turns the sense round (not, never, only ...) makes another meaning whatever else stays.
    """
    if is_correction(old, new):
        return Change.IDENTICAL
    before, after = _words(old), _words(new)
    if sorted(_TURNING & set(before)) != sorted(_TURNING & set(after)):
        return Change.MEANING
    common = SequenceMatcher(None, before, after, autojunk=False).ratio()
    return Change.WORDING if common >= ANOTHER_QUESTION else Change.MEANING


_TURNING = frozenset(
    {"not", "never", "no", "none", "nobody", "nothing", "only", "always", "unsafe", "without", "cannot"}
    | {"can't", "don't", "doesn't", "isn't", "aren't", "won't"}
)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)?", text.lower().replace("’", "'"))


def _of_options(old: Question, new: Question) -> Iterator[Difference]:
    before, after = _meaning_of_options(old), _meaning_of_options(new)
    if before == after:
        return
    if sorted(before) == sorted(after):
        text = N_("The answers to “%(prompt)s” stand in another order.")
        change = Change.SCALE if any(value is not None for _, value, _ in after) else Change.WORDING
    else:
        text = N_("The answers to “%(prompt)s” are others.")
        change = Change.SCALE
    listed = [", ".join(code for code, _, _ in options) for options in (before, after)]
    yield Difference("question", new.key, "changed", change, text, {"prompt": str(new.prompt)}, *listed)


def _meaning_of_options(question: Question) -> tuple[tuple[str, Any, str], ...]:
    """Codes, values and, for a shared scale, labels: what an answer stands for."""
    shared = getattr(question, "scale", None) is not None
    options = tuple(
        (option.code, option.value, str(option.label) if shared else "") for option in getattr(question, "options", ())
    )
    return options + tuple((row.key, None, "row") for row in getattr(question, "rows", ()))


_NOT_MEASURED = frozenset(
    {"key", "type", "prompt", "hint", "options", "rows", "scale", "show_if", "shuffle", "core", "focus"}
)
_MEANT = frozenset({"indicator", "strand", "reverse"})


def _of_settings(old: Question, new: Question) -> Iterator[Difference]:
    for name in sorted((type(old).model_fields.keys() & type(new).model_fields.keys()) - _NOT_MEASURED):
        was, now = getattr(old, name), getattr(new, name)
        if was == now or isinstance(was, Localised) or isinstance(now, Localised):
            continue
        change = Change.MEANING if name in _MEANT else Change.SCALE
        text = N_("“%(prompt)s”: %(name)s was %(old)s and is now %(new)s.")
        values = {"prompt": str(new.prompt), "name": name, "old": _told(was), "new": _told(now)}
        yield Difference("question", new.key, "changed", change, text, values, _told(was), _told(now))
    before = {row.key: getattr(row, "reverse", False) for row in getattr(old, "rows", ())}
    for row in getattr(new, "rows", ()):
        if before.get(row.key, getattr(row, "reverse", False)) != getattr(row, "reverse", False):
            text = N_("The statement “%(label)s” is counted the other way round now.")
            yield Difference("row", f"{new.key}.{row.key}", "changed", Change.MEANING, text, {"label": str(row.label)})


def _of_the_rest(old: Questionnaire, new: Questionnaire) -> Iterator[Difference]:
    """Texts that belong to no question: titles, introductions, messages."""
    ours = {"question", "option", "row"}
    before = {(e.what, e.key, e.name): e for e in texts_of(old) if e.what not in ours}
    after = {(e.what, e.key, e.name): e for e in texts_of(new) if e.what not in ours}
    for place in dict.fromkeys([*after, *before]):
        was, now = before.get(place), after.get(place)
        if was and now:
            if was.text != now.text:
                for difference in _of_text(was, now):
                    is_spelling = difference.change is Change.IDENTICAL
                    yield Difference(
                        now.what, now.key, "changed", Change.IDENTICAL if is_spelling else None, difference.text,
                        difference.values, difference.old, difference.new,
                    )  # fmt: skip
            continue
        one = now or was
        assert one is not None  # noqa: S101 - the place came from one of the two
        text = N_("The %(name)s “%(words)s” is new.") if now else N_("The %(name)s “%(words)s” is gone.")
        values = {"name": one.name, "words": str(one.text)}
        yield Difference(one.what, one.key, "added" if now else "removed", None, text, values)


_FLOW = {
    "groups": N_("Who may be asked has changed."),
    "style": N_("How the questions are laid out has changed."),
    "languages": N_("The languages that are offered have changed."),
    "breakdowns": N_("The questions by which results are split have changed."),
    "sections": N_("The sections, or who sees them, have changed."),
    "shuffle": N_("The random order has changed."),
    "blocks": N_("Who is assigned to which questions at random has changed."),
    "quotas": N_("The limits on how many answer have changed."),
    "checks": N_("The checks across answers have changed."),
    "scales": N_("The scores made of several items have changed."),
    "locked": N_("The licensed instruments have changed."),
}


def _of_flow(old: Questionnaire, new: Questionnaire) -> Iterator[Difference]:
    """Who is shown what, and everything that steers it."""
    for name, text in _FLOW.items():
        if _bare(getattr(old, name)) != _bare(getattr(new, name)):
            yield Difference("questionnaire", "", "changed", None, text)
    before = {page.key: page for page in old.pages}
    for page in new.pages:
        was = before.get(page.key)
        if was and any(getattr(was, name) != getattr(page, name) for name in ("show_if", "skip_to_end_if", "shuffle")):
            text = N_("Who sees the page '%(page)s', what follows it, or its order has changed.")
            yield Difference("page", page.key, "changed", None, text, {"page": page.key})
    shown_before = _by_key(old)
    for key, question in _by_key(new).items():
        asked = shown_before.get(key)
        if asked and any(getattr(asked, name) != getattr(question, name) for name in ("show_if", "shuffle")):
            text = N_("Who is shown “%(prompt)s”, or the order of its parts, has changed.")
            yield Difference("question", key, "changed", None, text, {"prompt": str(question.prompt)})


def _bare(value: Any) -> Any:
    """The value without its texts, which are compared by themselves."""
    if isinstance(value, Localised):
        return None
    if isinstance(value, Data):
        return {name: _bare(getattr(value, name)) for name in type(value).model_fields}
    return [_bare(each) for each in value] if isinstance(value, tuple) else value


def _by_key(questionnaire: Questionnaire) -> dict[str, Question]:
    return {question.key: question for page in questionnaire.pages for question in page.questions}


def _moved(before: list[str], after: list[str]) -> list[str]:
    """What must be moved to make one order of the other, as little as possible."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {after[block.b + step] for block in blocks for step in range(block.size)}
    return [key for key in after if key not in kept]


def _told(value: Any) -> str:
    return "–" if value in (None, "", ()) else str(value)
