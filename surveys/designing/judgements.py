"""Changed questions of a draft, what the program takes each change for, and what the author says. Pure."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from stakeholder.localised import N_
from surveys.definition import Questionnaire
from surveys.designing.content import Content
from surveys.judging import Judgement, fingerprint, judgement_on
from surveys.lineage import Change, compared

WORDS: dict[Change, str] = {
    Change.IDENTICAL: N_("The same question: results go on"),
    Change.WORDING: N_("Other words, the same meaning: results go on, with a mark"),
    Change.SCALE: N_("Other answers: results begin anew"),
    Change.MEANING: N_("Another question: results begin anew"),
}


@dataclass(frozen=True)
class Changed:
    """One changed question. `machine`: what the program takes the change for; `said`: the author's word."""

    key: str
    old: str
    new: str
    machine: Change
    said: Judgement | None
    before: str
    after: str

    @property
    def change(self) -> Change:
        """What counts."""
        return Change(self.said.change) if self.said else self.machine


def changed_questions(old: Questionnaire, new: Questionnaire) -> tuple[Changed, ...]:
    """Questions of both versions that are more than corrected, in the new version's order."""
    found = []
    before = {question.key: question for page in old.pages for question in page.questions}
    for question in (question for page in new.pages for question in page.questions):
        was = before.get(question.key)
        if was is None:
            continue
        machine, said = compared(was, question), judgement_on(new.judged, was, question)
        if machine is not Change.IDENTICAL or said:
            pair = fingerprint(was), fingerprint(question)
            found.append(Changed(question.key, str(was.prompt), str(question.prompt), machine, said, *pair))
    return tuple(found)


def with_judgement(content: Content, judgement: Mapping[str, Any]) -> Content:
    """The content with the author's word on a change, in place of an earlier word on the same change."""
    changed = without_judgement(content, str(judgement["question"]), str(judgement["before"]), str(judgement["after"]))
    changed.setdefault("judged", []).append(dict(judgement))
    return changed


def without_judgement(content: Content, question: str, before: str, after: str) -> Content:
    """The content without the author's word on a change."""
    changed = deepcopy(content)
    place = (question, before, after)
    kept = [each for each in changed.pop("judged", ()) if (each["question"], each["before"], each["after"]) != place]
    return {**changed, "judged": kept} if kept else changed
