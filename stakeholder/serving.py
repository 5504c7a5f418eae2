"""Serving: one web process with threads, and a worker beside it that is started again whenever it dies."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from stakeholder.db import make_private_folder
from stakeholder.errors import Invalid

THREADS = 2 * (os.cpu_count() or 1) + 1  # more would wait for one another
RESTART_SECONDS = 0.5
WATCH_SECONDS = 0.3
STACK_BYTES = 16 * 2**20
"""Of a web thread. The server's own default, 2 MiB, overflows in large matrix products, which ends the process."""
SERVER = "STAKEHOLDER_SERVER_PROCESS"
PROGRAM = Path(__file__).parent.parent / "wsgi.py"


def refuse_a_taken_port(host: str, port: int) -> None:
    """Raises Invalid when something answers there already: two servers on one port would take turns unnoticed."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        raise Invalid(f"Something is served at http://{host}:{port} already. Stop it, or give another port: --port N.")


def serve_for_ever(*, host: str, port: int, data_dir: Path, web_processes: int = 1) -> None:
    """Serve until told to stop (Ctrl-C or SIGTERM)."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    make_private_folder(data_dir)
    (data_dir / "address").write_text(f"http://{host}:{port}\n")
    os.environ[SERVER] = str(os.getpid())
    os.environ.setdefault("RUST_MIN_STACK", str(STACK_BYTES))
    keeper = WorkerKeeper()
    keeper.start()
    try:
        Granian(
            "wsgi:create_app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            factory=True,
            workers=web_processes,
            blocking_threads=THREADS,
            respawn_failed_workers=True,
            log_access=False,
            log_level=LogLevels.warning,
        ).serve()
    finally:
        keeper.stop()


class WorkerKeeper:
    """Keeps one worker process running."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def start(self) -> None:
        """Start the worker and watch it; before the web processes are forked, see `_launch`."""
        self._process = self._launch()
        self._thread.start()

    def stop(self) -> None:
        """Stop the worker; its job, if any, is taken up again after the lease."""
        self._stopping.set()
        if self._process is not None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=5)
        self._thread.join(timeout=5)

    def _keep(self) -> None:
        while self._process is not None:
            self._process.wait()
            if self._stopping.wait(RESTART_SECONDS):
                return
            self._process = self._launch()

    @staticmethod
    def _launch() -> subprocess.Popen[bytes]:
        """Start a worker in our own folder.

        With `close_fds` Python waits for the end of a pipe, which a web process forked at that moment would hold open
        for good; without it the system's spawn is used. Files of Python are not inherited either way.
        """
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, str(PROGRAM), "work"], close_fds=False
        )


def server_process() -> int:
    """The server that started this process, as it told us (it may die before anyone asks); else the parent."""
    return int(os.environ.get(SERVER) or os.getppid())


def end_with_the_server() -> bool:
    """In a web process: end when the server that started it has died, so that its port is free to start again.

    Returns whether this is such a process.
    """
    if SERVER not in os.environ:
        return False
    server = server_process()
    if parent_is_gone(server):
        return False  # the server itself, or a command it ran

    def watch() -> None:
        while not parent_is_gone(server):
            time.sleep(WATCH_SECONDS)
        os._exit(0)

    threading.Thread(target=watch, name="server-watch", daemon=True).start()
    return True


def parent_is_gone(parent: int) -> bool:
    """Whether the process that started this one has died, so that a worker never outlives its server."""
    return os.getppid() != parent


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM or Ctrl-C sets, for loops that end between two pieces of work."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stopping.set())
    return stopping
