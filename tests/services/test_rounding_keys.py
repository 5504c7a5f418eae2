"""Rounding keys lie outside the database and stay the same for ever."""

from pathlib import Path

from sqlalchemy import func, select

from analysis.editions.rounding_keys import keep_rounding_key, needed_rounding, rounding_of
from analysis.models import RoundingKey
from stakeholder.db import Database
from stakeholder.key_folder import KeyFolder
from tests.makers import open_audience, school


def test_the_key_is_in_its_folder_and_not_in_the_database(database: Database, tmp_path: Path) -> None:
    with_keys = Database(str(database.url.render_as_string(hide_password=False)), KeyFolder(tmp_path / "keys"))
    with with_keys.writing() as session:
        wave = open_audience(session, school(session)).wave_id
        assert rounding_of(session, wave) is None
        keep_rounding_key(session, wave)
        first = needed_rounding(session, wave)
        keep_rounding_key(session, wave)
        assert needed_rounding(session, wave) == first
        assert session.scalar(select(func.count()).select_from(RoundingKey)) == 0
    with_keys.dispose()
    (file,) = (tmp_path / "keys").iterdir()
    assert file.read_bytes() == first.key and file.stat().st_mode & 0o077 == 0


def test_a_key_of_an_earlier_version_moves_and_rounds_as_before(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        wave = open_audience(session, school(session)).wave_id
        keep_rounding_key(session, wave, b"k" * 32)
    with_keys = Database(str(database.url.render_as_string(hide_password=False)), KeyFolder(tmp_path / "keys"))
    with with_keys.writing() as session:
        assert needed_rounding(session, wave).key == b"k" * 32
        keep_rounding_key(session, wave)
        assert needed_rounding(session, wave).key == b"k" * 32
        assert session.get(RoundingKey, wave) is None
    with_keys.dispose()
