"""Keys made from the installation's one secret, each for one purpose; none is ever stored in the database."""

import hashlib
import hmac

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from stakeholder.errors import Invalid


def derived_key(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose: HMAC-SHA256 of it under the secret; the keys tell nothing of each other."""
    return hmac.new(secret.encode(), b"stakeholder voice: " + purpose.encode(), hashlib.sha256).digest()


def sealed(text: str, key: bytes) -> bytes:
    """The text, encrypted and authenticated (XSalsa20-Poly1305) under a 32-byte key, with a nonce of its own."""
    return bytes(SecretBox(key).encrypt(text.encode()))


def unsealed(box: bytes, key: bytes) -> str:
    """The text that was sealed. Raises Invalid when the key is another one or the box was changed."""
    try:
        return SecretBox(key).decrypt(box).decode()
    except CryptoError as problem:
        raise Invalid("This was sealed with another secret. Was STAKEHOLDER_SECRET changed?") from problem
