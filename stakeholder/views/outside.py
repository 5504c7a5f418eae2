"""Signing in with an account elsewhere: away to the provider, and back with what it vouches for."""

import hmac
import secrets
from datetime import UTC, datetime

from flask import Blueprint, abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from stakeholder.errors import Invalid, NotFound
from stakeholder.outside.admitting import admit_from_outside
from stakeholder.outside.provider import Provider
from stakeholder.views.sign_in import begin
from stakeholder.web.access import open_to_all
from stakeholder.web.database import transaction
from stakeholder.web.limits import limiter
from stakeholder.web.paths import own_path

outside = Blueprint("outside", __name__, url_prefix="/sign-in/outside")
KEY_BYTES = 32
A_STAFF_ROOM = "300 per minute"  # a whole staff signs in behind one address at eight o'clock


@outside.get("")
@open_to_all
@limiter.limit(A_STAFF_ROOM)
def away() -> ResponseReturnValue:
    """Send the browser to the provider; what must come back with it stays in the session."""
    state, nonce, verifier = (secrets.token_urlsafe(KEY_BYTES) for _ in range(3))
    try:
        address = _provider().address(_back(), state=state, nonce=nonce, verifier=verifier)
    except Invalid as problem:
        return _failed(str(problem), 503)
    after = own_path(request.args.get("after"), "")
    session["outside"] = {"state": state, "nonce": nonce, "verifier": verifier, "after": after}
    return redirect(address, 303)


@outside.get("/back")
@open_to_all
@limiter.limit(A_STAFF_ROOM)
def back() -> ResponseReturnValue:
    """Let in whom the provider vouches for, if the school office has named them."""
    provider, asked = _provider(), session.pop("outside", None)
    state, code = request.args.get("state", ""), request.args.get("code", "")
    if not asked or not code or not hmac.compare_digest(asked["state"].encode(), state.encode("utf-8", "replace")):
        return _failed("", 400)
    try:
        claims = provider.claims(_back(), code, nonce=asked["nonce"], verifier=asked["verifier"])
        with transaction() as writing:
            admitted = admit_from_outside(writing, provider.issuer, claims, today=datetime.now(UTC).date())
    except NotFound:
        return _failed("", 403)
    except Invalid as problem:
        return _failed(str(problem), 400)
    session["after"] = asked["after"]
    return begin(admitted)


def _failed(why: str, status: int) -> ResponseReturnValue:
    return render_template("stakeholder/sign_in/outside.html", why=why, name=_provider().name, status=status), status


def _provider() -> Provider:
    found: Provider | None = current_app.extensions["installation"].provider
    return found or abort(404)


def _back() -> str:
    return f"{current_app.extensions['installation'].base_url}{url_for('.back')}"
