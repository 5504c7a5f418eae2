"""The comments of the example school, written for it, and who is given which to have said."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from analysis.example.answering import Respondent

COMMENTS = Path(__file__).parent.parent / "data" / "example"
OFFERED = frozenset({"en", "cy", "pl", "ur"})
TRIES = 12


@dataclass(frozen=True)
class WrittenComment:
    """One invented comment; `wave` 0 fits any year, `year` "" any year group."""

    audience: str
    question: str
    wave: int
    year: str
    mood: str
    language: str
    text: str


@cache
def written_comments() -> tuple[WrittenComment, ...]:
    """All of them, in the order of their files."""
    return tuple(comment for path in sorted(COMMENTS.glob("comments_*.jsonl")) for comment in _read(path))


def dealt(random: Random, years: tuple[int, ...]) -> dict[tuple[str, int], list[WrittenComment]]:
    """Each comment once, by audience and year of the wave; the last wave gets most of those that fit any."""
    found: dict[tuple[str, int], list[WrittenComment]] = defaultdict(list)
    weights = [3 + 2 * number for number in range(len(years))]
    for comment in written_comments():
        year = comment.wave if comment.wave in years else random.choices(years, weights)[0]
        found[comment.audience, year].append(comment)
    return found


def give(random: Random, people: list[Respondent], comments: list[WrittenComment], asked: frozenset[str]) -> int:
    """Let people of a fitting year group and mood have said them; returns how many found someone."""
    given = 0
    for comment in comments:
        speaker = _speaker(random, people, comment) if comment.question in asked else None
        if speaker is not None:
            speaker.answers[comment.question] = comment.text
            if comment.language in OFFERED:
                speaker.language = comment.language
            given += 1
    return given


def _speaker(random: Random, people: list[Respondent], comment: WrittenComment) -> Respondent | None:
    """Someone who has not answered this question yet; the gladder the comment, the gladder the speaker."""
    able = [
        person
        for person in random.sample(people, min(len(people), TRIES * 8))
        if comment.question not in person.answers and comment.year in {"", person.answers.get("year")}
    ][:TRIES]
    if not able:
        return None
    if comment.mood == "good":
        return max(able, key=lambda person: person.mood)
    if comment.mood == "bad":
        return min(able, key=lambda person: person.mood)
    return able[0]


def _read(path: Path) -> Iterator[WrittenComment]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield WrittenComment(**json.loads(line))
