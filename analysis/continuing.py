"""May results of two waves stand on one line? Only while what was asked means the same, on the same scale.

Both waves' questionnaires are compared as they were asked; a wave whose questionnaire is not known counts as unchanged.
"""

from collections.abc import Sequence
from functools import lru_cache

from analysis.disclosure.reportable import Kind, Reportable
from analysis.editions import EditionView
from surveys.definition import Questionnaire
from surveys.flow import ScoreScale
from surveys.lineage import Change, classes


def change_between(earlier: EditionView, later: EditionView, audience: str, *, kind: Kind, subject: str) -> Change:
    """What became of a statement, or of the gravest changed statement behind a score, from one wave to the next."""
    old, new = earlier.asked.get(audience), later.asked.get(audience)
    if old is None or new is None or kind not in {"item", "choice", "scale", "score"}:
        return Change.IDENTICAL
    if kind == "scale" and _scale(old, subject) != _scale(new, subject):
        return Change.MEANING
    found = _classes(old, new)
    changes = [found[key] for key in _behind(new, kind, subject) if key in found]
    return max(changes, key=list(Change).index, default=Change.IDENTICAL)


def continues(earlier: EditionView, later: EditionView, audience: str, *, kind: Kind, subject: str) -> bool:
    """Whether the two results may be compared."""
    return change_between(earlier, later, audience, kind=kind, subject=subject).continues


def line(editions: Sequence[EditionView], audience: str, *, kind: Kind, subject: str) -> list[Reportable | None]:
    """One result a wave, oldest first; None before the wave in which the line begins anew, and where it was not asked.

    The newest wave that has it ends the line; going back, the first break of scale or meaning cuts off what was before.
    """
    found: list[Reportable | None] = []
    newer: EditionView | None = None
    broken = False
    for edition in reversed(editions):
        result = None if broken else edition.find(kind, subject, audience)
        if result is not None and newer is not None:
            broken = not continues(edition, newer, audience, kind=kind, subject=subject)
            result = None if broken else result
        newer = edition if result is not None else newer
        found.append(result)
    return found[::-1]


def _behind(questionnaire: Questionnaire, kind: Kind, subject: str) -> list[str]:
    """Keys of the questions of which a result is made."""
    if kind in {"item", "choice"}:
        return [_question(subject)]
    if kind == "scale":
        scale = _scale(questionnaire, subject)
        return [_question(item) for item in scale.items] if scale else []
    within = f"{subject}."
    core = (question for question in questionnaire.questions if question.core)
    return [question.key for question in core if question.strand == subject or question.strand.startswith(within)]


def _question(subject: str) -> str:
    """The question's key, without a row or an option."""
    return subject.partition(".")[0]


def _scale(questionnaire: Questionnaire, subject: str) -> ScoreScale | None:
    return next((each for each in questionnaire.scales if f"scale:{each.key}" == subject), None)


@lru_cache(maxsize=64)
def _classes(old: Questionnaire, new: Questionnaire) -> dict[str, Change]:
    return classes(old, new)
