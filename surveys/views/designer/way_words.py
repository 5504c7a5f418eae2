"""Sections, checks, scores, random groups and limits in words, and what their forms offer."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from pydantic import ValidationError

from stakeholder.localised import N_
from surveys.designing.content import Content, Place, places, words_of
from surveys.designing.ways import BLOCKS, CHECKS, SECTIONS, Way
from surveys.question_types import REGISTRY
from surveys.views.designer.blueprint import rule_words
from surveys.views.designer.offers import Choices, numbered

NAMED = ("sections", "pages", "questions")
UNNAMED = {"quotas": N_("limit"), "blocks": N_("random groups"), "sections": N_("section")}


def summary(content: Content, way: Way, member: Mapping[str, Any]) -> tuple[str, str]:
    """A member's name and what it does, in words."""
    if way is BLOCKS:
        return _("%(number)s groups", number=len(member["arms"])), "; ".join(arm_words(content, member))
    if way is SECTIONS:
        return section_name(content, member), _section_words(content, member)
    if way is CHECKS:
        kind = _("Asks “Are you sure?” when") if member.get("soft") else _("Must be put right when")
        return words_of(member["message"]), f"{kind} {rule_words(member['wrong_if'], content)}"
    if way.name == "scales":
        rule = _("sum") if member.get("rule") == "sum" else _("mean")
        return words_of(member["title"]), _("%(rule)s of %(number)s statements", rule=rule, number=len(member["items"]))
    who = rule_words(member["when"], content) if member.get("when") else _("of everyone")
    return _("At most %(limit)s answers", limit=member["limit"]), who


def arm_words(content: Content, block: Mapping[str, Any]) -> list[str]:
    """Each group and what it alone is asked."""
    names = {kind: dict(choices) for kind, choices in nameable(content).items()}
    return [
        f"{str(arm['key']).upper()}: "
        + (", ".join(names[kind].get(key, key) for kind in NAMED for key in arm.get(kind, ())) or _("nothing more"))
        for arm in block["arms"]
    ]


def section_name(content: Content, section: Mapping[str, Any]) -> str:
    """A section by its title and its pages."""
    numbers = [at for at, page in enumerate(content["pages"], 1) if page.get("section") == section["key"]]
    if not numbers:
        span = _("no pages: left out")
    elif len(numbers) == 1:
        span = _("page %(number)s", number=numbers[0])
    else:
        span = _("pages %(first)s to %(last)s", first=numbers[0], last=numbers[-1])
    title = words_of(section.get("title"))
    return f"{title} ({span})" if title else span[:1].upper() + span[1:]


def _section_words(content: Content, section: Mapping[str, Any]) -> str:
    said = []
    if section.get("show_if"):
        said.append(_("Only if %(rule)s", rule=rule_words(section["show_if"], content)))
    if section.get("shuffle"):
        said.append(_("pages in random order"))
    if section.get("repeat"):
        said.append(_("asked up to %(most)s times", most=section["repeat"].get("most")))
    return "; ".join(said)


def about_words(way: Way, flat: Mapping[str, Any]) -> str:
    """What a save is about."""
    if way.words and flat.get(way.words):
        return words_of(flat[way.words])
    return _(UNNAMED.get(way.name, way.title))


def counts(question: Mapping[str, Any]) -> bool:
    """Whether an answer says how often: a number, or an option with a value."""
    return REGISTRY[question["type"]].is_measured or any(
        option.get("value") is not None for option in question.get("options") or ()
    )


def scored(content: Content) -> Choices:
    """Statements and rows with values, by key."""
    found = []
    for place in places(content):
        try:
            question = REGISTRY[place.question["type"]].model_validate(place.question)
        except ValidationError:
            continue
        found += [(each.key, f"{place.number}. {each.label}") for each in question.columns() if each.scores]
    return found


def nameable(content: Content) -> dict[str, Choices]:
    """What may be shown to one group alone: sections, pages and questions by key."""
    pages = [
        (page["key"], " ".join((_("Page %(number)s", number=at), words_of(page.get("title")))).strip())
        for at, page in enumerate(content["pages"], 1)
    ]
    return {
        "sections": [(each["key"], section_name(content, each)) for each in content.get("sections", ())],
        "pages": pages,
        "questions": [named(place) for place in places(content)],
    }


def named(place: Place) -> tuple[str, str]:
    """A question as a menu offers it."""
    return str(place.question["key"]), numbered(place)
