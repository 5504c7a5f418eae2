"""What steers a questionnaire besides its questions, as forms show it: sections, chance, limits, checks, scores. Pure.

Each is a list of the content. A form shows a flat picture of one member; a section's picture holds its first and last
page, which the content keeps on the pages themselves.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from stakeholder.errors import NotFound
from stakeholder.localised import N_
from surveys.designing.content import Content, key_from, words_of
from surveys.designing.fields import Field
from surveys.flow import AnswerCheck, Block, Quota, ScoreScale, Section
from surveys.frozen import Data

PAGES = ("first", "last")
REPEAT = ("repeat.count", "repeat.most", "repeat.label")
FEWEST_ARMS = 2
ARM_KEYS = "abcdefghijkl"


@dataclass(frozen=True)
class Way:
    """One list of the content: what its members are called, what they must be, and the fields of their form.

    what  as in Problem;  words  the field from which a key is made
    """

    name: str
    what: str
    model: type[Data]
    fields: tuple[Field, ...]
    words: str
    stem: str
    title: str
    meaning: str
    adding: str


SECTIONS = Way(
    "sections", "section", Section,
    (
        Field("title", "words"),
        Field("first", "one", required=True),
        Field("last", "one", required=True),
        Field("show_if", "condition"),
        Field("shuffle", "orders", default=False),
        Field("repeat.count", "one"),
        Field("repeat.most", "number", whole=True),
        Field("repeat.label", "words"),
    ),
    "title", "section", N_("Sections"),
    N_("Pages that belong together: shown only to some, mixed among themselves, or asked once for each child."),
    N_("Add a section"),
)  # fmt: skip
CHECKS = Way(
    "checks", "check", AnswerCheck,
    (
        Field("wrong_if", "condition", required=True),
        Field("message", "words", required=True),
        Field("soft", "tick", default=False),
        Field("at", "one", default=""),
    ),
    "message", "check", N_("Checks across answers"),
    N_("When two answers do not fit together, say so in your own words."),
    N_("Add a check"),
)  # fmt: skip
SCORES = Way(
    "scales", "scale", ScoreScale,
    (
        Field("title", "words", required=True),
        Field("items", "several", required=True),
        Field("rule", "menu", choices=("mean", "sum"), default="mean"),
        Field("minimum_answered", "number", whole=True),
    ),
    "title", "score", N_("Scores"),
    N_("One number from several statements that belong together, such as “belonging”."),
    N_("Add a score"),
)  # fmt: skip
BLOCKS = Way(
    "blocks", "block", Block, (), "", "groups", N_("Random groups"),
    N_("Chance puts each person in one of several groups, and each group is asked other questions."),
    N_("Add random groups"),
)  # fmt: skip
QUOTAS = Way(
    "quotas", "quota", Quota,
    (
        Field("limit", "number", required=True, whole=True),
        Field("when", "condition"),
        Field("message", "words"),
    ),
    "", "limit", N_("Limits"),
    N_("Stop when enough people have answered, or enough of one group."),
    N_("Add a limit"),
)  # fmt: skip
WAYS = {way.name: way for way in (SECTIONS, CHECKS, SCORES, BLOCKS, QUOTAS)}


def way_named(name: str) -> Way:
    """One of the lists. Raises NotFound."""
    if name not in WAYS:
        raise NotFound("There is nothing of this name here.")
    return WAYS[name]


def member_of(content: Content, way: Way, key: str) -> Mapping[str, Any] | None:
    """A member of a list as a form shows it, None when there is none."""
    found = next((each for each in content.get(way.name, ()) if each.get("key") == key), None)
    return None if found is None else _flat(content, way, found)


def with_member(content: Content, way: Way, key: str, flat: Mapping[str, Any]) -> Content:
    """The content with one member more, or another in its place."""
    changed = deepcopy(content)
    if way is SECTIONS:
        _mark_pages(changed, key, str(flat.get("first", "")), str(flat.get("last", "")))
    member = closed(key, flat)
    listed = changed.setdefault(way.name, [])
    at = next((at for at, each in enumerate(listed) if each.get("key") == key), len(listed))
    listed[at : at + 1] = [member]
    return _with_sections_left_apart(changed)


def without_member(content: Content, way: Way, key: str) -> Content:
    """The content without a member; pages of a section stay, and belong to none."""
    changed = deepcopy(content)
    changed[way.name] = [each for each in changed.get(way.name, ()) if each.get("key") != key]
    if not changed[way.name]:
        del changed[way.name]
    if way is SECTIONS:
        for page in changed["pages"]:
            if page.get("section") == key:
                del page["section"]
    return changed


def free_key(content: Content, way: Way, flat: Mapping[str, Any]) -> str:
    """A key for a new member, made from its words."""
    taken = {str(each.get("key")) for each in content.get(way.name, ())}
    words = words_of(flat.get(way.words)) if way.words else ""
    return key_from(words or way.stem, taken)


def closed(key: str, flat: Mapping[str, Any]) -> dict[str, Any]:
    """A member as the content holds it."""
    member = {"key": key, **{name: value for name, value in flat.items() if name not in {"key", *PAGES, *REPEAT}}}
    repeat = {name.partition(".")[2]: flat[name] for name in REPEAT if flat.get(name)}
    return member | ({"repeat": repeat} if repeat else {})


def with_page_settled(content: Content, key: str) -> Content:
    """The content after a page came to its place: between two pages of one section it joins that section; away from
    the other pages of its own section it leaves it."""
    changed = deepcopy(content)
    pages = changed["pages"]
    at = next(at for at, page in enumerate(pages) if page["key"] == key)
    before, after = (pages[near].get("section", "") if 0 <= near < len(pages) else "" for near in (at - 1, at + 1))
    own = pages[at].get("section", "")
    if before and before == after:
        pages[at]["section"] = before
    elif own and own not in (before, after) and any(each.get("section") == own for each in pages if each["key"] != key):
        del pages[at]["section"]
    return _with_sections_left_apart(changed)


def _with_sections_left_apart(changed: Content) -> Content:
    """Pages of a section stand together, and sections come in the order of their pages."""
    if not changed.get("sections"):
        return changed
    ended: list[str] = []
    pages = changed["pages"]
    for page, before in zip(pages, [{}, *pages], strict=False):
        section = page.get("section", "")
        if section and section in ended and before.get("section") != section:
            del page["section"]
        elif section and section not in ended:
            ended.append(section)
    rank = {key: at for at, key in enumerate(ended)}
    changed["sections"].sort(key=lambda each: rank.get(each["key"], len(rank)))
    return changed


def _flat(content: Content, way: Way, member: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in member.items() if name != "repeat"}
    if way is SECTIONS:
        own = [page["key"] for page in content["pages"] if page.get("section") == member["key"]]
        flat |= dict(zip(PAGES, (own[0], own[-1]), strict=True)) if own else {}
        flat |= {f"repeat.{name}": value for name, value in member.get("repeat", {}).items()}
    return flat


def _mark_pages(content: Content, key: str, first: str, last: str) -> None:
    """Write the section on its pages, from the first to the last; they leave the section in which they were."""
    keys = [page["key"] for page in content["pages"]]
    ends = sorted(keys.index(each) for each in (first, last) if each in keys) or [0, -1]
    for at, page in enumerate(content["pages"]):
        if ends[0] <= at <= ends[-1]:
            page["section"] = key
        elif page.get("section") == key:
            del page["section"]


def arms_of(block: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The groups of a block, at least two."""
    arms = [dict(arm) for arm in block.get("arms", ())]
    return arms + [{"key": ARM_KEYS[at]} for at in range(len(arms), FEWEST_ARMS)]
