"""How long each kind of data is kept: the limits that a school may choose within, and the days they end on. Pure."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from stakeholder.errors import Invalid


@dataclass(frozen=True)
class Kind:
    """A kind of data: least, most and usual length of its keeping, in months or days, both ends included."""

    key: str
    unit: Literal["months", "days"]
    least: int
    most: int
    usual: int


KINDS = (
    Kind("answers", "months", 12, 84, 60),
    Kind("comments", "months", 3, 84, 36),
    Kind("concerns", "months", 1, 300, 12),
    Kind("invitations", "days", 0, 180, 30),
    Kind("people", "months", 0, 36, 6),
    Kind("work", "days", 7, 365, 30),
)
BY_KEY: Mapping[str, Kind] = {kind.key: kind for kind in KINDS}


def periods(chosen: Mapping[str, int]) -> dict[str, int]:
    """The length for every kind: what the school chose, else what is usual."""
    return {kind.key: chosen.get(kind.key, kind.usual) for kind in KINDS}


def checked(wanted: Mapping[str, int]) -> dict[str, int]:
    """Lengths that a school may choose. Raises Invalid that says what would be right.

    Comments are never kept longer than the answers of their wave: what was said is then counted no more.
    """
    for key, length in wanted.items():
        kind = BY_KEY.get(key)
        if kind is None:
            raise Invalid(f"There is no kind of data '{key[:40]}'. Kinds: {', '.join(BY_KEY)}.")
        if not kind.least <= length <= kind.most:
            raise Invalid(f"{key}: choose {kind.least} to {kind.most} {kind.unit}.")
    whole = periods(wanted)
    if whole["comments"] > whole["answers"]:
        raise Invalid("Comments are not kept longer than answers: choose a shorter time for comments.")
    return whole


def kept_from(kind: Kind, length: int, today: date) -> date:
    """The first day from which data of this kind is still kept today; what ended before it goes.

    >>> kept_from(BY_KEY["answers"], 12, date(2028, 2, 29)), kept_from(BY_KEY["invitations"], 30, date(2026, 3, 31))
    (datetime.date(2027, 2, 28), datetime.date(2026, 3, 1))
    """
    if kind.unit == "days":
        return today - timedelta(days=length)
    year, month = divmod(today.year * 12 + today.month - 1 - length, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
