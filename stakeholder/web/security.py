"""Headers on every answer: one strict content policy, no exceptions."""

from flask import Flask, Response, request

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
STORED = frozenset({"static", "shell.plotly_script"})


def secure(app: Flask) -> None:
    """Add the headers; pages are never stored by browsers or proxies, static files are."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.extend(HEADERS)  # no view sets one of them
        if "Cache-Control" not in response.headers and request.endpoint not in STORED:
            response.headers.add("Cache-Control", "no-store")
        return response
