"""Receipts: what a respondent keeps of having sent, and what finds their ballots again until these are released. Pure.

A receipt is made from the submission's key, which the database does not hold, and the ballots' keys are made from the
receipt. So whoever has the receipt can take the ballots back, and whoever has the database alone can tell neither which
ballots belong together nor to whom.
"""

import hmac
from uuid import UUID

from surveys.models import KEY_BYTES
from surveys.slips import LETTERS

LENGTH = 16
_BASE = len(LETTERS)


def receipt_code(submission_key: str) -> str:
    """The receipt of a submission, the same each time: sixteen letters and digits (76 bits) in groups of four.

    >>> len(receipt_code("some key of a device"))
    19
    """
    number = int.from_bytes(hmac.digest(submission_key.encode(), b"receipt", "sha256"))
    letters = ""
    for _ in range(LENGTH):
        number, at = divmod(number, _BASE)
        letters += LETTERS[at]
    return "-".join(letters[at : at + 4] for at in range(0, LENGTH, 4))


def plain_receipt(typed: str) -> str:
    """A receipt however it was typed, as `receipt_code` writes it; empty when it can be none.

    >>> plain_receipt(" BCDF 2345 ghjk6789 ")
    'bcdf-2345-ghjk-6789'
    >>> plain_receipt("no receipt")
    ''
    """
    letters = "".join(letter for letter in typed[:60].lower() if letter not in " -–\t")
    if len(letters) != LENGTH or any(letter not in LETTERS for letter in letters):
        return ""
    return "-".join(letters[at : at + 4] for at in range(0, LENGTH, 4))


def ballot_key(receipt: str, audience_id: UUID, number: int) -> bytes:
    """The key of a submission's ballot: number 0 for the answers, 1 and on for its comments; 16 bytes."""
    return hmac.digest(receipt.encode(), audience_id.bytes + number.to_bytes(2), "sha256")[:KEY_BYTES]
