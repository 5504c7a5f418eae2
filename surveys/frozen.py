"""What every part of a definition is built on: frozen values that refuse words they do not know."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Key = Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")
MOST_ORDERS = 24
Shuffle = bool | Annotated[int, Field(ge=2, le=MOST_ORDERS)]
"""Random order: no, yes, or in how many different orders. A response keeps only which of them it was."""


class Data(BaseModel):
    """Base of everything in a definition: frozen, and a word it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def refuse_doubles(keys: list[str], what: str) -> None:
    """Raise ValueError naming the first key that stands twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"found the {what} '{key}' twice, expected each {what} once.")
        seen.add(key)
