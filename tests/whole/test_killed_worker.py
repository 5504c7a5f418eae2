"""A worker that is killed in the middle of its work loses nothing and doubles nothing."""

import json
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy import URL, func, select, update

from stakeholder.db import Database
from stakeholder.models import Job
from stakeholder.serving import STACK_BYTES
from surveys.models import Ballot, Comment, Response
from surveys.waves import close_wave
from tests.makers import NOW, cast_ballots, lead, open_audience, school, wave_of
from tests.servers import ROOT, command, environment, free_port, running_server, start, wait_for

SUBMISSIONS = 4_000
PATIENCE_SECONDS = 60.0
pytestmark = pytest.mark.slow


def fill_and_close(database: Database) -> None:
    with database.writing() as session:
        hill = school(session)
        audience = open_audience(session, hill)
        cast_ballots(session, audience.id, SUBMISSIONS)
        close_wave(session, lead(hill), wave_of(session, audience).key, now=NOW)


def chunks_done(database: Database) -> int:
    with database.reading() as session:
        return session.execute(select(func.max(Job.done_chunks))).scalar_one() or 0


def let_the_lease_run_out(database: Database) -> None:
    with database.writing() as session:
        session.execute(update(Job).values(lease_until=datetime.now(UTC) - timedelta(seconds=1)))


def numbers_released(database: Database) -> Counter[int]:
    with database.reading() as session:
        return Counter(json.loads(answers)["hours"] for answers in session.scalars(select(Response.answers)))


def count(database: Database, table: type[Ballot] | type[Response] | type[Comment]) -> int:
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def kill_in_the_middle(database: Database, settings: dict[str, str], log: Path) -> int:
    """Start a real worker, kill it -9 once it has made progress, and return how far it had come."""
    before, worker = chunks_done(database), start("work", settings=settings, log=log)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while chunks_done(database) <= before and time.monotonic() < deadline:
        time.sleep(0.01)
    worker.kill()
    worker.wait()
    return chunks_done(database)


def test_kill_9_of_the_worker_loses_and_doubles_nothing(
    database: Database, database_address: URL, tmp_path: Path
) -> None:
    fill_and_close(database)
    settings = environment(tmp_path, DATABASE_URL=database_address.render_as_string(hide_password=False))
    done = kill_in_the_middle(database, settings, tmp_path / "worker.log")
    assert 0 < done < 2 * SUBMISSIONS
    assert count(database, Ballot) + count(database, Response) + count(database, Comment) == 2 * SUBMISSIONS

    let_the_lease_run_out(database)
    finished = command("work", "--until-idle", settings=settings)

    assert finished.returncode == 0, finished.stderr
    assert numbers_released(database) == Counter(range(SUBMISSIONS))
    assert (count(database, Comment), count(database, Ballot)) == (SUBMISSIONS, 0)
    with database.reading() as session:
        due = select(Job.state).where(Job.run_after <= datetime.now(UTC))  # tomorrow's deletions wait, rightly
        assert set(session.scalars(due)) == {"done"}


def test_the_server_starts_its_worker_again_when_it_is_killed(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        first = worker_of(server.process.pid)
        first.kill()
        second = worker_of(server.process.pid, other_than=first.pid)
        assert second.pid != first.pid
        server.process.terminate()
        server.process.wait(15)
        second.wait(15)
        assert not second.is_running()


def test_the_server_starts_its_web_process_again_when_it_dies(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        web = web_process_of(server.process.pid)
        assert max(stacks_of(web)) >= STACK_BYTES
        web.kill()
        web.wait(15)
        wait_for(server.port, server.process, tmp_path / "server.log")
        assert web_process_of(server.process.pid).pid != web.pid


def test_nothing_outlives_a_server_that_was_killed_so_that_it_can_start_again(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        worker_of(server.process.pid)
        started = psutil.Process(server.process.pid).children(recursive=True)
        assert len(started) >= 2  # a web process and a worker
        server.process.kill()
        _gone, left = psutil.wait_procs(started, timeout=15)
        assert left == []
    with running_server(tmp_path, port=server.port) as again:
        assert again.port == server.port


def test_a_server_and_its_worker_keep_their_state_in_one_place_wherever_they_are_started(tmp_path: Path) -> None:
    settings, port = environment(Path("state")), free_port()
    server = start("serve", "--port", str(port), settings=settings, log=tmp_path / "server.log", cwd=tmp_path)
    try:
        wait_for(port, server, tmp_path / "server.log")
        assert Path(worker_of(server.pid).cwd()) == tmp_path
        assert {path.name for path in tmp_path.iterdir()} == {"state", "server.log"}
    finally:
        server.terminate()
        server.wait(15)
    assert not (ROOT / "state").exists()


def worker_of(server: int, other_than: int = 0) -> psutil.Process:
    """The process that does the work after the request for this server."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for child in psutil.Process(server).children(recursive=True):
            if child.pid != other_than and child.cmdline()[-1:] == ["work"]:
                return child
        time.sleep(0.05)
    raise TimeoutError("The server has no worker.")


def web_process_of(server: int) -> psutil.Process:
    """The process that answers requests for this server."""
    found = [each for each in psutil.Process(server).children() if each.cmdline()[-1:] != ["work"]]
    return next(each for each in found if any(link.status == "LISTEN" for link in each.net_connections("tcp")))


def stacks_of(process: psutil.Process) -> list[int]:
    """Bytes of each writable area that stands right above a guard page, as threads' stacks do."""
    areas = [line.split()[:2] for line in Path(f"/proc/{process.pid}/maps").read_text().splitlines()]
    ends = [tuple(int(each, 16) for each in span.split("-")) for span, _ in areas]
    guarded = [here[1] == "---p" for here in areas]
    return [end - begin for (begin, end), guard in zip(ends[1:], guarded, strict=False) if guard]
