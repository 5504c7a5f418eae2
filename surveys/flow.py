"""What steers a questionnaire besides its questions: sections, blocks, quotas, repeats, checks, scores, locks. Data."""

from typing import Literal, Self

from pydantic import Field, model_validator

from stakeholder.localised import LocalisedText
from surveys.conditions import Condition
from surveys.frozen import Data, Key, Shuffle, refuse_doubles

MOST_REPEATS = 10
MOST_ARMS = 12


class Repeat(Data):
    """A section that is asked several times: for each child at this school, say.

    count   key of an earlier question whose answer (a number, or an option with a value) says how often
    most    how often at most
    label   heading of each time; `{number}` stands for 1, 2, 3 ...
    """

    count: str
    most: int = Field(ge=1, le=MOST_REPEATS)
    label: LocalisedText


class Section(Data):
    """Pages that belong together; a page names its section.

    shuffle  its pages in random order
    """

    key: str = Key
    title: LocalisedText | None = None
    show_if: Condition | None = None
    shuffle: Shuffle = False
    repeat: Repeat | None = None


class Arm(Data):
    """One way of asking: what it names is shown only to those who drew an arm that names it."""

    key: str = Key
    sections: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class Block(Data):
    """Random assignment to one of several arms: a split ballot, or items left out by plan."""

    key: str = Key
    arms: tuple[Arm, ...] = Field(min_length=2, max_length=MOST_ARMS)

    @model_validator(mode="after")
    def _arms_once(self) -> Self:
        refuse_doubles([arm.key for arm in self.arms], "arm")
        return self


class Quota(Data):
    """No more than `limit` answers from those whom `when` describes, or from everyone.

    when     by answers to breakdown questions
    message  what someone reads who comes after; None is the product's own sentence
    """

    key: str = Key
    limit: int = Field(ge=1, le=1_000_000)
    when: Condition | None = None
    message: LocalisedText | None = None


class AnswerCheck(Data):
    """A check across answers.

    wrong_if  what must not be
    message   the author's own words, shown beside the question `at` (the last one mentioned where it is empty)
    soft      asks "are you sure?" instead of refusing
    """

    key: str = Key
    wrong_if: Condition
    message: LocalisedText
    soft: bool = False
    at: str = ""


class ScoreScale(Data):
    """A score of several items.

    items             keys of scaled questions, or "grid.row"
    rule              mean of the answered items' values; or their sum, items without an answer standing at the mean
    minimum_answered  fewer answers give no score; None: every item is needed
    """

    key: str = Key
    title: LocalisedText
    items: tuple[str, ...] = Field(min_length=2, max_length=100)
    rule: Literal["mean", "sum"] = "mean"
    minimum_answered: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _possible(self) -> Self:
        refuse_doubles(list(self.items), "item")
        if self.needed > len(self.items):
            raise ValueError(f"found minimum_answered {self.needed} of {len(self.items)} items, expected no more.")
        return self

    @property
    def needed(self) -> int:
        """How many items must be answered."""
        return len(self.items) if self.minimum_answered is None else self.minimum_answered


class LockedModule(Data):
    """A licensed instrument: its questions stand together, as they are, or not at all.

    digest            fingerprint of texts, order, options and notice; one that does not fit is refused
    notice            the rights holder's words, shown below the last question
    needs_permission  a school may ask it only with a permission on record
    """

    key: str = Key
    title: LocalisedText
    questions: tuple[str, ...] = Field(min_length=1)
    notice: LocalisedText
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    needs_permission: bool = True
