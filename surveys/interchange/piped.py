"""Answers that a file puts into its texts, as ours: `{{question}}` on a later page. Pure."""

import re
from collections.abc import Mapping, Set

from surveys.interchange.losses import LossReport
from surveys.interchange.rules import Target
from surveys.interchange.sketch import Answer, Item, Line, Sketch, Texts

UNKNOWN = "…"


class Pipes:
    """Puts our marks in the place of a file's; what stands for no earlier answer becomes a gap."""

    def __init__(
        self,
        sketch: Sketch,
        targets: Mapping[str, tuple[Target, str]],
        on_page: Set[str],
        report: LossReport,
    ) -> None:
        self._pattern, self._targets, self._on_page, self._report = sketch.pipe, targets, on_page, report
        self._stays = sketch.braces_stay
        self._asked = {item.name for item in sketch.items} | sketch.aliases.keys()

    def names(self, item: Item) -> set[str]:
        """The answers that an item's texts take up."""
        if self._pattern is None:
            return set()
        texts = [item.words, item.hint, item.ends, *(answer.words for answer in item.answers)]
        texts += [line.words for line in item.lines]
        return {
            found["name"] or ""
            for words in texts
            for text in words.values()
            if "{" in text or "[" in text
            for found in self._pattern.finditer(text)
        }

    def fill(self, item: Item) -> None:
        """All texts of an item, in place."""
        place = f"question {item.name}"
        for name in ("words", "hint", "starts", "ends"):
            setattr(item, name, self.filled(getattr(item, name), place))
        parts: list[Answer | Line] = [*item.answers, *item.lines]
        for part in parts:
            part.words = self.filled(part.words, place)

    def filled(self, texts: Texts, place: str) -> Texts:
        """The texts with our marks; two braces of the file's own are held apart."""
        if not any("{" in text or "[" in text for text in texts.values()):
            return texts
        return {language: self._one(text, place) for language, text in texts.items()}

    def _one(self, text: str, place: str) -> str:
        plain = text.replace("{{", "{ {")
        return self._pattern.sub(lambda found: self._mark(found, place), plain) if self._pattern else plain

    def _mark(self, found: re.Match[str], place: str) -> str:
        name = found["name"] or found[0]
        target = self._targets.get(name, (None, ""))[0]
        if target is not None and target.key not in self._on_page:
            self._report.mapped(f"answer '{name[:60]}' in a text of {place}", "is put in there.")
            return f"{{{{{target.key}}}}}"
        if target is None and self._stays and found["name"] and name not in self._asked:
            return found[0]
        self._report.dropped(f"answer '{name[:60]}' in a text of {place}", "It is no answer from before; a gap stands.")
        return UNKNOWN
