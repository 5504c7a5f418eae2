"""Commands of the shell: database, serving, work after the request."""

import click

from stakeholder.first_run import is_first_run, set_up_code
from stakeholder.installation import Installation, installation
from stakeholder.serving import parent_is_gone, refuse_a_taken_port, serve_for_ever, server_process, stop_on_signals
from stakeholder.walls import grant_to


@click.group("db")
def db_group() -> None:
    """Keep the database in order."""


@db_group.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the newest version; safe to repeat.

    \b
    Example:
      stakeholder db upgrade
    """
    installation().upgrade()
    click.echo("The database is up to date.")


@db_group.command("grant")
@click.argument("role")
def db_grant(role: str) -> None:
    """Let the PostgreSQL ROLE do the application's work, and no more: it owns nothing and cannot walk round the wall.

    Run it as the owner of the tables after each upgrade, and serve with ROLE in DATABASE_URL.

    \b
    Example:
      stakeholder db grant voice_app
    """
    with installation().database.writing() as session:
        grant_to(session, role)
    click.echo(f"'{role}' may do the application's work.")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
def serve(host: str, port: int, processes: int) -> None:
    """Serve the pages and do the work after the request, until Ctrl-C.

    \b
    Example:
      stakeholder serve --port 8080
    """
    refuse_a_taken_port(host, port)
    here = installation()
    _ = here.database
    click.echo(f"Stakeholder Voice is at http://{host}:{port} - press Ctrl-C to stop.")
    _say_how_to_begin(here, f"http://{host}:{port}")
    serve_for_ever(host=host, port=port, data_dir=here.data_dir, web_processes=processes)


@click.command("work")
@click.option("--until-idle", is_flag=True, help="Do what is waiting, then end.")
def work(until_idle: bool) -> None:
    """Do the work after the request: release, reading, editions. `serve` starts this by itself.

    \b
    Example:
      stakeholder work --until-idle
    """
    here = installation()
    worker = here.worker
    here.begin(here.database)
    if until_idle:
        click.echo(f"Jobs done: {worker.run_until_idle()}")
        return
    parent, stopping = server_process(), stop_on_signals()
    worker.run_for_ever(lambda: stopping.is_set() or parent_is_gone(parent))


def _say_how_to_begin(here: Installation, address: str) -> None:
    """On the first run, print the code that makes the first administrator."""
    with here.database.reading() as session:
        first = is_first_run(session)
    if first and not here.demo:
        click.echo(f"Nobody can sign in yet. Open {address}/set-up with this code: {set_up_code(here.data_dir)}")
