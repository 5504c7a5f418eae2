"""Codebooks: data that a school may change, with errors it can act on."""

import pytest

from analysis.codebook import default_codebook, load_codebook
from analysis.text.reading import read_comment
from analysis.text.toolkit import make_toolkit
from stakeholder.errors import Invalid
from surveys.framework import default_framework

SMALL = """
key: small
title: Small
themes:
- code: bees
  label: {en: Bees, pl: Pszczoły}
  definition: What is said about the hives.
  keywords: [bees, honey]
  hints: [sting, queen]
"""


def test_the_default_codebook_sorts_into_the_frameworks_dimensions() -> None:
    dimensions = {dimension.key for dimension in default_framework().dimensions}
    themes = default_codebook().themes
    assert len(themes) == 37
    assert {theme.dimension for theme in themes} == {*dimensions, None}


def test_a_school_may_bring_its_own_codebook() -> None:
    toolkit = make_toolkit(load_codebook(SMALL, "small.yaml"))
    assert read_comment("the honey was lovely", toolkit=toolkit).themes == ("bees",)
    assert read_comment("the queen was lovely", toolkit=toolkit).themes == ()
    assert read_comment("the queen did sting", toolkit=toolkit).themes == ("bees",)


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("code: bees", "code: Bees!", "line 5"),
        ("keywords", "keywrods", "not known here"),
        ("[bees, honey]", '[bees, "?!"]', "expected a word or a short phrase"),
        ("key: small", "key: small\nkey: big", "a second time"),
    ],
)
def test_a_mistake_is_named_with_file_and_place(wrong: str, right: str, said: str) -> None:
    with pytest.raises(Invalid, match=r"^small\.yaml, line") as refused:
        load_codebook(SMALL.replace(wrong, right), "small.yaml")
    assert said in str(refused.value)


def test_a_theme_stands_in_a_codebook_once() -> None:
    with pytest.raises(Invalid, match=r"found the code 'bees' a second time"):
        load_codebook(SMALL + SMALL.split("themes:")[1], "small.yaml")
