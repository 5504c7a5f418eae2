"""What the bars of a question without a good side say: shares, means and words; near all or none never as a figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

from analysis.disclosure.reportable import Reportable
from analysis.figures.wording import about, in_words, is_near_all_or_none, number, told_percent
from analysis.measures.standing import FEWEST_TOLD


@dataclass(frozen=True)
class Bar:
    """One option: its share of 0 to 1, None where there is no figure, and the words at its end.

    cells  what stands in the table after its name
    """

    label: str
    share: float | None
    words: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """The bars of one group, under a heading where there are several groups; `reason` stands where there are none."""

    heading: str
    bars: tuple[Bar, ...]
    reason: str = ""

    def sentence(self) -> str:
        """What someone hears who cannot see the bars."""
        said = self.reason or "; ".join(f"{bar.label}: {bar.words}" for bar in self.bars)
        return f"{self.heading}: {said}." if self.heading else f"{said}."


def told_number(value: float) -> str:
    """A mean as the reader's language writes it, to two places at most."""
    return str(format_decimal(round(value, 2)))


def options_of(result: Reportable) -> tuple[Bar, ...]:
    """A bar for each option of one result."""
    scored = [option for option in result.options if option.scored]
    if result.shape != "range":
        scored.sort(key=lambda option: -option.people)
    return tuple(_bar(option.label, option.people / result.n, option.people, result) for option in scored)


def level_of(result: Reportable) -> float | None:
    """The one number that a tick, a place or a share comes to, of 0 to 1; None for a question with several options."""
    if result.shape == "share":
        mean = result.figure("mean")
        return None if mean is None else mean / 100
    return result.share


def of_question(results: Sequence[Reportable]) -> list[Part]:
    """One question: the results of its options as one part, or each result as a part of its own."""
    if not results or not results[0].is_single:
        return [_one(result, "") for result in results]
    bars = [option_bar(result, result.label) for result in results]
    if all(result.status == "hidden" for result in results):
        return [Part("", (), in_words(results[0]))]
    known = sorted(bars, key=lambda bar: -1.0 if bar.share is None else -1 - bar.share)
    return [Part("", tuple(known))]


def of_groups(results: Sequence[Reportable], labels: Sequence[str]) -> list[Part]:
    """The same result of several groups: a bar for each where it comes to one number, else a part for each."""
    named = list(zip(labels, results, strict=True))
    if results and results[0].is_single:
        return [Part("", tuple(option_bar(result, label) for label, result in named))]
    return [_one(result, label) for label, result in named]


def _one(result: Reportable, heading: str) -> Part:
    if result.status == "hidden" or not result.n:
        return Part(heading, (), in_words(result))
    return Part(heading, options_of(result))


def option_bar(result: Reportable, label: str) -> Bar:
    """One option's bar; words alone where there are too few answers, a reason where it is hidden."""
    if result.status == "hidden":
        return Bar(label, None, in_words(result), (in_words(result),))
    share, n, mean = level_of(result), number(result.n), result.figure("mean")
    if result.status == "words" or share is None:
        words = str(_("too few for a figure")) if share is None else about(share)
        return Bar(label, None, words, (words,))
    if result.shape == "share":
        words = str(_("%(share)s of 100", share=told_number(100 * share)))
        return Bar(label, share, words, (told_number(100 * share), n))
    if result.shape == "place":
        first, place = told_percent(share), "–" if mean is None else told_number(mean)
        words = first if mean is None else _("%(first)s; mean place %(mean)s", first=first, mean=place)
        return Bar(label, _drawn_share(share), str(words), (first, place, n))
    return _bar(label, share, result.favourable, result)


def _bar(label: str, share: float, people: int, result: Reportable) -> Bar:
    if result.status == "words":
        return Bar(label, None, about(share), (about(share),))
    words = told_percent(share)
    told = "–" if is_near_all_or_none(share) else number(people)
    return Bar(label, _drawn_share(share), words, (words, told, number(result.n)))


def _drawn_share(share: float) -> float:
    """The length of a bar: one near all or none is drawn at the limit."""
    return min(max(share, FEWEST_TOLD), 1 - FEWEST_TOLD)
