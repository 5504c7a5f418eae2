"""A sketch's content as a sound questionnaire, or what is wrong with it and where. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from stakeholder.errors import Invalid
from surveys.checking import problems
from surveys.checking.problem import Problem, hard
from surveys.definition import Questionnaire
from surveys.designing.content import Content, offered_only, places, words_of

PLACED = re.compile(r"^(section|page|question|block|check|quota|scale) '([^']+)'(?:, )?(?:.*?: )?", re.DOTALL)
QUOTED = re.compile(r"'([a-z][a-z0-9_]*)'")
LISTS = {"sections": "section", "blocks": "block", "checks": "check", "quotas": "quota", "scales": "scale"}
PARTS = {"option": "question", "row": "question"}


class Unsound(Invalid):
    """The content is no questionnaire yet; `problems` say where and why."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(each) for each in found))
        self.problems = found


def checked_questionnaire(content: Content) -> Questionnaire:
    """The content as a sound questionnaire, without what is still empty. Raises Unsound."""
    sound = offered_only(content)
    if not sound["pages"]:
        raise Unsound((hard("questionnaire", "", "There is no question yet. Add one, then come back."),))
    try:
        return Questionnaire.model_validate(sound)
    except ValidationError as problem:
        found = [_located(sound, error) for error in problem.errors(include_url=False)]
        raise Unsound(tuple({str(each): each for each in found}.values())) from problem


def in_the_way(content: Content) -> tuple[Problem, ...]:
    """Everything that must change before the content can be published."""
    try:
        questionnaire = checked_questionnaire(content)
    except Unsound as unsound:
        return unsound.problems
    return tuple(each for each in problems(questionnaire) if each.hard)


def in_the_way_of(content: Content, what: str, key: str) -> tuple[Problem, ...]:
    """What must change about one thing; answers and rows belong to their question."""
    return tuple(each for each in in_the_way(content) if bearer_of(each) == (what, key))


def bearer_of(problem: Problem) -> tuple[str, str]:
    """On whose form a problem is mended: (what, key)."""
    if problem.what in PARTS:
        return PARTS[problem.what], problem.key.partition(".")[0]
    return problem.what, problem.key


def _located(content: Content, error: Any) -> Problem:
    words = str(error["msg"]).removeprefix("Value error, ")
    placed = PLACED.match(words)
    what, key = (placed[1], placed[2]) if placed else _at(content, error["loc"])
    return hard(what, key, _in_school_words(words[placed.end() :] if placed else words, content))


def _in_school_words(words: str, content: Content) -> str:
    """A message with the words of questions and the numbers of pages in place of their keys."""
    names = {str(page["key"]): f"page {number}" for number, page in enumerate(content["pages"], 1)}
    names |= {
        str(place.question.get("key")): f"“{words_of(place.question.get('prompt'))}”" for place in places(content)
    }
    said = QUOTED.sub(lambda found: names.get(found[1], found[0]), words)
    return said[:1].upper() + said[1:]


def _at(content: Content, loc: tuple[int | str, ...]) -> tuple[str, str]:
    """The thing that a path of the content leads to."""
    steps: list[int | str] = list(loc)
    if len(steps) > 1 and steps[0] in LISTS:
        return LISTS[str(steps[0])], str(content[str(steps[0])][steps[1]].get("key", ""))
    if len(steps) > 1 and steps[0] == "pages":
        page: Mapping[str, Any] = content["pages"][steps[1]]
        if len(steps) > 3 and steps[2] == "questions":
            return "question", str(page["questions"][steps[3]].get("key", ""))
        return "page", str(page["key"])
    return "questionnaire", ""
