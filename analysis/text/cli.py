"""`stakeholder comments`: reading comments on the command line, without a database."""

import sys
from pathlib import Path

import click

from analysis.text.personal.roster import read_roster_file


@click.group("comments")
def comments_group() -> None:
    """Read what people wrote in their own words."""


@comments_group.command("read")
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The school's people, as CSV with the columns name and kind: staff_name or pupil_name.",
)
@click.option("--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="How many to read with.")
def read(roster: Path | None, processes: int) -> None:
    """Read comments from standard input, one JSON object a line; write what they say, one object a line.

    In:  {"id": 1, "text": "Lunch is great but the queue is too long.", "question": "Anything else?", "role": "student"}
    Only "text" is needed; "question" may be its words or positive, improve or neutral; "language" is a hint.

    Out: {"id", "language", "sentiment", "score", "themes", "aspects", "segments", "safeguarding", "concerns",
    "label", "probability", "sure"}; a wish is negative, no content neutral, and "label" tells them apart.
    Sentiment is null where the language is not English: such comments are not analysed. With --roster each object
    has "personal": [{"start", "end", "kind"}], the names and other personal data in the text.

    A line that cannot be read is named on standard error; the rest goes on, and the exit status is 1.

    \b
    Examples:
      stakeholder comments read < comments.jsonl > read.jsonl
      stakeholder comments read --roster people.csv --processes 2 < comments.jsonl > read.jsonl
    """
    from analysis.text.streaming import read_stream

    names = read_roster_file(roster) if roster else None
    bad = 0
    for line, problem in read_stream(sys.stdin.buffer, names, processes=processes):
        if problem:
            bad += 1
            click.echo(problem, err=True)
        else:
            sys.stdout.write(line)
    sys.stdout.flush()
    if bad:
        click.echo(f"{bad} {'line was' if bad == 1 else 'lines were'} left out.", err=True)
        sys.exit(1)
