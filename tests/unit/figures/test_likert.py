"""Bars of agreement."""

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.reportable import OptionCount, Reportable
from analysis.figures import Figure, likert_bars
from tests.unit.figures.reading import at, collisions, contrast, drawings, every, outside, surfaces, words
from tests.unit.figures.results import hidden, item, result

SAFE = item("I feel safe at school.", (30, 45, 96, 245, 150), unscored=12)
SAY = item("Adults listen to what students say and then do something about it.", (79, 133, 110, 187, 60))
LITTLE = result(
    "item",
    "I have a friend.",
    status="words",
    n=14,
    options=(OptionCount("no", "No", 8), OptionCount("yes", "Yes", 6, favourable=True)),
)
COUNTS = st.lists(st.integers(0, 500), min_size=5, max_size=5).filter(lambda counts: sum(counts) >= 30)
STATEMENT = st.text("I feel safe, łódź ŵ میں محفوظ", min_size=1, max_size=90).filter(str.strip)


def figure(*results: Reportable) -> Figure:
    return likert_bars(results or (SAFE, SAY), title="Students feel safe")


def parts(drawing: Element) -> list[list[float]]:
    rows = [every(group, "rect", "figure-part") for group in every(drawing, "g", "figure-row")]
    return [[at(part, "width") for part in row] for row in rows if row]


def test_every_part_is_as_long_as_its_share() -> None:
    for drawing in drawings(figure()):
        for drawn, each in zip(parts(drawing), (SAFE, SAY), strict=True):
            whole = sum(drawn)
            shares = [option.people / each.n for option in each.options]
            assert [length / whole for length in drawn] == pytest.approx(shares, abs=0.001)


def test_all_bars_have_the_same_scale() -> None:
    for drawing in drawings(figure()):
        assert len({round(sum(row)) for row in parts(drawing)}) == 1


def test_half_of_the_middle_stands_on_each_side_of_the_line() -> None:
    for drawing in drawings(figure()):
        line = at(every(drawing, "line")[0], "x1")
        middle = every(drawing, "rect", "figure-part")[2]
        assert at(middle, "x") + at(middle, "width") / 2 == pytest.approx(line, abs=0.02)


def test_the_favourable_per_cent_stands_at_the_end() -> None:
    assert all("70%" in words(drawing) and "43%" in words(drawing) for drawing in drawings(figure()))


def test_a_negative_statement_is_turned_round() -> None:
    bored = item("I am bored.", (10, 20, 6, 24, 40), favourable={"strongly_disagree", "disagree"})
    for drawing in drawings(figure(bored)):
        (row,) = parts(drawing)
        assert [length / sum(row) for length in row] == pytest.approx([0.4, 0.24, 0.06, 0.2, 0.1], abs=0.001)
        assert words(drawing).index("Strongly agree") < words(drawing).index("Strongly disagree")


def test_an_even_scale_has_no_middle() -> None:
    scale = (("no", "No"), ("not_much", "Not much"), ("mostly", "Mostly"), ("yes", "Yes"))
    for drawing in drawings(figure(item("I like school.", (10, 20, 30, 40), options=scale))):
        line, better = at(every(drawing, "line")[0], "x1"), every(drawing, "rect", "figure-part")[2]
        assert at(better, "x") == pytest.approx(line, abs=0.02)


def test_what_is_hidden_has_its_reason_and_no_number() -> None:
    for drawing in drawings(figure(hidden("Someone listens"))):
        assert "Too few people answered" in words(drawing)
        assert not any(letter.isdigit() for letter in words(drawing))
        assert not every(drawing, "rect", "figure-part")


def test_few_answers_are_said_in_words() -> None:
    drawn = figure(LITTLE)
    assert all("about half are favourable" in words(drawing) for drawing in drawings(drawn))
    assert not any(letter.isdigit() for letter in drawn.summary + str(drawn.table.rows))


@pytest.mark.parametrize("few", [0, 1, 5])
def test_near_all_or_none_looks_the_same_whoever_it_was(few: int) -> None:
    drawn = figure(item("I feel safe.", (few, 0, 0, 0, 100 - few)))
    assert str(drawn.wide_svg) == str(figure(item("I feel safe.", (0, 0, 0, 0, 100))).wide_svg)
    assert drawn.table.rows[0][1:7] == ("hardly any",) * 4 + ("nearly all",) * 2
    assert all("≥95%" in words(drawing) and "100%" not in words(drawing) for drawing in drawings(drawn))


def test_the_table_has_every_number() -> None:
    table = figure().table
    assert table.rows[0] == (
        "I feel safe at school.",
        "5% (30)",
        "8% (45)",
        "17% (96)",
        "43% (245)",
        "27% (150)",
        "70% (395)",
        "566",
        "12",
    )
    assert len(table.head) == len(table.rows[0])


def test_statements_of_two_scales_get_two_legends_and_one_table() -> None:
    faces = item("I like school.", (10, 20, 70), options=(("no", "No"), ("sometimes", "Sometimes"), ("yes", "Yes")))
    drawn = figure(SAFE, faces)
    assert all("Sometimes" in words(each) and "Strongly agree" in words(each) for each in drawings(drawn))
    assert drawn.table.rows[1][1] == "No: 10% (10); Sometimes: 20% (20); Yes: 70% (70)"


def test_other_labels_may_stand_before_the_bars() -> None:
    drawn = likert_bars((SAFE, SAFE), title="Safe", labels=("Year 7", "Year 8"))
    assert all("Year 8" in words(each) and "I feel safe" not in words(each) for each in drawings(drawn))


@given(st.lists(st.tuples(STATEMENT, COUNTS), min_size=1, max_size=6))
def test_no_words_meet_and_none_is_cut(asked: list[tuple[str, list[int]]]) -> None:
    for drawing in drawings(figure(*[item(label, counts) for label, counts in asked], hidden("Hidden"))):
        assert collisions(drawing) == []
        assert outside(drawing) == []


@given(COUNTS)
def test_numbers_in_bars_can_be_read(counts: list[int]) -> None:
    for drawing in drawings(figure(item("I feel safe.", counts))):
        for text, part in surfaces(drawing):
            assert contrast(text.get("fill", ""), part.get("fill", "")) >= 4.5


def test_words_are_escaped() -> None:
    drawn = figure(item('<script>"&', (1, 2, 30, 4, 5)))
    assert "<script" not in str(drawn.wide_svg) and '<script>"&' in words(drawings(drawn)[0])


def test_nothing_needs_a_style_to_be_allowed() -> None:
    assert all("style" not in str(svg) for svg in (figure().wide_svg, figure().narrow_svg))


def test_each_drawing_is_named_and_described() -> None:
    for drawing in drawings(figure()):
        named = [every(drawing, tag)[0].get("id") for tag in ("title", "desc")]
        assert drawing.get("role") == "img" and drawing.get("aria-labelledby") == " ".join(map(str, named))
        assert "70% favourable" in str(every(drawing, "desc")[0].text)
