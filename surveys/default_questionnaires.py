"""The questionnaires a school starts with, made from a framework; each can be taken out as YAML and changed."""

from collections.abc import Iterator
from typing import Any

import yaml

from stakeholder.localised import Localised
from surveys.definition import Questionnaire
from surveys.framework import Dimension, Framework, FrameworkAudience, Indicator, Strand

STATEMENTS_ON_A_PAGE = 5
PICTURES = ("book", "heart", "rocket", "house")


def default_questionnaires(framework: Framework) -> dict[str, Questionnaire]:
    """One questionnaire for each of the framework's audiences, by audience key."""
    return {audience.key: default_questionnaire(framework, audience) for audience in framework.audiences}


def default_questionnaire(framework: Framework, audience: FrameworkAudience) -> Questionnaire:
    """Statements by dimension, up to five on a page, then comments, then questions about the respondent."""
    pages = [
        page for at, dimension in enumerate(framework.dimensions) for page in _pages(framework, audience, dimension, at)
    ]
    pages += [
        {"key": key, "questions": list(questions)}
        for key, questions in (("comments", audience.comments), ("about_you", audience.about))
        if questions
    ]
    return Questionnaire.model_validate(
        {
            "key": audience.key,
            "title": audience.title,
            "intro": audience.intro,
            "groups": [audience.group],
            "audience": audience.key,
            "style": audience.style,
            "framework": framework.key,
            "languages": framework.languages,
            "translations": dict(framework.translations),
            "minutes": audience.minutes,
            "pages": pages,
            "breakdowns": audience.breakdowns,
        }
    )


def to_yaml(questionnaire: Questionnaire) -> str:
    """The questionnaire as YAML to edit and load again; scales stand once, by name."""
    content = questionnaire.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    scales: dict[str, Any] = {}
    for page in content["pages"]:
        for question in page["questions"]:
            if "scale" in question:
                scales[question["scale"]["key"]] = question["scale"]
                question["scale"] = question["scale"]["key"]
    pages = content.pop("pages")
    whole = {**content, "scales": [*scales.values(), *content.get("scales", [])], "pages": pages}
    return yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=120)


def indicator_question(framework: Framework, indicator: Indicator) -> dict[str, Any]:
    """The question that asks an indicator, as its audience is asked: on its scale, with its picture."""
    audience = next(each for each in framework.audiences if each.key == indicator.audience)
    strand = framework.strand(indicator.strand)
    dimension = framework.dimension_of(indicator.strand)
    number = [each.key for each in strand.items[audience.key]].index(indicator.key) + 1 if strand else 1
    at = framework.dimensions.index(dimension) if dimension else 0
    return _question(framework, audience, indicator, question_key(indicator.strand, number), at)


def question_key(strand: str, number: int) -> str:
    """Key of a strand's statement, the same for every audience; the first is the core one.

    >>> question_key("wel.safety", 1), question_key("wel.safety", 2)
    ('wel_safety', 'wel_safety_2')
    """
    base = strand.replace(".", "_")
    return base if number == 1 else f"{base}_{number}"


def _pages(
    framework: Framework, audience: FrameworkAudience, dimension: Dimension, at: int
) -> Iterator[dict[str, Any]]:
    questions = [question for strand in dimension.strands for question in _questions(framework, audience, strand, at)]
    several = len(questions) > STATEMENTS_ON_A_PAGE
    for number, start in enumerate(range(0, len(questions), STATEMENTS_ON_A_PAGE), 1):
        key = f"{dimension.key}_{number}" if several else dimension.key
        yield {"key": key, "title": _title(dimension), "questions": questions[start : start + STATEMENTS_ON_A_PAGE]}


def _title(dimension: Dimension) -> Localised:
    return dimension.short


def _questions(framework: Framework, audience: FrameworkAudience, strand: Strand, at: int) -> Iterator[dict[str, Any]]:
    indicators = [each for each in strand.items.get(audience.key, ()) if each.core or audience.extras]
    for number, indicator in enumerate(indicators, 1):
        yield _question(framework, audience, indicator, question_key(strand.key, number), at)


def _question(
    framework: Framework, audience: FrameworkAudience, indicator: Indicator, key: str, at: int
) -> dict[str, Any]:
    question: dict[str, Any] = {
        "type": "likert",
        "key": key,
        "prompt": indicator.text,
        "scale": framework.scale(audience.scale),
        "indicator": indicator.key,
        "strand": indicator.strand,
        "core": indicator.core,
        "focus": indicator.focus,
        "reverse": indicator.reverse,
    }
    if audience.style == "youngest":
        question |= {"type": "faces", "picture": PICTURES[at % len(PICTURES)]}
    return question
