"""A school's own themes: offered, decided on, applied to old comments, with versions; on both databases."""

from uuid import UUID

import pytest
from sqlalchemy import select

from analysis.comments import suggesting
from analysis.comments.codebooks import codebook_of, successors
from analysis.comments.coding import add_theme
from analysis.comments.models import ThemeSuggestion
from analysis.comments.own_themes import (
    add_own_theme,
    history,
    merge_themes,
    own_themes,
    remove_theme,
    rename_theme,
)
from analysis.comments.shelf import Asked, groups
from analysis.comments.state import reading_state
from analysis.jobs import READ_COMMENTS
from analysis.reading_comments import read_comments, reader_of
from stakeholder.db import Database
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.models import Job
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from tests.makers import NOW, person, school
from tests.services.test_shelf import closed, comment_id, someone, texts_for, themes_of
from tests.unit.text.test_emerging import GARDEN, LOCKERS, written

LOCKER = "The locker door n3 sticks"


def with_groups(database: Database) -> tuple[UUID, Viewer]:
    """A read wave with thirty comments on lockers and twenty on a garden, all without a theme; and Dev."""
    audience, dev = closed(database, *written(LOCKERS, 32), *written(GARDEN, 24))
    with database.writing() as session:
        from analysis.models import CommentTheme

        for row in session.scalars(select(CommentTheme)):
            session.delete(row)
    return audience.wave_id, dev


def accepted(database: Database, dev: Viewer, label: str = "Lockers", word: str = "locker") -> str:
    with database.writing() as session:
        return add_own_theme(session, dev, label, [word], dimension="wellbeing", of=["by hand"], now=NOW)


def test_comments_without_a_theme_are_offered_in_groups(database: Database) -> None:
    _, dev = with_groups(database)
    assert suggesting.look_for_themes(database, dev.where) >= 2
    with database.reading() as session:
        found = suggesting.suggestions(session, dev)
    lockers = next(each for each in found if "locker" in " ".join(each.words))
    assert lockers.comments >= 10
    assert len({quote.id for quote in lockers.quotes}) == 3


def test_what_was_dismissed_is_not_offered_again_and_what_waits_is_not_doubled(database: Database) -> None:
    _, dev = with_groups(database)
    first = suggesting.look_for_themes(database, dev.where)
    with database.writing() as session:
        suggesting.dismiss(session, dev, suggesting.suggestions(session, dev)[0].id)
    assert suggesting.look_for_themes(database, dev.where) == first - 1
    with database.reading() as session:
        assert len(suggesting.suggestions(session, dev)) == first - 1


def test_groups_are_renamed_merged_and_split(database: Database) -> None:
    _, dev = with_groups(database)
    suggesting.look_for_themes(database, dev.where)
    with database.writing() as session:
        one, other = suggesting.suggestions(session, dev)[:2]
        suggesting.rename(session, dev, other.id, " Outside  ")
        suggesting.merge(session, dev, one.id, other.id)
    with database.writing() as session:
        together = next(each for each in suggesting.suggestions(session, dev) if each.name == "Outside")
        assert together.comments == one.comments + other.comments
        suggesting.split(session, dev, together.id)
    with database.reading() as session:
        states = sorted(session.scalars(select(ThemeSuggestion.state)))
    assert (states.count("merged"), states.count("split"), states.count("offered") >= 2) == (1, 1, True)


def test_an_accepted_theme_holds_for_old_comments_and_no_figure_mixes_versions(database: Database) -> None:
    wave, dev = with_groups(database)
    suggesting.look_for_themes(database, dev.where)
    with database.writing() as session:
        group = next(each for each in suggesting.suggestions(session, dev) if "locker" in " ".join(each.words))
        before = reader_of(session, dev.where).version
        code = suggesting.accept(
            session, dev, group.id, label="Lockers", words=["locker"], dimension="wellbeing", now=NOW
        )
    with database.reading() as session:
        assert code == "own.lockers"
        assert reader_of(session, dev.where).version != before
        assert session.scalars(select(Job.kind)).all() == [READ_COMMENTS]
        state = reading_state(session, dev, groups(session, dev))
        assert state is not None
        assert not state.is_whole
    assert read_comments(database, wave) == 56
    assert themes_of(database, comment_id(database, LOCKER))[code]
    assert len(texts_for(database, dev, Asked(theme=code))) == 20  # a full page of them


def test_every_change_is_a_version_with_its_lineage(database: Database) -> None:
    _, dev = closed(database, LOCKER)
    lockers, gates = accepted(database, dev), accepted(database, dev, "Gates", "gate")
    with database.writing() as session:
        rename_theme(session, dev, lockers, "Lockers and keys", now=NOW)
        merge_themes(session, dev, gates, lockers, now=NOW)
        remove_theme(session, dev, lockers, now=NOW)
    with database.reading() as session:
        assert own_themes(session, dev) == ()
        changes = [(each.number, each.change["kind"]) for each in history(session, dev)]
        assert changes == [(5, "removed"), (4, "merged"), (3, "renamed"), (2, "accepted"), (1, "accepted")]
        assert successors(session, dev.where) == {gates: None, lockers: None}
    assert accepted(database, dev) == "own.lockers_2"


def test_what_people_said_follows_a_merged_theme(database: Database) -> None:
    wave, dev = closed(database, LOCKER, *(f"More of number {number}." for number in range(9)))
    lockers, doors = accepted(database, dev), accepted(database, dev, "Doors", "portal")
    with database.writing() as session:
        add_theme(session, dev, comment_id(database, LOCKER), doors, "negative")
        merge_themes(session, dev, doors, lockers, now=NOW)
    read_comments(database, wave.wave_id)
    assert themes_of(database, comment_id(database, LOCKER)).get(lockers) == "negative"
    assert doors not in themes_of(database, comment_id(database, LOCKER))


@pytest.mark.parametrize(
    ("label", "words"),
    [("", ["locker"]), ("Food and drink" * 9, ["locker"]), ("Lockers", []), ("Lockers", ["!!"]), ("homework", ["a"])],
)
def test_a_theme_needs_a_name_of_its_own_and_words(database: Database, label: str, words: list[str]) -> None:
    _, dev = closed(database, LOCKER)
    with database.writing() as session, pytest.raises(Invalid):
        add_own_theme(session, dev, label, words, dimension=None, of=[], now=NOW)


def test_other_schools_and_readers_of_quotes_change_nothing(database: Database) -> None:
    _, dev = with_groups(database)
    suggesting.look_for_themes(database, dev.where)
    code = accepted(database, dev)
    ben = someone(database, "Ben", Role.STUDENT_RESEARCHER)
    with database.writing() as session:
        valley = school(session, "Valley School")
        zoe = Viewer(person(session, valley, "Zoe", Role.HEAD).id, valley.id, "Zoe", frozenset({Role.HEAD}))
        group = suggesting.suggestions(session, dev)[0]
        assert suggesting.suggestions(session, zoe) == []
        assert codebook_of(session, valley.id).theme(code) is None
        with pytest.raises(NotFound):
            suggesting.dismiss(session, zoe, group.id)
        with pytest.raises(NotFound):
            remove_theme(session, zoe, code, now=NOW)
        with pytest.raises(NotAllowed):
            suggesting.suggestions(session, ben)
        with pytest.raises(NotAllowed):
            own_themes(session, ben)
