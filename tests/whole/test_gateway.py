"""All numbers leave through one gate: only the edition's builder and loader make what figures and exports accept."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.disclosure.reportable import Reportable

ROOT = Path(__file__).parent.parent.parent
MAKERS = {
    "analysis/disclosure/admission.py",
    "analysis/editions/cells.py",
    "analysis/editions/modelling.py",
    "analysis/editions/scoring.py",
}
UNSAFE = {
    "a result made by hand": """
from analysis.disclosure.reportable import Reportable, Slice
Reportable("item", "safe", "Safe", "w", Slice("student"), "shown")
""",
    "a cell before admission in a figure": """
from analysis.disclosure.admission import Cell
from analysis.disclosure.reportable import Slice
from analysis.figures.likert import likert_bars
likert_bars([Cell("item", "safe", "Safe", "w", Slice("student"), 3)], title="")
""",
    "a number of one's own in a table": """
from analysis.exports.rows import rows_of
rows_of((3, 7))
""",
    "a kind of result of one's own": """
from analysis.disclosure.reportable import Reportable
class Mine(Reportable): ...
""",
}


def test_unsafe_output_does_not_type_check(tmp_path: Path) -> None:
    files = []
    for at, snippet in enumerate(UNSAFE.values()):
        files.append(tmp_path / f"unsafe_{at}.py")
        files[-1].write_text(snippet)
    known = ROOT / ".mypy_cache"  # what 'make lint' has found out about the modules in between, if it was run
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", f"--cache-dir={known}", *map(str, files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    errors = {line.split(":")[0].rsplit("/", 1)[-1] for line in checked.stdout.splitlines() if ": error:" in line}
    assert errors == {file.name for file in files}, checked.stdout


def test_a_result_cannot_be_made_by_hand_at_run_time_either() -> None:
    with pytest.raises(TypeError):
        Reportable(None)  # type: ignore[arg-type]


def test_only_the_editions_builder_and_loader_seal_results() -> None:
    found = set()
    for path in ROOT.glob("[aw]*/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [each.name for each in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            if any(name.startswith("analysis.disclosure.sealing") for name in names) or (
                isinstance(node, ast.ImportFrom) and node.module == "analysis.disclosure" and "sealing" in names
            ):
                found.add(str(path.relative_to(ROOT)))
    assert found == MAKERS
