"""A real OpenID Connect provider on this machine, of Authlib's server parts: who signs in is said beforehand.

Everything goes over http on a free port: discovery, authorization with PKCE, the token endpoint with its checks of
client, code, verifier and address, and signed identity tokens with published keys.
"""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import time
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import grants
from authlib.oauth2.rfc6749.models import AuthorizationCodeMixin, ClientMixin
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, jsonify
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "voice", "a secret between the two"


@dataclass
class Client(ClientMixin):
    """The one client that is registered."""

    back: str

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return self.back

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.back

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):
    """An authorization code that was given out."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@dataclass
class RunningProvider:
    """The provider at `issuer`; `account` is who sits at the browser, `claims` replaces what it vouches for."""

    issuer: str
    client: Client
    account: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    published: RSAKey | None = None
    codes: dict[str, Code] = field(default_factory=dict)


@contextmanager
def running_provider(back: str) -> Iterator[RunningProvider]:
    """A provider that answers, with one client that comes back to this address."""
    app = Flask("provider")
    app.secret_key = secrets.token_hex()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    provider = RunningProvider(f"http://127.0.0.1:{server.server_port}", Client(back))
    _equip(app, provider)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _equip(app: Flask, provider: RunningProvider) -> None:
    server = AuthorizationServer(
        app, query_client=lambda name: provider.client if name == CLIENT else None, save_token=lambda *_: None
    )
    server.register_grant(_grant(provider), [CodeChallenge(required=True), _identity(provider)()])

    @app.get("/.well-known/openid-configuration")
    def metadata() -> Any:
        here = provider.issuer
        return jsonify(
            issuer=here,
            authorization_endpoint=f"{here}/authorize",
            token_endpoint=f"{here}/token",
            jwks_uri=f"{here}/keys",
            code_challenge_methods_supported=["S256"],
        )

    @app.get("/keys")
    def keys() -> Any:
        return jsonify(keys=[(provider.published or provider.key).as_dict(private=False)])

    @app.get("/authorize")
    def authorize() -> Any:
        grant = server.get_consent_grant(end_user=provider.account)
        return server.create_authorization_response(grant_user=provider.account, grant=grant)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()


def _grant(provider: RunningProvider) -> type[grants.AuthorizationCodeGrant]:
    class Grant(grants.AuthorizationCodeGrant):  # type: ignore[misc]
        def save_authorization_code(self, code: str, request: Any) -> None:
            asked = request.payload
            challenge = (asked.data.get("code_challenge"), asked.data.get("code_challenge_method"))
            provider.codes[code] = Code(code, asked.redirect_uri, asked.scope, asked.data.get("nonce"), *challenge)

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del provider.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> dict[str, Any]:
            return provider.account

    return Grant


def _identity(provider: RunningProvider) -> type[OpenIDCode]:
    class Identity(OpenIDCode):  # type: ignore[misc]
        def resolve_client_private_key(self, client: Client) -> RSAKey:
            return provider.key

        def get_client_claims(self, client: Client) -> dict[str, Any]:
            return {"iss": provider.issuer}

        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return False

        def generate_user_info(self, user: dict[str, Any], scope: str) -> dict[str, Any]:
            return {**user, **provider.claims}

    return Identity
