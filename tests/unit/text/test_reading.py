"""Reading a comment: how it sounds, what it is about, who must look at it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.reading import default_toolkit, read_comment

BEST, BETTER = "What is the best thing about our school?", "What would make our school better?"
LIKELY_WORDS = [
    "more",
    "clubs",
    "please",
    "lunch",
    "good",
    "bad",
    "nothing",
    "but",
    "i",
    "hate",
    "myself",
    "n/a",
    "😀",
    ".",
]


@pytest.mark.parametrize(
    ("text", "question", "sentiment"),
    [
        ("The teachers are kind and lessons are fun", "", "positive"),
        ("The toilets are disgusting", "", "negative"),
        ("We have maths four times a week", "", "neutral"),
        ("The food is horrible but my teacher is brilliant", "", "mixed"),
        ("lunch", BEST, "positive"),
        ("toilets", BETTER, "negative"),
        ("toilets", "improve", "negative"),
        ("More clubs please", "", "negative"),
        ("we shud have longer lunch", "", "negative"),
        ("It would be nice if someone rang back", "", "negative"),
        ("food is not bad", "", "positive"),
        ("communication could be better", "", "negative"),
        ("maths is peng", "", "positive"),
        ("lunch was mid", "", "negative"),
        ("nothing", BETTER, "neutral"),
        ("n/a", "", "neutral"),
        ("idk", BEST, "neutral"),
        ("nothing, everything is perfect", BETTER, "positive"),
    ],
)
def test_sentiment_follows_words_wishes_and_the_question(text: str, question: str, sentiment: str) -> None:
    assert read_comment(text, question=question).sentiment == sentiment


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("the toilets smell", "wel.toilets"),
        ("too much homwork", "ach.homework"),
        ("people bulling me at lunch", "wel.bullying"),
        ("I want to hear about apprenticeships", "fut.careers"),
        ("parents evening was useful", "com.reports_meetings"),
        ("love this school", "x.general"),
    ],
)
def test_themes_are_found_by_their_words(text: str, theme: str) -> None:
    found = read_comment(text)
    assert theme in found.themes
    assert any(reason.theme == theme for reason in found.reasons)


def test_each_theme_sounds_like_the_clause_it_stands_in() -> None:
    found = read_comment("The toilets are filthy but the clubs are great.")
    assert {aspect.theme: aspect.sentiment for aspect in found.aspects} == {
        "wel.toilets": "negative",
        "fut.enrichment": "positive",
    }


def test_a_general_verdict_is_a_theme_only_where_there_is_no_other() -> None:
    assert read_comment("great school, great toilets").themes == ("wel.toilets",)


@pytest.mark.parametrize("text", ["Nauczyciele są bardzo mili, ale toalety są brudne", "اساتذہ بہت اچھے ہیں"])
def test_english_rules_are_never_run_on_other_languages(text: str) -> None:
    found = read_comment(text)
    assert not found.analysed
    assert (found.sentiment, found.score, found.themes, found.aspects, found.segments) == (None, None, (), (), ())


def test_a_comment_without_content_is_routed_so_and_has_no_theme() -> None:
    found = read_comment("nothing really")
    assert (found.themes, found.routes, found.score) == ((), ("no_content",), 0.0)


def test_naming_a_person_and_abuse_are_routed() -> None:
    assert "named_person" in read_comment("Mrs Trefoil is the best").routes
    assert "abusive" in read_comment("you are all wankers").routes


def test_a_segment_stands_where_it_was_written() -> None:
    text = "  The food   is great. But toilets are awful!"
    first, second = read_comment(text).segments
    assert text[first.start : first.end] == "The food   is great."
    assert text[second.start : second.end] == "But toilets are awful!"


def test_the_written_object_is_what_the_command_promises() -> None:
    found = read_comment("The toilets are filthy. I want to die").as_json()
    assert list(found) == [
        "language",
        "sentiment",
        "score",
        "themes",
        "aspects",
        "segments",
        "safeguarding",
        "concerns",
        "label",
        "probability",
        "sure",
    ]
    assert found["aspects"] == [{"theme": "wel.toilets", "sentiment": "negative"}]
    assert found["safeguarding"] is True and found["concerns"][0]["category"] == "self_harm_suicide"
    assert json.loads(json.dumps(found)) == found


@given(st.text(max_size=300), st.text(max_size=40), st.sampled_from([None, "en", "pl", "xx", ""]))
def test_any_text_is_read_and_always_in_the_same_way(text: str, question: str, language: str | None) -> None:
    first = read_comment(text, question=question, language=language)
    assert first == read_comment(text, question=question, language=language)
    assert json.dumps(first.as_json())


@given(st.lists(st.sampled_from(LIKELY_WORDS), max_size=30).map(" ".join))
def test_segments_scores_and_reasons_keep_their_bounds(text: str) -> None:
    found = read_comment(text)
    spans = [(part.start, part.end) for part in found.segments]
    spans += [(reason.start, reason.end) for reason in found.reasons]
    spans += [(concern.start, concern.end) for concern in found.concerns]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(-1 <= score <= 1 for score in [found.score or 0, *(part.score for part in found.segments)])
    assert [aspect.theme for aspect in found.aspects] == list(found.themes)
    assert found.safeguarding == bool(found.concerns)


def test_a_very_long_comment_is_read_too() -> None:
    assert read_comment("the food is good and " * 5_000).themes == ("wel.food",)


def test_a_toolkit_is_made_once_and_has_a_digest() -> None:
    assert default_toolkit() is default_toolkit()
    assert len(default_toolkit().digest) == 16


@pytest.mark.parametrize(
    "text",
    [
        "My dad hits me",
        "He hits me",
        "my step dad hurts me when he is drunk",
        "A boy in year 9 keeps touching me",
        "My uncle touches me when mum is at work",
        "I want to hurt myself",
        "i cut myself and it feels good",
    ],
)
def test_a_disclosure_is_never_praise_nor_given_a_theme_by_guess(text: str) -> None:
    told = read_comment(text)
    assert told.safeguarding
    assert told.sentiment != "positive" and told.score is not None and told.score <= 0 and not told.sure
    assert {part.sentiment for part in told.segments} != {"positive"}
    assert not {theme for theme in told.themes if theme.startswith(("com.", "fut.", "ach."))}


def test_praise_beside_a_disclosure_stays_in_its_own_clause() -> None:
    told = read_comment("I love science club. My dad hits me.")
    assert told.safeguarding and told.sentiment != "positive"
    assert told.segments[0].sentiment == "positive"
