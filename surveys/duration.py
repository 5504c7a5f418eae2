"""How long a question takes: reading it, and answering it. Pure.

Assumptions, stated so that they can be doubted: adults and older students read 200 words a minute silently, children of
primary age 110, the youngest 60 because somebody reads to them; reading rates in the middle of Brysbaert (2019, J. Mem.
Lang. 109, 104047: 238 words a minute for adults) and of oral reading norms for ages 6 to 9 (Hasbrouck and Tindal 2017).
A tick takes 3 seconds, a number 5, a line of words 10, a comment 40, each item of a ranking or allocation 6.
"""

from surveys.question_types import Question

WORDS_A_MINUTE = {"youngest": 60, "primary": 110, "standard": 200}
SECONDS_A_TICK, SECONDS_A_NUMBER, SECONDS_A_LINE, SECONDS_A_COMMENT, SECONDS_AN_ITEM = 3.0, 5.0, 10.0, 40.0, 6.0
READ_ONCE = 0.5
"""Share of a scale's words that is read again in each row or question: the same words are soon known."""


def seconds(question: Question, style: str) -> float:
    """Seconds from seeing a question to having answered it."""
    if question.is_calculated:
        return 0.0
    return 60 * _words(question) / WORDS_A_MINUTE[style] + _answering(question)


def _words(question: Question) -> float:
    """English words to read; a row's label is read once, its scale ever more quickly."""
    parts = [question.prompt, question.hint, *(getattr(question, name, None) for name in ("body", "statement"))]
    read = float(sum(len(str(part).split()) for part in parts if part))
    rows = getattr(question, "rows", ())
    read += sum(len(str(getattr(row, "label", None) or getattr(row, "start", "")).split()) for row in rows)
    options = sum(len(str(option.label).split()) for option in getattr(question, "options", ()))
    return read + options * (READ_ONCE if getattr(question, "scale", None) else 1)


def _answering(question: Question) -> float:
    if not question.counts_as_question:
        return 0.0
    rows, options = len(getattr(question, "rows", ())), len(getattr(question, "options", ()))
    if question.is_comment:
        return SECONDS_A_COMMENT if question.type == "comment" else SECONDS_A_LINE
    if question.type in {"ranking", "allocation"}:
        return options * SECONDS_AN_ITEM
    if rows:
        return rows * SECONDS_A_TICK
    if question.type == "choices" or getattr(question, "several", False):
        return 2 * SECONDS_A_TICK
    return SECONDS_A_TICK if options or question.type in {"rating", "consent"} else SECONDS_A_NUMBER
