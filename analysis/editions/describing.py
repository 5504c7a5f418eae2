"""What an edition says about its audiences: their names, how many were asked, and how results are split."""

from stakeholder.models import School
from surveys.definition import Questionnaire
from surveys.framework import default_framework
from surveys.models import Audience

BREAKDOWN_NAMES = {"year": "Year group", "phase": "School phase", "send": "Special educational needs"}


def described(school: School, audiences: list[tuple[Audience, Questionnaire]]) -> list[dict[str, object]]:
    """Audiences as an edition keeps them: names, people asked, breakdowns."""
    labels = audience_labels(school, [audience for audience, _ in audiences])
    return [
        {
            "key": audience.key,
            "group": audience.group,
            "version": str(audience.version_id),
            "label": labels[audience.key],
            "invited": audience.invited,
            "breakdowns": [_breakdown(questionnaire, key) for key in questionnaire.breakdowns],
        }
        for audience, questionnaire in audiences
    ]


def _breakdown(questionnaire: Questionnaire, key: str) -> list[object]:
    (column,) = questionnaire.question(key).columns()
    options = [[option.code, str(option.label)] for option in column.options]
    return [key, _breakdown_name(key, str(column.label)), options]


def _breakdown_name(key: str, asked: str) -> str:
    """What results are split by: a name to use in a sentence, where the question itself cannot be."""
    plain = key.replace("_", " ").capitalize() if asked.endswith("?") else asked
    return BREAKDOWN_NAMES.get(key, plain)


def audience_labels(school: School, audiences: list[Audience]) -> dict[str, str]:
    """The group's name; where a group has several audiences, the framework's name for each after the first."""
    groups = {group["key"]: str(group["label"].get("en", group["key"])) for group in school.groups}
    names = {audience.key: str(audience.label) for audience in default_framework().audiences}
    labels: dict[str, str] = {}
    for audience in audiences:
        label = groups.get(audience.group, audience.group)
        labels[audience.key] = names.get(audience.key, audience.key) if label in labels.values() else label
    return labels
