"""`stakeholder comments`: reading comments on the command line, without a database."""

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import click

from stakeholder.errors import Invalid


@click.group("comments")
def comments_group() -> None:
    """Read what people wrote in their own words."""


@comments_group.command("read")
def read() -> None:
    """Read comments from standard input, one JSON object a line; write what they say, one object a line.

    In:  {"id": 1, "text": "Lunch is great but the queue is too long.", "question": "Anything else?", "role": "student"}
    Only "text" is needed; "question" may be its words or positive, improve or neutral; "language" is a hint.

    Out: {"id", "language", "sentiment", "score", "themes", "aspects", "segments", "safeguarding", "concerns"}
    Sentiment is null where the language is not English: such comments are not analysed.

    A line that cannot be read is named on standard error; the rest goes on, and the exit status is 1.

    \b
    Example:
      stakeholder comments read < comments.jsonl > read.jsonl
    """
    from analysis.text.reading import default_toolkit, read_comment

    toolkit, bad = default_toolkit(), 0
    for number, line in _lines(sys.stdin.buffer):
        try:
            given = _comment(line)
        except Invalid as problem:
            bad += 1
            click.echo(f"Line {number}: {problem}", err=True)
            continue
        found = read_comment(
            given["text"],
            question=given.get("question") or "",
            role=given.get("role") or "",
            language=given.get("language") or None,
            toolkit=toolkit,
        )
        click.echo(json.dumps({"id": given.get("id"), **found.as_json()}))
    if bad:
        click.echo(f"{bad} {'line was' if bad == 1 else 'lines were'} left out.", err=True)
        sys.exit(1)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that are not blank."""
    for number, line in enumerate(stream, start=1):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, line


def _comment(line: bytes) -> dict[str, Any]:
    """The object on a line. Raises Invalid in words that say what is wrong with it."""
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise Invalid(
            f"found a byte that is not UTF-8 (0x{line[problem.start]:02x}), expected UTF-8 text."
        ) from problem
    except (ValueError, RecursionError) as problem:
        raise Invalid(f"this is not JSON: {problem}.") from problem
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise Invalid('expected an object with a "text", such as {"id": 1, "text": "More clubs please"}.')
    for name in ("question", "role", "language"):
        if not isinstance(given.get(name), str | None):
            raise Invalid(f'found {given[name]!r} as "{name}", expected text.')
    return given
