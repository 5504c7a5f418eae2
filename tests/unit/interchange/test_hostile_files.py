"""Tens of thousands of hostile files of every format: each is read or refused in time, and nothing else."""

import io
import json
import os
import random
import resource
import time
import zipfile
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from stakeholder.errors import Invalid
from surveys.interchange.formats import READERS, read
from surveys.interchange.writers import WRITERS
from tests.makers import questionnaire
from tests.unit.interchange import files
from tests.unit.interchange.whole import every_kind

DEEP = os.environ.get("STAKEHOLDER_TEST_DEPTH") == "deep"
HOW_MANY = int(os.environ.get("STAKEHOLDER_HOSTILE_FILES", "30000")) if DEEP else 40
LONGEST, MOST_KB = 2.0, 300_000
"""Seconds of one processor for one file, and memory of the whole process."""

Random = random.Random
PIECES = (
    b"<",
    b"{",
    b"}",
    b"&x;",
    b"\n",
    b"\t",
    b"\0",
    b"",
    b"]]>",
    b"null",
    b"[]",
    b"\xff\xfe",
    b"-1",
    b"1e999",
    b"=",
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e308,
    "",
    "x",
    [],
    {},
    [[]],
    {"0": {}},
    "\u202e",
    "${",
    "{{a}}",
    "9" * 400,
    [None] * 9,
)


def _written(name: str) -> list[bytes]:
    return [WRITERS[name].write(whole, "en")[0] for whole in (questionnaire("flow"), every_kind())]


SAMPLES: dict[str, list[bytes]] = {
    "xlsform": [files.FILES["survey.xlsx"], files.FILES["survey.csv"], *_written("xlsform")],
    "lss": [files.FILES["old.lss"], files.FILES["new.lss"], *_written("lss")],
    "limesurvey-txt": [files.FILES["survey.txt"], *_written("limesurvey-txt")],
    "qsf": [files.FILES["survey.qsf"], *_written("qsf")],
    "surveyjs": [files.FILES["survey.json"], *_written("surveyjs")],
    "text": [files.FILES["pasted.txt"]],
}


def cut(data: bytes, chance: Random) -> bytes:
    """Pieces taken out, put in, or put in twice."""
    for _ in range(chance.randint(1, 6)):
        place, length = chance.randrange(len(data) + 1), chance.randint(0, 60)
        piece = chance.choice(PIECES) if chance.random() < 0.7 else data[place : place + length] * chance.randint(1, 3)
        data = data[:place] + piece + data[place + length :]
    return data


def bent(data: bytes, chance: Random) -> bytes:
    """A JSON document with values that do not belong where they stand."""
    content = json.loads(data)
    for _ in range(chance.randint(1, 5)):
        inner: Any = content
        while True:
            steps = (
                list(inner) if isinstance(inner, dict) else list(range(len(inner))) if isinstance(inner, list) else []
            )
            if not steps:
                break
            step = chance.choice(steps)
            if not isinstance(inner[step], dict | list) or not inner[step] or chance.random() < 0.15:
                inner[step] = deepcopy(chance.choice(VALUES))
                break
            inner = inner[step]
    return json.dumps(content).encode()


def repacked(data: bytes, chance: Random) -> bytes:
    """A workbook with one damaged part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as again:
        names = packed.namelist()
        hit = chance.choice(names)
        for name in names:
            again.writestr(name, cut(packed.read(name), chance) if name == hit else packed.read(name))
    return out.getvalue()


def swapped(data: bytes, chance: Random) -> bytes:
    """Lines in another order, left out or doubled."""
    lines = data.split(b"\n")
    for _ in range(chance.randint(1, 8)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[at], lines[other] = (lines[other], lines[at]) if chance.random() < 0.6 else (lines[other], b"")
    return b"\n".join(lines)


def hostile(samples: list[bytes], chance: Random) -> bytes:
    """One file, damaged in one way or two."""
    data = chance.choice(samples)
    ways: list[Callable[[bytes, Random], bytes]] = [cut, swapped]
    if data.startswith(b"PK"):
        ways = [repacked, repacked, repacked, cut]
    elif data.lstrip()[:1] == b"{":
        ways = [bent, bent, cut]
    found = chance.choice(ways)(data, chance)
    return cut(found, chance) if chance.random() < 0.1 else found


def is_read(data: bytes, name: str, number: int) -> bool:
    """Whether a file is read; it is refused with words otherwise."""
    try:
        read(data, "file", name)
    except Invalid as problem:
        if not str(problem).strip():
            raise AssertionError(f"file {number} of {name} is refused without a word") from problem
        return False
    except Exception as problem:
        raise AssertionError(f"file {number} of {name}: {problem!r}") from problem
    return True


def test_every_reader_has_samples() -> None:
    assert SAMPLES.keys() == READERS.keys()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_hostile_file_is_read_or_refused_in_time(name: str) -> None:
    refused, slowest = 0, 0.0
    for number in range(HOW_MANY):
        data = hostile(SAMPLES[name], random.Random(f"{name} {number}"))
        began = time.process_time()
        refused += not is_read(data, name if number % 2 else "auto", number)
        slowest = max(slowest, time.process_time() - began)
    assert 0 < refused < HOW_MANY
    assert slowest < LONGEST
    if DEEP:
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MOST_KB
