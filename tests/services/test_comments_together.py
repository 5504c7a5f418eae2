"""Likeness, themes together, words apart, and themes over time, on both databases."""

from analysis.comments.likeness import by_meaning, comments_like
from analysis.comments.repeating import repeated
from analysis.comments.shelf import Asked, by_keys, fitting, groups
from analysis.comments.together import pairs, volumes, words_apart
from analysis.editions import build_edition
from stakeholder.db import Database
from stakeholder.roles import Role
from tests.makers import NOW
from tests.services.test_shelf import closed, comment_id, someone

TOILETS = tuple(f"The toilets on floor {number} are dirty and have no paper." for number in range(15))
FOOD = tuple(f"The lunch queue at table {number} is far too long." for number in range(15))
BOTH = tuple(f"The toilets are dirty and the lunch is cold, number {number}." for number in range(12))


def test_comments_like_this_speak_of_the_same(database: Database) -> None:
    _, dev = closed(database, *TOILETS, *FOOD)
    with database.reading() as session:
        found = comments_like(session, dev, comment_id(database, TOILETS[0]))
    assert found
    assert all("toilets" in each.comment.text for each in found)
    assert found[0].nearly_the_same
    assert [each.likeness for each in found] == sorted((each.likeness for each in found), reverse=True)


def test_a_typed_meaning_finds_comments_without_its_words(database: Database) -> None:
    _, dev = closed(database, *TOILETS, *FOOD)
    with database.reading() as session:
        keys = fitting(session, dev, groups(session, dev), Asked())
        found = by_keys(session, dev, by_meaning(session, dev, keys, "filthy loos"))
    assert {each.text for each in found[:15]} == set(TOILETS)
    assert by_meaning(session, dev, [], "filthy loos") == []


def test_what_was_written_many_times_is_shown_once(database: Database) -> None:
    _, dev = closed(database, *TOILETS, *FOOD, "More trees.")
    with database.reading() as session:
        found = repeated(session, dev, groups(session, dev))
    assert [each.times for each in found] == [15, 15]
    assert {each.comments[0].text.split()[1] for each in found} == {"toilets", "lunch"}
    assert all(len(each.comments) == 8 for each in found)


def test_a_reader_of_released_comments_gets_no_others_by_likeness(database: Database) -> None:
    _, _ = closed(database, *TOILETS, *FOOD)
    ben = someone(database, "Ben", Role.STUDENT_RESEARCHER)
    with database.reading() as session:
        assert comments_like(session, ben, comment_id(database, TOILETS[0])) == []


def test_themes_that_stand_together_in_ten_comments_are_a_pair(database: Database) -> None:
    _, dev = closed(database, *TOILETS, *FOOD, *BOTH)
    with database.reading() as session:
        found = pairs(session, dev, groups(session, dev))
    pair = next(each for each in found if {each.first, each.second} == {"wel.food", "wel.toilets"})
    assert 10 <= pair.comments <= 14


def test_nine_together_are_no_pair(database: Database) -> None:
    _, dev = closed(database, *TOILETS, *FOOD, *BOTH[:9])
    with database.reading() as session:
        assert pairs(session, dev, groups(session, dev)) == []


def test_words_of_too_few_are_not_compared(database: Database) -> None:
    _, dev = closed(database, *TOILETS)
    with database.reading() as session:
        wave = groups(session, dev)
        assert words_apart(session, dev, wave, wave) == []


def test_a_themes_volume_has_its_range(database: Database) -> None:
    audience, dev = closed(database, *TOILETS, *BOTH, *FOOD)
    with database.writing() as session:
        build_edition(session, audience.wave_id, now=NOW)
    with database.reading() as session:
        (volume,) = volumes(session, dev, audience.key)["wel.toilets"]
    assert volume.interval[0] < volume.share < volume.interval[1]
    assert abs(volume.comments - 27) <= 3
