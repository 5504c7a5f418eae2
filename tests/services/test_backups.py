"""Backups: a school with an open wave comes back whole, nobody reads a copy without its key, keys die in copies too."""

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import URL, func, select, text, update

from stakeholder.audit import all_events, verify
from stakeholder.backups.copying import counts_in
from stakeholder.backups.folder import BackupFolder
from stakeholder.backups.making import BACK_UP, Made, back_up, back_up_job, with_beats
from stakeholder.backups.restoring import restore
from stakeholder.backups.sealed_copy import read_identity
from stakeholder.db import Database
from stakeholder.errors import Conflict, Invalid
from stakeholder.installation import Installation
from stakeholder.jobs.daily import ask_for_today
from stakeholder.jobs.worker import Worker
from stakeholder.models import Job, School
from surveys.audiences import KnownAudiences
from surveys.models import Ballot, Comment, Response, Wave
from surveys.release import release
from surveys.responding import submit
from surveys.waves import close_wave
from tests.databases import fresh_postgresql, postgresql_programs, sqlite_address
from tests.makers import NOW, lead, open_audience, school

MARKER = "Only Amina would ever write zanzibarquux"
PEOPLE = 12


def shown(address: URL) -> str:
    return address.render_as_string(hide_password=False)


@pytest.fixture
def here(
    database: Database, database_address: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Installation]:
    """An installation with an open wave in which twelve people have answered, and its backups have a key."""
    monkeypatch.setenv("PATH", f"{postgresql_programs()}{os.pathsep}{os.environ['PATH']}")
    found = Installation(tmp_path / "here", shown(database_address), "http://here", backup_dir=tmp_path / "backups")
    with database.writing() as session:
        token = open_audience(session, school(session)).token
    audience = KnownAudiences(database, found.survey_keys).of(token)
    for number in range(PEOPLE):
        with database.changing() as connection:
            answers = {"safe": "agree", "better": f"{MARKER} {number}"}
            submit(connection, audience, answers=answers, language="en", submission_key=f"key-{number:020}")
    yield found
    found.database.dispose()


@pytest.fixture
def key(here: Installation, tmp_path: Path) -> pyrage.x25519.Identity:
    """The private key, read back from paper that somebody typed a word of their own onto."""
    path = tmp_path / "safe.txt"
    path.write_text(f"Backups of Hill School:\n{BackupFolder(here.backups).choose_new_key()}\n")
    return read_identity(path)


@pytest.fixture
def elsewhere(here: Installation, database: Database, tmp_path: Path) -> Iterator[Installation]:
    """A new machine with nothing on it but the folder of backups."""
    with ExitStack() as stack:
        if database.is_sqlite:
            address = sqlite_address(tmp_path / "elsewhere" / "stakeholder.sqlite")
        else:
            address = stack.enter_context(fresh_postgresql("template0"))
        found = Installation(tmp_path / "elsewhere", shown(address), "http://elsewhere", backup_dir=here.backups)
        stack.callback(lambda: found.database.dispose())
        yield found


def made(here: Installation, **later: float) -> Made:
    return back_up(here.database, BackupFolder(here.backups), here.keys, now=NOW + timedelta(**later), days=14)


def counts(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {**counts_in(connection), "audit_event": 0}


def is_untouched(there: Installation) -> bool:
    opened = Database(there.database_url)
    try:
        return opened.is_empty()
    finally:
        opened.dispose()


def close(here: Installation) -> Wave:
    with here.database.writing() as session:
        hill, wave = session.scalars(select(School)).one(), session.scalars(select(Wave)).one()
        close_wave(session, lead(hill), wave.key, now=NOW)
    release(here.database, wave.id, keys=here.survey_keys, final=True)
    return wave


def test_a_school_with_an_open_wave_comes_back_whole(
    here: Installation, key: pyrage.x25519.Identity, elsewhere: Installation
) -> None:
    before, copy = counts(here.database), made(here)
    assert before["ballot"] == 2 * PEOPLE
    done = restore(elsewhere, copy.path, key, replace=False, now=NOW)
    assert counts(elsewhere.database) == before
    assert (done.rows, done.kept) == (copy.rows, None)
    with elsewhere.database.reading() as session:
        assert verify(all_events(session))
        assert [event.act for event in all_events(session)][-1] == "restore"

    close(elsewhere)
    with elsewhere.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Response)) == PEOPLE
        assert {each.text for each in session.scalars(select(Comment))} == {f"{MARKER} {n}" for n in range(PEOPLE)}


def test_nobody_reads_a_backup_without_the_key(here: Installation, key: pyrage.x25519.Identity) -> None:
    with here.database.writing() as session:
        session.execute(update(School).values(name=MARKER))
    copy = made(here)
    files = [path for path in here.backups.rglob("*") if path.is_file()]
    assert len(files) == 3  # for whom it is sealed, the database, the survey's key
    assert not [path for path in files if MARKER.encode() in path.read_bytes()]
    assert not [path for path in files if b"AGE-SECRET" in path.read_bytes()]
    assert not [
        path
        for path in files
        if here.survey_keys.private(next(here.survey_keys.folder.iterdir()).name) in path.read_bytes()
    ]
    assert copy.path.parent.stat().st_mode & 0o077 == 0
    with pytest.raises(Invalid, match="does not open"):
        restore(here, copy.path, pyrage.x25519.Identity.generate(), replace=True, now=NOW)


def test_what_was_deleted_is_in_no_later_backup(
    here: Installation, key: pyrage.x25519.Identity, elsewhere: Installation
) -> None:
    with here.database.writing() as session:
        for ballot in session.scalars(select(Ballot)):
            session.delete(ballot)
    restore(elsewhere, made(here).path, key, replace=False, now=NOW)
    with elsewhere.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Ballot)) == 0


def test_a_key_that_was_destroyed_is_destroyed_in_its_copy_and_never_comes_back(
    here: Installation, key: pyrage.x25519.Identity, elsewhere: Installation
) -> None:
    copy = made(here)
    wave = close(here)
    assert not list(here.backups.glob(f"keys/surveys/{wave.id}.age"))
    made(here, hours=1)
    done = restore(elsewhere, copy.path, key, replace=False, now=NOW)
    assert done.keys == 0
    assert elsewhere.survey_keys.private(str(wave.id)) is None
    with pytest.raises(Invalid, match="destroyed"):
        elsewhere.survey_keys.public(str(wave.id))


def test_damage_is_noticed_and_changes_nothing(
    here: Installation, key: pyrage.x25519.Identity, elsewhere: Installation, tmp_path: Path
) -> None:
    whole = made(here).path.read_bytes()
    for number, broken in enumerate((whole[: len(whole) // 2], whole[:-40] + bytes(40), b"", b"PK" + whole)):
        path = tmp_path / f"{number}.backup.age"
        path.write_bytes(broken)
        with pytest.raises(Invalid):
            restore(elsewhere, path, key, replace=False, now=NOW)
    other = tmp_path / "other.backup.age"
    other.write_bytes(pyrage.encrypt(b"a letter", [key.to_public()]))
    with pytest.raises(Invalid, match="not a backup"):
        restore(elsewhere, other, key, replace=False, now=NOW)
    assert is_untouched(elsewhere)
    assert not list(elsewhere.data_dir.glob(".backup-*"))


def test_a_newer_programs_backup_is_refused(
    here: Installation, key: pyrage.x25519.Identity, elsewhere: Installation
) -> None:
    with here.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Invalid, match="newer version"):
        restore(elsewhere, made(here).path, key, replace=False, now=NOW)


def test_a_database_that_is_there_is_set_aside_only_when_asked(
    here: Installation, database: Database, key: pyrage.x25519.Identity
) -> None:
    copy = made(here)
    with pytest.raises(Conflict, match=r"set aside|not empty"):
        restore(here, copy.path, key, replace=False, now=NOW)
    if not here.database.is_sqlite:
        return
    with here.database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1 FROM school")
        with pytest.raises(Conflict, match="in use"):
            restore(here, copy.path, key, replace=True, now=NOW)
    here.database.dispose()
    database.dispose()
    done = restore(here, copy.path, key, replace=True, now=NOW)
    assert done.kept is not None
    aside = Database(f"sqlite:///{done.kept}")
    assert counts(aside)["ballot"] == 2 * PEOPLE
    aside.dispose()


def test_every_night_a_backup_is_made_once_there_is_a_key(here: Installation) -> None:
    folder = BackupFolder(here.backups)
    worker = Worker.of(here.database, {BACK_UP: lambda run: back_up_job(run, folder, here.keys, days=14)})

    def tonight() -> list[Path]:
        with here.database.writing() as session:
            session.execute(update(Job).where(Job.kind == BACK_UP).values(run_after=NOW))
        worker.run_until_idle()
        return folder.all()

    ask_for_today(here.database, BACK_UP)
    assert tonight() == []
    folder.choose_new_key()
    assert [len(tonight()), len(tonight())] == [1, 2]
    with here.database.reading() as session:
        assert session.scalars(select(Job.state).where(Job.kind == BACK_UP).order_by(Job.state)).all()[-1] == "waiting"


def test_old_backups_go_but_never_the_last(here: Installation, key: pyrage.x25519.Identity) -> None:
    first = made(here)
    assert made(here, days=10).deleted == 0
    last = made(here, days=20)
    assert last.deleted == 1
    assert not first.path.exists()
    assert BackupFolder(here.backups).forget(before=NOW + timedelta(days=99)) == 1
    assert BackupFolder(here.backups).all() == [last.path]


def test_a_key_is_needed_and_not_replaced_by_chance(here: Installation, tmp_path: Path) -> None:
    folder = BackupFolder(here.backups)
    with pytest.raises(Invalid, match="backup-key"):
        made(here)
    first = folder.choose_new_key()
    with pytest.raises(Conflict, match="--new"):
        folder.choose_new_key()
    assert folder.choose_new_key(instead=True) != first
    for words, match in (("nothing here", "holds no key"), (first[:40], "copied whole")):
        path = tmp_path / "key.txt"
        path.write_text(words)
        with pytest.raises(Invalid, match=match):
            read_identity(path)


def test_a_long_backup_keeps_its_lease_and_tells_what_went_wrong() -> None:
    beats: list[int] = []
    three = threading.Event()

    def beat() -> None:
        beats.append(1)
        if len(beats) >= 3:
            three.set()

    with_beats(lambda: three.wait(20), beat, seconds=0.01)
    assert len(beats) >= 3
    with pytest.raises(ZeroDivisionError):
        with_beats(lambda: 1 / 0, lambda: None)
