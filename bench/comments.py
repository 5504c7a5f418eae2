"""Comments read per second on one core, against plain NLTK VADER in the same run.

    python -m bench.comments [--comments 4000] [--rounds 3]
    python -m bench.comments --write 1000000 > comments.jsonl
    stakeholder comments read --processes 2 < comments.jsonl > read.jsonl

The comments are put together from invented clauses, about 130 characters each, hardly any twice. Time is the
process's own (CPU), so that other work on the machine disturbs little; the best of the rounds counts.
"""

import gc
import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import starmap
from random import Random

from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

from analysis.text.clauses import clauses
from analysis.text.cleaning import clean
from analysis.text.hearing import Heard, Utterance
from analysis.text.personal.redacting import finder_for
from analysis.text.personal.roster import read_roster
from analysis.text.reading import Toolkit, Written, default_toolkit, read_comment, read_comments
from analysis.text.valence import LEXICON, SchoolValence
from analysis.text.words import Words

ROSTER = (
    "name,kind\nMr Tom Oakapple,staff_name\nMrs Ann Trefoil,staff_name\nGrace Bell,pupil_name\nWill Rowan,pupil_name\n"
)

SUBJECTS = (
    "The toilets",
    "Lunch",
    "Our form tutor",
    "Maths",
    "The new head",
    "Homework",
    "School council",
    "The bus home",
    "Parents' evening",
    "The app",
    "Science",
    "Detention",
    "Cover lessons",
    "The library",
    "Wednesday clubs",
    "The uniform shop",
    "My mates",
    "The year 9 trip",
    "Revision",
    "The counsellor",
    "Wifi",
    "The field",
)
VERDICTS = (
    "is dead good",
    "could be better",
    "makes me happy",
    "is always late",
    "never works when you need it",
    "has really improved since September",
    "is fine I suppose",
    "is a joke",
    "costs too much for us",
    "smells by period five",
    "is the best part of the week",
    "takes three hours and nobody checks it",
    "was class",
    "is not bad",
    "needs sorting out",
    "helped me settle in",
    "gets cancelled at the last minute",
)
ENDINGS = (
    "and nobody tells you why",
    "which is unfair on the rest of us",
    "so thank you for that",
    "at least for year {n}",
    "and I have told them {n} times",
    "because the queue goes past room {n}",
    "if you ask me",
    "more of it please",
    "but only when Mr Oakapple's class is in",
    "and my mum says the same",
    "so I stay in the hall with {n} others",
)
OTHERS = (
    "Mae'r clybiau yn wych ond mae angen mwy o amser {n}",
    "Obiady są smaczne, ale kolejka jest za długa {n}",
    "اساتذہ اچھے ہیں لیکن کھانا مہنگا ہے {n}",
    "nothing {n}",
    "n/a",
    "More trips please, at least {n}",
)
QUESTIONS = ("What is the best thing about our school?", "What would make our school better?", "Anything else?", "")


Comment = tuple[str, str]
"""A text and the question that it answers."""


@dataclass(frozen=True)
class Engine:
    """Something that goes through comments."""

    name: str
    read: Callable[[Sequence[Comment]], object]


class PlainVader(SentimentIntensityAnalyzer):  # type: ignore[misc]  # NLTK carries no types
    """NLTK's analyser as it is, on the same lexicon."""

    def __init__(self) -> None:
        self.lexicon_file = LEXICON.read_text(encoding="utf-8").rstrip("\n")
        self.lexicon = self.make_lex_dict()
        self.constants = VaderConstants()


def invented_comments(number: int, seed: int = 1) -> list[Comment]:
    """So many comments with the question they answer; one in twelve is in another language or says nothing."""
    random = Random(seed)
    return [(_comment(random), random.choice(QUESTIONS)) for _ in range(number)]


def per_second(engine: Engine, comments: Sequence[Comment], rounds: int) -> float:
    """Comments an engine reads in a second of CPU time, in its best round."""
    best = 0.0
    for _ in range(rounds):
        start = time.process_time()
        engine.read(comments)
        best = max(best, len(comments) / (time.process_time() - start))
    return best


def _comment(random: Random) -> str:
    if random.random() < 1 / 12:
        return random.choice(OTHERS).format(n=random.randrange(10_000))
    clauses = (_clause(random) for _ in range(random.choice((1, 2, 2, 3))))
    return " ".join(clauses)


def _clause(random: Random) -> str:
    ending = random.choice(ENDINGS).format(n=random.randrange(2, 1_000))
    return f"{random.choice(SUBJECTS)} {random.choice(VERDICTS)} {ending}{random.choice(('.', '!', '', '...'))}"


def engines() -> tuple[Engine, ...]:
    """What is compared: NLTK's valence, ours, all of reading, and its stages."""
    tools, valence, plain = default_toolkit(), SchoolValence(), PlainVader()
    finder = finder_for(read_roster(ROSTER, "roster"))
    return (
        each("plain NLTK VADER: a score", lambda text, _: plain.polarity_scores(text)),
        each("the same score, remembered tokens", lambda text, _: valence.compound(text)),
        Engine("read_comments: everything but names", lambda comments: read_comments(starmap(Written, comments))),
        each("read_comment: the same, one by one", lambda text, question: read_comment(text, question=question)),
        each("names and other personal data", lambda text, _: finder.find(text)),
        each("stage: cleaning, words", lambda text, _: Words(clean(text).text)),
        each("stage: and language", lambda text, _: tools.languages.language_of(Words(clean(text).text))),
        each("stage: and clauses", lambda text, _: clauses(clean(text).text)),
        each("stage: words, disclosures' patterns", lambda text, _: tools.screener.concerns(Words(text), "en")),
        each("stage: words, codebook's phrases", lambda text, _: tools.themes.reasons(Words(text))),
        Engine("stage: words, clauses, measures, model", lambda comments: heard(tools, comments)),
    )


def each(name: str, read: Callable[[str, str], object]) -> Engine:
    """An engine that reads one comment at a time."""
    return Engine(name, lambda comments: [read(text, question) for text, question in comments])


def heard(tools: Toolkit, comments: Sequence[Comment]) -> list[Heard]:
    """What the model hears, 250 at a time."""
    laid = [Utterance(Words(text), clauses(text), question, ()) for text, question in comments]
    return [one for start in range(0, len(laid), 250) for one in tools.hearing.heard(laid[start : start + 250])]


def write(number: int) -> None:
    """Comments as `stakeholder comments read` takes them, to standard output."""
    for at, (text, question) in enumerate(invented_comments(number)):
        sys.stdout.write(json.dumps({"id": at, "text": text, "question": question}) + "\n")


def main() -> None:
    """Print the table."""
    parser = ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--comments", type=int, default=4_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=int, help="Write so many comments for the command line, and measure nothing.")
    chosen = parser.parse_args()
    if chosen.write:
        write(chosen.write)
        return
    comments = invented_comments(chosen.comments)
    letters = sum(len(text) for text, _ in comments) / len(comments)
    table = engines()
    read_comment("")
    gc.collect()
    gc.freeze()  # as the command line does: what is loaded by now stays
    speeds = {engine.name: per_second(engine, comments, chosen.rounds) for engine in table}
    plain = next(iter(speeds.values()))
    print(f"{len(comments):,} invented comments, {letters:.0f} characters each, one core, best of {chosen.rounds}\n")
    print(f"| {'engine':39} | comments/s | against plain |\n| {'-' * 39} | ---------: | ------------: |")
    for name, speed in speeds.items():
        print(f"| {name:39} | {speed:10,.0f} | {speed / plain:12.2f}x |")


if __name__ == "__main__":
    main()
