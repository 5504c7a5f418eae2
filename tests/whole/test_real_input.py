"""Answers from other tools through the command line: real exports, made-up ones, big ones; and results taken out."""

import csv
import json
import os
import random
import re
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT, command, environment

pytestmark = pytest.mark.slow
EXAMPLES = ROOT / "surveys" / "data" / "examples"
MOST_MEMORY_MB = 500
PEAK = (sys.executable, str(Path(__file__).parent / "peak_memory.py"))


def done(*words: str, here: dict[str, str]) -> str:
    told = command(*words, settings=here)
    assert told.returncode == 0, told.stderr
    return told.stdout


def exported(here: dict[str, str], tmp_path: Path) -> list[dict[str, str]]:
    done("responses", "export", str(tmp_path / "out.csv"), here=here)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def made_up(path: Path, rows: int) -> Path:
    """A file in the layout of the reading questionnaire: 80 columns of labels."""
    source = (EXAMPLES / "reading_2009.yaml").read_text("utf-8")
    keys = [key.upper() for key in re.findall(r"key: (st\d+q\d+)", source)]
    chance = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow(["respondent", *keys])
        for number in range(rows):
            write.writerow([number, *chance.choices(("1", "2", "3", "4", ""), k=len(keys))])
    return path


def test_the_export_of_an_international_study_comes_in_whole(samples: Path, tmp_path: Path) -> None:
    here = environment(tmp_path / "state")
    done("questionnaire", "import", str(EXAMPLES / "reading_2009.yaml"), here=here)
    file = str(samples / "responses" / "pisa2009_reading_8000.csv.gz")
    mapping = str(EXAMPLES / "reading_2009_mapping.yaml")
    words = ("--questionnaire", "reading_2009", "--wave", "PISA 2009", "--mapping", mapping)
    said = done("responses", "import", file, *words, here=here)
    assert "8,000 rows" in said
    assert "632,615 answers understood" in said
    assert "8,000 responses are stored" in said
    again = command("responses", "import", file, *words, settings=here)
    assert (again.returncode, "Traceback" in again.stderr) == (1, False)
    assert exported(here, tmp_path)


def test_comments_of_another_service_come_in_as_comments(samples: Path, tmp_path: Path) -> None:
    here = environment(tmp_path / "state")
    mapping = tmp_path / "map.yaml"
    mapping.write_text("columns:\n  text: better\n")
    file = str(samples / "comments" / "nhs_fft.jsonl")
    words = ("--questionnaire", "parent", "--wave", "FFT", "--mapping", str(mapping))
    said = done("responses", "import", file, *words, here=here)
    assert "4,126 responses are stored" in said
    assert "sentiment_raw" in said  # what was left out is listed
    themes = [line for line in exported(here, tmp_path) if line["kind"].startswith("theme")]
    assert any(line["status"] == "shown" for line in themes)


def test_a_made_up_file_of_comments_comes_in(tmp_path: Path) -> None:
    here = environment(tmp_path / "state")
    (tmp_path / "map.yaml").write_text("columns:\n  text: better\n")
    words = "The lunch queue is too long, {} of us miss it."
    lines = [{"id": str(number), "text": words.format(number)} for number in range(60)]
    (tmp_path / "said.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    options = ("--questionnaire", "parent", "--wave", "Said", "--mapping", str(tmp_path / "map.yaml"))
    assert "60 responses are stored" in done("responses", "import", str(tmp_path / "said.jsonl"), *options, here=here)
    found = {line["status"] for line in exported(here, tmp_path) if line["subject"] == "wel.food"}
    assert found == {"shown"}


def test_a_big_file_needs_little_memory(tmp_path: Path) -> None:
    rows = 100_000 if os.environ.get("STAKEHOLDER_TEST_DEPTH") == "deep" else 4_000
    here = environment(tmp_path / "state")
    done("questionnaire", "import", str(EXAMPLES / "reading_2009.yaml"), here=here)
    file = made_up(tmp_path / "big.csv", rows)
    words = ("responses", "import", str(file), "--questionnaire", "reading_2009", "--wave", "Big")
    told = command(*words, settings=here, program=PEAK)
    assert told.returncode == 0, told.stderr
    assert f"{rows:,} responses are stored" in told.stdout
    peak = float(re.search(r"peak memory (\d+) MB", told.stderr)[1])  # type: ignore[index]
    assert peak < MOST_MEMORY_MB


def test_an_export_never_numbers_a_small_group(tmp_path: Path) -> None:
    here = environment(tmp_path / "state")
    done("questionnaire", "import", str(EXAMPLES / "reading_2009.yaml"), here=here)
    file = made_up(tmp_path / "small.csv", 8)
    done("responses", "import", str(file), "--questionnaire", "reading_2009", "--wave", "Small", here=here)
    lines = exported(here, tmp_path)
    assert lines
    assert {line["people"] for line in lines} == {""}
    assert {line["answer_people"] for line in lines} == {""}
    assert "shown" not in {line["status"] for line in lines}
