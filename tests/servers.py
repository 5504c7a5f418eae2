"""The real product as its own processes: servers, workers and commands."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = (sys.executable, "-m", "wsgi")
PATIENCE_SECONDS = 90.0
NOT_OURS = {"DATABASE_URL", "FLASK_APP", "PYTHONDONTWRITEBYTECODE"}
"""Left out of the environment of our processes; without the last each would compile the whole product anew."""


@dataclass(frozen=True)
class RunningServer:
    """A server that answers at `address`; `process` is its main process."""

    address: str
    port: int
    process: subprocess.Popen[bytes]


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """The environment of an installation whose state lives in `data_dir`, and nothing of this machine's own."""
    kept = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    kept = {key: value for key, value in kept.items() if not key.startswith("STAKEHOLDER_")}
    return {**kept, "STAKEHOLDER_DATA": str(data_dir), "PYTHONUNBUFFERED": "1", **more}


def command(
    *arguments: str, settings: Mapping[str, str], words: str = "", program: tuple[str, ...] = PROGRAM
) -> subprocess.CompletedProcess[str]:
    """Run one `stakeholder` command to its end; `words` go to its standard input."""
    return subprocess.run(
        [*program, *arguments],
        cwd=ROOT,
        env=dict(settings),
        capture_output=True,
        text=True,
        input=words,
        timeout=120,
        check=False,
    )


def start(*arguments: str, settings: Mapping[str, str], log: Path, cwd: Path = ROOT) -> subprocess.Popen[bytes]:
    """Start a `stakeholder` command and leave it running; what it says goes to the file `log`."""
    with log.open("ab") as output:
        return subprocess.Popen([*PROGRAM, *arguments], cwd=cwd, env=dict(settings), stdout=output, stderr=output)


@contextmanager
def running_server(data_dir: Path, *options: str, port: int | None = None, **more: str) -> Iterator[RunningServer]:
    """The real server on a free port, ready to answer; stopped at the end if it still runs."""
    data_dir.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    log = data_dir / "server.log"
    process = start("serve", "--port", str(port), *options, settings=environment(data_dir, **more), log=log)
    try:
        wait_for(port, process, log)
        yield RunningServer(f"http://127.0.0.1:{port}", port, process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=5)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers. Raises RuntimeError with what it said when it ends or never does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if _answers(port):
            return
        time.sleep(0.05)
    raise RuntimeError(f"The server did not come up: {log.read_text()[-2000:]}")


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()
