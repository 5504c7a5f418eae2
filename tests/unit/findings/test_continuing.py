"""Lines over time go on while what was asked is the same, and begin anew when it is not."""

from datetime import UTC, datetime
from typing import Any

from analysis.continuing import change_between, line
from analysis.disclosure.reportable import Slice
from analysis.disclosure.sealing import sealed
from analysis.editions import AudienceView, EditionView
from analysis.governor_page import compose
from surveys.definition import Questionnaire
from surveys.judging import Judgement, fingerprint
from surveys.lineage import Change
from tests.makers import questionnaire

STUDENTS = AudienceView("student", "student", "Students", 700)


def asked(**changes: Any) -> Questionnaire:
    """The tiny questionnaire, its statement about safety the core of a strand and changed so."""
    content = questionnaire().model_dump(mode="json", by_alias=True)
    content["pages"][0]["questions"][0].update({"core": True, "strand": "wel.safety", **changes})
    return Questionnaire.model_validate(content)


def edition(wave: str, was_asked: Questionnaire | None) -> EditionView:
    cells = tuple(
        sealed("score", subject, subject, wave, Slice("student"), "shown", n=600, mean=60.0, sd=15.0)
        for subject in ("wel", "wel.safety")
    )
    return EditionView(
        wave_key=wave,
        wave_title=wave,
        frozen_at=datetime(2026, 11, 2, tzinfo=UTC),
        audiences=(STUDENTS,),
        breakdowns={},
        cells=cells,
        asked={"student": was_asked} if was_asked else {},
    )


def waves_on_the_line(*editions: EditionView, subject: str = "wel") -> list[str | None]:
    return [found.wave if found else None for found in line(editions, "student", kind="score", subject=subject)]


def test_a_line_goes_on_through_a_change_of_wording() -> None:
    one, two = edition("w1", asked()), edition("w2", asked(prompt="I feel safe at this school"))
    assert waves_on_the_line(one, two) == ["w1", "w2"]
    assert change_between(one, two, "student", kind="item", subject="safe") is Change.WORDING


def test_the_authors_word_on_a_change_carries_the_line_until_the_question_changes_again() -> None:
    before, after = asked(), asked(prompt="Nothing here frightens me")
    pair = {"before": fingerprint(before.question("safe")), "after": fingerprint(after.question("safe"))}
    said = Judgement(question="safe", change="wording", reason="Tried with 30 students", **pair)
    one, two = edition("w1", before), edition("w2", after)
    assert waves_on_the_line(one, two) == [None, "w2"]
    judged = after.model_copy(update={"judged": (said,)})
    assert waves_on_the_line(one, edition("w2", judged)) == ["w1", "w2"]
    again = asked(prompt="Whom do you fear?").model_copy(update={"judged": (said,)})
    assert waves_on_the_line(one, edition("w2", again)) == [None, "w2"]


def test_a_line_begins_anew_where_the_meaning_or_the_scale_changed() -> None:
    turned, now = edition("w2", asked(reverse=True)), edition("w3", asked(reverse=True))
    assert waves_on_the_line(edition("w1", asked()), turned, now) == [None, "w2", "w3"]
    assert waves_on_the_line(edition("w1", asked()), turned, now, subject="wel.safety") == [None, "w2", "w3"]


def test_a_wave_whose_questionnaire_is_not_known_counts_as_unchanged() -> None:
    assert waves_on_the_line(edition("w1", None), edition("w2", asked(reverse=True))) == ["w1", "w2"]


def test_the_governors_page_compares_only_what_continues() -> None:
    same = compose([edition("w1", asked()), edition("w2", asked())])
    other = compose([edition("w1", asked()), edition("w2", asked(prompt="Nobody is ever unkind at break"))])
    assert same is not None and other is not None
    assert same.tiles[0].change is not None and len(same.histories[0]) == 2
    assert other.tiles[0].change is None and len(other.histories[0]) == 1
