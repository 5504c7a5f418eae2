"""Groups among comments without a theme: found, stable, the same each time, never under ten."""

import random

import pytest

from analysis.text.emerging import LEAST, STABLE, Emerging, emerging, halves, jaccard

LOCKERS = "My locker {} is broken|Locker keys went missing {}|We need lockers near room {}|The locker door {} sticks"
GARDEN = "The garden pond {} needs frogs|Plant more flowers in garden bed {}|Weeds cover the garden path {}"
NOISE = "Purple {}|Monday {}|Cheese {}|Spoon {}|Window {}|Elephants {}|Guitars {}|Velvet {}"


def written(wordings: str, number: int, start: int = 0) -> list[str]:
    forms = wordings.split("|")
    return [forms[at % len(forms)].format(f"n{start + at}") for at in range(number)]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    found = written(LOCKERS, 32) + written(GARDEN, 24) + written(NOISE, 24)
    random.Random(3).shuffle(found)
    return found


@pytest.fixture(scope="module")
def groups(texts: list[str]) -> tuple[Emerging, ...]:
    return emerging(texts)


def of_word(found: tuple[Emerging, ...], word: str) -> Emerging:
    return next(each for each in found if any(word in one for one in each.words))


def test_what_people_write_about_comes_out(texts: list[str], groups: tuple[Emerging, ...]) -> None:
    for word in ("locker", "garden"):
        members = [texts[at].lower() for at in of_word(groups, word).members]
        assert len(members) >= LEAST
        assert sum(word in text for text in members) / len(members) >= 0.9


def test_no_group_is_small_or_unsteady(groups: tuple[Emerging, ...]) -> None:
    assert all(len(each.members) >= LEAST and each.stability >= STABLE for each in groups)
    assert len({at for each in groups for at in each.members}) == sum(len(each.members) for each in groups)


def test_the_same_comments_give_the_same_groups(texts: list[str], groups: tuple[Emerging, ...]) -> None:
    assert emerging(texts) == groups


def test_groups_come_back_on_other_parts_than_those_they_were_chosen_by(
    texts: list[str], groups: tuple[Emerging, ...]
) -> None:
    overlaps = []
    for seed in range(4):
        kept = sorted(random.Random(100 + seed).sample(range(len(texts)), round(len(texts) * 0.8)))
        again = emerging([texts[at] for at in kept])
        overlaps += [max((jaccard(each.words, one.words) for one in again), default=0.0) for each in groups]
    assert sum(overlaps) / len(overlaps) >= STABLE


def test_too_few_comments_make_no_group() -> None:
    assert emerging([]) == ()
    assert emerging(written(LOCKERS, 9)) == ()
    assert emerging(["..."] * 50) == ()


def test_opinions_are_no_theme() -> None:
    assert emerging(["It is great", "really good", "so bad", "I hate it", "the best"] * 10) == ()


def test_a_group_comes_apart_in_two_only_where_both_are_large_enough() -> None:
    both = halves(written(LOCKERS, 20) + written(GARDEN, 20))
    assert [len(each.members) >= LEAST for each in both] == [True, True]
    assert halves(written(LOCKERS, 12)) == ()
