"""Pages of a sketch: added, named, moved and removed. Pure."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from stakeholder.errors import NotFound
from surveys.designing.content import Content, key_from


def page_of(content: Content, key: str) -> Mapping[str, Any]:
    """The page with this key. Raises NotFound."""
    found: Mapping[str, Any] = content["pages"][_at(content, key)]
    return found


def with_page(content: Content, page: Mapping[str, Any], *, after: str = "") -> tuple[Content, str]:
    """The content with one more page, after another or at the end; and its key."""
    changed = deepcopy(content)
    taken = {each["key"] for each in changed["pages"]}
    key = key_from(f"page {len(taken) + 1}", taken)
    at = _at(changed, after) + 1 if after in taken else len(changed["pages"])
    changed["pages"].insert(at, {"key": key, "questions": [], **page})
    return changed, key


def with_page_changed(content: Content, key: str, page: Mapping[str, Any]) -> Content:
    """The content with a page's other title and condition; None takes one away. Its questions stay. Raises NotFound."""
    changed = deepcopy(content)
    at = _at(changed, key)
    new = {**changed["pages"][at], **page, "key": key}
    changed["pages"][at] = {name: value for name, value in new.items() if value is not None}
    return changed


def without_page(content: Content, key: str) -> Content:
    """The content without a page; its questions go to the page before it, or to the next. Raises NotFound."""
    changed = deepcopy(content)
    at = _at(changed, key)
    if len(changed["pages"]) == 1:
        return changed
    questions = changed["pages"].pop(at)["questions"]
    if at:
        changed["pages"][at - 1]["questions"].extend(questions)
    else:
        changed["pages"][0]["questions"][:0] = questions
    return changed


def with_page_moved(content: Content, key: str, step: int) -> Content:
    """The content with a page so many places further on; it stops at either end. Raises NotFound."""
    changed = deepcopy(content)
    at = _at(changed, key)
    page = changed["pages"].pop(at)
    changed["pages"].insert(max(0, min(at + step, len(changed["pages"]))), page)
    return changed


def _at(content: Content, key: str) -> int:
    for at, page in enumerate(content["pages"]):
        if page["key"] == key:
            return at
    raise NotFound(f"There is no page '{key}' here any more. Someone may have removed it.")
