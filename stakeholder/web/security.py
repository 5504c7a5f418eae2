"""Headers on every answer: one strict content policy, no exceptions."""

from collections.abc import Callable, Iterable
from typing import Any
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
STORED = [*HEADERS.items()]
UNSTORED = [("Cache-Control", "no-store"), *STORED]


class Secured:
    """The application with these headers on every answer; pages are never stored by browsers or proxies.

    Whatever may be stored, such as a static file, says so itself. No view sets one of the others.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Callable[[bytes], object]:
            says_itself = any(name.lower() == "cache-control" for name, _ in headers)
            return start_response(status, headers + (STORED if says_itself else UNSTORED), *failure)

        return self._application(environ, start)


def secure(app: Flask) -> None:
    """Add the headers to every answer."""
    app.wsgi_app = Secured(app.wsgi_app)  # type: ignore[method-assign]
