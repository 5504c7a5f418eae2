"""Personal links: made from an invitation while sending, and never stored. Pure.

`token` is a keyed hash of the invitation. Its hash alone stands in the database, so that a link finds its survey. What
lets somebody answer once, the credential, is a keyed hash of the token; what is stored when answers are sent is a hash
of that. Without the key of the wave's links, which is destroyed when the wave has closed, nothing leads from an
invitation to what was sent, not even for somebody who has the letter.
"""

import base64
import hashlib
import hmac
from uuid import UUID

TOKEN_LENGTH = 43


def key_name(wave_id: UUID) -> str:
    """The name under which the key of a wave's links lies among the keys of surveys."""
    return f"links-{wave_id}"


def link_token(key: bytes, invitation: UUID) -> str:
    """The secret part of an invitation's link: 43 letters, digits, dashes and underlines.

    >>> len(link_token(bytes(32), UUID(int=1))) == TOKEN_LENGTH
    True
    """
    keyed = hmac.digest(key, b"invitation\0" + invitation.bytes, "sha256")
    return base64.urlsafe_b64encode(keyed).decode().rstrip("=")


def token_hash(token: str) -> bytes:
    """What is stored of a link: 32 bytes that do not lead back to it."""
    return hashlib.sha256(b"link\0" + token.encode()).digest()


def credential(key: bytes, token: str) -> str:
    """The key under which a link's answers are sent, the same at every visit; 64 digits and letters a to f."""
    return hmac.digest(key, b"credential\0" + token.encode(), "sha256").hex()
