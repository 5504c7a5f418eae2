"""The framework: four dimensions, five strands each, parallel statements; any other framework is another file."""

import pytest

from stakeholder.errors import Invalid
from surveys.default_questionnaires import default_questionnaires
from surveys.documents import read_yaml
from surveys.framework import FRAMEWORKS, default_framework, load_framework, texts

SOTO = default_framework()
SOURCE = (FRAMEWORKS / "soto.yaml").read_text("utf-8")
AUDIENCES = {"primary", "secondary", "staff", "parent", "governor"}
OTHER = """
key: ours
title: Our own
note: Our own reading.
audiences: [{key: staff, label: Staff, group: staff, scale: yes_no, minutes: 3, title: Ask, intro: Hello}]
scales:
- {key: yes_no, favourable: [yes], options: [{code: no, label: No, value: 0}, {code: yes, label: Yes, value: 1}]}
dimensions:
- {key: calm, name: Calm, short: Calm, definition: Quiet, question: Is it quiet?, strands: [
    {key: calm.rooms, name: Rooms, meaning: Quiet rooms, items: {staff: [
      {key: c1, text: Rooms are quiet, focus: school}]}}]}
"""


def test_four_dimensions_of_five_strands() -> None:
    assert [len(dimension.strands) for dimension in SOTO.dimensions] == [5, 5, 5, 5]


def test_every_strand_speaks_to_every_audience_through_one_core_indicator() -> None:
    for strand in SOTO.strands:
        core = [
            indicator.audience
            for indicator in strand.indicators
            if indicator.core and indicator.audience != "primary_ks1"
        ]
        assert sorted(core) == sorted(AUDIENCES), strand.key


def test_the_youngest_get_no_more_than_twelve_and_nothing_worded_negatively() -> None:
    youngest = [each for each in SOTO.indicators if each.audience == "primary_ks1"]
    assert sum(each.core for each in youngest) == 12
    assert not any(each.reverse for each in youngest)


def test_another_framework_is_another_file() -> None:
    ours = load_framework(OTHER, source="ours.yaml")
    made = default_questionnaires(ours)["staff"]
    assert [question.key for question in made.questions] == ["calm_rooms"]


def test_words_in_another_language_join_the_english_ones() -> None:
    polish = (
        "status: machine_draft\ntexts: {dimensions/calm/strands/calm.rooms/items/staff/c1/text: W salach jest cicho}"
    )
    ours = load_framework(OTHER, source="ours.yaml", translations={"pl": polish})
    assert ours.indicators[0].text.in_("pl") == "W salach jest cicho"
    assert (ours.languages, ours.translations) == (("en", "pl"), {"pl": "machine_draft"})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("scale: yes_no, minutes", "scale: maybe, minutes", "found the scale 'maybe', expected one of yes_no"),
        ("items: {staff:", "items: {cats:", "found items for 'cats', expected one of staff"),
        ("focus: school", "focus: weather", "line 11, dimensions 1, strands 1, items, staff 1, focus: found 'weather'"),
        ("short: Calm,", "", "short: found nothing"),
        ("key: ours", "keys: ours", "keys: this word is not known here"),
    ],
)
def test_what_is_wrong_in_a_framework_is_named_with_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(Invalid, match=r"ours\.yaml") as refused:
        load_framework(OTHER.replace(old, new), source="ours.yaml")
    assert said in str(refused.value)


@pytest.mark.parametrize("overlay", ["texts: {no/such/place: x}", "texts: {title: ''}", "texts: []", "[]"])
def test_a_translation_that_fits_nothing_is_refused(overlay: str) -> None:
    with pytest.raises(Invalid, match=r"pl/ours\.yaml"):
        load_framework(OTHER, source="ours.yaml", translations={"pl": overlay})


def test_every_language_shipped_has_every_word() -> None:
    places = dict(texts(read_yaml(SOURCE, "soto.yaml")))
    assert set(SOTO.translations) == {"cy", "pl", "ur"}
    for language in SOTO.translations:
        for indicator in SOTO.indicators:
            assert language in indicator.text.languages, (language, indicator.key)
        for made in default_questionnaires(SOTO).values():
            assert {made.title, made.intro} and language in made.title.languages
    assert len(places) > 300
