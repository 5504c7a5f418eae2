"""Process models: stages, parts, artefacts, calendar, wording, and who sees what when. Data, read from YAML. Pure.

The engine knows the eight steps of the loop and the kinds of artefacts, and no process by its name.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

import analysis
from stakeholder.errors import Invalid
from stakeholder.localised import LocalisedText
from stakeholder.roles import Role
from surveys.documents import read_yaml, validated
from surveys.frozen import Data, Key, refuse_doubles

PROCESSES = Path(analysis.__file__).parent / "data" / "processes"
Step = Literal["evidence", "question", "enquiry", "findings", "priorities", "actions", "effect", "next"]
STEPS: tuple[Step, ...] = get_args(Step)
Kind = Literal[
    "text", "notes", "tally", "cards", "agreement", "evidence", "marks", "claims", "response", "actions", "effect"
]
Across = Literal["both", "room", "own"]
Link = Literal["designer", "explore", "comments", "plans"]


class Part(Data):
    """What somebody is in an enquiry.

    roles      what they must be at their school to take this part
    side       at which school: the host, a visiting school, or either
    organises  they name people, close stages and decide what the other side sees
    by_office  heads and survey leads whose role fits take it without being named
    """

    key: str = Key
    title: LocalisedText
    roles: tuple[Role, ...] = Field(min_length=1)
    side: Literal["host", "visitor", "either"] = "host"
    organises: bool = False
    by_office: bool = False


class Heading(Data):
    """One thing that an entry may be about."""

    key: str = Key
    title: LocalisedText


class Card(Data):
    """One training card."""

    key: str = Key
    title: LocalisedText
    text: LocalisedText


class Artefact(Data):
    """Something that the people of an enquiry make together.

    by             parts that write it
    seen_by        parts that read it; empty: everybody in the enquiry
    across         what the other side sees: all ("both"), what was put into the evidence room ("room"), nothing ("own")
    headings       what an entry may be about
    by_dimension   entries stand in a grid by the framework's dimensions
    most           entries at most, 0 for any number
    about          the artefact that this one marks, answers or tells the effect of
    own_first      somebody sees others' marks only after making their own
    within_days    days after the stage before was closed within which an answer is due
    signed_by      parts that must sign
    clauses        what they sign
    groups         groups of people whose results may be cited; empty: all
    check_wording  give advice on how a question is worded
    hide_names     names and contact details are taken out before it is stored
    throughout     it may still be written in the stages that follow
    """

    key: str = Key
    title: LocalisedText
    kind: Kind
    hint: LocalisedText | None = None
    by: tuple[str, ...] = Field(min_length=1)
    seen_by: tuple[str, ...] = ()
    across: Across = "both"
    headings: tuple[Heading, ...] = ()
    by_dimension: bool = False
    most: int = Field(default=0, ge=0, le=50)
    about: str = ""
    own_first: bool = False
    within_days: int = Field(default=0, ge=0, le=365)
    signed_by: tuple[str, ...] = ()
    clauses: tuple[LocalisedText, ...] = ()
    groups: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    check_wording: bool = False
    hide_names: bool = False
    throughout: bool = False
    links: tuple[Link, ...] = ()

    def heading(self, key: str) -> str:
        """The words of a heading; empty where there is none."""
        return next((str(each.title) for each in self.headings if each.key == key), "")

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse_doubles([each.key for each in self.headings], "heading")
        refuse_doubles([each.key for each in self.cards], "card")
        if self.kind == "agreement" and not (self.clauses and self.signed_by):
            raise ValueError(f"artefact '{self.key}': found an agreement without 'clauses' or 'signed_by'.")
        if self.kind == "cards" and not self.cards:
            raise ValueError(f"artefact '{self.key}': found no 'cards', expected at least one.")
        if self.kind in {"marks", "response", "effect"} and not self.about:
            raise ValueError(f"artefact '{self.key}': found no 'about', expected the key of another artefact.")
        if self.kind in {"marks", "response", "tally"} and not self.headings:
            raise ValueError(f"artefact '{self.key}': found no 'headings', expected at least two to choose from.")
        return self


class Stage(Data):
    """One stage on the time line.

    step       the step of the loop that it belongs to
    day        days after the beginning by which it should be done
    term       the calendar's own word for that time
    closed_by  parts that may say that it is done
    needs      artefacts that must be there before
    """

    key: str = Key
    title: LocalisedText
    purpose: LocalisedText
    step: Step
    day: int = Field(ge=0, le=1500)
    term: LocalisedText | None = None
    closed_by: tuple[str, ...] = Field(min_length=1)
    needs: tuple[str, ...] = ()
    artefacts: tuple[Artefact, ...] = ()


class ReportPlan(Data):
    """The report made from an enquiry: its parts in order, and who may give it to whom."""

    title: LocalisedText
    sections: tuple[str, ...] = Field(min_length=1)
    released_by: tuple[str, ...] = Field(min_length=1)


class Process(Data):
    """A process model.

    sides     how many schools take part, at least and at most
    begun_by  what somebody must be at their school to begin one
    question  the question it starts from, if it has one
    """

    key: str = Key
    title: LocalisedText
    note: LocalisedText
    sides: tuple[int, int] = (1, 1)
    begun_by: tuple[Role, ...] = Field(min_length=1)
    question: LocalisedText | None = None
    parts: tuple[Part, ...] = Field(min_length=1)
    stages: tuple[Stage, ...] = Field(min_length=1)
    report: ReportPlan | None = None

    @property
    def artefacts(self) -> tuple[Artefact, ...]:
        """All artefacts in order."""
        return tuple(artefact for stage in self.stages for artefact in stage.artefacts)

    def artefact(self, key: str) -> Artefact | None:
        """The artefact with this key."""
        return next((each for each in self.artefacts if each.key == key), None)

    def part(self, key: str) -> Part | None:
        """The part with this key."""
        return next((each for each in self.parts if each.key == key), None)

    def stage_of(self, artefact: str) -> Stage:
        """The stage in which an artefact is made. Raises StopIteration for one that is unknown."""
        return next(stage for stage in self.stages if any(each.key == artefact for each in stage.artefacts))

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse_doubles([each.key for each in self.parts], "part")
        refuse_doubles([each.key for each in self.stages], "stage")
        refuse_doubles([each.key for each in self.artefacts], "artefact")
        if not 1 <= self.sides[0] <= self.sides[1] <= 12:
            raise ValueError("sides: expected two numbers such as [2, 3], the first not above the second.")
        for complaint in self._complaints():
            raise ValueError(complaint)
        return self

    def _complaints(self) -> Iterator[str]:
        parts, artefacts = {each.key for each in self.parts}, {each.key for each in self.artefacts}
        named = [(f"stage '{stage.key}'", (*stage.closed_by,), parts, "part") for stage in self.stages]
        named += [(f"stage '{stage.key}'", stage.needs, artefacts, "artefact") for stage in self.stages]
        for each in self.artefacts:
            named.append((f"artefact '{each.key}'", (*each.by, *each.seen_by, *each.signed_by), parts, "part"))
            named.append((f"artefact '{each.key}'", (each.about,) if each.about else (), artefacts, "artefact"))
        if self.report:
            named.append(("report", self.report.sections, artefacts, "artefact"))
            named.append(("report", self.report.released_by, parts, "part"))
        for where, keys, known, what in named:
            for key in keys:
                if key not in known:
                    yield f"{where}: found the {what} '{key}', expected one of {', '.join(sorted(known))}."
        order = [STEPS.index(stage.step) for stage in self.stages]
        if [stage.day for stage in self.stages] != sorted(stage.day for stage in self.stages):
            yield "stages: found a 'day' before that of the stage above it, expected them in order of time."
        if order[0] > STEPS.index("question"):
            yield "stages: the first stage must gather evidence or choose a question."
        if not any(part.organises for part in self.parts):
            yield "parts: found none with 'organises: true', expected somebody who leads it."


def load_process(text: str, *, source: str) -> Process:
    """A process from YAML. Raises Invalid naming file, line, place, found and expected."""
    return validated(Process, read_yaml(text, source), text=text, source=source)


@lru_cache(maxsize=1)
def library() -> dict[str, str]:
    """The processes that come with the product: key and YAML text, in the order of their files' names."""
    return {path.stem.partition("-")[2]: path.read_text("utf-8") for path in sorted(PROCESSES.glob("*.yaml"))}


@lru_cache(maxsize=64)
def read_process(text: str) -> Process:
    """A process that was stored after it had been read once. Raises Invalid where an upgrade knows it no longer."""
    try:
        return load_process(text, source="process")
    except Invalid as problem:
        raise Invalid(f"This process cannot be read any more: {problem}") from problem
