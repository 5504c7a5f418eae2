"""Process models are data: each file is sound, mistakes are told with their place, and the engine knows no process."""

import re
from pathlib import Path

import pytest

import analysis.enquiry
from analysis.enquiry.process import STEPS, Process, library, load_process, read_process
from stakeholder.errors import Invalid

ENGINE = Path(analysis.enquiry.__file__).parent
SMALL = """
key: small
title: A small one
note: Look and ask.
begun_by: [head]
parts:
  - {key: lead, title: Lead, roles: [head], organises: true}
stages:
  - key: look
    title: Look
    purpose: See what is there.
    step: evidence
    day: 0
    closed_by: [lead]
    needs: [seen]
    artefacts:
      - {key: seen, title: What we saw, kind: notes, by: [lead]}
"""


@pytest.mark.parametrize("key", list(library()))
def test_every_process_that_comes_with_the_product_closes_the_loop(key: str) -> None:
    process = read_process(library()[key])
    assert process.key == key
    assert [each for each in STEPS if each in {stage.step for stage in process.stages}][-2:] == ["effect", "next"]
    assert process.report is not None


def test_the_engine_knows_no_process_by_name() -> None:
    names = [process for text in library().values() for process in _names(read_process(text))]
    files = [*ENGINE.glob("*.py"), *(ENGINE.parent / "views").glob("enquir*.py")]
    files += (Path(__file__).parent.parent.parent / "templates/analysis/enquiries").glob("*.html")
    known = [(path.name, name) for path in files for name in names if _says(path.read_text("utf-8"), name)]
    assert len(files) > 15
    assert known == []


def _names(process: Process) -> list[str]:
    return [process.key, str(process.title)]


def _says(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) is not None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("kind: notes", "kind: dream"), "line 17, stages 1, artefacts 1, kind: found 'dream'"),
        (("closed_by: [lead]", "closed_by: [boss]"), "stage 'look': found the part 'boss', expected one of lead"),
        (("needs: [seen]", "needs: [heard]"), "stage 'look': found the artefact 'heard', expected one of seen"),
        (("step: evidence", "step: effect"), "the first stage must gather evidence or choose a question"),
        (("organises: true", "organises: false"), "found none with 'organises: true'"),
        (("day: 0", "day: soon"), "line 13, stages 1, day: found 'soon'"),
        (("purpose:", "purpos:"), "Is 'purpose' meant?"),
    ],
)
def test_a_mistake_is_told_with_its_place(change: tuple[str, str], told: str) -> None:
    with pytest.raises(Invalid) as found:
        load_process(SMALL.replace(*change), source="small.yaml")
    assert told in str(found.value)


def test_a_small_process_is_enough() -> None:
    assert load_process(SMALL, source="small.yaml").artefact("seen") is not None
