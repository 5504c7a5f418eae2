"""How pages about comments speak of feelings, languages and codings."""

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale
from flask_babel import gettext as _

from surveys.framework import default_framework


def feeling(sentiment: str | None) -> str:
    """How a comment sounds, in words."""
    names = {
        "negative": _("Critical"),
        "mixed": _("Mixed"),
        "neutral": _("Neutral"),
        "positive": _("Positive"),
    }
    return names.get(sentiment or "", _("Not read by the machine"))


def dimension_name(key: str | None) -> str:
    """A dimension of the framework by its key."""
    names = {each.key: str(each.name) for each in default_framework().dimensions}
    return names.get(key or "", _("Across all of them"))


def language_name(code: str) -> str:
    """A language in the reader's own; its code where it has no name."""
    try:
        return Locale.parse(code).get_display_name(get_locale()) or code
    except (UnknownLocaleError, ValueError):
        return code


def purpose_name(purpose: str) -> str:
    """What a coding was made for."""
    names = {
        "machine": _("The machine"),
        "blind": _("Coded without seeing the machine"),
        "correction": _("Corrected"),
        "adjudicated": _("Decided between coders"),
    }
    return names.get(purpose, purpose)


def change_name(kind: str) -> str:
    """What was done to a school's own themes."""
    names = {
        "accepted": _("Accepted"),
        "renamed": _("Renamed"),
        "merged": _("Merged"),
        "removed": _("Removed"),
    }
    return names.get(kind, kind)


def two_digits(value: float) -> str:
    """A number to two significant digits, written out.

    >>> two_digits(123.4), two_digits(1.849)
    ('120', '1.8')
    """
    rounded = float(f"{value:.2g}")
    return f"{rounded:.0f}" if rounded >= 10 else f"{rounded:.1f}"
