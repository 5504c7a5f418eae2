"""Whatever a sound question says and whatever is answered: drawn, filled in, read back, stored, counted, kept."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from config import Settings
from surveys.answers import check_document
from surveys.default_questionnaires import to_yaml
from surveys.definition import Questionnaire
from surveys.examples import example_questionnaire
from surveys.interchange.formats import read
from surveys.interchange.writers import WRITERS
from surveys.loading import load_questionnaire
from surveys.question_types import REGISTRY, Question
from surveys.rendering import draw, fill, questions_html
from tests.strategies import answers, questions
from tests.web.forms import ids_used_twice, parsed, sent, unlabelled
from wsgi import create_app

KINDS = sorted(REGISTRY)
READABLE = ("json", "yaml", "xlsform", "lss", "limesurvey-txt", "qsf", "surveyjs")
FEWER = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module", autouse=True)
def inside_a_request(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("kinds"), database_url="sqlite://"))
    with app.test_request_context():
        yield app


def drawn(question: Question, language: str, style: str = "standard", message: str = "") -> Markup:
    return draw(question, language, style, alone=False, message=message)


@pytest.mark.parametrize("kind", KINDS)
@FEWER
@given(data=st.data())
def test_what_was_answered_is_what_the_page_sends_again(kind: str, data: st.DataObject) -> None:
    question = data.draw(questions(kind))
    answer = question.check(data.draw(answers(question)))
    form = parsed(fill(question, drawn(question, "en"), {} if answer is None else {question.key: answer}))
    assert question.check(question.parse(sent(form))) == answer


@pytest.mark.parametrize("kind", KINDS)
@FEWER
@given(data=st.data(), language=st.sampled_from(["en", "ur"]), style=st.sampled_from(["standard", "youngest"]))
def test_every_field_has_a_label_and_no_word_becomes_markup(
    kind: str, data: st.DataObject, language: str, style: str
) -> None:
    question = data.draw(questions(kind))
    form = parsed(drawn(question, language, style, message="Something is wrong."))
    assert unlabelled(form) == []
    assert ids_used_twice(form) == []
    assert not list(form.iter("script"))
    assert not [each for each in form.iter() if any(name.startswith("on") for name in each.attrib)]


@pytest.mark.parametrize("kind", KINDS)
@FEWER
@given(data=st.data())
def test_an_answer_is_read_and_counted_in_the_columns_it_has(kind: str, data: st.DataObject) -> None:
    question = data.draw(questions(kind))
    answer = question.check(data.draw(answers(question)))
    if answer is None:
        return
    assert question.check(json.loads(json.dumps(answer))) == answer
    assert question.read(answer, "ur")
    columns = {column.key: column for column in question.columns()}
    for key, code in (question.column_codes(answer) if columns else {}).items():
        found = [option.code for option in (*columns[key].options, *columns[key].unscored_options)]
        assert code in found
        score = columns[key].score(code)
        assert score is None or 0 <= score <= 100
        assert columns[key].favourable <= set(found)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "calculated"])
@FEWER
@given(data=st.data())
def test_a_definition_survives_the_file_and_the_database(kind: str, data: st.DataObject) -> None:
    page = {"key": "page", "questions": (data.draw(questions(kind)),)}
    whole = Questionnaire.model_validate(
        {"key": "whole", "title": "Whole", "groups": ["staff"], "audience": "staff", "pages": [page]}
    )
    assert Questionnaire.from_json(whole.to_json()) == whole
    assert load_questionnaire(to_yaml(whole), source="whole").digest == whole.digest


@FEWER
@given(data=st.data())
def test_from_the_definition_to_the_file_and_back_nothing_fails(data: st.DataObject) -> None:
    """Drawn, answered, checked, stored, counted, exported, read again: with questions of any kinds together."""
    kinds = data.draw(
        st.lists(st.sampled_from([kind for kind in KINDS if kind != "calculated"]), min_size=1, max_size=5)
    )
    asked = [data.draw(questions(kind)).model_copy(update={"key": f"q{at}"}) for at, kind in enumerate(kinds)]
    whole = Questionnaire.model_validate(
        {"key": "whole", "title": "Whole", "groups": ["staff"], "audience": "staff", "languages": ["en", "ur", "pl"],
         "pages": [{"key": "page", "questions": tuple(asked)}]}
    )  # fmt: skip
    given = {each.key: answer for each in asked if (answer := each.check(data.draw(answers(each)))) is not None}
    assert all(f'id="{each.key}' in questions_html(whole, whole.pages[0], "en", given, {}) for each in asked)
    clean, wrong = check_document(whole, given)
    assert (clean, wrong) == (given, {})
    for each in whole.questions:
        codes = (
            each.column_codes(json.loads(json.dumps(clean[each.key]))) if each.key in clean and each.columns() else {}
        )
        assert codes.keys() <= {column.key for column in each.columns()}
    for name, writer in WRITERS.items():
        if name != "print-pdf":
            written, _ = writer.write(whole, "en")
            if name in READABLE and any(each.counts_as_question for each in asked):
                assert read(written, f"file{writer.ending}")[0].questions


def test_a_question_with_fewer_options_is_drawn_with_those_only() -> None:
    whole = example_questionnaire("choice")
    question = whole.question("way_to_school")
    fewer = question.model_copy(update={"options": question.options[:2]})  # type: ignore[attr-defined]
    page = whole.pages[0].model_copy(update={"questions": (fewer,)})
    drawn_twice = [questions_html(whole, each, "en", {}, {}) for each in (whole.pages[0], page)]
    assert ["By car" in html for html in drawn_twice] == [True, False]
