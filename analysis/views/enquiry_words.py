"""What stands on the pages of enquiries, in words."""

from flask_babel import gettext as _

from analysis.disclosure.reportable import Reportable
from analysis.figures.wording import in_words, number, told_percent, told_with_people


def result_words(result: Reportable) -> str:
    """A result in a line: a share of good answers, a score of 100, or words where there are too few."""
    if result.status != "shown":
        return in_words(result)
    if result.kind == "score":
        return str(_("%(score)s of 100", score=number(result.mean or 0)))
    if result.share is None:
        return in_words(result)
    return str(_("%(share)s good answers", share=told_with_people(result.share, result.favourable)))


def bar_of(result: Reportable) -> int | None:
    """Length of the bar beside it, 0 to 100; None where there is no figure, or one near all or none."""
    if result.status != "shown":
        return None
    if result.kind == "score":
        return round(result.mean or 0)
    if result.share is None or not told_percent(result.share)[:1].isdigit():
        return None
    return round(100 * result.share)
