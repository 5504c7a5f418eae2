"""XLSForms: what their groups, repeats, constraints, filters, calculations and languages become."""

import io

import openpyxl

from surveys.definition import Questionnaire
from surveys.interchange.formats import read
from surveys.interchange.losses import LossReport
from tests.unit.interchange.files import xlsx

YES_NO = """
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no  | No  |
"""


def imported(survey: str, rest: str = YES_NO) -> tuple[Questionnaire, LossReport]:
    """What tables of bars become."""
    return read(f"| survey | |\n{survey.strip()}\n{rest.strip()}\n".encode(), "form.md")


def test_a_repeat_that_an_answer_counts_is_a_section_asked_as_often() -> None:
    found, report = imported("""
| | type | name | label | repeat_count |
| | integer | children | How many? | |
| | begin_repeat | child | Child | ${children} |
| | text | school | Which school? | |
| | end_repeat | | | |
""")
    repeat = found.sections[0].repeat
    assert repeat is not None and (repeat.count, repeat.label.root) == ("children", {"en": "Child {number}"})
    assert [page.section for page in found.pages] == ["", "child"]
    assert (report.counts.questions, report.counts.pages) == (2, 2)


def test_a_repeat_without_a_count_is_asked_once_and_that_is_told() -> None:
    found, report = imported("""
| | type | name | label |
| | begin repeat | child | Child |
| | text | school | Which school? |
| | end repeat | | |
""")
    assert not found.sections
    assert report.fates["repeat child"][0] == "approximated"


def test_groups_in_groups_hold_the_conditions_of_both() -> None:
    found, report = imported("""
| | type | name | label | relevant |
| | select_one yn | a | A? | |
| | select_one yn | b | B? | |
| | begin_group | outer | Outer | ${a} = 'yes' |
| | begin_group | inner | Inner | ${b} = 'yes' |
| | text | c | C? | |
| | end_group | | | |
| | end_group | | | |
""")
    rule = found.pages[-1].show_if
    assert rule is not None and len(rule.all_ or ()) == 2
    assert report.counts.conditions == 2


def test_a_constraint_on_two_answers_is_a_check_in_the_files_words() -> None:
    found, _ = imported("""
| | type | name | label | constraint | constraint_message |
| | integer | all | All | | |
| | integer | some | Some | . >= 0 and . <= ${all} | No more than all. |
""")
    check = found.checks[0]
    assert (check.at, str(check.message)) == ("some", "No more than all.")
    assert check.wrong_if.holds({"all": 3, "some": 4}) and not check.wrong_if.holds({"all": 3, "some": 3})


def test_required_is_kept_and_required_under_a_rule_is_a_check() -> None:
    found, _ = imported("""
| | type | name | label | required |
| | select_one yn | a | A? | yes |
| | text | b | B? | ${a} = 'yes' |
""")
    assert [question.required for question in found.questions] == [True, False]
    assert found.checks[0].wrong_if.holds({"a": "yes"}) and not found.checks[0].wrong_if.holds({"a": "no"})


def test_a_filter_of_choices_is_a_rule_of_each_option() -> None:
    found, report = imported(
        """
| | type | name | label | choice_filter |
| | select_one area | area | Area? | |
| | select_one town | town | Town? | area = ${area} |
""",
        """
| choices | | | | |
| | list_name | name | label | area |
| | area | n | North | |
| | area | s | South | |
| | town | a | Aby | n |
| | town | b | Beby | s |
""",
    )
    options = found.question("town").model_dump()["options"]
    assert [option["show_if"]["is_"] for option in options] == ["n", "s"]
    assert (report.counts.options, report.counts.conditions) == (4, 0)


def test_a_calculation_of_numbers_is_a_calculated_value_and_no_question() -> None:
    found, report = imported("""
| | type | name | label | calculation |
| | integer | a | A? | |
| | integer | b | B? | |
| | calculate | total | | (${a} + ${b}) * 2 |
| | calculate | name | | concat(${a}, 'x') |
""")
    assert found.question("total").computed({"a": 1, "b": 2}, found.by_key) == 6
    assert report.counts.questions == 2
    assert report.fates["question name"][0] == "dropped"


def test_an_answer_in_a_later_text_is_put_in() -> None:
    found, report = imported("""
| | type | name | label |
| | select_one yn | a | A? |
| | note | told | You said ${a} of ${nothing}. |
| | text | why | Why? |
""")
    assert str(found.question("told").prompt) == "You said {{a}} of …."
    assert report.counts.questions == 2


def test_words_without_a_language_are_of_the_default_one_beside_others() -> None:
    found, report = imported(
        """
| | type | name | label | label::Polski (pl) | image::Cymraeg (cy) |
| | text | a | Say it | Powiedz | x.png |
""",
        "",
    )
    assert report.counts.languages == ["en", "pl", "cy"]
    assert found.question("a").prompt.root == {"en": "Say it", "pl": "Powiedz"}


def test_the_default_language_of_the_settings_comes_first() -> None:
    _, report = imported(
        """
| | type | name | label | label::English |
| | text | a | Dire | Say |
""",
        """
| settings | |
| | default_language |
| | French (fr) |
""",
    )
    assert report.counts.languages == ["fr", "en"]


def test_types_of_early_forms_and_lists_outside_are_understood() -> None:
    found, report = imported(
        """
| | command | tag | caption |
| | add integer prompt | a | A? |
| | q date | b | B? |
| | phone number | c | C? |
| | get device id | d | |
| | select one external towns | e | E? |
| | select_one_from_file towns.csv | f | F? |
""",
        """
| external_choices | | | |
| | list_name | name | label |
| | towns | x | Xby |
| | towns | y | Yby |
""",
    )
    assert [question.type for question in found.questions] == ["number", "date", "short_text", "choice", "short_text"]
    assert (report.counts.questions, report.counts.options) == (5, 2)


def test_sheets_of_other_names_are_found_by_their_columns() -> None:
    sheets: dict[str, list[list[str | None]]] = {
        "About": [["Made by us"]],
        "Questions": [["type", "name", "label"], ["select_one yn", "a", "A?"]],
        "Lists": [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]],
    }
    _, report = read(xlsx(sheets), "form.xlsx")
    assert (report.counts.questions, report.counts.options) == (1, 2)


def test_numbers_and_bold_words_of_a_workbook_are_read_as_they_are_seen() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    for row in (["type", "name", "label"], ["select_one n", "a", "A?"]):
        sheet.append(row)
    choices = book.create_sheet("choices")
    for row in (["list_name", "name", "label"], ["n", 1, 1], ["n", 2.5, True]):
        choices.append(row)
    out = io.BytesIO()
    book.save(out)
    options = read(out.getvalue(), "form.xlsx")[0].question("a").model_dump()["options"]
    assert [option["label"]["en"] for option in options] == ["1", "TRUE"]


def test_headings_of_early_forms_are_read() -> None:
    found, report = imported("""
| | type | name | label | bind:relevant | bind:constraint | bind:jr:constraintMsg | control:appearance |
| | select one from yn | a | A? | | | | minimal |
| | int | b | B? | selected(/form/page/a, 'yes') | . < 10 | Less, please. | |
| | text | c | C? | ../b > 3 and current()/../a = 'no' | | | |
""")
    first, second, third = found.questions
    assert first.model_dump()["look"] == "drop_down"
    assert second.show_if is not None and second.show_if.question == "a" and second.model_dump()["max"] == 9
    assert third.show_if is not None and third.show_if.questions == {"a", "b"}
    assert (report.counts.conditions, report.of("dropped")) == (2, [])
