"""Numbers and results as words, in the reader's language; in English and plain outside a request."""

from functools import lru_cache

from babel.numbers import format_decimal
from flask_babel import get_locale
from flask_babel import gettext as _

from analysis.disclosure.reportable import Reportable
from analysis.measures.standing import FEWEST_TOLD


def number(count: float) -> str:
    """A whole number as the reader's language writes it."""
    return _written(round(count), str(get_locale() or "en"))


@lru_cache(maxsize=4096)
def _written(count: int, locale: str) -> str:
    return format_decimal(count, locale=locale)


def percent(share: float) -> str:
    """A share of 0 to 1 as whole per cent."""
    return str(_("%(num)s%%", num=number(100 * share)))


def is_near_all_or_none(share: float) -> bool:
    """Whether a share is told as a limit only, so that nobody learns that all or none answered so."""
    return share <= FEWEST_TOLD or share >= 1 - FEWEST_TOLD


def told_briefly(share: float) -> str:
    """A share as it may be told where there is little room: 59%, ≤5%, ≥95%."""
    if share <= FEWEST_TOLD:
        return f"≤{percent(FEWEST_TOLD)}"
    return f"≥{percent(1 - FEWEST_TOLD)}" if share >= 1 - FEWEST_TOLD else percent(share)


def told_with_people(share: float, people: int) -> str:
    """A share and how many people it is, in words alone near all or none."""
    if is_near_all_or_none(share):
        return told_percent(share)
    return str(_("%(percent)s (%(count)s)", percent=percent(share), count=number(people)))


def told_percent(share: float) -> str:
    """A share as it may be told: near all or none in words, so that nobody learns that all or none answered so."""
    if share <= FEWEST_TOLD:
        return str(_("hardly any"))
    return str(_("nearly all")) if share >= 1 - FEWEST_TOLD else percent(share)


def percent_of_100(value: float) -> str:
    """A value of 0 to 100 as whole per cent."""
    return percent(value / 100)


def about(share: float) -> str:
    """A share of 0 to 1 in words, for results too small for a figure.

    The ends are as wide as the middle: of 16 people "nearly all" could only be all of them.
    """
    steps = (
        (0.2, _("few")),
        (0.4, _("fewer than half")),
        (0.6, _("about half")),
        (0.8, _("more than half")),
    )
    return str(next((words for limit, words in steps if share < limit), _("most")))


def in_words(result: Reportable) -> str:
    """What stands where a result may not be drawn: the reason, or the result in words. Never a number."""
    if result.status == "hidden":
        return str(_("Hidden: %(reason)s", reason=result.reason)) if result.reason else str(_("Hidden"))
    return " ".join(words for words in (_sense(result), result.reason) if words)


def _sense(result: Reportable) -> str:
    """The result without a number."""
    if result.kind == "item" and result.share is not None:
        return str(_("Too few answers for a figure: %(share)s are favourable.", share=about(result.share)))
    if result.kind == "theme" and result.n:
        complaints = sum(option.people for option in result.options if option.code == "negative")
        return str(_("Too few comments for a figure: %(share)s sound negative.", share=about(complaints / result.n)))
    return str(_("Too few answers for a figure."))
