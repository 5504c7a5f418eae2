"""Exploring: one question at a time, for whom, split how, in which wave; answered from frozen editions only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from analysis.continuing import line
from analysis.disclosure.reportable import Kind, Reportable
from analysis.editions import AudienceView, EditionView, list_editions, load_edition
from analysis.measures.comparing import response_rate
from analysis.spread import Spread, widest_spread
from stakeholder.viewer import Viewer

EVERYONE, BY_WAVE, BY_GROUP = "", "wave", "group"
SUBJECT_KINDS: tuple[Kind, ...] = ("score", "scale", "item", "choice", "theme")


@dataclass(frozen=True)
class Choice:
    """One option of a form field."""

    value: str
    label: str


@dataclass(frozen=True)
class Enquiry:
    """What someone wants to see.

    what   kind and subject, e.g. "item:wel_safety"
    by     "" everyone together, "wave" over time, "group" students beside staff, or a breakdown question's key
    also   a second breakdown question's key, crossed with the first; "" for none
    """

    what: str
    audience: str
    by: str
    wave: str
    also: str = ""

    @property
    def kind(self) -> str:
        """ "item", "choice", "scale", "score" or "theme"."""
        return self.what.partition(":")[0]

    @property
    def subject(self) -> str:
        """The subject's key."""
        return self.what.partition(":")[2]

    @property
    def fields(self) -> dict[str, str]:
        """As form fields or the query of an address."""
        second = {"also": self.also} if self.also else {}
        return {"what": self.what, "audience": self.audience, "by": self.by, "wave": self.wave} | second


@dataclass(frozen=True)
class Row:
    """One line of the answer; `result` is None where the question was not asked."""

    label: str
    result: Reportable | None


@dataclass(frozen=True)
class Exploration:
    """Everything the page shows.

    answered  who answered at all
    everyone  the whole audience, for comparison beside the rows; None when the rows are themselves whole audiences
    spread    the widest difference between two rows and whether it may be chance; None where that is not comparable
    """

    enquiry: Enquiry
    label: str
    wave_title: str
    audience: AudienceView
    by_label: str
    rows: tuple[Row, ...]
    everyone: Reportable | None
    spread: Spread | None
    whats: tuple[tuple[Kind, tuple[Choice, ...]], ...]
    audiences: tuple[Choice, ...]
    breakdowns: tuple[Choice, ...]
    waves: tuple[Choice, ...]

    answered: Reportable | None = None

    @property
    def rate(self) -> float | None:
        """Share of those asked who answered, 0 to 1; None where that is not known."""
        return response_rate(self.answered) if self.answered else None

    @property
    def hidden(self) -> int:
        """How many rows are hidden."""
        return sum(1 for row in self.rows if row.result and row.result.status == "hidden")


def explore(session: Session, viewer: Viewer, asked: Mapping[str, str]) -> Exploration | None:
    """The answer to what was asked, with sensible choices where nothing or nonsense was asked; None without results."""
    known = list_editions(session, viewer)
    if not known:
        return None
    keys = [summary.wave_key for summary in known]
    wave = asked.get("wave", "")
    editions = [load_edition(session, viewer, key) for key in keys]
    return answer(editions, asked, at=keys.index(wave) if wave in keys else len(keys) - 1)


def answer(editions: Sequence[EditionView], asked: Mapping[str, str], *, at: int = -1) -> Exploration | None:
    """The pure part of `explore`: editions oldest first, the chosen one at index `at`; None when it asked nobody."""
    edition = editions[at]
    if not edition.audiences:
        return None
    enquiry = _settled(edition, asked)
    audience = next(each for each in edition.audiences if each.key == enquiry.audience)
    rows = _rows(editions, edition, enquiry)
    everyone = edition.find(_kind(enquiry), enquiry.subject, enquiry.audience)
    return Exploration(
        enquiry=enquiry,
        label=name_of(everyone) if everyone else "",
        wave_title=edition.wave_title,
        audience=audience,
        by_label=_by_label(edition, enquiry),
        rows=rows,
        everyone=everyone if enquiry.by not in {EVERYONE, BY_WAVE, BY_GROUP} else None,
        spread=_spread(enquiry, rows),
        whats=whats(edition, enquiry.audience),
        audiences=tuple(Choice(each.key, each.label) for each in edition.audiences),
        breakdowns=tuple(Choice(key, label) for key, label, _ in edition.breakdowns(enquiry.audience)),
        waves=tuple(Choice(each.wave_key, each.wave_title) for each in editions),
        answered=edition.find("response", "response", enquiry.audience),
    )


def whats(edition: EditionView, audience: str) -> tuple[tuple[Kind, tuple[Choice, ...]], ...]:
    """What can be asked about one audience, by kind: dimensions and strands, statements, themes of comments."""
    return tuple(
        (kind, tuple(Choice(f"{kind}:{each.subject}", name_of(each)) for each in edition.of(kind, audience, ())))
        for kind in SUBJECT_KINDS
    )


def name_of(result: Reportable) -> str:
    """Its words by themselves: a row or an option with the question it belongs to."""
    return f"{result.asked} – {result.label}" if result.asked and result.kind == "choice" else result.label


def _settled(edition: EditionView, asked: Mapping[str, str]) -> Enquiry:
    """The enquiry with every choice one that exists; a first visit splits by the first breakdown there is."""
    audience = _one_of([each.key for each in edition.audiences], asked.get("audience"))
    subjects = [choice.value for _, choices in whats(edition, audience) for choice in choices]
    items = [value for value in subjects if value.startswith(("item:", "choice:"))]
    breakdowns = [key for key, _, _ in edition.breakdowns(audience)]
    splits = [*breakdowns[:1], EVERYONE, BY_WAVE, BY_GROUP, *breakdowns[1:]]
    by = asked.get("by") if "by" not in asked or asked["by"] in splits else EVERYONE
    return Enquiry(
        what=asked["what"] if asked.get("what") in subjects else _one_of([*items, *subjects, "item:"], None),
        audience=audience,
        by=_one_of(splits, by),
        wave=edition.wave_key,
        also=_second(asked.get("also", ""), by, breakdowns),
    )


def _second(wanted: str, first: str | None, breakdowns: Sequence[str]) -> str:
    """The second breakdown where it is another one than the first, which must be one too."""
    return wanted if wanted in breakdowns and first in breakdowns and wanted != first else ""


def _one_of(known: Sequence[str], wanted: str | None) -> str:
    return wanted if wanted in known and wanted is not None else known[0]


def _kind(enquiry: Enquiry) -> Kind:
    return next(kind for kind in SUBJECT_KINDS if kind == enquiry.kind)


def _rows(editions: Sequence[EditionView], edition: EditionView, enquiry: Enquiry) -> tuple[Row, ...]:
    kind, subject, audience = _kind(enquiry), enquiry.subject, enquiry.audience
    if enquiry.by == BY_WAVE:
        results = line(editions, audience, kind=kind, subject=subject)
        return tuple(Row(each.wave_title, result) for each, result in zip(editions, results, strict=True))
    if enquiry.by == BY_GROUP:
        return _group_rows(edition, enquiry)
    if enquiry.also:
        return _crossed(edition, enquiry)
    for key, _, options in edition.breakdowns(audience):
        if key == enquiry.by:
            return tuple(Row(label, edition.find(kind, subject, audience, ((key, code),))) for code, label in options)
    whole = next(each.label for each in edition.audiences if each.key == audience)
    return (Row(whole, edition.find(kind, subject, audience)),)


def _crossed(edition: EditionView, enquiry: Enquiry) -> tuple[Row, ...]:
    """Every option of the one breakdown with every option of the other."""
    known = {key: options for key, _, options in edition.breakdowns(enquiry.audience)}
    find, kind = edition.find, _kind(enquiry)
    return tuple(
        Row(
            f"{label}, {other}",
            find(kind, enquiry.subject, enquiry.audience, ((enquiry.by, code), (enquiry.also, second))),
        )
        for code, label in known[enquiry.by]
        for second, other in known[enquiry.also]
    )


def _group_rows(edition: EditionView, enquiry: Enquiry) -> tuple[Row, ...]:
    """Each audience's own answer to the same thing; scores of different scales are not held beside each other."""
    if enquiry.kind in {"score", "scale"}:
        return ()
    found = ((each.label, edition.find(_kind(enquiry), enquiry.subject, each.key)) for each in edition.audiences)
    return tuple(Row(label, result) for label, result in found if result)


def _by_label(edition: EditionView, enquiry: Enquiry) -> str:
    named = {key: label for key, label, _ in edition.breakdowns(enquiry.audience)}
    return " / ".join(named[key] for key in (enquiry.by, enquiry.also) if key in named)


def _spread(enquiry: Enquiry, rows: Sequence[Row]) -> Spread | None:
    """Items about the governing board itself speak of another matter and are not compared across groups."""
    compared = [(row.label, row.result) for row in rows if row.result and row.result.status == "shown"]
    if enquiry.by == BY_GROUP:
        compared = [(label, result) for label, result in compared if result.focus != "board"]
    return widest_spread(compared) if enquiry.kind != "theme" else None


def is_single(exploration: Exploration) -> bool:
    """Whether each row comes to one number: not so for a choice among several options."""
    return all(row.result.is_single for row in exploration.rows if row.result)
