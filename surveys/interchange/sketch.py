"""A questionnaire as a foreign file describes it, before it becomes one of ours. Pure."""

import re
from dataclasses import dataclass, field
from typing import Literal

from surveys.interchange.calculations import Calculation
from surveys.interchange.rules import Rule

MOST_ITEMS = 2_000
Texts = dict[str, str]
"""Words by language."""

ItemKind = Literal[
    "one",
    "drop_down",
    "several",
    "yes_no",
    "rows_one",
    "rows_several",
    "differential",
    "rating",
    "slider",
    "number",
    "date",
    "month",
    "line",
    "email",
    "postcode",
    "paragraph",
    "ranking",
    "allocation",
    "pictures_one",
    "pictures_several",
    "consent",
    "display",
    "calculated",
    "parts",
    "unsupported",
]


@dataclass
class Shown:
    """The rule under which a part is shown, and how the file writes it; `counted`: it is the part's own rule."""

    rule: Rule | None = None
    written: str = ""
    why_not: str = ""
    counted: bool = True


@dataclass
class Answer:
    """One option. `value`: its score in the file; `free`: a text box goes with it; `row`: all that its row says."""

    name: str
    words: Texts
    value: float | None = None
    free: bool = False
    exclusive: bool = False
    fixed: bool = False
    picture: str = ""
    shown: Shown | None = None
    row: dict[str, str] = field(default_factory=dict)


@dataclass
class Line:
    """One row of a matrix; `ends`: the words at the far end of a differential."""

    name: str
    words: Texts
    ends: Texts = field(default_factory=dict)
    shown: Shown | None = None


@dataclass
class Demand:
    """What must hold for an answer, and the words for when it does not."""

    rule: Rule | None
    written: str = ""
    why_not: str = ""
    message: Texts = field(default_factory=dict)


@dataclass
class Item:
    """One question or text of the file.

    parts      what it is asked as, where one question of the file becomes several
    leftovers  (what, why) of its settings that have no place here
    remarks    words to say although it is kept
    counted    whether the file's maker would call it a question
    required, asked_again, needed_if   an answer is needed, is asked for once more, or is needed under a rule
    refused_unless   what the answer must meet, beside its bounds
    refusal    what is said when the text does not match its pattern
    earliest, latest   bounds of a date, as 2026-03-27
    calculation      how a value that nobody is asked is worked out
    sub_questions, options   how many the file gives it, where that is not what `lines` and `answers` hold
    """

    name: str
    kind: ItemKind
    words: Texts
    hint: Texts = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    shown: Shown | None = None
    required: bool = False
    asked_again: bool = False
    needed_if: Shown | None = None
    refused_unless: list["Demand"] = field(default_factory=list)
    calculation: Calculation | None = None
    low: float | None = None
    high: float | None = None
    step: float | None = None
    least: int | None = None
    most: int | None = None
    longest: int | None = None
    pattern: str = ""
    refusal: Texts = field(default_factory=dict)
    earliest: str = ""
    latest: str = ""
    decimals: bool = False
    unit: Texts = field(default_factory=dict)
    starts: Texts = field(default_factory=dict)
    ends: Texts = field(default_factory=dict)
    shuffle: bool = False
    parts: list["Item"] = field(default_factory=list)
    leftovers: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    counted: bool = True
    sub_questions: int | None = None
    options: int | None = None
    own: dict[str, object] = field(default_factory=dict)


@dataclass
class Bunch:
    """Pages that belong together: in random order, or asked several times.

    again, most, label   the item that says how often, how often at most, and the heading of each time
    """

    name: str
    title: Texts = field(default_factory=dict)
    shuffle: bool = False
    again: str = ""
    most: int = 10
    label: Texts = field(default_factory=dict)


@dataclass
class Lots:
    """Chance shows one of several arms: {name of the arm: names of its pages}."""

    name: str
    arms: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Limit:
    """No more than so many answers from those whom the rule describes."""

    name: str
    most: int
    shown: Shown | None = None
    message: Texts = field(default_factory=dict)


@dataclass
class Leaf:
    """One page, its items and the bunch it belongs to; `ends`: for whom nothing comes after it."""

    name: str
    title: Texts = field(default_factory=dict)
    intro: Texts = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    shown: Shown | None = None
    shuffle: bool = False
    bunch: str = ""
    ends: Shown | None = None


@dataclass
class Sketch:
    """A whole file.

    name        what the file calls the questionnaire, a key is made of it
    languages   as the file names them, its first language first
    aliases     {other name of an answer: (item, row or option)}
    notes       (fate, item, words) about what is neither page nor question
    conditions  rules beyond those of pages, items, options and rows
    leaves      how many pages the file has, where that is not the number of `pages`
    bunches, lots, limits   pages that belong together, chance, and quotas
    texts       how many texts were read so far
    pipe        how the file puts an answer into a text; its group `name` is the answer's
    braces_stay whether a text in such braces that names no answer is shown as it is
    """

    name: str
    title: Texts = field(default_factory=dict)
    intro: Texts = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    pages: list[Leaf] = field(default_factory=list)
    aliases: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    conditions: int = 0
    leaves: int | None = None
    bunches: dict[str, Bunch] = field(default_factory=dict)
    lots: list[Lots] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    shuffle: bool = False
    texts: int = 0
    pipe: re.Pattern[str] | None = None
    braces_stay: bool = False

    @property
    def items(self) -> list[Item]:
        """Everything on its pages."""
        return [item for page in self.pages for item in page.items]

    def dropped(self, item: str, words: str) -> None:
        """Note something that has no place here."""
        self.notes.append(("dropped", item, words))

    def mapped(self, item: str, words: str) -> None:
        """Note something that is kept."""
        self.notes.append(("mapped", item, words))

    def approximated(self, item: str, words: str) -> None:
        """Note something that is kept in another form."""
        self.notes.append(("approximated", item, words))
