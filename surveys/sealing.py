"""Sealing: ballots to the survey's key, drafts to a key that only the respondent's device holds. Pure.

A ballot is padded before it is sealed, so that its length tells nothing of what is in it. One byte in front says that
it is sealed: ballots of an earlier version of the product lie open and begin with a brace.
"""

import hmac

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

PADDED_TO = 4096
SEALED = b"\x01"
NEVER_IN_JSON = b"\x00"


class Unreadable(Exception):
    """The key is another one, or the box was changed."""


def sealed_ballot(body: bytes, public_key: bytes) -> bytes:
    """The body padded with zero bytes to a multiple of 4,096 and sealed (X25519, XSalsa20-Poly1305)."""
    padded = body + NEVER_IN_JSON * (-len(body) % PADDED_TO)
    return SEALED + bytes(SealedBox(PublicKey(public_key)).encrypt(padded))


def opened_ballot(ballot: bytes, private_key: bytes | None) -> bytes:
    """The body again. Raises Unreadable."""
    if not ballot.startswith(SEALED):
        return ballot
    if private_key is None:
        raise Unreadable("The key of this survey is not here.")
    try:
        return bytes(SealedBox(PrivateKey(private_key)).decrypt(ballot[1:])).rstrip(NEVER_IN_JSON)
    except CryptoError as problem:
        raise Unreadable("The key does not fit this ballot.") from problem


def draft_row_key(device_key: bytes) -> bytes:
    """Under which key the database keeps a draft: 16 bytes that do not lead back to the device's key."""
    return hmac.digest(device_key, b"draft row", "sha256")[:16]


def sealed_draft(text: str, device_key: bytes) -> str:
    """A draft's answers, readable only with the device's key."""
    return bytes(_box(device_key).encrypt(text.encode())).hex()


def opened_draft(text: str, device_key: bytes) -> str:
    """The answers again; those of an earlier version of the product lie open and begin with a brace."""
    return text if text.startswith("{") else _box(device_key).decrypt(bytes.fromhex(text)).decode()


def _box(device_key: bytes) -> SecretBox:
    return SecretBox(hmac.digest(device_key, b"draft answers", "sha256"))
