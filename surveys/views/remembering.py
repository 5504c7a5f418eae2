"""What a respondent's device is asked to remember: the key of its draft and its slip, in one cookie."""

from flask import Response, request

from surveys.audiences import OpenAudience
from surveys.respondent import COOKIE, cookie_value
from surveys.views.drawing import address

A_DAY = 24 * 3600
RECEIPT = "receipt"


def remember(response: Response, audience: OpenAudience, key: bytes, slip: str = "") -> None:
    """Let this device hold a draft, for three days; a receipt of somebody before goes."""
    path = address(audience, "begin_page")
    response.set_cookie(
        COOKIE,
        cookie_value(key, slip),
        max_age=3 * A_DAY,
        path=path,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    if RECEIPT in request.cookies:  # somebody else's, on a device that many use
        response.delete_cookie(RECEIPT, path=path)
