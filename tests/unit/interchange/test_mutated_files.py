"""Damaged files: whatever happens to their bytes, they are read or refused, and nothing else."""

import contextlib
import json
import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stakeholder.errors import Invalid
from surveys.interchange.calculations import calculation_of
from surveys.interchange.expressions import rule_of
from surveys.interchange.formats import READERS, read
from surveys.interchange.relaxed_json import relaxed
from surveys.interchange.rules import NotExpressible
from surveys.interchange.writers import WRITERS
from tests.makers import questionnaire
from tests.unit.interchange import files

DEEP = os.environ.get("STAKEHOLDER_TEST_DEPTH") == "deep"
EXAMPLES = settings(max_examples=3_000 if DEEP else 12, deadline=None)
PIECES = st.sampled_from(
    [
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
        b"99999999999",
    ]
)
Cut = tuple[int, int, bytes]
CUTS = st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(0, 40), PIECES), min_size=1, max_size=6)


def mutated(data: bytes, cuts: list[Cut]) -> bytes:
    """The file with pieces taken out and others put in."""
    for at, length, piece in cuts:
        place = at % (len(data) + 1)
        data = data[:place] + piece + data[place + length :]
    return data


STEERED = {
    f"flow{WRITERS[name].ending}": WRITERS[name].write(questionnaire("flow"), "en")[0]
    for name in ("lss", "limesurvey-txt", "qsf", "surveyjs", "json", "yaml")
}
WHOLE = files.FILES | STEERED


@pytest.mark.parametrize("name", WHOLE)
@EXAMPLES
@given(cuts=CUTS)
def test_a_damaged_file_is_read_or_refused(name: str, cuts: list[Cut]) -> None:
    with contextlib.suppress(Invalid):
        read(mutated(WHOLE[name], cuts), name)


@pytest.mark.parametrize("format_name", READERS)
@EXAMPLES
@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_by_every_reader(format_name: str, data: bytes) -> None:
    with contextlib.suppress(Invalid):
        read(data, "file", format_name)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def places(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON document."""
    found = [path] if path else []
    steps = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for step, inner in steps:
        found += places(inner, (*path, step))
    return found


@pytest.mark.parametrize("name", ["survey.qsf", "survey.json", "flow.qsf", "flow.surveyjs.json", "flow.json"])
@EXAMPLES
@given(data=st.data())
def test_any_value_anywhere_in_a_json_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = json.loads(WHOLE[name])
    for _ in range(3):
        place = data.draw(st.sampled_from(places(content)))
        inner = content
        for step in place[:-1]:
            inner = inner[step]
        inner[place[-1]] = data.draw(JSON)
    with contextlib.suppress(Invalid):
        read(json.dumps(content).encode(), "file.json")


@EXAMPLES
@given(st.text(alphabet="${}abc12.,'\"=!<>()[] andortselected-+_", max_size=60))
def test_any_expression_is_understood_or_refused(text: str) -> None:
    with contextlib.suppress(NotExpressible):
        rule_of(text)


@EXAMPLES
@given(st.text(alphabet="{}[],:'\"`/*abe01.-+ \n\\", max_size=60))
def test_any_hand_written_json_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        relaxed(text)


@EXAMPLES
@given(st.text(alphabet="${}abc12.,+-*/() sumifaxd<='", max_size=60))
def test_any_calculation_is_understood_or_refused(text: str) -> None:
    with contextlib.suppress(NotExpressible):
        calculation_of(text)
