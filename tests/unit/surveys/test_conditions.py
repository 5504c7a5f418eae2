"""When a question is shown."""

import pytest

from surveys.conditions import Condition

GIVEN = {"year": "y8", "clubs": ["art", "chess"], "hours": 3}


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        ({"question": "year", "is": "y8"}, True),
        ({"question": "year", "is": "y9"}, False),
        ({"question": "year", "is_not": "y9"}, True),
        ({"question": "nobody", "is_not": "y9"}, True),
        ({"question": "year", "one_of": ["y7", "y8"]}, True),
        ({"question": "clubs", "includes": "chess"}, True),
        ({"question": "clubs", "includes": "judo"}, False),
        ({"question": "hours", "at_least": 3}, True),
        ({"question": "hours", "at_most": 2}, False),
        ({"question": "year", "at_least": 3}, False),
        ({"question": "nobody", "answered": False}, True),
        ({"question": "year", "answered": False}, False),
        ({"all": [{"question": "year", "is": "y8"}, {"question": "hours", "at_most": 9}]}, True),
        ({"any": [{"question": "year", "is": "y7"}, {"question": "hours", "at_least": 9}]}, False),
        ({"not": {"question": "year", "is": "y7"}}, True),
        ({"question": "hours", "at_most": 0}, False),
    ],
)
def test_a_condition_holds_or_not(test: dict[str, object], *, holds: bool) -> None:
    assert Condition.model_validate(test).holds(GIVEN) is holds


@pytest.mark.parametrize(
    "test",
    [
        {},
        {"question": "year"},
        {"question": "year", "is": "y7", "is_not": "y8"},
        {"is": "y7"},
        {"all": []},
        {"question": "year", "any": [{"question": "year", "is": "y7"}]},
        {"question": "year", "matches": ".*"},
    ],
)
def test_anything_but_one_test_is_refused(test: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"expected|permitted|at least"):
        Condition.model_validate(test)
