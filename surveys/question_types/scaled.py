"""What the kinds with a scale share: likert, faces and the rows of a grid."""

from collections.abc import Sequence

from stakeholder.localised import Localised
from surveys.question_types.base import Column, Question
from surveys.scales import Option, Scale


def all_options(scale: Scale) -> tuple[Option, ...]:
    """Scored options, then the unscored ones."""
    return (*scale.options, *scale.unscored)


def scale_column(
    question: Question, scale: Scale, *, reverse: bool, key: str = "", label: Localised | None = None
) -> Column:
    """The column of a scaled question, or of one row of a grid."""
    scores = {option.code: scale.score(option.code, reverse=reverse) for option in scale.options}
    return Column(
        key=key or question.key,
        label=label or question.prompt,
        options=scale.options,
        unscored_options=scale.unscored,
        favourable=scale.favourable_for(reverse=reverse),
        reverse=reverse,
        indicator=question.indicator,
        strand=question.strand,
        core=question.core,
        focus=question.focus,
        scores={code: score for code, score in scores.items() if score is not None},
    )


def spoken(question: str, options: Sequence[Option], language: str) -> str:
    """A question and its answers, as read aloud."""
    return f"{question} {'. '.join(option.label.in_(language) for option in options)}."
