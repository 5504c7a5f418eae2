"""Questions typed or pasted as plain text: "1. Question", below it "a) option". Pure."""

import re

from stakeholder.errors import Invalid
from surveys.interchange.cleaning import plain
from surveys.interchange.containers import as_text
from surveys.interchange.sketch import MOST_ITEMS, Answer, Item, Leaf, Sketch

_QUESTION = re.compile(r"^\s*(?:Q(?:uestion)?\s*)?(\d{1,3})\s*[.):]\s+(.+)$", re.IGNORECASE)
_OPTION = re.compile(r"^\s*(?:\(?([a-zA-Z]|[ivx]{1,4})[.)]|[-*•◦▪–○●☐□◯]|\[ ?\]|\( ?\)|o(?=\t))\s*(.+)$")
_HEADING = re.compile(r"^\s*(?:#+\s*(.+)|(?:section|part|page)\s+\w+\s*[:.\-–]?\s*(.*))$", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(tick|choose|select|check|mark) (all|any|several|as many|up to|\d)|all that apply|more than one", re.IGNORECASE
)
_RULE = re.compile(r"^[\s_.…]{4,}$")
_LANGUAGE = "en"


def read(data: bytes, source: str) -> Sketch:
    """The sketch of a text. Raises Invalid when no line begins like a question."""
    text = as_text(data, source).lstrip("\ufeff")
    sketch = _Text(source).sketch(text)
    if not any(item.counted for item in sketch.items):
        raise Invalid(
            f"{source}: no question was found. A question begins like '1. How are you?', an answer like 'a) Well'."
        )
    return sketch


class _Text:
    """Reads line by line; a line that begins like nothing goes on with what stands above it."""

    def __init__(self, source: str) -> None:
        self._sketch = Sketch(name=source.rsplit(".", 1)[0], languages=[_LANGUAGE])
        self._leaf = Leaf("page_1")
        self._item: Item | None = None
        self._before: list[str] = []
        self._number = 0

    def sketch(self, text: str) -> Sketch:
        """Title, pages and questions."""
        for line in text.split("\n"):
            self._line(plain(line.replace("\t", " ")) if "<" in line or "&" in line else line.strip())
        self._turn()
        if self._sketch.title:
            self._sketch.name = self._sketch.title[_LANGUAGE]
        for item in self._sketch.items:
            self._settle(item)
        return self._sketch

    def _line(self, line: str) -> None:
        heading, question, option = _HEADING.match(line), _QUESTION.match(line), _OPTION.match(line)
        if not line:
            return
        if question:
            self._ask(question[2])
        elif option and self._item is not None:
            self._option(option[2])
        elif heading and (heading[1] or heading[2] or self._item is not None):
            self._turn()
            self._leaf = Leaf(
                f"page_{len(self._sketch.pages) + 1}", {_LANGUAGE: (heading[1] or heading[2] or line).strip()}
            )
        elif _RULE.match(line):
            if self._item is not None and not self._item.answers:
                self._item.kind = "paragraph"
        else:
            self._more(line)

    def _ask(self, words: str) -> None:
        if self._before and self._number == 0:
            self._sketch.title = {_LANGUAGE: self._before[0]}
            if self._before[1:]:
                self._sketch.intro = {_LANGUAGE: "\n".join(self._before[1:])}
        self._before = []
        self._number += 1
        if self._number > MOST_ITEMS:
            raise Invalid(f"The text holds more than {MOST_ITEMS:,} questions; a questionnaire has fewer.")
        self._item = Item(f"q{self._number}", "paragraph", {_LANGUAGE: words.strip()})
        self._leaf.items.append(self._item)

    def _option(self, words: str) -> None:
        item = self._item
        if item is None:
            return
        words = words.strip()
        free = bool(re.match(r"other\b", words, re.IGNORECASE))
        words = re.sub(r"[\s_.…:]{3,}$", "", words) or words
        item.answers.append(
            Answer(
                chr(97 + len(item.answers) % 26) + ("" if len(item.answers) < 26 else str(len(item.answers))),
                {_LANGUAGE: words},
                free=free,
            )
        )

    def _more(self, line: str) -> None:
        item = self._item
        if item is None:
            self._before.append(line)
        elif item.answers:
            last = item.answers[-1].words
            last[_LANGUAGE] = f"{last[_LANGUAGE]} {line}"
        else:
            item.words[_LANGUAGE] = f"{item.words[_LANGUAGE]} {line}"

    def _turn(self) -> None:
        if self._leaf.items:
            self._sketch.pages.append(self._leaf)
        elif self._leaf.title:
            self._sketch.dropped(f"heading {self._leaf.title[_LANGUAGE][:60]}", "No question follows it.")
        self._item = None

    def _settle(self, item: Item) -> None:
        if item.answers:
            item.kind = "several" if _SEVERAL.search(item.words[_LANGUAGE]) else "one"
