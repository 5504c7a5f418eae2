"""Codes on paper slips: each lets one answer in, and nothing is stored about any of them.

A code is its number on the sheet and a keyed check of it, in eight letters and digits without vowels (no words can
arise). Whoever has the database alone can neither make one nor tell which was used: what is stored when answers are
sent is a keyed hash, as for any other respondent.
"""

import hmac
import re
from uuid import UUID

LETTERS = "bcdfghjkmnpqrstvwxz23456789"
LENGTH = 8
SERIALS = 4096
MOST_PRINTED = 2000
_BASE = len(LETTERS)
_CHECKS = _BASE**LENGTH // SERIALS


def slip_code(secret: str, way_id: UUID, serial: int) -> str:
    """The code of slip number `serial` (0 to 1999), in two groups of four.

    >>> len(slip_code("secret", UUID(int=1), 0))
    9
    """
    number = _check(secret, way_id, serial) * SERIALS + serial
    letters = ""
    for _ in range(LENGTH):
        number, at = divmod(number, _BASE)
        letters = LETTERS[at] + letters
    return f"{letters[:4]}-{letters[4:]}"


def is_slip(secret: str, way_id: UUID, code: str, printed: int) -> bool:
    """Whether a code, as somebody typed it, is one of the first `printed` slips.

    >>> is_slip("secret", UUID(int=1), slip_code("secret", UUID(int=1), 7).upper(), printed=8)
    True
    """
    plain = plain_code(code)
    if len(plain) != LENGTH or any(letter not in LETTERS for letter in plain):
        return False
    number = 0
    for letter in plain:
        number = number * _BASE + LETTERS.index(letter)
    check, serial = divmod(number, SERIALS)
    return serial < printed and hmac.compare_digest(check.to_bytes(8), _check(secret, way_id, serial).to_bytes(8))


def plain_code(code: str) -> str:
    """A code in small letters without dashes and spaces, however it was typed."""
    return re.sub(r"[\s-]+", "", code).lower()[: LENGTH + 1]


def slip_submission_key(secret: str, way_id: UUID, code: str) -> str:
    """The key under which a slip's answers are sent: always the same, so that each slip counts once."""
    return hmac.digest(secret.encode(), b"slip sent\0" + way_id.bytes + plain_code(code).encode(), "sha256").hex()


def _check(secret: str, way_id: UUID, serial: int) -> int:
    keyed = hmac.digest(secret.encode(), b"slip\0" + way_id.bytes + serial.to_bytes(2), "sha256")
    check: int = int.from_bytes(keyed[:8]) % _CHECKS
    return check
