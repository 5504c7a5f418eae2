"""Random rounding of counts to multiples of three, the same for the same people for ever. Pure.

A count that is no multiple of 3 becomes one of its two neighbours, the nearer one with probability 2/3, so that it is
right on average. The draw is not repeated: it is fixed by HMAC-SHA-256 of the wave's rounding key over the question
and the people counted. Asking in another way, from another page, or in a later edition therefore gives the same
number, and averaging many of them gives nothing new.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

BASE = 3
_DRAWS = 2**64


@dataclass(frozen=True)
class Rounding:
    """Rounds the counts of one wave.

    key  32 secret bytes that outlive the wave's other keys
    """

    key: bytes = field(repr=False)

    def count(self, question: str, members: bytes, people: int) -> int:
        """`people`, off by at most 2.

        question  subject the count is about
        members   keys of the people counted, sorted and joined

        >>> Rounding(b"key").count("safe", b"", 9)
        9
        """
        rest = people % BASE
        if not rest:
            return people
        seed = hmac.digest(self.key, question.encode() + b"\0" + members, "sha256")
        goes_up = int.from_bytes(seed[:8], "big") * BASE < rest * _DRAWS
        return people - rest + BASE * goes_up

    def base(self, question: str, members: bytes, people: int, *, least: int) -> int:
        """A base of per cents: rounded, but never under the fewest people that may be shown."""
        return max(self.count(question, members, people), BASE * ceil(least / BASE))

    def digest(self, question: str, members: Sequence[bytes]) -> bytes:
        """16 bytes that differ when anybody joins, leaves or chooses otherwise."""
        sizes = ",".join(str(len(each)) for each in members)
        return hmac.digest(self.key, f"{question}\0{sizes}\0".encode() + b"".join(members), "sha256")[:16]
