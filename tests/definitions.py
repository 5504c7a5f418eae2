"""Sound questionnaires with every part of the flow, and answers to them, invented by hypothesis."""

from typing import Any

from hypothesis import strategies as st

from surveys.definition import Questionnaire
from surveys.ordering import Draw
from tests.makers import questionnaire
from tests.strategies import answers

AGREE = questionnaire().by_key["safe"].model_dump(mode="json", by_alias=True)["scale"]
CODES = ("a", "b", "c")
OPTIONS = [{"code": code, "label": code.upper()} for code in CODES]
KINDS = ("likert", "choice", "choices", "number", "grid", "comment", "date", "text")
ORDERS = st.sampled_from([False, False, True, 3])


def _question(kind: str, key: str) -> dict[str, Any]:
    own: dict[str, dict[str, Any]] = {
        "likert": {"scale": AGREE},
        "choice": {"options": [dict(each) for each in OPTIONS]},
        "choices": {"options": [dict(each) for each in OPTIONS]},
        "number": {"min": 0, "max": 5},
        "grid": {"scale": AGREE, "rows": [{"key": "r1", "label": "One"}, {"key": "r2", "label": "Two"}]},
    }
    return {"type": kind, "key": key, "prompt": f"About {key}?", **own.get(kind, {})}


@st.composite
def _tests(draw: st.DrawFn, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    """One test on an earlier question, of those that its kind can pass."""
    question = draw(st.sampled_from(earlier))
    kind, asked = question["type"], {"question": question["key"]}
    if kind == "likert":
        return {**asked, "one_of": draw(st.lists(st.sampled_from(["agree", "disagree"]), min_size=1, max_size=2))}
    if kind == "choice":
        return {**asked, draw(st.sampled_from(["is", "is_not"])): draw(st.sampled_from(CODES))}
    if kind == "choices":
        count = {"chosen_at_least": draw(st.integers(1, 3))}
        return {**asked, **draw(st.sampled_from([count, {"includes": "a"}, {"includes": "c"}]))}
    if kind == "number":
        name = draw(st.sampled_from(["at_least", "at_most", "more_than", "less_than"]))
        numbers = [each["key"] for each in earlier if each["type"] == "number"]
        other = {"answer": draw(st.sampled_from(numbers))}
        return {**asked, name: draw(st.sampled_from([1, 3, 4, other]))}
    if kind == "grid":
        return {**asked, "row": draw(st.sampled_from(["r1", "r2"])), "is": draw(st.sampled_from(["agree", "neither"]))}
    return {**asked, "answered": draw(st.booleans())}


@st.composite
def conditions(draw: st.DrawFn, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    """A test, or a few joined."""
    one = _tests(earlier)
    several = st.lists(one, min_size=1, max_size=2)
    joined = several.map(lambda tests: {"any": tests}) | several.map(lambda tests: {"all": tests})
    return draw(one | joined | one.map(lambda test: {"not": test}))


@st.composite
def _pages(draw: st.DrawFn) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = []
    earlier: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 4))):
        kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3))
        questions = [_question(kind, f"q{number}{at}") for at, kind in enumerate(kinds)]
        page: dict[str, Any] = {"key": f"p{number}", "questions": questions, "shuffle": draw(ORDERS)}
        for thing in (
            page,
            *questions,
            *(part for each in questions for part in each.get("options", each.get("rows", []))),
        ):
            if earlier and draw(st.integers(0, 3)) == 0:
                thing["show_if"] = draw(conditions(earlier))
        for each in questions:
            each.update({"shuffle": draw(ORDERS)} if each["type"] in {"choice", "choices", "grid"} else {})
        asked = [each for each in questions if each["type"] != "text"]
        if asked and draw(st.integers(0, 4)) == 0:
            page["skip_to_end_if"] = draw(conditions(asked))
        earlier += asked
        pages.append(page)
    return pages


@st.composite
def definitions(draw: st.DrawFn) -> Questionnaire:
    """A sound questionnaire."""
    pages = draw(_pages())
    content: dict[str, Any] = {"key": "made", "title": "Made", "groups": ["student"], "audience": "secondary"}
    if draw(st.booleans()):
        halves = len(pages) // 2
        for at, page in enumerate(pages):
            page["section"] = "first" if at <= halves else "second"
        content["sections"] = [{"key": key} for key in dict.fromkeys(page["section"] for page in pages)]
    if draw(st.booleans()):
        keys = [question["key"] for page in pages for question in page["questions"]]
        named = st.lists(st.sampled_from(keys), max_size=2, unique=True)
        arms = [{"key": key, "questions": draw(named)} for key in ("x", "y")]
        content["blocks"] = [{"key": "form", "arms": arms}]
    return Questionnaire.model_validate({**content, "pages": pages})


@st.composite
def respondents(draw: st.DrawFn, asked: Questionnaire) -> tuple[Draw, dict[str, Any]]:
    """What chance chose for someone, and what they would answer to each question."""
    order = draw(st.integers(0, asked.orders - 1)) if asked.orders else None
    arms = {block.key: draw(st.sampled_from(block.arms)).key for block in asked.blocks}
    given: dict[str, Any] = {}
    for question in asked.questions:
        if question.counts_as_question and draw(st.integers(0, 3)):
            given[question.key] = question.check(draw(answers(question)))
    return Draw(order, arms), {key: value for key, value in given.items() if value is not None}
