"""The Flask application all packages share: templates, languages, forms' protection, headers, errors."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, session, url_for
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect

from stakeholder.installation import Installation
from stakeholder.localised import DEFAULT_LANGUAGE, LANGUAGE_NAMES, direction
from stakeholder.web.access import current_viewer, open_to_all
from stakeholder.web.errors import show_errors_as_pages
from stakeholder.web.limits import limit_tries
from stakeholder.web.security import secure
from stakeholder.web.sessions import COOKIE, COOKIE_ON_LOOPBACK, Sessions
from stakeholder.writing import Writer

STATIC = Path(__file__).parent.parent / "static"
LOCALES = Path(__file__).parent.parent / "locales"
MOST_BYTES = 2_000_000  # 100,000 characters of any script, as forms write them, are 1.2 MB
A_YEAR = 365 * 24 * 3600
csrf = CSRFProtect()


class Shell(Flask):
    """A Flask application without coroutines: what it calls need not be looked at, each time, for being one."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def make_shell(installation: Installation, *, templates: Path, secret: str) -> Flask:
    """An application without pages of its own."""
    app = Shell("stakeholder", template_folder=str(templates), static_folder=str(STATIC), static_url_path="/static")
    app.config.update(
        SECRET_KEY=secret,
        MAX_CONTENT_LENGTH=MOST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES,
        MAX_FORM_PARTS=1_000,
        SEND_FILE_MAX_AGE_DEFAULT=A_YEAR,
        SESSION_COOKIE_NAME=COOKIE_ON_LOOPBACK if installation.demo else COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not installation.demo,
        WTF_CSRF_SSL_STRICT=False,  # our pages send no referrer, by policy
        BABEL_TRANSLATION_DIRECTORIES=str(LOCALES),
    )
    app.extensions["installation"] = installation
    app.extensions["database"] = installation.database
    app.extensions["writer"] = Writer(installation.database)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.session_interface = Sessions()
    Babel(app, locale_selector=writing_habits)
    csrf.init_app(app)
    limit_tries(app)
    secure(app, installation.base_url)
    show_errors_as_pages(app)
    app.view_functions["static"] = open_to_all(app.view_functions["static"])
    app.context_processor(_always_there)
    return app


def page_language() -> str:
    """The language of the page: what the page set, else the session's choice, else English."""
    chosen: str = g.get("language") or _session_language() or DEFAULT_LANGUAGE
    return chosen if chosen in LANGUAGE_NAMES else DEFAULT_LANGUAGE


def writing_habits() -> str:
    """The language with the country whose way of writing dates the schools know."""
    language = page_language()
    return "en_GB" if language == DEFAULT_LANGUAGE else language


def _session_language() -> str | None:
    cookie = current_app.config["SESSION_COOKIE_NAME"] in request.cookies if request else False
    return session.get("language") if cookie else None


def _always_there() -> dict[str, Any]:
    language = page_language()
    return {
        "viewer": current_viewer,
        "language": language,
        "direction": direction(language),
        "language_names": LANGUAGE_NAMES,
        "asset": asset,
    }


def asset(name: str) -> str:
    """Address of a static file with its digest, so that browsers may keep it for a year."""
    return url_for("static", filename=name, v=_digest(name))


@lru_cache(maxsize=256)
def _digest(name: str) -> str:
    path = STATIC / name
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10] if path.is_file() else "missing"
