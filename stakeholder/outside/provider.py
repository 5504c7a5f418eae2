"""Talking with an OpenID Connect provider: the authorization code flow with PKCE (RFC 7636), nothing else.

The provider's address comes from the settings alone; what it says of itself must carry that very address. Over plain
http only a provider on this machine is spoken to.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry
from requests import RequestException

from stakeholder.errors import Invalid

SCOPE = "openid email profile"
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
METADATA_LASTS = 3600.0
SECONDS = 10
LEEWAY_SECONDS = 60
ASKS_FOR_A_DOMAIN = frozenset({"https://accounts.google.com"})
HERE = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Claims:
    """What the provider vouches for: who, by a name that never changes there, and their e-mail address."""

    subject: str
    email: str


@dataclass
class Provider:
    """One provider.

    name    as the button says it: "Microsoft 365"
    issuer  its address; for Microsoft the one of the school's own tenant, so that no other tenant's accounts fit
    domain  the school's domain at Google ("hd"); required where everybody in the world has an account
    """

    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    domain: str = ""
    _known: tuple[float, Mapping[str, Any]] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.issuer)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in HERE):
            raise Invalid("STAKEHOLDER_OIDC_ISSUER must begin with https://.")
        if not self.client_id or not self.client_secret:
            raise Invalid("Set STAKEHOLDER_OIDC_CLIENT and STAKEHOLDER_OIDC_SECRET too.")
        if self.issuer in ASKS_FOR_A_DOMAIN and not self.domain:
            raise Invalid("Set STAKEHOLDER_OIDC_DOMAIN to your school's domain: everybody can have a Google account.")

    def address(self, back: str, *, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser. Raises Invalid when the provider cannot be reached."""
        endpoint = self._metadata()["authorization_endpoint"]
        with self._session(back) as session:
            made: tuple[str, str] = session.create_authorization_url(
                endpoint, state=state, nonce=nonce, code_verifier=verifier
            )
        return made[0]

    def claims(self, back: str, code: str, *, nonce: str, verifier: str) -> Claims:
        """Who came back with this code. Raises Invalid when anything about it is not as it must be."""
        metadata = self._metadata()
        try:
            with self._session(back) as session:
                token = session.fetch_token(metadata["token_endpoint"], code=code, code_verifier=verifier)
                keys = KeySet.import_key_set(cast("Any", _fetched(session, metadata["jwks_uri"])))
            found = jwt.decode(str(token["id_token"]), keys, algorithms=ALGORITHMS).claims
            self._check(found, nonce)
        except (OAuthError, JoseError, RequestException, KeyError, ValueError, TypeError) as problem:
            raise Invalid("The other side's answer does not fit. Go back and try again.") from problem
        return Claims(str(found["sub"]), str(found.get("email", "")).strip().lower())

    def _check(self, claims: Mapping[str, Any], nonce: str) -> None:
        """Issuer, audience, time, nonce, tenant, and that the address is the account's own."""
        JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(dict(claims))
        audience = claims["aud"]
        if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != self.client_id:
            raise ValueError("azp")
        if self.domain and claims.get("hd") != self.domain:
            raise ValueError("hd")
        if claims.get("email_verified", True) is not True:
            raise ValueError("email_verified")

    def _metadata(self) -> Mapping[str, Any]:
        """What the provider says of itself, kept for an hour. Raises Invalid."""
        if self._known is not None and time.monotonic() - self._known[0] < METADATA_LASTS:
            return self._known[1]
        try:
            with self._session("") as session:
                found = _fetched(session, f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        except (RequestException, ValueError) as problem:
            raise Invalid(
                "The other side does not answer. Try again in a minute, or use a link by e-mail."
            ) from problem
        if found.get("issuer") != self.issuer or "S256" not in found.get("code_challenge_methods_supported", ["S256"]):
            raise Invalid("The other side calls itself by another address. Ask whoever looks after the server.")
        self._known = (time.monotonic(), found)
        return found

    def _session(self, back: str) -> Any:
        return OAuth2Session(
            self.client_id,
            self.client_secret,
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )


def _fetched(session: Any, address: str) -> dict[str, Any]:
    """A document of the provider. Raises RequestException, ValueError."""
    answer = session.get(address, withhold_token=True, allow_redirects=False)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    if not isinstance(found, dict):
        raise ValueError(address)
    return found
