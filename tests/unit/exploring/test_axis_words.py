"""Words under an axis fit a phone."""

from analysis.exploring_figure import LINE_LENGTH, in_lines


def test_a_long_title_is_broken_and_keeps_every_word() -> None:
    words = "Favourable answers in 100, with the range the true figure is likely to be in"
    lines = in_lines(words).split("<br>")
    assert " ".join(lines) == words
    assert len(lines) > 1
    assert max(map(len, lines)) <= LINE_LENGTH


def test_a_short_title_stays_one_line() -> None:
    assert in_lines("Comments") == "Comments"
