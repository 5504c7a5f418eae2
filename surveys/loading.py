"""Questionnaires from YAML, with named scales and the framework's indicators filled in."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from stakeholder.errors import Invalid
from stakeholder.localised import DEFAULT_LANGUAGE, Localised
from surveys.definition import Questionnaire
from surveys.documents import decode, line_of, read_yaml, validated
from surveys.framework import Framework, default_framework
from surveys.scales import Scale


def load_questionnaire_bytes(data: bytes, source: str) -> Questionnaire:
    """A questionnaire from a file's bytes. Raises Invalid, also for a wrong encoding."""
    return load_questionnaire(decode(data, source), source)


def load_questionnaire(text: str, source: str, framework: Framework | None = None) -> Questionnaire:
    """A questionnaire from YAML. Raises Invalid naming file, place, found and expected.

    A question's `scale` may be the name of a scale of the file's own `scales:` list or of the framework; those of the
    list that have `items` are scores made of several questions.
    `indicator` brings its strand and focus with it, and its words where there is no `prompt`.
    """
    framework = framework or default_framework()
    content = read_yaml(text, source)
    if isinstance(content, dict):
        content = _Filler(content, framework, text, source).filled()
    return validated(Questionnaire, content, text=text, source=source)


class _Filler:
    """Puts whole scales and places in the framework where the file has only their names."""

    def __init__(self, content: Mapping[str, Any], framework: Framework, text: str, source: str) -> None:
        self._content, self._text, self._source = content, text, source
        self._indicators = {indicator.key: indicator for indicator in framework.indicators}
        self._scales: dict[str, Any] = {scale.key: scale for scale in framework.scales}
        for at, scale in enumerate(_listed(content.get("scales"))):
            if isinstance(scale, dict) and "key" in scale and "items" not in scale:
                self._scales[str(scale["key"])] = self._own_scale(scale, at)

    def filled(self) -> dict[str, Any]:
        """The content with every question's names resolved."""
        content = {name: value for name, value in self._content.items() if name != "scales"}
        scores = [
            scale for scale in _listed(self._content.get("scales")) if isinstance(scale, dict) and "items" in scale
        ]
        if scores:
            content["scales"] = scores
        pages = _listed(content.get("pages"))
        if pages:
            content["pages"] = [self._page(page, at) for at, page in enumerate(pages)]
        return content

    def _own_scale(self, scale: dict[str, Any], at: int) -> Scale:
        try:
            return Scale.model_validate(scale)
        except ValidationError as problem:
            first = problem.errors()[0]
            raise self._wrong(
                ("scales", at, *first["loc"]), str(first["msg"]).removeprefix("Value error, ")
            ) from problem

    def _page(self, page: Any, at: int) -> Any:
        if not isinstance(page, dict) or not isinstance(page.get("questions"), list):
            return page
        questions = [
            self._question(question, ("pages", at, "questions", number))
            for number, question in enumerate(page["questions"])
        ]
        return {**page, "questions": questions}

    def _question(self, question: Any, place: tuple[str | int, ...]) -> Any:
        if not isinstance(question, dict):
            return question
        filled = dict(question)
        if isinstance(question.get("scale"), str):
            if question["scale"] not in self._scales:
                raise self._wrong(
                    (*place, "scale"), f"found '{question['scale']}', expected one of {', '.join(self._scales)}."
                )
            filled["scale"] = self._scales[question["scale"]]
        indicator = question.get("indicator")
        if isinstance(indicator, str) and indicator:
            if indicator not in self._indicators:
                raise self._wrong(
                    (*place, "indicator"), f"found '{indicator}', expected the key of an indicator of the framework."
                )
            known = self._indicators[indicator]
            words = {} if "prompt" in filled else {"prompt": self._offered(known.text), "reverse": known.reverse}
            filled = {"strand": known.strand, "focus": known.focus, "core": known.core} | words | filled
        return filled

    def _offered(self, text: Localised) -> dict[str, str]:
        """The words in the languages that the file offers."""
        languages = {DEFAULT_LANGUAGE, *map(str, _listed(self._content.get("languages")))}
        return {language: words for language, words in text.root.items() if language in languages}

    def _wrong(self, place: tuple[str | int, ...], complaint: str) -> Invalid:
        from surveys.documents import named

        line = line_of(self._text, place)
        return Invalid(f"{self._source}, line {line}, {named(place)}: {complaint}")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
