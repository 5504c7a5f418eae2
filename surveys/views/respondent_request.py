"""What every respondent's request asks first: which audience, which draft, which language."""

from dataclasses import dataclass
from typing import cast

from flask import current_app, g, request

from stakeholder.web.database import glancing
from surveys.audiences import KnownAudiences, OpenAudience
from surveys.respondent import COOKIE, key_from_cookie
from surveys.responding import LoadedDraft, standing
from surveys.screening import Screen

AUDIENCES, SCREEN, OPENED = "audiences", "screen", "opened"


class Tampered(Exception):
    """A form that did not come from one of our pages for this draft."""


@dataclass(frozen=True)
class Here:
    """Where a request stands."""

    audience: OpenAudience
    is_open: bool
    draft: LoadedDraft | None


def audience_of(token: str) -> OpenAudience:
    """The audience behind the token of the address. Raises NotFound."""
    return cast(KnownAudiences, current_app.extensions[AUDIENCES]).of(token)


def screen() -> Screen:
    """Whoever looks at comments before they are stored."""
    return cast(Screen, current_app.extensions[SCREEN])


def look(token: str) -> Here:
    """The audience, whether it takes answers, and the draft this device holds. Raises NotFound."""
    audience = audience_of(token)
    with glancing() as connection:
        found = standing(connection, audience, key_from_cookie(request.cookies.get(COOKIE)))
    return Here(audience, found.is_open, found.draft)


def speak(audience: OpenAudience, wished: str | None) -> str:
    """Set the page's language: the wish, else the browser's, else the questionnaire's first."""
    offered = audience.questionnaire.languages
    language = wished if wished in offered else request.accept_languages.best_match(offered) or offered[0]
    g.language = language
    return language


def secret() -> str:
    """What signs respondents' forms."""
    return str(current_app.secret_key)
