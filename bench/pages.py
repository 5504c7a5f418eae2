"""What the pages of results cost the server: milliseconds of CPU a page, read again and again by one governor.

    python -m bench.pages [--times 20]

The example school is built in a folder that is deleted afterwards. The baseline is a page with nothing on it but a
form, the sign-in page, in the same run.
"""

import time
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient
from sqlalchemy import select

from analysis.example.building import build_example_school
from config import Settings
from stakeholder.models import Person
from wsgi import create_app

READER = "Maya Osei"
BASELINE = "/sign-in"
PAGES = (
    "/governors",
    "/results/dimensions",
    "/results/statements",
    "/results/time",
    "/results/groups",
    "/comments",
    "/explore",
)


def milliseconds(client: FlaskClient, path: str, times: int) -> tuple[float, float, int]:
    """CPU of the first time, the median of the others, and the page's bytes before packing."""
    taken: list[float] = []
    for _time in range(times + 1):
        started = time.process_time()
        answer = client.get(path)
        size = len(answer.data)
        taken.append(1000 * (time.process_time() - started))
        assert answer.status_code == 200, path
    return taken[0], median(taken[1:]), size


def reader(folder: Path) -> FlaskClient:
    """The example school, read by a governor who has signed in."""
    app = create_app(Settings(data_dir=folder, database_url=f"sqlite:///{folder / 'stakeholder.sqlite'}", demo=True))
    build_example_school(app.extensions["database"], progress=lambda _words, _done, _steps: None)
    with app.extensions["database"].reading() as session:
        person = session.scalars(select(Person.id).where(Person.name == READER)).one()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["person"] = str(person)
    return client


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20)
    times = parser.parse_args().times
    with TemporaryDirectory() as folder:
        client = reader(Path(folder))
        baseline = milliseconds(client.application.test_client(), BASELINE, times)[1]
        print(f"{'page':24}{'first ms':>10}{'again ms':>10}{'x sign-in':>11}{'kB':>6}")
        for path in PAGES:
            first, again, size = milliseconds(client, path, times)
            print(f"{path:24}{first:10.0f}{again:10.1f}{again / baseline:11.1f}{size / 1000:6.0f}")
        print(f"{BASELINE:24}{'':10}{baseline:10.1f}")


if __name__ == "__main__":
    main()
