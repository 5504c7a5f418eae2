"""Envelopes that hold one person's identity, and the keys that open them. Pure.

An envelope is of one length for all: the identity is padded to 1,024 bytes, encrypted with age (X25519) to every
safeguarding lead of the school and to its recovery key, and padded again, because age adds some bytes by chance. The
private halves exist only wrapped with a passphrase (Argon2id) or printed on paper; this program cannot open an envelope
by itself.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations

import pyrage
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

from stakeholder.errors import Invalid

PADDED_TO, ENVELOPE = 1024, 4096
LENGTH_BYTES = 4
SHORTEST_PASSPHRASE = 14
HOLDERS = 3
_ROUNDS, _MEMORY_BYTES = 3, 64 * 2**20  # 0.14 s and 64 MB a try


@dataclass(frozen=True)
class Writer:
    """Who wrote: as the roll knew them when they answered."""

    name: str
    group: str
    number: str
    form: str = ""

    def to_json(self) -> bytes:
        """As the named mode keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Writer":
        """The writer again."""
        return cls(**json.loads(text))


@dataclass(frozen=True)
class RecoveryKey:
    """A key for the day when passphrases are forgotten: its public half, and its private half for each pair of holders.

    pairs   {"1+2": the private half, encrypted to holder 2 inside an encryption to holder 1, in hexadecimal}
    sheets  what is printed once for each of the three holders and kept nowhere
    """

    public: str
    pairs: Mapping[str, str]
    sheets: tuple[str, ...]


def new_secret() -> tuple[str, str]:
    """A new private key and its public half, as age writes them."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def sealed_identity(writer: Writer, recipients: Sequence[str]) -> bytes:
    """The envelope of a writer. Raises Invalid without anybody to seal it to."""
    if not recipients:
        raise Invalid("No safeguarding lead has a key yet, so no name can be sealed.")
    padded = writer.to_json().ljust(PADDED_TO)
    box = bytes(pyrage.encrypt(padded, [pyrage.x25519.Recipient.from_str(each) for each in recipients]))
    length = LENGTH_BYTES + len(box)
    return len(box).to_bytes(LENGTH_BYTES) + box + bytes(-length % ENVELOPE)


def opened_identity(envelope: bytes, secret: str) -> Writer:
    """Who is in an envelope. Raises Invalid when the key is none of those it was sealed to."""
    end = LENGTH_BYTES + int.from_bytes(envelope[:LENGTH_BYTES])
    return Writer.from_json(_opened(envelope[LENGTH_BYTES:end], secret).rstrip())


def rewrapped(envelope: bytes, secret: str, recipients: Sequence[str]) -> bytes:
    """The same identity sealed to others; nobody sees it on the way. Raises Invalid."""
    return sealed_identity(opened_identity(envelope, secret), recipients)


def wrapped(secret: str, passphrase: str) -> bytes:
    """A private key that only the passphrase opens. Raises Invalid for a short one."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Invalid(f"Choose a passphrase of at least {SHORTEST_PASSPHRASE} characters: four words, for example.")
    salt = os.urandom(argon2id.SALTBYTES)
    return salt + bytes(SecretBox(_stretched(passphrase, salt)).encrypt(secret.encode()))


def unwrapped(box: bytes, passphrase: str) -> str:
    """The private key again. Raises Invalid for another passphrase."""
    salt, sealed = box[: argon2id.SALTBYTES], box[argon2id.SALTBYTES :]
    try:
        return bytes(SecretBox(_stretched(passphrase, salt)).decrypt(sealed)).decode()
    except CryptoError as problem:
        raise Invalid("This is not the passphrase of your key.") from problem


def new_recovery_key() -> RecoveryKey:
    """A recovery key of which any two of three sheets of paper are needed."""
    secret, public = new_secret()
    holders = [new_secret() for _ in range(HOLDERS)]
    pairs = {}
    for (one, (_secret, first)), (two, (_other, second)) in combinations(enumerate(holders, start=1), 2):
        inner = pyrage.encrypt(secret.encode(), [pyrage.x25519.Recipient.from_str(second)])
        pairs[f"{one}+{two}"] = pyrage.encrypt(inner, [pyrage.x25519.Recipient.from_str(first)]).hex()
    return RecoveryKey(public, pairs, tuple(private for private, _public in holders))


def recovered(pairs: Mapping[str, str], one: str, two: str) -> str:
    """The private half of a recovery key from two of its sheets, in either order. Raises Invalid."""
    for outer, inner in ((one.strip(), two.strip()), (two.strip(), one.strip())):
        for box in pairs.values():
            try:
                return _opened(_opened(bytes.fromhex(box), outer), inner).decode()
            except Invalid:
                continue
    raise Invalid("These are not two different sheets of this recovery key. Copy each whole line.")


def _opened(box: bytes, secret: str) -> bytes:
    try:
        return bytes(pyrage.decrypt(box, [pyrage.x25519.Identity.from_str(secret)]))
    except (pyrage.DecryptError, pyrage.IdentityError) as problem:
        raise Invalid("This key does not open it.") from problem


def _stretched(passphrase: str, salt: bytes) -> bytes:
    words = " ".join(passphrase.split()).encode()
    return bytes(argon2id.kdf(SecretBox.KEY_SIZE, words, salt, opslimit=_ROUNDS, memlimit=_MEMORY_BYTES))
