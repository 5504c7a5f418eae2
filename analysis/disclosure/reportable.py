"""The values that figures, tables and exports accept: results about groups, never about a person.

A `Reportable` cannot be constructed: its constructor asks for a value that does not exist, so mypy refuses every call.
`sealing.sealed` makes them, and only the edition's builder and loader may import it (tests hold both).
"""

from dataclasses import dataclass, field
from typing import Literal, Never, final

Kind = Literal["item", "choice", "scale", "score", "theme", "response", "reliability", "drivers", "care"]
Status = Literal["shown", "words", "hidden"]


@dataclass(frozen=True)
class Slice:
    """Which people: a whole audience (no filters) or those who chose one option of one or two breakdowns.

    audience  the wave audience's key, e.g. "student" or "student-primary"
    filters   ((breakdown question key, option code), ...), at most two, sorted by question key
    """

    audience: str
    filters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OptionCount:
    """People who chose one option, in the option's order on the page (from disagree to agree)."""

    code: str
    label: str
    people: int
    scored: bool = True
    favourable: bool = False


@final
@dataclass(frozen=True, init=False)
class Reportable:
    """One result that may be shown. Every number of people is randomly rounded, off by at most 2 (see `rounding`).

    kind      "item": counts per option of one statement; "choice": counts per option of a question without a good side,
              or of one of its options; "scale": a mean of a questionnaire's own scale, on its own range ("low" to
              "high" among the figures); "score": a mean 0-100 of a strand or dimension;
              "theme": comments naming a theme, by negative / neutral / positive; "response": people who answered;
              worked out from single answers, only for whole audiences of 30 or more, to two digits: "reliability" of a
              dimension's statements, "drivers" of a statement, "care" with which a questionnaire was answered
    subject   indicator or question key, strand key, dimension key or theme key
    label     its words for a reader, in English
    status    "shown" (30 people or more), "words" (10 to 29, or a whole small audience from 5: words instead of
              figures, no change, no gap), "hidden" (options, n and mean are then empty; `reason` says why)
    n         people in the base (scored answers for items, comments for themes, responses for response)
    unscored  people who chose "don't know", "rather not say" and the like
    agreeing  people who chose a favourable option, rounded by themselves; None: the options' sum
    invited   people asked, when known
    mean, sd  of a score, 0-100, from rounded counts, or of a scale; None for other kinds, sd also under 30 people
    reverse   the statement is worded negatively; counts are as answered, `favourable` already turned round
    figures   named numbers of the last three kinds; "mean" where options stand for numbers (place, share, range)
    question, asked, shape   of a choice: the question it belongs to, its words, and how it reads (`question_types`)
    shown_to  people who were shown the question, rounded; None where everyone was
    focus     what an item speaks about (self, child, pupils, school, board); gaps leave out "board"
    """

    kind: Kind
    subject: str
    label: str
    wave: str
    slice: Slice
    status: Status
    options: tuple[OptionCount, ...] = ()
    n: int = 0
    unscored: int = 0
    agreeing: int | None = None
    invited: int | None = None
    mean: float | None = None
    sd: float | None = None
    reverse: bool = False
    focus: str = ""
    reason: str = ""
    figures: tuple[tuple[str, float], ...] = ()
    question: str = ""
    asked: str = ""
    shape: str = ""
    shown_to: int | None = None
    parallel: str = field(default="", compare=False)
    """Key that parallel items of other audiences share (the strand key), empty where none."""

    def __init__(self, nothing: Never, /) -> None:  # noqa: ARG002
        raise TypeError("Only the edition's builder makes results.")

    @property
    def favourable(self) -> int:
        """People who chose a favourable option, at most `n`."""
        if self.agreeing is not None:
            return self.agreeing
        return sum(option.people for option in self.options if option.favourable)

    @property
    def is_single(self) -> bool:
        """Whether it comes to one number; not so for a choice among several options."""
        return self.kind != "choice" or self.shape in {"tick", "place", "share"}

    def figure(self, name: str) -> float | None:
        """One of the named numbers; None where there is none."""
        return dict(self.figures).get(name)

    @property
    def share(self) -> float | None:
        """Favourable share of the scored answers, 0 to 1; of a choice, the share that chose it or put it first.

        None when hidden, when nothing was scored, and for a choice that is about several options at once.
        """
        told = self.kind not in {"score", "scale"} and self.is_single and self.shape != "share"
        return self.favourable / self.n if told and self.n and self.status != "hidden" else None
