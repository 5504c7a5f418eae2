"""Headers on every answer: one strict content policy, no exceptions."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "media-src 'self' blob:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
UNSTORED = ("Cache-Control", "no-store")
ONLY_HTTPS = ("Strict-Transport-Security", "max-age=31536000")
HERE = frozenset({"127.0.0.1", "::1", "localhost"})


class Secured:
    """The application with these headers on every answer; pages are never stored by browsers or proxies.

    Whatever may be stored, such as a static file, says so itself. No view sets one of the others.
    """

    def __init__(self, application: WSGIApplication, *, https: bool = False) -> None:
        self._application = application
        self._stored = [*HEADERS.items(), *([ONLY_HTTPS] if https else [])]
        self._unstored = [UNSTORED, *self._stored]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Callable[[bytes], object]:
            says_itself = any(name.lower() == "cache-control" for name, _ in headers)
            return start_response(status, headers + (self._stored if says_itself else self._unstored), *failure)

        return self._application(environ, start)


def secure(app: Flask, base_url: str) -> None:
    """Add the headers to every answer, and answer to the school's own name alone once it has one.

    base_url  how people reach the server: with https browsers are told never to come without it again
    """
    parts = urlsplit(base_url)
    if parts.hostname and parts.hostname not in HERE:
        app.config["TRUSTED_HOSTS"] = [parts.hostname, *HERE]
    app.wsgi_app = Secured(app.wsgi_app, https=parts.scheme == "https")  # type: ignore[method-assign]
