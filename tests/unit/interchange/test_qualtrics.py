"""Survey files of Qualtrics: what their flow, their skips and their odd corners become."""

import json
from typing import Any

from surveys.definition import Questionnaire
from surveys.interchange.formats import read
from surveys.interchange.losses import LossReport
from tests.unit.interchange.files import YES_NO, asked, logic

Row = dict[str, Any]
MC: Row = {"QuestionType": "MC", "Selector": "SAVR", "SubSelector": "TX", "Choices": YES_NO}
WORDS: Row = {"QuestionType": "TE", "Selector": "ML"}


def block(name: str, *questions: str | Row, **more: Any) -> Row:
    """A block; "|" is a page break."""
    elements = [
        each if isinstance(each, dict) else {"Type": "Page Break"} if each == "|" else question(each)
        for each in questions
    ]
    return {"Type": "Standard", "ID": name, "Description": name, "BlockElements": elements} | more


def question(qid: str, *skips: tuple[str, str]) -> Row:
    """A question's place in a block; a skip is (choice, goal)."""
    logic = [
        {"ChoiceLocator": f"q://{qid}/SelectableChoice/{choice}", "Condition": "Selected", "SkipToDestination": goal}
        for choice, goal in skips
    ]
    return {"Type": "Question", "QuestionID": qid} | ({"SkipLogic": logic} if logic else {})


def step(name: str) -> Row:
    """A block in the flow."""
    return {"Type": "Block", "ID": name, "FlowID": f"FL_{name}"}


def imported(
    blocks: Any, flow: list[Row], *questions: Row, more: list[Row] | None = None
) -> tuple[Questionnaire, LossReport]:
    """What a whole file becomes."""
    elements = [{"Element": "BL", "Payload": blocks}, {"Element": "FL", "Payload": {"Type": "Root", "Flow": flow}}]
    whole = {
        "SurveyEntry": {"SurveyName": "Ours", "SurveyLanguage": "EN"},
        "SurveyElements": [*elements, *questions, *(more or [])],
    }
    return read(json.dumps(whole).encode(), "survey.qsf")


def four(**more: Row) -> list[Row]:
    """Four questions of yes and no, QID1 to QID4."""
    return [asked(f"QID{at}", f"q{at}", **MC | more.get(f"QID{at}", {})) for at in range(1, 5)]


def test_a_skip_stands_in_the_block_and_hides_what_it_passes() -> None:
    found, report = imported(
        [block("b", question("QID1", ("1", "QID3")), "QID2", "QID3", "QID4")], [step("b")], *four()
    )
    rules = {each.key: each.show_if for each in found.questions}
    assert rules["q2"] is not None and rules["q2"].not_ is not None
    assert rules["q3"] is None
    assert (report.counts.conditions, report.counts.pages) == (1, 1)


def test_a_skip_to_the_end_of_the_block_passes_all_of_it() -> None:
    skipping = question("QID1", ("1", "ENDOFBLOCK"))
    found, _ = imported([block("a", skipping, "QID2", "QID3"), block("b", "QID4")], [step("a"), step("b")], *four())
    assert [each.show_if is not None for each in found.questions] == [False, True, True, False]


def test_a_skip_to_the_end_of_the_survey_ends_its_page() -> None:
    found, report = imported([block("b", question("QID1", ("2", "ENDOFSURVEY")), "QID2")], [step("b")], *four()[:2])
    assert found.pages[0].skip_to_end_if is not None and found.pages[0].skip_to_end_if.is_ == "a2"
    assert report.counts.pages == 1


def test_a_branch_with_an_end_is_an_end_for_some() -> None:
    away = {"Type": "Branch", "FlowID": "FL_9", "BranchLogic": logic("q://QID1/SelectableChoice/2"),
            "Flow": [{"Type": "EndSurvey", "FlowID": "FL_8"}]}  # fmt: skip
    found, _ = imported([block("a", "QID1"), block("b", "QID2")], [step("a"), away, step("b")], *four()[:2])
    assert found.pages[0].skip_to_end_if is not None
    assert found.pages[1].show_if is None


def test_what_stands_after_the_end_for_everyone_does_not_go_live() -> None:
    end = {"Type": "EndSurvey", "FlowID": "FL_8"}
    found, report = imported([block("a", "QID1"), block("b", "QID2")], [step("a"), end, step("b")], *four()[:2])
    assert [each.key for each in found.questions] == ["q1"]
    assert report.fates["question q2"][0] == "dropped"


def test_one_of_several_blocks_is_drawn() -> None:
    lots = {"Type": "BlockRandomizer", "FlowID": "FL_5", "SubSet": "1", "Flow": [step("b"), step("c")]}
    blocks = [block("a", "QID1"), block("b", "QID2"), block("c", "QID3")]
    found, _ = imported(blocks, [step("a"), lots], *four()[:3])
    assert [arm.pages for arm in found.blocks[0].arms] == [("b",), ("c",)]


def test_all_of_several_blocks_in_random_order_are_a_section() -> None:
    mixed = {"Type": "BlockRandomizer", "FlowID": "FL_5", "Flow": [step("b"), step("c")]}
    blocks = [block("a", "QID1"), block("b", "QID2"), block("c", "QID3")]
    found, _ = imported(blocks, [step("a"), mixed], *four()[:3])
    assert [(section.key, section.shuffle) for section in found.sections] == [("fl_5", True)]
    assert [page.section for page in found.pages] == ["", "fl_5", "fl_5"]


def test_parts_of_several_pages_in_random_order_are_sections_in_random_order() -> None:
    mixed = {"Type": "BlockRandomizer", "FlowID": "FL_5", "SubSet": 2, "Flow": [step("b"), step("c")]}
    found, _ = imported([block("b", "QID1", "|", "QID2"), block("c", "QID3")], [mixed], *four()[:3])
    assert found.shuffle
    assert [len([page for page in found.pages if page.section == each.key]) for each in found.sections] == [2, 1]


def test_a_block_in_two_branches_is_shown_in_either() -> None:
    def branch(choice: str) -> Row:
        rule = logic(f"q://QID1/SelectableChoice/{choice}")
        return {"Type": "Branch", "FlowID": f"FL_{choice}9", "BranchLogic": rule, "Flow": [step("b")]}

    found, report = imported(
        [block("a", "QID1"), block("b", "QID2")], [step("a"), branch("1"), branch("2")], *four()[:2]
    )
    rule = found.pages[1].show_if
    assert rule is not None and rule.any_ is not None
    assert report.counts.conditions == 2


def test_blocks_may_stand_under_names_and_random_questions_are_a_page_in_random_order() -> None:
    mixed = block("a", "QID1", "QID2", Options={"RandomizeQuestions": "RandomWithXPerPage"})
    found, _ = imported({"BL_1": mixed, "BL_2": block("b", "QID3")}, [step("a"), step("b")], *four()[:3])
    assert [page.shuffle for page in found.pages] == [True, False]


def test_an_answer_that_is_forced_or_asked_for_again_stays_so() -> None:
    def forced(word: str) -> Row:
        return {"Validation": {"Settings": {"ForceResponse": word, "ForceResponseType": "ON", "Type": "None"}}}

    found, _ = imported([block("a", "QID1", "QID2", "QID3")], [step("a")],
                        *four(QID1=forced("ON"), QID2=forced("RequestResponse"), QID3=forced("OFF"))[:3])  # fmt: skip
    assert [(each.required, each.ask_if_empty) for each in found.questions] == [
        (True, False), (False, True), (False, False)
    ]  # fmt: skip


def test_an_answer_put_into_a_later_text_stays_there() -> None:
    text = {"QuestionText": "You said ${q://QID1/ChoiceGroup/SelectedChoices}. Why, ${e://Field/name}?"}
    found, report = imported(
        [block("a", "QID1", "QID2")], [step("a")], asked("QID1", "q1", **MC), asked("QID2", "q2", **WORDS | text)
    )
    assert str(found.question("q2").prompt) == "You said {{q1}}. Why, …?"
    assert len(found.pages) == 2 and report.counts.pages == 1


def test_choices_carried_forward_are_offered_to_those_who_chose_them() -> None:
    carried = MC | {
        "Choices": [],
        "ChoiceOrder": [],
        "DynamicChoices": {"Locator": "q://QID1/ChoiceGroup/SelectedChoices"},
    }
    found, report = imported([block("a", "QID1", "|", "QID2")], [step("a")],
                             asked("QID1", "q1", **MC | {"Selector": "MAVR"}),
                             asked("QID2", "q2", **carried))  # fmt: skip
    options = found.question("q2").model_dump()["options"]
    assert [option["show_if"]["includes"] for option in options] == ["a1", "a2"]
    assert (report.counts.options, report.counts.conditions) == (2, 0)


def test_a_bipolar_matrix_keeps_the_words_at_both_ends() -> None:
    matrix = {
        "QuestionType": "Matrix",
        "Selector": "Bipolar",
        "Choices": {"1": {"Display": "Dull:Lively"}, "2": {"Display": "Slow:Quick"}},
        "Answers": {str(at): {"Display": str(at)} for at in range(1, 6)},
        "AnswerOrder": [1, 2, 3, 4, 5],
    }
    found, report = imported([block("a", "QID1")], [step("a")], asked("QID1", "q1", **matrix))
    rows = found.question("q1").model_dump()["rows"]
    assert [(row["start"]["en"], row["end"]["en"]) for row in rows] == [("Dull", "Lively"), ("Slow", "Quick")]
    assert (report.counts.questions, report.counts.sub_questions, report.counts.options) == (1, 2, 5)


def test_a_recommend_score_given_as_a_list_counts_its_choices() -> None:
    nps = {"QuestionType": "MC", "Selector": "NPS", "ChoiceOrder": list(range(11)),
           "Choices": [{"Display": str(at)} for at in range(11)]}  # fmt: skip
    found, report = imported([block("a", "QID1")], [step("a")], asked("QID1", "q1", **nps))
    assert found.question("q1").type == "rating"
    assert report.counts.options == 11


def test_columns_side_by_side_are_one_question_in_the_file() -> None:
    column = {"QuestionType": "Matrix", "Selector": "Likert", "SubSelector": "SingleAnswer", "QuestionText": "Much?",
              "Choices": YES_NO, "Answers": {"1": {"Display": "Little"}, "2": {"Display": "Much"}}}  # fmt: skip
    sides = {"QuestionType": "SBS", "Selector": "SBSMatrix", "Choices": YES_NO, "ChoiceOrder": [1, 2],
             "AdditionalQuestions": {"1": column, "2": column | {"QuestionText": "How often?"}}}  # fmt: skip
    found, report = imported([block("a", "QID1")], [step("a")], asked("QID1", "q1", **sides))
    assert len(found.questions) == 2
    assert (report.counts.questions, report.counts.sub_questions, report.counts.options) == (1, 2, 4)


def test_a_check_of_its_own_and_a_quota_are_kept() -> None:
    check = {"Validation": {"Settings": {"Type": "CustomValidation", "CustomValidation": {
        "Logic": logic("q://QID1/ChoiceNumericEntryValue/1", Operator="GreaterThan", RightOperand="3")}}}}  # fmt: skip
    number = {"QuestionType": "TE", "Selector": "SL", "Validation": {"Settings": {"ContentType": "ValidNumber"}}}
    number = number | {"Validation": {"Settings": number["Validation"]["Settings"] | check["Validation"]["Settings"]}}
    quota = {"Element": "QO", "PrimaryAttribute": "QO_1", "Payload": {
        "Name": "Yes", "Occurrences": 50, "Logic": logic("q://QID2/SelectableChoice/1")}}  # fmt: skip
    found, _ = imported([block("a", "QID1", "QID2")], [step("a")], asked("QID1", "q1", **number),
                        asked("QID2", "q2", **MC), more=[quota])  # fmt: skip
    assert [each.at for each in found.checks] == ["q1"]
    assert [(each.limit, each.when is not None) for each in found.quotas] == [(50, True)]
    assert found.breakdowns == ("q2",)


def test_what_is_no_text_to_read_counts_as_a_question_where_it_is_asked() -> None:
    timing = {"QuestionType": "Timing", "Selector": "PageTimer", "Choices": YES_NO}
    trash = block("bin", "QID3", Type="Trash")
    found, report = imported([block("a", "QID1", "QID2"), trash], [step("a")], asked("QID1", "q1", **MC),
                             asked("QID2", "t1", **timing), asked("QID3", "old", **MC))  # fmt: skip
    assert report.counts.questions == 2
    assert report.fates["question t1"][0] == report.fates["question old"][0] == "dropped"
    assert [each.key for each in found.questions] == ["q1"]


GRID: Row = {
    "QuestionType": "Matrix",
    "Selector": "Likert",
    "SubSelector": "SingleAnswer",
    "Choices": {"1": {"Display": "Lunch"}, "2": {"Display": "Break"}},
    "Answers": {"1": {"Display": "Bad"}, "2": {"Display": "Good"}},
}


def dropped(report: LossReport) -> set[str]:
    """What is told to be lost, without the settings of the survey."""
    return {entry["item"] for entry in report.of("dropped") if not entry["item"].startswith("element")}


def test_boxes_beside_rows_and_columns_that_stand_alone_are_told() -> None:
    rows = {"1": {"Display": "Lunch", "TextEntry": "true"}, "2": {"Display": "Break"}}
    columns = {"1": {"Display": "Bad"}, "2": {"Display": "None", "ExclusiveAnswer": True}}
    grid = GRID | {"SubSelector": "MultipleAnswer", "Choices": rows, "Answers": columns}
    _, report = imported([block("b", "QID1")], [step("b")], asked("QID1", "g", **grid))
    assert dropped(report) == {"text box beside row 1 of question g", "column 2 that stands alone of question g"}


def test_words_along_a_slider_stand_at_its_ends() -> None:
    labels = {str(at): {"Display": words} for at, words in enumerate(["Never", "Sometimes", "Always"], 1)}
    slider = {"QuestionType": "Slider", "Selector": "HSLIDER", "Choices": GRID["Choices"], "Labels": labels,
              "Configuration": {"CSSliderMin": 0, "CSSliderMax": 100}}  # fmt: skip
    found, report = imported([block("b", "QID1")], [step("b")], asked("QID1", "s", **slider))
    ends = [(each.model_dump()["start_label"], each.model_dump()["end_label"]) for each in found.questions]
    assert ends == [({"en": "Never"}, {"en": "Always"})] * 2
    assert dropped(report) == {"words along the slider of question s"}


def test_a_column_side_by_side_has_its_own_rule_beside_that_of_the_question() -> None:
    plain = GRID | {"QuestionID": "QID3#1", "QuestionText": "First"}
    ruled = GRID | {
        "QuestionID": "QID3#2",
        "QuestionText": "Second",
        "DisplayLogic": logic("q://QID2/SelectableChoice/1"),
    }
    both = {"QuestionType": "SBS", "Selector": "SBSMatrix", "Choices": GRID["Choices"],
            "AdditionalQuestions": {"1": plain, "2": ruled}}  # fmt: skip
    both["DisplayLogic"] = logic("q://QID1/SelectableChoice/1")
    after = MC | {"DisplayLogic": logic("q://QID3%231/SelectableAnswer/2")}
    asks = [*four()[:2], asked("QID3", "s", **both), asked("QID4", "after", **after)]
    found, report = imported([block("b", "QID1", "QID2", "QID3", "QID4")], [step("b")], *asks)
    first, second, last = (each.show_if for each in found.questions[2:])
    assert first is not None and first.questions == {"q1"}
    assert second is not None and second.questions == {"q1", "q2"}
    assert last is not None and [last.holds({"s_1": {"r2": each}}) for each in ("a1", "a2")] == [False, True]
    assert (report.counts.conditions, dropped(report)) == (3, set())


def test_a_box_of_a_row_is_ticked_among_others() -> None:
    grid = asked("QID1", "g", **GRID | {"SubSelector": "MultipleAnswer"})
    after = asked("QID2", "after", **MC | {"DisplayLogic": logic("q://QID1/SelectableChoice/2/1")})
    found, _ = imported([block("b", "QID1", "QID2")], [step("b")], grid, after)
    rule = found.questions[1].show_if
    assert rule is not None
    assert [rule.holds({"g": {"r2": each}}) for each in (["a2"], ["a1", "a2"])] == [False, True]


def test_the_best_and_the_worst_are_choices_among_the_rows() -> None:
    grid = asked("QID1", "g", **GRID | {"Selector": "MaxDiff"})
    found, report = imported([block("b", "QID1")], [step("b")], grid)
    assert [str(each.prompt) for each in found.questions] == ["g?: Bad", "g?: Good"]
    assert [option["label"]["en"] for option in found.questions[1].model_dump()["options"]] == ["Lunch", "Break"]
    counts = report.counts
    assert (counts.questions, counts.sub_questions, counts.options) == (1, 2, 2)
