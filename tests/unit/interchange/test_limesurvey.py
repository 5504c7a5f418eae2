"""Structure files of LimeSurvey: what their groups, checks, quotas and equations become."""

from typing import Any

from surveys.definition import Questionnaire
from surveys.interchange.formats import read
from surveys.interchange.losses import LossReport
from tests.unit.interchange.files import SETTINGS, SURVEYS, document, table

Row = dict[str, Any]


def group(gid: int, **more: Any) -> Row:
    """A group."""
    return {"gid": gid, "group_order": gid, "grelevance": "1"} | more


def question(qid: int, letter: str, gid: int = 1, **more: Any) -> Row:
    """A question; its code is q and its number."""
    return {"qid": qid, "parent_qid": 0, "gid": gid, "type": letter, "title": f"q{qid}", "question_order": qid,
            "relevance": "1"} | more  # fmt: skip


def words(rows: list[Row], name: str, column: str) -> list[Row]:
    """Words of rows in English, in a table of their own."""
    return [
        {name: row[name], "language": "en", column: f"About {row.get('title', row.get('code', 'this'))}"}
        for row in rows
    ]


def attribute(qid: int, name: str, value: str, language: str = "") -> Row:
    """An attribute of a question."""
    return {"qid": qid, "attribute": name, "value": value, "language": language}


def imported(
    groups: list[Row],
    questions: list[Row],
    *,
    subs: list[Row] | None = None,
    attributes: list[Row] | None = None,
    answers: list[Row] | None = None,
    more: tuple[str, ...] = (),
) -> tuple[Questionnaire, LossReport]:
    """What a whole file becomes."""
    subs, answers = subs or [], answers or []
    tables = [
        table("groups", groups),
        table("group_l10ns", words(groups, "gid", "group_name")),
        table("questions", questions),
        table("subquestions", subs),
        table("question_l10ns", words([*questions, *subs], "qid", "question")),
        table("answers", answers),
        table("answer_l10ns", words(answers, "aid", "answer")),
        table("question_attributes", attributes or []),
    ]
    return read(document(*tables, SURVEYS, SETTINGS, *more, version=640), "survey.lss")


def boxes(qid: int, *codes: str) -> list[Row]:
    """Sub-questions of a question."""
    return [
        {"qid": qid * 10 + at, "parent_qid": qid, "title": code, "question_order": at} for at, code in enumerate(codes)
    ]


def test_groups_of_one_random_group_are_a_section_in_random_order() -> None:
    groups = [group(1), group(2, randomization_group="mix"), group(3, randomization_group="mix")]
    found, report = imported(groups, [question(1, "Y"), question(2, "Y", 2), question(3, "Y", 3)])
    assert [section.shuffle for section in found.sections] == [True]
    assert [bool(page.section) for page in found.pages] == [False, True, True]
    assert report.counts.pages == 3


def test_questions_of_one_random_group_are_a_page_in_random_order() -> None:
    attributes = [attribute(1, "random_group", "a"), attribute(2, "random_group", "a")]
    found, _ = imported([group(1)], [question(1, "Y"), question(2, "Y")], attributes=attributes)
    assert found.pages[0].shuffle


def test_relevance_of_a_group_and_names_of_the_newest_layout_are_understood() -> None:
    rule = {"qid": 2, "cqid": 1, "cfieldname": "Q1", "method": "==", "value": "Y", "scenario": 1}
    groups = [group(1), group(2, grelevance='Q1.NAOK == "Y"')]
    questions = [question(1, "Y"), question(2, "T", relevance='((Q1.NAOK == "Y"))'), question(3, "T", 2)]
    found, report = imported(groups, questions, more=(table("conditions", [rule]),))
    assert found.question("q2").show_if is not None
    assert found.pages[-1].show_if is not None
    assert report.counts.conditions == 2


def test_soft_and_hard_mandatory_are_kept_apart() -> None:
    found, _ = imported(
        [group(1)], [question(1, "Y", mandatory="Y"), question(2, "Y", mandatory="S"), question(3, "X", mandatory="Y")]
    )
    assert [(each.required, each.ask_if_empty) for each in found.questions] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_a_validation_equation_is_a_check_with_its_tip() -> None:
    tip = "em_validation_q_tip"
    attributes = [attribute(2, "em_validation_q", "this <= q1.NAOK"), attribute(2, tip, "No more.", "en")]
    attributes.append(attribute(2, tip, "Nicht mehr.", "de"))
    found, _ = imported([group(1)], [question(1, "N"), question(2, "N")], attributes=attributes)
    check = found.checks[0]
    assert (check.at, check.message.root) == ("q2", {"en": "No more.", "de": "Nicht mehr."})
    assert check.wrong_if.holds({"q1": 3, "q2": 4})
    assert not check.wrong_if.holds({"q1": 3, "q2": 2})
    assert not check.wrong_if.holds({"q1": 3})


def test_an_array_filter_shows_what_was_ticked() -> None:
    answers = [{"aid": 1, "qid": 2, "code": "A1"}, {"aid": 2, "qid": 2, "code": "A2"}]
    found, report = imported([group(1), group(2)], [question(1, "M"), question(2, "F", 2)],
                             subs=[*boxes(1, "S1", "S2"), *boxes(2, "S1", "S2")], answers=answers,
                             attributes=[attribute(2, "array_filter", "q1")])  # fmt: skip
    rows = found.question("q2").model_dump()["rows"]
    assert [row["show_if"]["includes"] for row in rows] == ["s1", "s2"]
    assert report.counts.conditions == 0


def test_an_equation_is_a_calculated_value() -> None:
    questions = [question(1, "N"), question(2, "N"), question(3, "*", 2), question(4, "*", 2)]
    attributes = [attribute(3, "equation", "{sum(q1.NAOK, q2.NAOK) * 2}"), attribute(4, "equation", "{strtoupper(q1)}")]
    found, report = imported([group(1), group(2)], [*questions, question(5, "Y", 2)], attributes=attributes)
    assert found.question("q3").computed({"q1": 2, "q2": 3}, found.by_key) == 10
    assert report.fates["question q4"][0] == "dropped"


def test_a_quota_counts_by_its_members() -> None:
    quota = table("quota", [{"id": 7, "name": "Enough", "qlimit": 40, "action": 1, "active": 1}])
    members = table("quota_members", [{"id": 1, "qid": 1, "quota_id": 7, "code": "A1"}])
    said = table(
        "quota_languagesettings", [{"quotals_quota_id": 7, "quotals_language": "en", "quotals_message": "Thank you."}]
    )
    answers = [{"aid": 1, "qid": 1, "code": "A1"}, {"aid": 2, "qid": 1, "code": "A2"}]
    found, _ = imported([group(1)], [question(1, "L")], answers=answers, more=(quota, members, said))
    assert [(each.limit, str(each.message)) for each in found.quotas] == [(40, "Thank you.")]
    assert found.breakdowns == ("q1",)


def test_an_answer_in_a_text_is_put_in_and_a_participants_name_is_not() -> None:
    found, _ = imported([group(1), group(2)], [question(1, "Y"), question(2, "T", 2, title="{q1.shown}")])
    assert str(found.questions[1].prompt) == "About {{q1}}"
    named, report = imported([group(1)], [question(1, "T", title="{TOKEN:FIRSTNAME}")])
    assert str(named.questions[0].prompt) == "About …"
    assert report.of("dropped")


def test_a_pattern_between_slashes_is_one_for_the_whole_text() -> None:
    found, _ = imported([group(1)], [question(1, "S", preg="/^[0-9]{2}[A-Z]$/"), question(2, "S", preg="/[0-9]/")])
    patterns = [each.model_dump()["pattern"] for each in found.questions]
    assert patterns == ["(?:[0-9]{2}[A-Z])", ".*(?:[0-9]).*"]


def test_the_label_of_other_is_the_files_own() -> None:
    answers = [{"aid": 1, "qid": 1, "code": "A1"}, {"aid": 2, "qid": 1, "code": "A2"}]
    found, report = imported([group(1)], [question(1, "L", other="Y")], answers=answers,
                             attributes=[attribute(1, "other_replace_text", "Another way", "en")])  # fmt: skip
    options = found.question("q1").model_dump()["options"]
    assert (options[-1]["label"]["en"], options[-1]["other"]) == ("Another way", True)
    assert report.counts.options == 2


def test_words_in_braces_that_name_no_earlier_answer_become_a_gap() -> None:
    rows = [question(1, "S", question="Like {q2.NAOK}, {SURVEYNAME} or {TOKEN:FIRSTNAME}?"), question(2, "S")]
    tables = (table("groups", [group(1, group_name="One")]), table("questions", rows), SURVEYS, SETTINGS)
    found, report = read(document(*tables, version=178), "survey.lss")
    assert str(found.questions[0].prompt) == "Like …, … or …?"
    assert len([entry for entry in report.of("dropped") if entry["item"].startswith("answer")]) == 3


def test_another_answer_and_a_default_without_a_place_are_told() -> None:
    lines = ["class\ttype/scale\tname\ttext\tother\tdefault", "G\t1\tOne\t\t\t", "Q\tR\tr\tRank!\tY\t"]
    lines += ["A\t\ta\tOne\t\t", "A\t\tb\tTwo\t\t", "Q\tS\ts\tWhere?\t\tHere"]
    _, report = read("\n".join(lines).encode(), "survey.txt")
    told = {entry["item"] for entry in report.of("dropped")}
    assert told == {"answer 'other' of question r", "default answer of question s"}


def cells(letter: str, rule: str, *attributes: Row) -> Any:
    """The rule of a question after a table of two rows and two columns, q1 of the letter."""
    subs = [
        each | {"scale_id": scale} for scale, codes in ((0, ("a", "b")), (1, ("x", "y"))) for each in boxes(1, *codes)
    ]
    for at, each in enumerate(subs):
        each["qid"] = 10 + at
    answers = [{"aid": at, "qid": 1, "code": code, "scale_id": scale, "sortorder": at}
               for at, (code, scale) in enumerate([("l", 0), ("m", 0), ("n", 1), ("o", 1)])]  # fmt: skip
    rows = [question(1, letter), question(2, "S", relevance=rule)]
    plain = letter == "1"
    found, report = imported(
        [group(1)],
        rows,
        subs=subs[:2] if plain else subs,
        attributes=list(attributes),
        answers=answers if plain else [],
    )
    assert report.fates["condition of question q2"][0] == "mapped"
    return found.question("q2").show_if


def test_rules_on_one_cell_of_a_table_are_read() -> None:
    ticked = cells(":", "!is_empty(q1_b_y.NAOK)", attribute(1, "multiflexible_checkbox", "1"))
    assert [ticked.holds({"q1": {"b": each}}) for each in (["x"], ["x", "y"])] == [False, True]
    number = cells(":", "q1_b_y.NAOK > 3")
    assert (number.question, number.more_than) == ("q1_y_b", 3)
    second = cells("1", 'q1_b_1.NAOK == "o"')
    assert (second.question, second.row, second.is_) == ("q1_2", "b", "o")
