"""Numbers and results as words, in the reader's language; in English and plain outside a request."""

from flask_babel import format_decimal
from flask_babel import gettext as _

from analysis.disclosure.reportable import Reportable


def number(count: float) -> str:
    """A whole number as the reader's language writes it."""
    return str(format_decimal(round(count)))


def percent(share: float) -> str:
    """A share of 0 to 1 as whole per cent."""
    return str(_("%(num)s%%", num=number(100 * share)))


def about(share: float) -> str:
    """A share of 0 to 1 in words, for results too small for a figure."""
    steps = ((0.05, _("hardly any")), (0.2, _("few")), (0.4, _("fewer than half")), (0.6, _("about half")),
             (0.8, _("more than half")), (0.95, _("most")))
    return str(next((words for limit, words in steps if share < limit), _("nearly all")))


def in_words(result: Reportable) -> str:
    """What stands where a result may not be drawn: the reason, or the result in words. Never a number."""
    if result.status == "hidden":
        return str(_("Hidden: %(reason)s", reason=result.reason)) if result.reason else str(_("Hidden"))
    if result.kind != "item" or result.share is None:
        return result.reason or str(_("Too few answers for a figure"))
    said = _("Too few answers for a figure: %(share)s favourable.", share=about(result.share))
    return " ".join(part for part in (said, result.reason) if part)
