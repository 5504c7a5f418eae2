"""What the columns and cells of a foreign table are taken to mean."""

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from stakeholder.errors import Invalid
from surveys.importing.converting import Converter, Report
from surveys.importing.mapping import ImportPlan, dump_mapping, load_wishes, propose
from surveys.importing.report import plan_lines, report_lines
from surveys.loading import load_questionnaire
from tests.makers import questionnaire

TINY = questionnaire()
KINDS = load_questionnaire(
    """
key: kinds
title: Kinds
groups: [student]
audience: secondary
pages:
- key: all
  questions:
  - {key: clubs, type: choices, prompt: Which clubs?, options: [{code: art, label: Art}, {code: chess, label: Chess}]}
  - key: rooms
    type: grid
    prompt: How are the rooms?
    scale: agree5
    rows: [{key: hall, label: The hall is fine}, {key: gym, label: The gym is fine}]
""",
    source="kinds.yaml",
)


def converted(
    header: list[str], *rows: list[str], made: Any = TINY, **wishes: Any
) -> tuple[list[dict[str, Any]], Report]:
    converter = Converter(made, propose(header, made, wishes), header)
    return [answers for _, answers in converter.documents(iter(enumerate(rows, 2)))], converter.report


def targets(plan: ImportPlan) -> Mapping[str, str | None]:
    return {column.column: column.field.name if column.field else None for column in plan.columns}


def test_columns_are_known_by_key_or_by_words() -> None:
    plan = propose(["SAFE", "Which year are you in", "Shoe size"], TINY)
    assert targets(plan) == {"SAFE": "safe", "Which year are you in": "year", "Shoe size": None}


def test_cells_are_known_by_code_label_or_number() -> None:
    answers, _ = converted(["safe"], ["strongly_agree"], ["Strongly Agree"], ["5"], ["5.0"])
    assert [each["safe"] for each in answers] == ["strongly_agree"] * 3


def test_what_is_dropped_is_counted_by_value() -> None:
    answers, report = converted(["safe", "hours"], ["agree", "lots"], ["perhaps", "3"], ["perhaps", ""])
    assert answers == [{"safe": "agree"}, {"hours": 3}]
    assert report.dropped["safe"] == {"perhaps": 2}
    assert report.dropped["hours"] == {"lots": 1}
    assert (report.rows, report.empty_rows) == (3, 1)
    assert any("'perhaps' (2)" in line for line in report_lines(report))


def test_empty_cells_are_missing_and_not_dropped() -> None:
    _, report = converted(["safe"], [""], ["NA"], ["n/a"], ["agree"])
    assert (report.missing["safe"], report.dropped) == (3, {})


def test_a_comment_that_says_na_is_missing_but_nothing_is_an_answer() -> None:
    answers, _ = converted(["better"], ["N/A"], ["Nothing"], ["none"])
    assert [each["better"] for each in answers] == ["Nothing", "none"]


def test_a_mapping_file_gives_columns_and_values_their_meaning() -> None:
    wishes = load_wishes("columns: {Q1: {question: safe, values: {Yep: agree, 9: null}}}\nignore: [year]\n", "map.yaml")
    answers, _ = converted(["Q1", "year"], ["yep", "y7"], ["9", "y7"], **wishes)
    assert answers == [{"safe": "agree"}]


def test_ticks_come_in_columns_of_their_own_or_not_at_all() -> None:
    answers, report = converted(["Art", "Chess"], ["1", "0"], ["Art", "Chess"], ["", "perhaps"], made=KINDS)
    assert answers == [{"clubs": ["art"]}, {"clubs": ["art", "chess"]}]
    assert report.dropped == {"Chess": {"perhaps": 1}}


def test_rows_of_a_grid_come_in_columns_of_their_own() -> None:
    answers, _ = converted(["rooms.hall", "The gym is fine"], ["agree", "Disagree"], made=KINDS)
    assert answers == [{"rooms": {"hall": "agree", "gym": "disagree"}}]


def test_the_proposed_mapping_can_be_written_corrected_and_given_back() -> None:
    plan = propose(["safe", "junk"], TINY)
    again = propose(["safe", "junk"], TINY, load_wishes(dump_mapping(plan), "map.yaml"))
    assert targets(again) == targets(plan)
    assert yaml.safe_load(dump_mapping(plan))["ignore"] == ["junk"]


def test_the_plan_says_what_is_left_out_and_why() -> None:
    said = "\n".join(plan_lines(propose(["safe", "junk"], TINY)))
    assert "1 of 2 columns answer a question" in said
    assert "no question has this key or these words" in said


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ("columns: {Q9: safe}", "no column 'Q9'"),
        ("columns: {safe: nothing}", "no question 'nothing'"),
        ("columns: {safe: {question: safe, values: {x: y}}}", "'y' is no answer to 'safe'"),
        ("columns: {safe: 3}", "found 3"),
        ("columns: {other: safe}", "both answer 'safe'"),
        ("colums: {}", "'colums' is not known"),
        ("[1]", "found list"),
        ("columns: {", "map.yaml, line"),
    ],
)
def test_a_wrong_mapping_is_refused_in_words(wishes: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        propose(["safe", "other"], TINY, load_wishes(wishes, "map.yaml"))
    assert said in str(refused.value)
