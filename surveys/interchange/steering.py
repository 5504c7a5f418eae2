"""What steers a questionnaire from a file: sections, chance, checks and quotas, as data of ours. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.flow import MOST_ARMS, MOST_REPEATS
from surveys.interchange.losses import LossReport
from surveys.interchange.naming import Keys
from surveys.interchange.rules import Constant, NotExpressible, Rule, Target, condition_of
from surveys.interchange.sketch import Bunch, Demand, Item, Limit, Lots, Shown, Sketch, Texts

Content = dict[str, Any]
DOES_NOT_FIT = "This answer does not fit. Please look at it again."
IS_NEEDED = "This one needs an answer."


@dataclass
class Asked:
    """What the pages of a file became.

    pages_of   {name of a leaf: its pages}
    checked    items with demands, each with the key of its question
    """

    targets: dict[str, tuple[Target, str]] = field(default_factory=dict)
    pages_of: dict[str, list[Content]] = field(default_factory=dict)
    checked: list[tuple[Item, str]] = field(default_factory=list)


def steered(sketch: Sketch, asked: Asked, report: LossReport) -> Content:
    """Sections, blocks, checks, quotas and breakdowns; pages are told their section."""
    found: Content = {"sections": _sections(sketch, asked, report)}
    if sketch.shuffle and len(found["sections"]) > 1:
        found["shuffle"] = True
    found["blocks"] = [made for each in sketch.lots if (made := _block(each, asked, report))]
    found["checks"] = _checks(asked, report)
    quotas = [made for each in sketch.limits if (made := _quota(each, asked, report))]
    found["quotas"] = quotas
    found["breakdowns"] = list(dict.fromkeys(key for quota in quotas for key in quota.pop("asks")))
    return {name: value for name, value in found.items() if value}


def _sections(sketch: Sketch, asked: Asked, report: LossReport) -> list[Content]:
    """A section for each run of pages of one bunch."""
    made: list[Content] = []
    keys, before = Keys(before="s"), ""
    for leaf in sketch.pages:
        bunch = sketch.bunches.get(leaf.bunch)
        pages = asked.pages_of.get(leaf.name, [])
        if bunch is None or not pages:
            before = before if pages == [] and bunch else ""
            continue
        if leaf.bunch != before:
            made.append(_section(bunch, keys.key(bunch.name), asked, report))
            before = leaf.bunch
        if bunch.shuffle and len(pages) > 1 and made[-1].pop("shuffle", None):
            report.approximated(f"random order of {bunch.name}", "Its pages keep their order: one asks about another.")
        for page in pages:
            page["section"] = made[-1]["key"]
    return made


def _section(bunch: Bunch, key: str, asked: Asked, report: LossReport) -> Content:
    content: Content = {"key": key} | ({"title": bunch.title} if bunch.title else {})
    if bunch.shuffle:
        content["shuffle"] = True
        report.mapped(f"random order of {bunch.name}", "is a section with its pages in random order.")
    if bunch.again:
        _repeat(bunch, content, asked, report)
    return content


def _repeat(bunch: Bunch, content: Content, asked: Asked, report: LossReport) -> None:
    target, part = asked.targets.get(bunch.again, (None, ""))
    if target is None or part:
        report.approximated(f"repeat {bunch.name}", f"'{bunch.again[:60]}' is no question here; it is asked once.")
        return
    label = {each: f"{text} {{number}}" for each, text in bunch.label.items()} or {"en": "{number}"}
    most = max(1, min(bunch.most, MOST_REPEATS))
    content["repeat"] = {"count": target.key, "most": most, "label": label}
    report.mapped(
        f"repeat {bunch.name}", f"is a section that is asked as often as '{target.key}' says, at most {most}."
    )


def _block(lots: Lots, asked: Asked, report: LossReport) -> Content | None:
    keys = Keys(before="a")
    arms = []
    for name, leaves in lots.arms.items():
        pages = [page["key"] for leaf in leaves for page in asked.pages_of.get(leaf, [])]
        if pages:
            arms.append({"key": keys.key(name), "pages": pages})
    if not 2 <= len(arms) <= MOST_ARMS:
        report.approximated(
            f"randomizer {lots.name}", "All its parts are asked: there are too few or too many to draw."
        )
        return None
    report.mapped(f"randomizer {lots.name}", f"is a block; each respondent draws one of its {len(arms)} arms.")
    return {"key": Keys(before="b").key(lots.name), "arms": arms}


def _checks(asked: Asked, report: LossReport) -> list[Content]:
    keys = Keys(before="c")
    found: list[Content] = []
    for item, key in asked.checked:
        made_of = [_check(item, key, demand, asked, report) for demand in item.refused_unless]
        found.extend({"key": keys.key(f"{key}_fits")} | made for made in made_of if made)
        if item.needed_if and (made := _needed(item, key, item.needed_if, asked, report)):
            found.append({"key": keys.key(f"{key}_needed")} | made)
    return found


def _check(item: Item, key: str, demand: Demand, asked: Asked, report: LossReport) -> Content | None:
    name = f"check of question {item.name}"
    fits = _condition(name, demand.rule, demand.why_not, demand.written, asked, report)
    if fits is None:
        return None
    report.mapped(name, "is a check.") if demand.message else report.approximated(
        name, "is a check; the file has no words for it, so it has ours."
    )
    wrong = {"all": [{"question": key, "answered": True}, {"not": fits}]}
    return _told(wrong, demand.message or {"en": DOES_NOT_FIT}, key)


def _needed(item: Item, key: str, shown: Shown, asked: Asked, report: LossReport) -> Content | None:
    name = f"answer of question {item.name}, needed under a rule"
    when = _condition(name, shown.rule, shown.why_not, shown.written, asked, report)
    if when is None:
        return None
    report.approximated(name, "is a check across answers.")
    return _told({"all": [when, {"question": key, "answered": False}]}, {"en": IS_NEEDED}, key)


def _told(wrong: Content, message: Texts, key: str) -> Content:
    return {"wrong_if": wrong, "message": message, "at": key}


def _condition(
    name: str, rule: Rule | None, why_not: str, written: str, asked: Asked, report: LossReport
) -> Content | None:
    """The rule as data; None, and told, where it cannot be said or always holds."""
    try:
        if rule is None or isinstance(rule, Constant):
            raise NotExpressible(why_not or "it asks about no answer.")
        return condition_of(rule, asked.targets)
    except NotExpressible as problem:
        report.dropped(name, f"It is not checked: {problem} It says: {written[:200]}")
        return None


def _quota(limit: Limit, asked: Asked, report: LossReport) -> Content | None:
    name = f"quota {limit.name}"
    content: Content = {"key": Keys(before="q").key(limit.name), "limit": limit.most, "asks": []}
    if limit.shown is not None:
        when = _condition(name, limit.shown.rule, limit.shown.why_not, limit.shown.written, asked, report)
        if when is None:
            return None
        content |= {"when": when, "asks": _asks(when)}
    if limit.message:
        content["message"] = limit.message
    report.approximated(name, "is a quota; the questions it counts by become breakdowns of the results.")
    return content


def _asks(condition: Mapping[str, Any]) -> list[str]:
    inside = [*condition.get("all", []), *condition.get("any", []), *([condition["not"]] if "not" in condition else [])]
    own = [condition["question"]] if "question" in condition else []
    return [*own, *(key for each in inside for key in _asks(each))]
