"""Filling in a form as a respondent would: the first option of each question, some words in each text box."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

WORDS = (
    "The teachers listen when something is wrong, but the queue at lunch is far too long and I often miss my club. " * 3
)


@dataclass
class Form(HTMLParser):
    """The form on a page that goes on to the next page: its address and what to send besides hidden fields."""

    action: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    _inside: bool = False

    @classmethod
    def of(cls, page: str) -> "Form":
        """The form on this page."""
        form = cls()
        form.feed(page)
        return form

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in one tag."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method", "").lower() == "post" and "data-main" in given or not self.action
            if self._inside:
                self.action = given.get("action", "")
                self.fields, self.buttons = [], []
        elif self._inside and given.get("name"):
            self._field(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """Take in an end."""
        if tag == "form":
            self._inside = False

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        taken = {name for name, _ in self.fields}
        if tag == "button":
            self.buttons.append((name, given.get("value", "")))
        elif tag == "textarea":
            self.fields.append((name, WORDS))
        elif tag == "input" and kind in {"radio", "checkbox"} and name not in taken:
            self.fields.append((name, given.get("value", "on")))
        elif tag == "input" and kind in {"number", "text"} and name not in taken:
            self.fields.append((name, "3"))
