"""What a question asks for: something good, something to improve, or anything."""

import re
from functools import lru_cache
from typing import Literal

from analysis.text.cleaning import STRAIGHT

Polarity = Literal["positive", "improve", "neutral"]

_DECLARED: dict[str, Polarity] = {"positive": "positive", "improve": "improve", "neutral": "neutral"}
_IMPROVE = re.compile(
    r"\b(better|improv\w*|chang(e|es|ed|ing)|worst|worr\w+|sad|(don'?t|not) (you )?like|dislike\w*|stop(s|ped)?"
    r"|concerns?|frustrat\w+|hard|harder|stressful|disappoint\w+|barrier|gets? in the way|less of|more of"
    r"|like to see|would you like(?! to tell)|put someone off|headteacher for a day|in charge|wish\w*|problems?"
    r"|difficult\w*|missing|need(s|ed)?|look at more closely)\b",
    re.IGNORECASE,
)
_POSITIVE = re.compile(
    r"\b(best|enjoy\w*|proud\w*|happy|do(es)? .{0,40}\bdo well|works? well|(go|goes|going|gone) well|pleased|helps?"
    r"|helping|good|keep|made a difference|appreciat\w+|like (most|about)|love|favourite|strengths?|notice first"
    r"|thank\w*)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"^\s*(how (well|do|does|are|is|easy)\b(?!.{0,40}\bhelp you\b)|would you recommend)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def polarity_of(question: str) -> Polarity:
    """Polarity of a question's words, or of its declared polarity; "neutral" when nothing is asked.

    >>> polarity_of("What is the best thing about this school?"), polarity_of("improve")
    ('positive', 'improve')
    """
    question = question.translate(STRAIGHT)
    declared = _DECLARED.get(question.strip().lower())
    if declared:
        return declared
    if _OPEN.search(question):
        return "neutral"
    if _IMPROVE.search(question):
        return "improve"
    return "positive" if _POSITIVE.search(question) else "neutral"
