"""Advice on how one question is worded, by the same rules as in the designer of questionnaires. Pure."""

from collections.abc import Iterator
from functools import lru_cache

from surveys.definition import Questionnaire
from surveys.designing.advice import writing_advice

ASKED = "asked"


@lru_cache(maxsize=512)
def advice_on(question: str) -> tuple[str, ...]:
    """What to think about in a question for pupils; nothing for one that is plain.

    >>> advice_on("I like my lessons")
    ()
    """
    return tuple(_told(question))


def _told(question: str) -> Iterator[str]:
    content = {
        "key": "one_question",
        "title": "One question",
        "groups": ["student"],
        "audience": "secondary",
        "pages": [{"key": "page", "questions": [{"type": "comment", "key": ASKED, "prompt": question}]}],
    }
    for each in writing_advice(Questionnaire.model_validate(content)):
        if each.key == ASKED:
            yield each.words
