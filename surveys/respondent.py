"""What ties a respondent's requests together without naming anyone: a key on their device, and keyed hashes of it."""

import base64
import binascii
import hmac

from surveys.models import KEY_BYTES

COOKIE = "draft"


def cookie_value(key: bytes, slip: str = "") -> str:
    """A draft's key as the cookie carries it, with the code of the slip that let its writer in."""
    coded = base64.urlsafe_b64encode(key).decode().rstrip("=")
    return f"{coded}.{slip}" if slip else coded


def slip_from_cookie(value: str | None) -> str:
    """The slip's code in a cookie; empty when there is none."""
    return (value or "").partition(".")[2]


def key_from_cookie(value: str | None) -> bytes | None:
    """The draft key of a cookie, None when there is none or it is not one of ours."""
    value = (value or "").partition(".")[0]
    if not value or len(value) > 2 * KEY_BYTES:
        return None
    try:
        key = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def form_token(secret: str, key: bytes) -> str:
    """What a form must bring to change this draft; another site cannot know it."""
    return _keyed(secret, "form", key)[:32]


def is_form_token(secret: str, key: bytes, given: str | None) -> bool:
    """Whether the form came from one of our pages for this draft."""
    return given is not None and given.isascii() and hmac.compare_digest(form_token(secret, key), given)


def submission_key(secret: str, key: bytes) -> str:
    """The key under which this draft is sent, always the same, so that sending twice stores once."""
    return _keyed(secret, "submit", key)


def _keyed(secret: str, purpose: str, key: bytes) -> str:
    return hmac.digest(secret.encode(), purpose.encode() + b"\0" + key, "sha256").hex()
