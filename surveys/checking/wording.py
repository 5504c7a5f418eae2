"""Do texts fit the questionnaire: translations nobody is offered, and answers piped into them. Pure."""

from collections.abc import Iterator

from stakeholder.localised import DEFAULT_LANGUAGE, N_
from surveys.checking.problem import Problem, advice, hard
from surveys.checking.texts import Text, texts_of
from surveys.definition import Questionnaire
from surveys.piping import pipes

NEEDED = frozenset({"prompt", "statement", "label", "start", "end"})
"""Texts without which nobody knows what is asked or answered; others may be left empty."""


def orphan_translations(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Texts in a language that is not offered, or without the text they translate, or without any words."""
    offered = frozenset(questionnaire.languages)
    for language in sorted(questionnaire.translations.keys() - offered):
        text = N_("There is a translation status for '%(language)s', which is not offered. Offer it, or take it out.")
        yield hard("questionnaire", "", text, language=language)
    for each in texts_of(questionnaire):
        for language in sorted(each.text.languages - offered):
            text = N_("The %(name)s has words in '%(language)s', which is not offered. Offer it, or take them out.")
            yield hard(each.what, each.key, text, name=each.name, language=language)
        if not each.text.languages and each.name in NEEDED:
            yield hard(each.what, each.key, N_("The %(name)s has no words. Write them."), name=each.name)
        if each.text.languages and DEFAULT_LANGUAGE not in each.text.languages:
            text = N_("The %(name)s has translations but no English words that they translate.")
            yield hard(each.what, each.key, text, name=each.name)


def wrong_pipes(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Answers piped from nowhere, from later on, without words for those who did not answer, or lost in translation."""
    earlier = _asked_before(questionnaire)
    for each in texts_of(questionnaire):
        words = each.text.root.get(DEFAULT_LANGUAGE, "")
        for pipe in pipes(words):
            known = pipe.question in questionnaire.by_key
            if not known or pipe.question not in earlier.get((each.what, each.key), frozenset()):
                text = N_("'{{%(question)s}}' is not the key of a question on an earlier page.")
                yield hard(each.what, each.key, text, question=pipe.question)
            elif not pipe.otherwise:
                text = N_("'{{%(question)s}}' has no words for those who did not answer: write {{%(question)s|words}}.")
                yield advice(each.what, each.key, text, question=pipe.question)
        yield from _lost(each, words)


def _lost(each: Text, words: str) -> Iterator[Problem]:
    wanted = sorted(pipe.question for pipe in pipes(words))
    for language, translated in each.text.root.items():
        if translated.strip() and sorted(pipe.question for pipe in pipes(translated)) != wanted:
            text = N_("The %(name)s in '%(language)s' does not take up the same answers as the English words.")
            yield hard(each.what, each.key, text, name=each.name, language=language)


def _asked_before(questionnaire: Questionnaire) -> dict[tuple[str, str], frozenset[str]]:
    """By (what, key) of a thing that may bear a text: questions on earlier pages."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    before: frozenset[str] = frozenset()
    for page in questionnaire.pages:
        found[("page", page.key)] = before
        for question in page.questions:
            found[("question", question.key)] = before
            for option in getattr(question, "options", ()):
                found[("option", f"{question.key}.{option.code}")] = before
            for row in getattr(question, "rows", ()):
                found[("row", f"{question.key}.{row.key}")] = before
        before |= {question.key for question in page.questions if question.counts_as_question}
    found.update({("check", check.key): before for check in questionnaire.checks})
    return found
