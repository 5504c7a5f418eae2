"""SurveyJS JSON: pages, panels, elements of every type, visibleIf. Pure; no address in it is ever fetched."""

import re
from collections.abc import Iterator
from typing import Any

from stakeholder.errors import Invalid
from surveys.interchange.containers import json_of
from surveys.interchange.reading import both, clean_texts, listed, mapping, shown_by, whole_number, words_of
from surveys.interchange.sketch import Bunch, Item, Leaf, Shown, Sketch, Texts
from surveys.interchange.surveyjs_flow import shown_by_triggers, trigger, worked_out
from surveys.interchange.surveyjs_kinds import Element, Reader
from surveys.interchange.surveyjs_settings import QUIET

SETTINGS_KEPT = frozenset(
    {
        "pages",
        "elements",
        "questions",
        "title",
        "description",
        "locale",
        "triggers",
        "calculatedValues",
        "questionsOrder",
    }
)
_PIPE = re.compile(r"\{(?:question\.|panel\.)?(?P<name>[^{}\[\]]+?)\}")
PARTS_KEPT = frozenset({"questions", "questionOrder", "questionsOrder", "bindings", "maxPanelCount"})
GROUPS = frozenset({"panel", "flowpanel", "paneldynamic"})
DEEPEST = 20
HIDDEN = "The file hides it from everybody; it does not go live."


def read(data: bytes, source: str) -> Sketch:
    """The sketch of a SurveyJS definition. Raises Invalid."""
    root = json_of(data, source)
    if not isinstance(root, dict):
        raise Invalid(f"{source}: found a list, expected a SurveyJS definition in braces.")
    return _Survey(root, source).sketch()


class _Survey(Reader):
    """Walks pages and panels; `Reader` knows the kinds of elements."""

    def __init__(self, root: dict[str, Any], source: str) -> None:
        self._root = root
        self._default = _language_of(root)
        self._languages = [self._default]
        self._sketch = Sketch(name=source.rsplit(".", 1)[0], pipe=_PIPE, braces_stay=True)
        self._cuts: set[str] = set()
        self._triggered = shown_by_triggers(root)
        self._names = {words_of(each.get("name")) for each in _everything(root)}
        self._choices = {words_of(each.get("name")): each for each in _everything(root)}

    def sketch(self) -> Sketch:
        sketch = self._sketch
        sketch.title = self.texts(self._root.get("title"), "the title")
        sketch.intro = self.texts(self._root.get("description"), "the description")
        sketch.name = next(iter(sketch.title.values()), sketch.name)
        for number, page in enumerate(self._pages(), 1):
            self._page(page, words_of(page.get("name")) or f"page{number}")
        sketch.leaves = len(self._pages())
        for each in listed(self._root.get("calculatedValues")):
            worked_out(mapping(each), sketch, self.split)
        for each in listed(self._root.get("triggers")):
            trigger(mapping(each), sketch, self.split)
        sketch.pages = [leaf for leaf in sketch.pages if leaf.items or leaf.intro or leaf.name not in self._cuts]
        self._settings()
        sketch.languages = self._languages
        return sketch

    def texts(self, value: Any, place: str) -> Texts:
        """A localised text: a string, or an object of strings by language."""
        if isinstance(value, dict):
            raw = {self._default if name == "default" else name: text for name, text in value.items() if words_of(text)}
            for language in raw:
                if language not in self._languages:
                    self._languages.append(language)
        else:
            raw = {self._default: words_of(value)}
        return clean_texts(raw, self._sketch, place)

    def shown(self, element: dict[str, Any], name: str = "visibleIf") -> Shown | None:
        """Its rule for being shown; the rule of a trigger that shows it."""
        return shown_by(element.get(name) or self._triggered.get(words_of(element.get("name"))), self.split)

    def hidden(self, element: dict[str, Any]) -> bool:
        """Whether the file hides it from everybody."""
        return element.get("visible") is False and self.shown(element) is None

    def split(self, name: str) -> tuple[str, str]:
        """A question's name, and the row or item after its last known dot."""
        for prefix in ("panel.", "row.", "#", "$self."):
            name = name.removeprefix(prefix)
        if name in self._names or "." not in name:
            return name, ""
        head, _, tail = name.partition(".")
        return (head, tail) if head in self._names else (name, "")

    def _pages(self) -> list[dict[str, Any]]:
        pages = [page for page in listed(self._root.get("pages")) if isinstance(page, dict)]
        own = _elements(self._root)
        return [*pages, *([{"name": "page1", "elements": own}] if own else [])]

    def _page(self, page: dict[str, Any], name: str) -> None:
        leaf = Leaf(
            name, self.texts(page.get("title"), f"page {name}"), self.texts(page.get("description"), f"page {name}")
        )
        leaf.shown = self.shown(page)
        self._left_of(page, f"page {name}")
        order = page.get("questionOrder") or page.get("questionsOrder") or self._root.get("questionsOrder")
        leaf.shuffle = order == "random"
        self._sketch.pages.append(leaf)
        self._within(page, None, 0, hidden=self.hidden(page))

    def _within(self, parent: dict[str, Any], outer: Shown | None, depth: int, *, hidden: bool) -> None:
        if depth > DEEPEST:
            raise Invalid(f"Panels of page '{self._leaf.name}' stand more than {DEEPEST} deep in each other.")
        for element in _elements(parent):
            kind, name = words_of(element.get("type")), words_of(element.get("name"))
            if kind in GROUPS:
                self._panel(element, outer, depth, hidden=hidden or self.hidden(element))
            elif name or kind:
                self._leaf.items.append(self._item(element, outer, hidden=hidden or self.hidden(element)))

    @property
    def _leaf(self) -> Leaf:
        return self._sketch.pages[-1]

    def _cut(self, bunch: str) -> None:
        """Go on upon a page of its own, which is not one of the file's."""
        before = self._leaf
        name = f"{before.name.split(' / ')[0]} / {len(self._sketch.pages)}"
        self._cuts.add(name)
        self._sketch.pages.append(Leaf(name, before.title, shown=_uncounted(before.shown), bunch=bunch))

    def _panel(self, element: dict[str, Any], outer: Shown | None, depth: int, *, hidden: bool) -> None:
        name = words_of(element.get("name")) or f"panel{depth}"
        self._left_of(element, f"panel {name}")
        shown = self.shown(element)
        if shown is not None and shown.counted:
            self._sketch.conditions += 1
            if shown.rule is None:
                self._sketch.dropped(
                    f"condition of panel {name}", f"It is always shown: {shown.why_not} It says: {shown.written[:200]}"
                )
            else:
                self._sketch.mapped(f"condition of panel {name}", "is a condition of each of its questions.")
        title = self.texts(element.get("title"), f"panel {name}")
        body = self.texts(element.get("description"), f"panel {name}")
        inner = _uncounted(both(shown, outer))
        repeated = element.get("type") == "paneldynamic" and self._repeat(element, name, title)
        if (title or body) and not repeated:
            self._leaf.items.append(
                Item(
                    f"{name}_heading", "display", title or body, ends=body if title else {}, shown=inner, counted=False
                )
            )
        self._within(element, inner, depth + 1, hidden=hidden)
        if repeated:
            self._cut("")

    def _repeat(self, element: dict[str, Any], name: str, title: Texts) -> bool:
        """A panel that an answer counts is a section that is asked as often; any other is asked once."""
        count = words_of(mapping(element.get("bindings")).get("panelCount"))
        if element.get("type") != "paneldynamic" or not count or self._leaf.bunch:
            self._sketch.approximated(f"repeated panel {name}", "Its questions are asked once.")
            return False
        most = whole_number(element.get("maxPanelCount")) or 10
        self._sketch.bunches[name] = Bunch(name, again=count, most=most, label=title)
        self._cut(name)
        return True

    def _item(self, element: dict[str, Any], outer: Shown | None, *, hidden: bool) -> Item:
        item = self.item(Element(element, words_of(element.get("name")) or words_of(element.get("type"))))
        item.shown = both(self.shown(element), outer)
        if hidden and item.kind != "calculated":
            item.kind, item.parts, item.remarks = "unsupported", [], [HIDDEN]
        return item

    def _left_of(self, part: dict[str, Any], place: str) -> None:
        """Settings of a page or panel that have no place here."""
        for name in part:
            if name not in QUIET and name not in PARTS_KEPT:
                self._sketch.dropped(f"setting {name[:60]} of {place}", "There is no such setting here.")

    def _settings(self) -> None:
        for name in self._root:
            if name not in SETTINGS_KEPT:
                self._sketch.dropped(f"setting {name[:60]}", "The platform's own ways stand in its place.")


def _language_of(root: dict[str, Any]) -> str:
    """The language of words that name none; `locale` is the one shown first, and may have words of its own."""
    shown = words_of(root.get("locale"))
    left: list[Any] = [root]
    while left and shown:
        each = left.pop()
        if isinstance(each, dict) and "default" in each and shown in each:
            return "en"
        left += each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
    return shown or "en"


def _uncounted(shown: Shown | None) -> Shown | None:
    """The same rule, which is another part's own."""
    return shown and Shown(shown.rule, shown.written, shown.why_not, counted=False)


def _elements(parent: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[Any] = []
    for name in ("elements", "questions", "templateElements"):
        found += listed(parent.get(name))
    return [each for each in found if isinstance(each, dict)]


def _everything(parent: dict[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    for each in [*_elements(parent), *(page for page in listed(parent.get("pages")) if isinstance(page, dict))]:
        yield each
        if depth < DEEPEST:
            yield from _everything(each, depth + 1)


def looks_like(root: Any) -> bool:
    """Whether a JSON document is a SurveyJS definition."""
    root = mapping(root)
    pages = [page for page in listed(root.get("pages")) if isinstance(page, dict)]
    return bool(_elements(root)) or any(_elements(page) or "name" in page for page in pages)
