"""Advice to writers: reading age, two questions in one, leading and negative words, scales beyond an age, length. Pure.

Nothing here stands in the way of publishing; a person who knows the children may know better.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stakeholder.localised import N_
from surveys.checking import simulate
from surveys.checking.problem import Problem, advice
from surveys.definition import Questionnaire, own_pieces
from surveys.designing.content import words_of
from surveys.designing.reading_age import reading_age
from surveys.question_types import Question

GRACE_YEARS = 2
"""A single sentence scatters more than a page: an item is named only when it is so far above the target."""
TARGET_AGES = {"primary_ks1": 7.0, "primary": 9.0, "secondary": 9.0, "parent": 9.0, "staff": 14.0, "governor": 14.0}
BUDGET_MINUTES = {"primary_ks1": 5, "primary": 10, "secondary": 15, "parent": 10, "staff": 15, "governor": 15}
BEYOND = {
    "youngest": frozenset(
        {"grid", "choice_grid", "differential", "rating", "slider", "ranking", "allocation", "number"}
    ),
    "primary": frozenset({"differential", "slider", "allocation", "choice_grid"}),
    "standard": frozenset[str](),
}
MOST_OPTIONS = {"youngest": 3, "primary": 5, "standard": 7}
PEOPLE_A_GROUP = 10
PAIRS = re.compile(
    r"\b(in|to|come|parents?|mums?|boys?|girls?|health|right|rights|again|more|less|yes|true|teaching|reading|arts?"
    r"|spiritual|black|pupils?|one|rules?|food|rest|here|now|up|each|work) (and|or) "
    r"(around|from|go|carers?|dads?|girls?|boys?|safety|wrong|responsibilities|again|less|more|no|false|learning|writing"
    r"|moral|white|crafts?|students?|two|routines?|drink|play|there|then|down|every|effort)\b",
    re.IGNORECASE,
)
JOINED = re.compile(r"\w\s*/\s*\w|\b(and|or|as well as)\b", re.IGNORECASE)
LEADING = re.compile(
    r"\b(don['’]t you|isn['’]t it|aren['’]t (you|they)|wouldn['’]t you|do you agree that|surely|obviously|of course"
    r"|everyone knows|as we all know|how (much do you love|great|wonderful|excellent|brilliant))\b",
    re.IGNORECASE,
)
NEGATIVE = re.compile(r"\b(not|never|no|nobody|nothing|none|hardly|neither|cannot|\w+n['’]t)\b", re.IGNORECASE)
TELLING = re.compile(
    r"\b(your name|tutor group|form group|class are you|date of birth|birthday|born|postcode|address|e-?mail|job title"
    r"|what is your job|your role|first language|ethnic|religion|medical|disab\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Target:
    """What a questionnaire's readers can be expected to read, in years, and how long it may take, in minutes."""

    age: float
    minutes: float


def target_of(questionnaire: Questionnaire) -> Target:
    """The target of its audience; nine years and ten minutes for one that is not known."""
    audience = questionnaire.audience
    return Target(TARGET_AGES.get(audience, 9.0), float(questionnaire.minutes or BUDGET_MINUTES.get(audience, 10)))


def writing_advice(questionnaire: Questionnaire, *, people: int | None = None) -> tuple[Problem, ...]:
    """All advice, question by question, then on the whole.

    people  how many are asked, where that is known, to say which splits would make groups too small
    """
    asked = [question for question in questionnaire.questions if question.counts_as_question]
    found = [each for question in asked for each in question_advice(question, questionnaire)]
    return (*found, *_twice(asked), *_length(questionnaire), *_splits(questionnaire, people))


def question_advice(question: Question, questionnaire: Questionnaire) -> Iterator[Problem]:
    """Advice on the words and the kind of one question."""
    for asked in _wordings(question):
        yield from _on_words(asked, target_of(questionnaire).age)
    yield from _scale(question, questionnaire)


def wording_advice(question: Mapping[str, Any], *, audience: str, style: str) -> tuple[Problem, ...]:
    """Advice on a question of a draft as it stands, for an audience: its words, its kind, how long its scale is."""
    scale, key = question.get("scale"), str(question.get("key", ""))
    scaled = isinstance(scale, Mapping) and not question.get("reverse")
    words = Wording("question", key, words_of(question.get("prompt")), scaled)
    answers = len(scale.get("options", ())) if isinstance(scale, Mapping) else 0
    on_words = _on_words(words, TARGET_AGES.get(audience, 9.0))
    return (*on_words, *_for_age(key, str(question.get("type")), answers, style if style in BEYOND else "standard"))


@dataclass(frozen=True)
class Wording:
    """Words that someone answers, a question's or a row's. `scaled`: on a scale, and not marked as negative."""

    what: str
    key: str
    words: str
    scaled: bool


def _wordings(question: Question) -> Iterator[Wording]:
    """The question and its rows."""
    on_scale, reverse = getattr(question, "scale", None) is not None, getattr(question, "reverse", False)
    yield Wording("question", question.key, question.prompt.in_("en"), on_scale and not reverse)
    for row in own_pieces(question, "rows"):
        yield Wording("row", f"{question.key}.{row.key}", row.label.in_("en"), on_scale and not row.reverse)


def _on_words(asked: Wording, target: float) -> Iterator[Problem]:
    words = asked.words
    yield from _reading(asked, target)
    both = JOINED.search(PAIRS.sub("", words)) and not words.lower().startswith(("before", "when", "if "))
    if both and asked.what == "question":
        yield _of(asked, N_("It may ask two things at once. Ask about one, or make two questions."))
    elif both and " – " not in words:
        yield _of(asked, N_("“%(words)s” may ask two things at once. Make two rows."), words=words)
    if LEADING.search(words):
        yield _of(asked, N_("It leads to an answer. Ask so that each answer is as easy to give."))
    yield from _negative(asked)
    if TELLING.search(words):
        yield _of(asked, N_("It may tell who someone is, above all in a small school. Do you need it?"))


def _twice(asked: list[Question]) -> Iterator[Problem]:
    """Questions in the very words of an earlier one."""
    first: dict[str, str] = {}
    for question in asked:
        words = " ".join(question.prompt.in_("en").lower().rstrip(".?! ").split())
        if first.setdefault(words, question.key) != question.key:
            yield advice("question", question.key, N_("The same words are asked before. Change them, or take one out."))


def _reading(asked: Wording, target: float) -> Iterator[Problem]:
    age = reading_age(asked.words)
    if age is not None and age > target + GRACE_YEARS:
        yield _of(
            asked,
            N_("Its reading age is about %(age)s; the target is %(target)s. Use shorter words and sentences."),
            age=round(age),
            target=round(target),
        )


def _negative(asked: Wording) -> Iterator[Problem]:
    negatives = len(NEGATIVE.findall(asked.words))
    if negatives > 1:
        yield _of(asked, N_("It says no twice. Say it without “not”."))
    elif negatives and asked.scaled:
        yield _of(asked, N_("It is worded negatively. Say it the other way, or tick “Worded negatively”."))


def _scale(question: Question, questionnaire: Questionnaire) -> Iterator[Problem]:
    scale = getattr(question, "scale", None)
    yield from _for_age(question.key, question.type, len(scale.options) if scale else 0, questionnaire.style)


def _for_age(key: str, kind: str, answers: int, style: str) -> Iterator[Problem]:
    """Kinds and lengths of scales beyond an age."""
    if kind in BEYOND[style]:
        yield advice("question", key, N_("This kind of question is hard at this age. Choose faces, or one answer."))
    if answers > MOST_OPTIONS[style]:
        text = N_("It has %(count)s answers; at this age use at most %(most)s.")
        yield advice("question", key, text, count=answers, most=MOST_OPTIONS[style])


def _length(questionnaire: Questionnaire) -> Iterator[Problem]:
    longest, budget = simulate(questionnaire).longest, target_of(questionnaire).minutes
    if longest.minutes > budget:
        yield advice(
            "questionnaire",
            "",
            N_("It takes up to %(minutes)s minutes; the budget is %(budget)s. Leave something out."),
            minutes=f"{longest.minutes:.0f}",
            budget=f"{budget:.0f}",
        )


def _splits(questionnaire: Questionnaire, people: int | None) -> Iterator[Problem]:
    groups = 1
    for key in questionnaire.breakdowns:
        groups *= max(1, len(questionnaire.by_key[key].codes))
    needed = groups * PEOPLE_A_GROUP
    many = len(questionnaire.breakdowns) > 1
    if questionnaire.breakdowns and ((many and people is None) or (people is not None and needed > people)):
        yield advice(
            "questionnaire",
            "",
            N_(
                "Together the splits make %(groups)s groups: that needs at least %(needed)s people. In a smaller "
                "school the answers “%(splits)s” together can tell who someone is."
            ),
            groups=groups,
            needed=needed,
            splits="”, “".join(questionnaire.by_key[key].prompt.in_("en") for key in questionnaire.breakdowns),
        )


def _of(asked: Wording, text: str, **values: object) -> Problem:
    return advice(asked.what, asked.key, text, **values)
