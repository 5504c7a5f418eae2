"""What of a question does not come back when the file that was written is read again: no loss goes untold. Pure."""

from collections.abc import Callable, Iterator
from typing import Any

from stakeholder.errors import Invalid
from surveys.definition import Questionnaire
from surveys.interchange.formats import read
from surveys.interchange.losses import LossReport
from surveys.interchange.own import parts_of
from surveys.question_types import Question

Written = tuple[bytes, LossReport]
Write = Callable[[Questionnaire, str], Written]
UNIT, BOUNDS = "Its unit goes.", "How small or large it may be is not kept."
USUAL = "Nobody is asked whether an unusual answer is meant."
LOST = {
    "hint": "Its hint changes.",
    "look": "It is drawn in another way.",
    "several": "How many answers a row may have changes.",
    "min": BOUNDS,
    "max": BOUNDS,
    "step": "Its steps change.",
    "decimals": "Whether it may have decimals changes.",
    "unit": UNIT,
    "usual_min": USUAL,
    "usual_max": USUAL,
    "bands": "The bands in which it is counted go.",
    "start_label": "The words at its ends go.",
    "end_label": "The words at its ends go.",
    "points": "Its number of places changes.",
    "most": "How many places are given goes.",
    "total": "What the shares make up goes.",
    "precision": "Whether a day or a month is asked for changes.",
    "earliest": "Which dates are too early or too late goes.",
    "latest": "Which dates are too early or too late goes.",
    "format": "The form of the text is not checked.",
    "pattern": "The form of the text is not checked in the same way.",
    "pattern_message": "What is said when the form does not fit goes.",
    "max_length": "How long the text may be changes.",
    "polarity": "What the comment is asked for stays with the platform.",
    "picture": "Its picture stays behind.",
    "body": "Its words are joined.",
    "statement": "Its statement changes.",
    "favourable_from": "Which answers are favourable stays with the platform.",
}
OPTION = {
    "other": "A text box beside an option goes.",
    "exclusive": "That an option stands alone goes.",
    "picture": "Its pictures stay behind.",
    "value": "Scores of its answers go.",
}


def truthful(write: Write, ending: str) -> Write:
    """The writer, whose report also names what is no longer there when its file is read again."""

    def written(questionnaire: Questionnaire, language: str) -> Written:
        data, report = write(questionnaire, language)
        try:
            back = read(data, f"file{ending}")[0]
        except Invalid:
            return data, report
        for question in questionnaire.questions:
            fate = report.fates.get(name := f"question {question.key}")
            if fate is None or fate[0] == "dropped":
                continue
            lost = list(dict.fromkeys(differences(question, _same(question, back))))
            if lost and fate[0] == "mapped":
                del report.fates[name]
            for words in lost:
                report.approximated(name, words)
        return data, report

    return written


def differences(question: Question, back: Question | None) -> Iterator[str]:
    """What is not as it was, in words; nothing when everything is."""
    if back is None:
        yield "It does not come back as one question with the same words."
    elif back.type != question.type:
        yield f"Read again, it is a question of the kind '{back.type}'."
    else:
        yield from (words for name, words in LOST.items() if _value(question, name) != _value(back, name))
    if back is not None:
        yield from _differing_parts(question, back)


def _same(question: Question, back: Questionnaire) -> Question | None:
    """The question with these words among those that came back."""
    bare = question.key.replace("_", "")
    found = [each for each in back.questions if str(each.prompt) == str(question.prompt)]
    return next((each for each in found if each.key.replace("_", "") == bare), found[0] if found else None)


def _value(question: Question, name: str) -> Any:
    value = getattr(question, name, None)
    return getattr(value, "root", value)


def _differing_parts(question: Question, back: Question) -> Iterator[str]:
    for name, words in (("options", "Its answers change."), ("rows", "Its rows change.")):
        before, after = _said(question, name), _said(back, name)
        if before != after:
            yield words if sorted(before) != sorted(after) else f"The order of its {name} changes."
            return
    both = list(zip(*(parts_of(each, "options") for each in (question, back)), strict=True))
    for name, words in OPTION.items():
        if any(getattr(one, name, None) not in {None, False, getattr(two, name, None)} for one, two in both):
            yield words


def _said(question: Question, name: str) -> list[tuple[str, ...]]:
    """The words of each option or row."""
    return [
        tuple(str(getattr(part, words)) for words in ("label", "start", "end") if hasattr(part, words))
        for part in parts_of(question, name)
    ]
