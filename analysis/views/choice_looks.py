"""Questions without a good side and a questionnaire's own scales, as figures, lines and words."""

from flask_babel import gettext as _

from analysis import looking
from analysis.choosing import choices
from analysis.disclosure.reportable import Reportable
from analysis.exploring import name_of
from analysis.figures import Figure, choice_bars
from analysis.figures.option_bars import told_number
from analysis.figures.wording import in_words, number
from analysis.looking import Look, OwnScale
from analysis.measures.standing import standing


def by_choice(seen: Look) -> list[Figure]:
    """A figure for each question without a good side."""
    edition, audience = seen.edition, seen.audience
    return [chosen(results, audience.label, edition.wave_title) for results in choices(edition, audience.key)]


def chosen(results: tuple[Reportable, ...], group: str, wave: str) -> Figure:
    """What a group chose, by option."""
    first = results[0]
    apart = first.shape in {"one", "range"}
    return choice_bars(
        results,
        title=name_of(first) if apart else first.asked or first.label,
        subtitle=_("%(group)s, %(wave)s: %(what)s", group=group, wave=wave, what=choice_words(first)),
        note=_note(first),
        key=f"choice-{(first.subject if apart else first.question).replace('.', '-')}",
    )


def choice_words(result: Reportable) -> str:
    """What the numbers of a choice are."""
    told = {
        "tick": _("how many in 100 chose each; one could choose several"),
        "place": _("how many in 100 put each first, and its mean place"),
        "share": _("how much of 100 each was given, on average"),
        "range": _("how many in 100 gave an answer in each range"),
    }
    return str(told.get(result.shape, _("how many in 100 chose each")))


def _note(first: Reportable) -> str:
    """How many answered, the mean of a range, and how many were asked where that was not everyone."""
    if first.status != "shown":
        return ""
    said = [_("%(n)s answered.", n=number(first.n))]
    mean = first.figure("mean") if first.shape == "range" else None
    if mean is not None:
        said.append(_("The mean is about %(mean)s, from the middles of the ranges.", mean=told_number(mean)))
    if first.shown_to is not None:
        said.append(shown_words(first))
    return " ".join(map(str, said))


def shown_words(result: Reportable) -> str:
    """How many were shown a question that not everyone was shown."""
    return _("%(people)s were shown this question.", people=number(result.shown_to or 0))


def shown_to_some(seen: Look) -> list[str]:
    """Statements that not everyone was shown, each with how many were."""
    some = looking.only_some_were_shown(seen.edition, seen.audience.key)
    return [_("%(label)s – %(words)s", label=each.label, words=shown_words(each)) for each in some]


def scale_lines(seen: Look) -> list[tuple[str, ...]]:
    """The questionnaire's own scales: name, mean and its ends, likely range, answers, reliability, a remark."""
    return [_scale_line(each) for each in looking.own_scales(seen.edition, seen.audience.key)]


def _scale_line(scale: OwnScale) -> tuple[str, ...]:
    result, found = scale.result, standing(scale.result)
    if found is None:
        return result.label, in_words(result)
    known = scale.reliability.figure if scale.reliability else lambda _name: None
    told = [None if (value := known(name)) is None else told_number(value) for name in ("alpha", "omega")]
    return (
        result.label,
        scale_mean(result),
        _("%(low)s to %(high)s", low=told_number(found.low), high=told_number(found.high)),
        number(result.n),
        " / ".join(words or "–" for words in told),
        _("read its statements one by one") if scale.hangs_together is False else "",
    )


def scale_mean(result: Reportable) -> str:
    """A scale's mean and the ends it runs between."""
    low, high = (told_number(result.figure(name) or 0.0) for name in ("low", "high"))
    return _("%(mean)s on %(low)s to %(high)s", mean=told_number(result.mean or 0.0), low=low, high=high)
