"""Licensed instruments in a draft: nobody changes, splits or reorders them; as a whole they may be taken out. Pure."""

from typing import Any

from stakeholder.errors import Invalid
from surveys.designing.content import Content, places, without_question
from surveys.locking import OURS


def keeping_licensed(before: Content, after: Content) -> Content:
    """The changed content, without the modules that were taken out as a whole. Raises Invalid for any other change.

    What a school says about a licensed question's place in the framework may change.
    """
    modules = before.get("locked", ())
    if not modules:
        return after
    left = [module for module in modules if _still_there(module, before, after)]
    given = {module["key"]: module for module in after.get("locked", ())}
    if any(given.get(module["key"]) != module for module in left):
        raise _fixed(left[0])
    gone = {module["key"] for module in modules} - {module["key"] for module in left}
    kept = [module for module in after.get("locked", ()) if module["key"] not in gone]
    return {**{name: value for name, value in after.items() if name != "locked"}, **({"locked": kept} if kept else {})}


def licensed_keys(content: Content) -> frozenset[str]:
    """Questions of licensed instruments."""
    return frozenset(key for module in content.get("locked", ()) for key in module["questions"])


def removed(content: Content, key: str) -> Content:
    """The content without a question; without the whole instrument when it belongs to one. Raises NotFound."""
    modules = (module["questions"] for module in content.get("locked", ()))
    for each in next((questions for questions in modules if key in questions), [key]):
        content = without_question(content, each)
    return content


def _still_there(module: dict[str, Any], before: Content, after: Content) -> bool:
    """Whether the module stands as it stood; False when all of it is gone. Raises Invalid for anything between."""
    was, now = (_questions(content) for content in (before, after))
    wanted, order = list(module["questions"]), list(now)
    if not set(wanted) & now.keys():
        return False
    first = order.index(wanted[0]) if wanted[0] in now else 0
    if order[first : first + len(wanted)] != wanted or any(now[key] != was.get(key) for key in wanted):
        raise _fixed(module)
    return True


def _questions(content: Content) -> dict[str, dict[str, Any]]:
    """By key, in order: all that its rights holder wrote of a question."""
    return {
        str(place.question.get("key")): {name: value for name, value in place.question.items() if name not in OURS}
        for place in places(content)
    }


def _fixed(module: dict[str, Any]) -> Invalid:
    title = module.get("title")
    name = title.get("en", "") if isinstance(title, dict) else title
    return Invalid(
        f"“{name or module['key']}” is licensed: its words, answers, order and notice stay as its rights holder wrote "
        "them, all together. Nothing was changed. “Remove” takes all of it out."
    )
