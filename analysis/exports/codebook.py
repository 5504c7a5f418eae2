"""What each column and each subject of an export means, so that a file explains itself."""

from analysis.editions import EditionView
from analysis.exports.rows import HEADER

MEANINGS = {
    "wave": "Key of the wave",
    "audience": "Key of the audience: who was asked",
    "breakdown_1": "Question that people are split by; empty for everyone",
    "option_1": "Answer to that question",
    "breakdown_2": "Second question they are split by",
    "option_2": "Answer to the second question",
    "kind": "item: a statement; choice: a question without a good side, or one of its options; scale: a scale of the "
    "questionnaire's own; score: 0 to 100; theme: comments; response: who answered; "
    "reliability, drivers, care: worked out from single answers, two digits",
    "subject": "Key of the statement, strand, dimension or theme",
    "label": "Its words in English",
    "status": "shown: figures; words: 10 to 29 answers, no figures; hidden: too few to show safely",
    "people": "People whose answer counts, a multiple of 3, off by at most 2",
    "not_scored": "People who do not know or would not say, rounded alike",
    "asked": "People asked, where that is known",
    "favourable_percent": "Favourable among people, or who chose an option or put it first; >=95 and <=5 are not told "
    "closer",
    "low_percent": "Lower end of the 95 % range",
    "high_percent": "Upper end of the 95 % range",
    "mean": "Score 0 to 100; of a scale on its own range, low and high under figures",
    "figures": "Named numbers of reliability, drivers and care; mean place, mean share of 100, mean of ranges",
    "reversed": "yes: a negatively worded statement; favourable is already turned round",
    "answer": "Code of an answer",
    "answer_people": "People who gave it, rounded alike; empty where nearly all or hardly any did",
    "answer_percent": "Of people; >=95 and <=5 are not told closer",
    "shown_to": "People who were shown the question, rounded alike; empty where everyone was",
    "question": "Of a choice: key of the question",
    "question_words": "Its words in English, where label is only a row or an option",
    "why_hidden": "Why there is no number",
}


def columns() -> list[tuple[str, str]]:
    """Every column and its meaning, in order."""
    return [(name, MEANINGS[name]) for name in HEADER]


def subjects(edition: EditionView) -> list[tuple[str, str, str, str]]:
    """Every subject: audience, kind, key and words, each once."""
    rows = [(cell.slice.audience, cell.kind, cell.subject, cell.label) for cell in edition.cells]
    return list(dict.fromkeys(rows))


def answers(edition: EditionView) -> list[tuple[str, str, str, str]]:
    """Every answer to a statement: audience, key of the statement, code and words, each once."""
    rows = [
        (cell.slice.audience, cell.subject, option.code, option.label)
        for cell in edition.cells
        if cell.kind in {"item", "choice"}
        for option in cell.options
    ]
    return list(dict.fromkeys(rows))


def breakdowns(edition: EditionView) -> list[tuple[str, str, str, str, str]]:
    """Every way to split: audience, question and its words, option and its words."""
    return [
        (audience.key, key, label, code, words)
        for audience in edition.audiences
        for key, label, options in edition.breakdowns(audience.key)
        for code, words in options
    ]
