"""What became of each item of a file: mapped, approximated or dropped, in words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Fate = Literal["mapped", "approximated", "dropped"]
FATES: tuple[Fate, ...] = ("mapped", "approximated", "dropped")


@dataclass
class Counts:
    """What a file holds, as the file itself defines it: display texts are not questions."""

    questions: int = 0
    sub_questions: int = 0
    options: int = 0
    conditions: int = 0
    languages: list[str] = field(default_factory=list)
    pages: int = 0


@dataclass
class LossReport:
    """Each item of a file with its fate; an item has exactly one.

    fates   {item: (fate, words)}, in the order of the file
    """

    counts: Counts = field(default_factory=Counts)
    fates: dict[str, tuple[Fate, str]] = field(default_factory=dict)

    def mapped(self, item: str, words: str) -> None:
        """It is kept as it is."""
        self._note("mapped", item, words)

    def approximated(self, item: str, words: str) -> None:
        """It is kept in another form, which the words name."""
        self._note("approximated", item, words)

    def dropped(self, item: str, words: str) -> None:
        """It is not kept; the words say why."""
        self._note("dropped", item, words)

    def of(self, fate: Fate) -> list[dict[str, str]]:
        """Items of one fate."""
        return [{"item": item, "words": words} for item, (found, words) in self.fates.items() if found == fate]

    def as_json(self) -> dict[str, Any]:
        """What `--report json` prints."""
        counts = {name: getattr(self.counts, name) for name in Counts.__dataclass_fields__}
        return {"counts": counts} | {fate: self.of(fate) for fate in FATES}

    @classmethod
    def of_json(cls, written: Mapping[str, Any]) -> "LossReport":
        """A report that `as_json` wrote. Raises ValueError for anything else."""
        try:
            fates = {each["item"]: (fate, each["words"]) for fate in FATES for each in written[fate]}
            return cls(Counts(**written["counts"]), fates)
        except (KeyError, TypeError) as problem:
            raise ValueError("This is no report.") from problem

    def lines(self, most: int = 200) -> Iterable[str]:
        """The report for people: what was counted, then what is not as it was."""
        counts = self.counts
        yield (
            f"Found {counts.questions} questions ({counts.sub_questions} rows, {counts.options} options), "
            f"{counts.conditions} conditions, {counts.pages} pages, languages {', '.join(counts.languages)}."
        )
        yield ", ".join(f"{len(self.of(fate))} items {fate}" for fate in FATES) + "."
        told = [(fate, *entry.values()) for fate in FATES[1:] for entry in self.of(fate)]
        for fate, item, words in told[:most]:
            yield f"  {fate}: {item}: {words}"
        if len(told) > most:
            yield f"  ... and {len(told) - most} more; --report json lists them all."

    def _note(self, fate: Fate, item: str, words: str) -> None:
        """A second word about an item joins the first; the worse fate counts."""
        before = self.fates.get(item)
        if before is None:
            self.fates[item] = (fate, words)
            return
        worse = max(before[0], fate, key=FATES.index)
        joined = before[1] if words in before[1] else f"{before[1]} {words}"
        self.fates[item] = (worse, joined)
