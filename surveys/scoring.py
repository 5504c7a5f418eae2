"""Scores of several items: the mean or sum of one person's answers. Pure."""

from collections.abc import Mapping
from typing import Any

from surveys.definition import Questionnaire
from surveys.flow import ScoreScale


def scale_score(questionnaire: Questionnaire, scale: ScoreScale, answers: Mapping[str, Any]) -> float | None:
    """One person's score on the items' own values, None when fewer than `scale.needed` items are answered.

    A reversed item counts as lowest + highest value - value. The sum puts the mean of the answered items in place of
    those that are missing (person-mean substitution: Downey and King 1998, J. Gen. Psychol. 125, 175-191), so that
    it stays on the instrument's own range. Unscored answers ("Don't know") count as missing.
    """
    values = [value for item in scale.items if (value := item_value(questionnaire, item, answers)) is not None]
    if len(values) < scale.needed:
        return None
    mean = sum(values) / len(values)
    return mean if scale.rule == "mean" else mean * len(scale.items)


def scale_scores(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, float | None]:
    """All scores of a questionnaire by key."""
    return {scale.key: scale_score(questionnaire, scale, answers) for scale in questionnaire.scales}


def item_value(questionnaire: Questionnaire, item: str, answers: Mapping[str, Any]) -> float | None:
    """The value of one item's answer, turned round where the item is reversed; None without a scored answer."""
    question = questionnaire.by_key[item.partition(".")[0]]
    column = next(each for each in question.columns() if each.key == item)
    if question.key not in answers:
        return None
    code = question.column_codes(answers[question.key]).get(item)
    values = {option.code: option.value for option in column.options if option.value is not None}
    if code not in values:
        return None
    return min(values.values()) + max(values.values()) - values[code] if column.reverse else values[code]
