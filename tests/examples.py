"""The example school, built once in a run and copied for whoever needs one: to build it takes fifteen seconds."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from tests.servers import command, environment


def place_of_the_run(factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run share."""
    own = factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


def built_example(factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with the example school; whoever comes first builds it, the others wait."""
    shared = place_of_the_run(factory)
    built = shared / "example-school"
    with (shared / "example-school.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.is_dir():
            draft = shared / "example-school-draft"
            told = command("demo", "--build-only", settings=environment(draft))
            assert told.returncode == 0, told.stderr
            draft.rename(built)
    return built


def example_in(folder: Path, factory: pytest.TempPathFactory) -> Path:
    """A copy of the example school's installation in `folder`, to be changed freely; returns its database file."""
    shutil.copytree(built_example(factory), folder, dirs_exist_ok=True)
    return folder / "stakeholder.sqlite"
