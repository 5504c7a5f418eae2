"""Chance in a questionnaire: which order, and which arm of each block, one respondent sees. Pure.

A response keeps only which of a few orders it was and the arms; the orders follow from the questionnaire, so there is
no seed that would be somebody's own.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from surveys.frozen import Shuffle

if TYPE_CHECKING:
    from surveys.definition import Questionnaire

USUAL_ORDERS = 6
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Draw:
    """What chance chose for one respondent.

    order  which of the orders, counted from 0; None: everything as it is written
    arms   arm by block; a block without one shows all its arms, as previews do
    """

    order: int | None = None
    arms: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.order, tuple(sorted(self.arms.items()))))

    def to_json(self) -> str:
        """As it is stored: empty when nothing was drawn."""
        kept = {"order": self.order, "arms": dict(self.arms)}
        told = {name: value for name, value in kept.items() if value not in (None, {})}
        return json.dumps(told, sort_keys=True, separators=(",", ":")) if told else ""

    @classmethod
    def from_json(cls, text: str) -> "Draw":
        """A stored draw."""
        if not text:
            return AS_WRITTEN
        kept = json.loads(text)
        return cls(kept.get("order"), kept.get("arms", {}))


AS_WRITTEN = Draw()


def orders(shuffle: Shuffle) -> int:
    """How many different orders there are; 0 for none."""
    return USUAL_ORDERS if shuffle is True else int(shuffle)


def drawn(questionnaire: "Questionnaire", below: Callable[[int], int]) -> Draw:
    """Draw for a new respondent; `below(n)` gives a number from 0 to n - 1 at random.

    The order and the arm of each block are drawn independently, each with equal chances.
    """
    if not questionnaire.has_chance:
        return AS_WRITTEN
    order = below(questionnaire.orders) if questionnaire.orders else None
    return Draw(order, {block.key: block.arms[below(len(block.arms))].key for block in questionnaire.blocks})


def fitting(questionnaire: "Questionnaire", draw: Draw) -> bool:
    """Whether this questionnaire could have drawn it: an arm of every block, and one of its orders or none."""
    arms = {block.key: {arm.key for arm in block.arms} for block in questionnaire.blocks}
    chosen = set(draw.arms) == set(arms) and all(draw.arms[key] in known for key, known in arms.items())
    return chosen and (draw.order is None or 0 <= draw.order < questionnaire.orders)


def arranged(
    things: Sequence[Thing], shuffle: Shuffle, order: int | None, *, name: str, fixed: Sequence[bool] = ()
) -> tuple[Thing, ...]:
    """The things in one of their orders.

    name   of what is put in order, so that two questions are not turned alike
    fixed  which things keep their place
    The first n orders of n things are the turns of one mixed row: each thing stands once at each place (a Latin
    square); the next n are the turns of another.
    """
    count = orders(shuffle)
    if order is None or not count:
        return tuple(things)
    moving = [thing for at, thing in enumerate(things) if not (fixed and fixed[at])]
    mixed = _turned(moving, order % count, name)
    return tuple(thing if fixed and fixed[at] else next(mixed) for at, thing in enumerate(things))


def _turned(things: list[Thing], number: int, name: str) -> Iterator[Thing]:
    row, turn = divmod(number, max(len(things), 1))
    mixed = list(things)
    random.Random(f"{name}/{row}").shuffle(mixed)
    return iter(mixed[turn:] + mixed[:turn])
