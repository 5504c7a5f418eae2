"""Complete responses per second through the real server, page by page and as one document, beside a no-op view.

Run as `make bench`. Server, database and visitors share the machine, so compare figures of one run only; server
CPU ms per response is the steadiest. SQLite with full flushes: an answer that was acknowledged is on the disk.
"""

import argparse
import asyncio
import json
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import psutil

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.form import WORDS, Form
from bench.visitor import Visitor, local
from surveys.default_questionnaires import default_questionnaires
from surveys.framework import default_framework
from surveys.loading import load_questionnaire_bytes
from surveys.question_types import Question
from surveys.question_types.choice import Choice
from surveys.question_types.grid import Grid
from surveys.question_types.likert import Likert
from tests.servers import ROOT, command, environment, free_port, running_server

MOST_PAGES = 60
AT_REST = 0.03  # seconds of CPU in a second
MATRIX = Path(__file__).parent / "matrix.yaml"
FORMS: dict[str, Form] = {}  # by address: reading the same page's form again would cost more than serving it
Walk = Callable[[Visitor, str], Awaitable[None]]


@dataclass(frozen=True)
class Measured:
    """One line of the table; times in seconds, CPU in ms for each completed walk."""

    name: str
    clients: int
    walks: int
    seconds: float
    cpu_ms: float
    times: list[float]

    def line(self) -> str:
        """The line as it is printed."""
        cuts = quantiles(self.times, n=100) if len(self.times) > 1 else self.times * 99
        p50, p95, p99 = (1000 * cuts[at] for at in (49, 94, 98))
        return (
            f"| {self.name} | {self.clients} | {self.walks / self.seconds:.1f} | {self.cpu_ms:.1f} "
            f"| {p50:.0f} / {p95:.0f} / {p99:.0f} |"
        )


async def page_by_page(visitor: Visitor, path: str) -> None:
    """Open the link, answer every page, check, send. Raises RuntimeError when it does not end in thanks."""
    answer = await visitor.follow(await visitor.get(path))
    for _ in range(MOST_PAGES):
        form = FORMS.get(answer.path) or FORMS.setdefault(answer.path, Form.of(answer.text))
        if not form.action:
            break
        chosen = [(name, value) for name, value in form.fields if name != "layout"]  # several questions a page
        fields = [*answer.hidden.items(), *chosen, *form.buttons[:1]]
        answer = await visitor.follow(await visitor.post(local(answer.path, form.action), fields))
        if answer.status != 200:
            raise RuntimeError(f"{answer.path} answered {answer.status}: {answer.text[:300]}")
    if "/thanks" not in answer.path:
        raise RuntimeError(f"The walk ended at {answer.path} instead of the page of thanks.")


def one_document(answers: dict[str, object]) -> Walk:
    """A walk that opens the link and sends all answers in one request."""

    async def walk(visitor: Visitor, path: str) -> None:
        await visitor.get(path)
        document = {"submission_key": secrets.token_hex(16), "language": "en", "answers": answers}
        stored = await visitor.put(f"{path}/answers", json.dumps(document).encode())
        if stored.status != 201:
            raise RuntimeError(f"{stored.status}: {stored.text[:300]}")

    return walk


async def nothing(visitor: Visitor, path: str) -> None:
    """One request to the no-op view."""
    await visitor.get(path)


def measure(name: str, walk: Walk, *, port: int, path: str, clients: int, seconds: float, server: int) -> Measured:
    """Let `clients` visitors walk again and again for a while."""
    before = cpu_seconds(server)
    began = time.perf_counter()
    walks, times = asyncio.run(_crowd(walk, port, path, clients, began + seconds))
    took = time.perf_counter() - began
    return Measured(name, clients, walks, took, 1000 * (cpu_seconds(server) - before) / max(walks, 1), times)


async def _crowd(walk: Walk, port: int, path: str, clients: int, until: float) -> tuple[int, list[float]]:
    results = await asyncio.gather(*(_one(walk, port, path, until) for _ in range(clients)))
    return sum(count for count, _ in results), [each for _, times in results for each in times]


async def _one(walk: Walk, port: int, path: str, until: float) -> tuple[int, list[float]]:
    count, times = 0, []
    while time.perf_counter() < until or not count:
        visitor = Visitor(port)
        await walk(visitor, path)
        await visitor.leave()
        times += visitor.seconds
        count += 1
    return count, times


def cpu_seconds(pid: int) -> float:
    """CPU time of a process and all below it."""
    top = psutil.Process(pid)
    return sum(each.cpu_times().user + each.cpu_times().system for each in (top, *top.children(recursive=True)))


def first_answers(questions: Iterable[Question]) -> dict[str, object]:
    """An answer to every question that is usual in a school: choices, matrices and comments."""
    answers: dict[str, object] = {}
    for each in questions:
        if isinstance(each, Grid):
            answers[each.key] = {row.key: each.options[1].code for row in each.rows}
        elif isinstance(each, Likert | Choice):
            answers[each.key] = each.options[1].code
        elif each.is_comment:
            answers[each.key] = WORDS.strip()
    return answers


def settle(pid: int) -> None:
    """Wait until a server that has just started has nothing left to do of its own. Raises RuntimeError if never."""
    for _ in range(60):
        before = cpu_seconds(pid)
        time.sleep(1)
        if cpu_seconds(pid) - before < AT_REST:
            return
    raise RuntimeError("The server did not come to rest.")


@contextmanager
def no_op_server() -> Iterator[tuple[int, int]]:
    """Port and process of a server with the no-op view."""
    port = free_port()
    arguments = ["--interface", "wsgi", "--factory", "--port", str(port), "--blocking-threads", "16", "--no-log"]
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "granian"), *arguments, "bench.noop:create_app"], cwd=ROOT
    )
    try:
        time.sleep(3)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def walks(settings: dict[str, str]) -> list[tuple[str, str, Walk]]:
    """What is measured: how one answers, which questionnaire, and the walk."""
    command("questionnaire", "import", str(MATRIX), settings=settings)
    asked = {
        "secondary": default_questionnaires(default_framework())["secondary"],
        "matrix": load_questionnaire_bytes(MATRIX.read_bytes(), MATRIX.name),
    }
    return [
        each
        for key, questionnaire in asked.items()
        for each in (
            ("page by page", key, page_by_page),
            ("one document", key, one_document(first_answers(questionnaire.questions))),
        )
    ]


def opened(settings: dict[str, str], key: str) -> str:
    """Address, below the server's, of a wave opened with this questionnaire; the same one when asked again."""
    said = command("wave", "open", key, "--group", "student", "--link", settings=settings)
    if "/s/" not in said.stdout:
        raise RuntimeError(said.stderr)
    return "/s/" + re.sub(r".*/s/", "", said.stdout.strip())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--clients", type=int, nargs="*", default=[1, 10, 50])
    parser.add_argument("--only", default="", help="measure only what has these words in its name")
    parser.add_argument("--database", default="", help="address of an empty PostgreSQL database; without it, SQLite")
    options = parser.parse_args()
    database = {"DATABASE_URL": options.database} if options.database else {}
    print("| what | clients | complete responses/s | server CPU ms each | request p50 / p95 / p99 ms |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder), **database) as server:
        settle(server.process.pid)
        settings = environment(Path(folder), **database)
        for name, key, walk in walks(settings):
            if options.only not in f"{key}, {name}":
                continue
            path = opened(settings, key)
            measure(name, walk, port=server.port, path=path, clients=2, seconds=1, server=server.process.pid)
            for clients in options.clients:
                measured = measure(
                    f"{key}, {name}",
                    walk,
                    port=server.port,
                    path=path,
                    clients=clients,
                    seconds=options.seconds,
                    server=server.process.pid,
                )
                print(measured.line(), flush=True)
    with no_op_server() as (port, pid):
        for clients in options.clients:
            print(
                measure(
                    "no-op view (one request)",
                    nothing,
                    port=port,
                    path="/",
                    clients=clients,
                    seconds=options.seconds,
                    server=pid,
                ).line(),
                flush=True,
            )


if __name__ == "__main__":
    main()
