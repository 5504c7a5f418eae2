"""What came of the bank's statements when they were asked before: only what an edition shows to anyone anyway."""

from sqlalchemy.orm import Session

from analysis.editions import EditionView, list_editions, load_edition
from analysis.views.looks import level_words
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.designing.bank import PastResult, PastResults

MOST_WAVES = 2


def past_results(session: Session, viewer: Viewer) -> PastResults:
    """By indicator: its results in the newest waves, newest first; nothing for those who may not see results."""
    if not viewer.may(Permission.SEE_FIGURES):
        return {}
    found: dict[str, list[PastResult]] = {}
    for summary in reversed(list_editions(session, viewer)[-MOST_WAVES:]):
        for indicator, result in _results(load_edition(session, viewer, summary.wave_key)):
            found.setdefault(indicator, []).append(result)
    return {indicator: tuple(results) for indicator, results in found.items()}


def _results(edition: EditionView) -> list[tuple[str, PastResult]]:
    """Each statement with an indicator, of each whole audience."""
    results = []
    for audience in edition.audiences:
        asked = edition.asked.get(audience.key)
        by_subject = {} if asked is None else {c.key: c for question in asked.questions for c in question.columns()}
        for cell in edition.of("item", audience.key, ()):
            column = by_subject.get(cell.subject)
            if column is not None and column.indicator:
                said = PastResult(edition.wave_title, audience.label, level_words(cell), hidden=cell.status == "hidden")
                results.append((column.indicator, said))
    return results
