"""The code's own shape: small files, small functions, nothing that belongs elsewhere."""

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 50
UNCLEAR_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common)$")
HOLLOW = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|mark\.(skip|xfail)\b")
ADDRESSES_OF_INDEXES = re.compile(r"--(extra-)?index-url|--find-links|--trusted-host|^-i |://", re.MULTILINE)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository, and those about to be added."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(path for line in listed.splitlines() if (path := ROOT / line).is_file())


def named(paths: Iterable[Path]) -> list[str]:
    """The files as one would name them."""
    return [str(path.relative_to(ROOT)) for path in paths]


def python_files() -> Iterator[tuple[str, str]]:
    """Name and text of every Python file."""
    for path in tracked():
        if path.suffix == ".py":
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def functions() -> Iterator[tuple[str, int]]:
    """Every function and its length in lines, without decorators; migrations are lists of tables rather than code."""
    for name, text in python_files():
        if "migrations/versions" in name:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_400_lines() -> None:
    long = {name: lines for name, text in python_files() if (lines := text.count("\n")) > MOST_LINES_OF_A_FILE}
    assert long == {}


def test_no_function_is_longer_than_50_lines() -> None:
    assert {name: lines for name, lines in functions() if lines > MOST_LINES_OF_A_FUNCTION} == {}


def test_every_module_is_named_for_its_subject() -> None:
    assert [name for name, _ in python_files() if UNCLEAR_NAMES.search(Path(name).stem)] == []


def test_nothing_is_left_hollow() -> None:
    this = str(Path(__file__).relative_to(ROOT))
    assert [name for name, text in python_files() if name != this and HOLLOW.search(text)] == []


def test_no_file_holds_both_sides_of_a_merge() -> None:
    marks = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    kinds = {".py", ".html", ".css", ".js", ".md", ".yaml", ".po", ".toml"}
    texts = [path for path in tracked() if path.suffix in kinds]
    assert named(path for path in texts if marks.search(path.read_text(encoding="utf-8"))) == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [name for name, text in python_files() if text.strip() and not ast.get_docstring(ast.parse(text))]
    assert silent == []


def test_locks_carry_hashes_and_no_address_of_an_index() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text()
        pinned = re.findall(r"^[\w.\[\]-]+==\S+", text, re.MULTILINE)
        hashed = re.findall(r"^[\w.\[\]-]+==[^\n]*\\\n\s+--hash=sha256:", text, re.MULTILINE)
        assert len(hashed) == len(pinned) > 0, lock.name
        assert not ADDRESSES_OF_INDEXES.search(text), lock.name


def test_no_database_key_or_answer_file_is_in_the_repository() -> None:
    kept_out = {".sqlite", ".db", ".pem", ".key", ".gz", ".jsonl", ".xlsx"}
    found = [path for path in tracked() if path.suffix in kept_out]
    assert named(path for path in found if not {"tests", "data"} & set(path.parts)) == []


def test_templates_and_static_files_load_nothing_from_elsewhere() -> None:
    foreign = re.compile(r"""(src|href|action|url)\s*[=(]\s*["']?(https?:)?//(?!www\.w3\.org)""")
    kinds = {".html", ".css", ".js", ".svg"}
    files = [path for path in tracked() if path.suffix in kinds and "tests" not in path.parts]
    assert named(path for path in files if foreign.search(path.read_text(encoding="utf-8"))) == []


def test_templates_hold_no_inline_style_or_script() -> None:
    inline = re.compile(r"""<style\b|\sstyle=|\son[a-z]+=["']|<script(?![^>]*\ssrc=)[^>]*>""")
    templates = [path for path in tracked() if path.suffix == ".html"]
    assert named(path for path in templates if inline.search(path.read_text(encoding="utf-8"))) == []


def test_styles_are_the_same_in_both_directions_of_writing() -> None:
    sided = re.compile(
        r"(?<![\w-])((margin|padding|border)-(left|right)|(left|right)\s*:)|(text-align|float):\s*(left|right)\b"
    )
    styles = [path for path in tracked() if path.suffix == ".css"]
    assert named(path for path in styles if sided.search(path.read_text(encoding="utf-8"))) == []
