"""The macro that shows a figure on a page."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from analysis.figures import Figure, likert_bars
from tests.unit.figures.results import hidden, item

TEMPLATES = Path(__file__).parents[3] / "templates"


@pytest.fixture
def figure() -> Figure:
    return likert_bars(
        (item("I feel <safe>", (1, 2, 30, 4, 5)), hidden("Someone listens")),
        title="Students feel safe",
        subtitle="In autumn",
        note="42 answered.",
    )


def shown(figure: Figure, arguments: str = "") -> str:
    pages = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    pages.globals["_"] = lambda words, **values: words % values if values else words
    source = "{% from 'components/figure.html' import figure %}{{ figure(shown" + arguments + ") }}"
    return pages.from_string(source).render(shown=figure)


def test_a_figure_has_heading_note_both_drawings_and_its_numbers(figure: Figure) -> None:
    page = shown(figure)
    assert page.count("<svg") == 2 and "<h2" in page and "42 answered." in page
    assert "<details" in page and "71% (30)" in page and "&lt;safe&gt;" in page


def test_a_reason_takes_the_place_of_all_numbers(figure: Figure) -> None:
    assert 'colspan="8">Hidden: Too few people' in shown(figure)


def test_a_figure_leads_to_its_interactive_twin(figure: Figure) -> None:
    assert 'href="/explore?what=item:safe"' in shown(figure, ", explore='/explore?what=item:safe'")
    assert "<a " not in shown(figure)


def test_a_bare_figure_leaves_heading_and_table_to_its_page(figure: Figure) -> None:
    page = shown(figure, ", bare=true")
    assert "<h2" not in page and "<details" not in page and page.count("<svg") == 2
