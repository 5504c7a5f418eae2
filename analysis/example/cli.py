"""`stakeholder demo`: the example school, built once and served."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from sqlalchemy import select

from analysis.example.story import SCHOOL
from stakeholder.db import Database
from stakeholder.errors import Conflict
from stakeholder.installation import Installation, installation
from stakeholder.models import School

Progress = Callable[[str, int, int], None]


@click.command("demo")
@click.option("--build-only", is_flag=True, help="Build the example school and stop; do not serve it.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def demo(*, build_only: bool, host: str, port: int) -> None:
    """Build a lively example school, once, and serve it with a page to choose whom to be.

    Nobody in it is real. The folder that it lives in must not hold a school of yours.

    \b
    Examples:
      stakeholder demo
      stakeholder demo --build-only
    """
    here = installation()
    if here.upgrade_if_older(refuse_a_real_school):
        click.echo("The example school is from an earlier version: its results are counted again.")
        here.worker.run_until_idle()
    refuse_a_real_school(here.database)
    if _is_built(here.database):
        click.echo(f"The example school, {SCHOOL}, is there already.")
    else:
        _build(here)
    if not build_only:
        _serve(here, host, port)


def _build(here: Installation) -> None:
    from analysis.example.building import build_example_school

    with _bar(f"Building {SCHOOL}") as progress:
        built = build_example_school(here.database, progress=progress)
    click.echo(f"{SCHOOL} has {built.responses:,} answers and {built.comments:,} comments.")


def _serve(here: Installation, host: str, port: int) -> None:
    """Serve in demo mode, which only this process and those it starts are in."""
    from stakeholder.serving import refuse_a_taken_port, serve_for_ever

    refuse_a_taken_port(host, port)
    os.environ["STAKEHOLDER_DEMO"] = "1"
    click.echo(f"The example school is at http://{host}:{port} - choose there whom to be. Press Ctrl-C to stop.")
    sys.stdout.flush()
    serve_for_ever(host=host, port=port, data_dir=here.data_dir)


def _schools(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(School.name)))


def _is_built(database: Database) -> bool:
    return SCHOOL in _schools(database)


def refuse_a_real_school(database: Database) -> None:
    """Raise Conflict when the database holds any school but the example: in the demo anyone may be anyone."""
    real = [name for name in _schools(database) if name != SCHOOL]
    if real:
        raise Conflict(
            f"This installation holds the school '{real[0]}', so the demo, in which anyone may be anyone, does not "
            "start here. Set STAKEHOLDER_DATA to another folder for the demo."
        )


@contextmanager
def _bar(label: str) -> Iterator[Progress]:
    with click.progressbar(length=100, label=label, item_show_func=lambda words: words) as shown:

        def progress(words: str, done: int, total: int) -> None:
            shown.update(max(0, 100 * done // total - shown.pos), words)

        yield progress
