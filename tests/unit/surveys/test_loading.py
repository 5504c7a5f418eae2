"""Questionnaires from YAML: what is wrong is named with file, place, found and expected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeholder.errors import Invalid
from surveys.default_questionnaires import default_questionnaires, to_yaml
from surveys.definition import Questionnaire
from surveys.framework import default_framework
from surveys.loading import load_questionnaire, load_questionnaire_bytes
from tests.makers import questionnaire

HEAD = "key: x\ntitle: X\ngroups: [student]\naudience: secondary\n"
DEFAULTS = default_questionnaires(default_framework())


def page(*questions: str) -> str:
    return HEAD + "pages:\n- key: one\n  questions:\n" + "".join(f"  - {{{question}}}\n" for question in questions)


def refusal(text: str) -> str:
    with pytest.raises(Invalid) as refused:
        load_questionnaire(text, source="ours.yaml")
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pages: [", "ours.yaml, line"),
        ("key: a\nkey: b", "ours.yaml, line 2: found 'key' a second time"),
        ("- a\n- b", "found a list of 2, expected a mapping"),
        ("", "expected a mapping"),
        ("a: &x [1]\nb: *x", "found an alias"),
        ("? [a]\n: b", "as a key"),
        (HEAD, "ours.yaml, line 1, pages: found nothing"),
        (
            page("key: a, type: sundial, prompt: x"),
            "line 8, pages 1, questions 1: found type 'sundial', expected one of",
        ),
        (page("key: a, prompt: x"), "found no type, expected one of"),
        (page("key: a, type: comment, promt: x"), "promt: this word is not known here. Is 'prompt' meant"),
        (page("key: A B, type: comment, prompt: x"), "found 'A B'"),
        (
            page("key: a, type: likert, prompt: x, scale: agre5"),
            "line 8, pages 1, questions 1, scale: found 'agre5', expected one of agree5",
        ),
        (
            page("key: a, type: likert, prompt: x, scale: agree5, indicator: wel.nothing"),
            "indicator: found 'wel.nothing'",
        ),
        (page("key: a, type: comment, prompt: x", "key: a, type: comment, prompt: y"), "found the question 'a' twice"),
        (page("key: a, type: choice, prompt: x, options: [{code: y, label: Y}]"), "at least 2"),
        (page("key: a, type: faces, prompt: x, scale: agree5"), "has no face"),
        (page("key: a, type: number, prompt: x, min: 5, max: 5"), "expected min below max"),
        (page("key: a, type: comment, prompt: x") + "breakdowns: [a]", "found 'a' among the breakdowns"),
        (page("key: a, type: comment, prompt: x") + "languages: [pl]", "expected 'en' among them"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str, said: str) -> None:
    assert said in refusal(text)


def two_pages(first: str, second: str) -> str:
    return HEAD + f"pages:\n- key: one\n  questions:\n  - {{{first}}}\n- key: two\n  questions:\n  - {{{second}}}\n"


YEAR = "key: year, type: choice, prompt: Year?, options: [{code: y7, label: 7}, {code: y8, label: 8}]"


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("question: later, is: y7", "'later' stands on a later page ('two')"),
        ("question: itself, answered: true", "'itself' stands on the same page"),
        ("question: nobody, is: y7", "found the question 'nobody', expected the key of an earlier question"),
    ],
)
def test_a_condition_on_what_is_not_answered_yet_is_refused(condition: str, said: str) -> None:
    itself = f"key: itself, type: comment, prompt: x, show_if: {{{condition}}}"
    assert said in refusal(two_pages(itself, YEAR.replace("key: year", "key: later")))


def test_conditions_that_wait_for_each_other_are_refused() -> None:
    one = "key: one, type: comment, prompt: x, show_if: {question: two, answered: true}"
    two = "key: two, type: comment, prompt: x, show_if: {question: one, answered: true}"
    assert "show_if: 'two' stands on a later page" in refusal(two_pages(one, two))


def test_a_condition_names_an_answer_that_there_is() -> None:
    said = refusal(two_pages(YEAR, "key: a, type: comment, prompt: x, show_if: {question: year, is: y12}"))
    assert "found 'y12', expected an answer to 'year': y7, y8" in said


@pytest.mark.parametrize("data", [b"title: caf\xe9", "key: x".encode("utf-16"), b"\x89PNG\r\n", b"\x00" * 50])
def test_another_encoding_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Invalid, match=r"ours\.yaml"):
        load_questionnaire_bytes(data, source="ours.yaml")


def test_a_byte_order_mark_does_no_harm() -> None:
    text = page("key: a, type: comment, prompt: x")
    assert load_questionnaire_bytes(b"\xef\xbb\xbf" + text.encode(), source="ours.yaml").key == "x"


def test_plain_words_stay_words() -> None:
    made = load_questionnaire(
        page("key: a, type: choice, prompt: Well?, options: [{code: yes, label: Yes}, {code: no, label: No}]"), "x"
    )
    assert made.question("a").check("no") == "no"


@given(st.text(alphabet=st.sampled_from("key: pags[]{}&*!|>-\n\t\"'#%@`0a\x00é"), max_size=200))
def test_no_text_breaks_the_loader(text: str) -> None:
    with pytest.raises(Invalid):
        load_questionnaire(text, source="any.yaml")


@pytest.mark.parametrize("made", DEFAULTS.values(), ids=DEFAULTS)
def test_a_default_questionnaire_comes_back_from_its_yaml_unchanged(made: Questionnaire) -> None:
    assert load_questionnaire(to_yaml(made), source="x").digest == made.digest


@pytest.mark.parametrize("made", DEFAULTS.values(), ids=DEFAULTS)
def test_a_stored_version_comes_back_unchanged(made: Questionnaire) -> None:
    again = Questionnaire.from_json(made.to_json())
    assert (again.digest, again) == (made.digest, made)


def test_any_change_changes_the_digest() -> None:
    tiny = questionnaire()
    changed = load_questionnaire(to_yaml(tiny).replace("I feel safe at school", "I feel safe"), source="x")
    assert changed.digest != tiny.digest


def test_an_indicator_brings_its_place_in_the_framework() -> None:
    text = page("key: a, type: likert, prompt: x, scale: agree5, indicator: wel.safety.secondary.1")
    question = load_questionnaire(text, source="x").question("a")
    assert (question.strand, question.core, question.focus) == ("wel.safety", True, "self")
