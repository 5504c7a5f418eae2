"""Sound questions of every kind and answers to them, invented by hypothesis."""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter

from surveys.definition import AnyQuestion
from surveys.question_types import Question

HOSTILE = (
    "<script>alert(1)</script>",
    '" onclick="x" value="',
    "a&amp;b",
    "{{ 7*7 }}",
    "%(count)s",
    "<!--text-->",
    "'",
)
PICTURES = ("book", "ball", "sun", "friends")
ADAPTER: TypeAdapter[Question] = TypeAdapter(AnyQuestion)

keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
plain = st.text("abc xyz–éłيہ", min_size=1, max_size=20).filter(str.strip) | st.sampled_from(HOSTILE)
words = plain | st.fixed_dictionaries({"en": plain}, optional={"ur": plain, "pl": plain})


def options(least: int = 2, most: int = 5, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Options with codes of their own."""
    one = st.fixed_dictionaries({"code": keys, "label": words, **more})
    return st.lists(one, min_size=least, max_size=most, unique_by=lambda option: option["code"])


def rows(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows with keys of their own."""
    one = st.fixed_dictionaries({"key": keys, **(more or {"label": words})})
    return st.lists(one, min_size=1, max_size=4, unique_by=lambda row: row["key"])


@st.composite
def scales(draw: st.DrawFn, *, faces: bool = False) -> dict[str, Any]:
    """A sound scale."""
    made = draw(options(most=7))
    for number, option in enumerate(made):
        option["value"] = number
        if faces:
            option["face"] = draw(st.sampled_from(["sad", "neutral", "smile"]))
    codes = [option["code"] for option in made]
    apart = [each for each in draw(options(0, 2)) if each["code"] not in codes]
    favourable = draw(st.lists(st.sampled_from(codes), max_size=3, unique=True))
    return {"key": draw(keys), "options": made, "unscored": apart, "favourable": favourable}


@st.composite
def ranges(draw: st.DrawFn, least: int, most: int) -> dict[str, int]:
    """A `min` and a `max` that lie `least` to `most` apart."""
    low = draw(st.integers(-20, 20))
    return {"min": low, "max": low + draw(st.integers(least, most))}


def _own(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """The fields of a kind besides those that all have."""
    made: dict[str, Any] = {
        "likert": {"scale": scales(), "reverse": st.booleans()},
        "faces": {"scale": scales(faces=True)},
        "grid": {"scale": scales(), "rows": rows()},
        "choice": {"options": options(other=st.booleans()), "look": st.sampled_from(["radio", "drop_down"])},
        "choices": {"options": options(other=st.booleans(), exclusive=st.booleans())},
        "picture_choice": {"options": options(picture=st.sampled_from(PICTURES)), "several": st.booleans()},
        "choice_grid": {"rows": rows(), "options": options(), "several": st.booleans()},
        "differential": {"rows": rows(start=words, end=words), "points": st.sampled_from([5, 7])},
        "number": {"unit": words, "min": st.integers(-5, 5), "max": st.integers(6, 90), "decimals": st.booleans()},
        "date": {"precision": st.sampled_from(["day", "month"])},
        "short_text": {"format": st.just("plain")},
        "comment": {"polarity": st.sampled_from(["positive", "improve", "neutral"])},
        "ranking": {"options": options(), "most": st.integers(1, 2)},
        "allocation": {"options": options(), "total": st.integers(1, 200), "unit": words},
        "consent": {"statement": words},
        "text": {"body": words, "picture": st.sampled_from(PICTURES)},
        "calculated": {"value": st.just({"mean": [{"answer": "a"}, {"score": "b"}]})},
    }
    if kind == "rating":
        return ranges(2, 12)
    if kind == "slider":
        return st.builds(lambda ends, step: ends | {"step": step}, ranges(2, 60), st.sampled_from([1, 0.5]))
    return st.fixed_dictionaries(made[kind])


def questions(kind: str) -> st.SearchStrategy[Question]:
    """Sound questions of a kind. A kind without a strategy here raises KeyError."""
    shared = st.fixed_dictionaries({"key": keys, "prompt": words}, optional={"hint": words, "indicator": st.just("")})
    return st.builds(lambda own, rest: ADAPTER.validate_python({"type": kind, **rest, **own}), _own(kind), shared)


def answers(question: Question) -> st.SearchStrategy[Any]:
    """What someone may send as an answer to it; None where nothing is asked."""
    asked: Any = question
    if not question.counts_as_question:
        return st.none()
    if question.type in {"likert", "faces", "choice", "consent"}:
        return st.sampled_from(sorted(question.codes))
    if question.type == "choices":
        return _ticks([option.code for option in asked.options if not option.exclusive] or [asked.options[0].code])
    if question.type == "picture_choice":
        codes = sorted(question.codes)
        return _ticks(codes) if asked.several else st.sampled_from(codes)
    if question.type in {"grid", "differential", "choice_grid"}:
        inside = (
            _ticks(sorted(question.codes))
            if getattr(asked, "several", False)
            else st.sampled_from(sorted(question.codes))
        )
        return st.dictionaries(st.sampled_from([row.key for row in asked.rows]), inside, min_size=1)
    return _measured(asked)


def _measured(asked: Any) -> st.SearchStrategy[Any]:
    if asked.type in {"rating", "slider"}:
        return st.integers(int(asked.min), int(asked.max)) | st.just("rather_not")
    if asked.type == "number":
        return st.integers(int(asked.min), int(asked.max))
    if asked.type == "date":
        days = st.dates(date(1990, 1, 1), date(2040, 1, 1)).map(date.isoformat)
        return days if asked.days else days.map(lambda day: day[:7])
    if asked.type == "ranking":
        return st.permutations(sorted(asked.codes)).map(lambda codes: list(codes)[: asked.places])
    if asked.type == "allocation":
        return st.sampled_from(asked.options).map(lambda option: {option.code: asked.total})
    return st.text(min_size=1, max_size=60).filter(lambda text: asked.check(text) is not None) | st.sampled_from(
        HOSTILE
    )


def _ticks(codes: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(codes), min_size=1, unique=True)
