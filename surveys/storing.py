"""Bulk storing of answers that were given elsewhere: imports and the example school."""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from surveys.answers import split_comments
from surveys.definition import Questionnaire
from surveys.models import KEY_BYTES, Comment, Response

CHUNK = 1000
Document = tuple[str, Mapping[str, Any]]
"""Language and clean answers of one respondent."""


def store_documents(
    session: Session,
    audience_id: UUID,
    questionnaire: Questionnaire,
    documents: Iterable[Document],
    *,
    keys: Callable[[int], bytes] = secrets.token_bytes,
) -> Iterator[int]:
    """Store clean answer documents as released responses and comments; yields the running count per chunk.

    keys  gives so many bytes for each row's key: random ones, but for an example that must be the same each time

    Use it as `for done in store_documents(...)`: nothing happens until it is read to the end.
    """
    total = 0
    remaining = iter(documents)
    while chunk := list(islice(remaining, CHUNK)):
        responses, comments = _rows(audience_id, questionnaire, chunk, keys)
        session.execute(insert(Response), responses)
        if comments:
            session.execute(insert(Comment), comments)
        total += len(chunk)
        yield total


def _rows(
    audience_id: UUID, questionnaire: Questionnaire, chunk: list[Document], keys: Callable[[int], bytes]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    responses, comments = [], []
    for language, answers in chunk:
        coded, texts = split_comments(questionnaire, answers)
        responses.append(response_row(audience_id, language, coded) | {"key": keys(KEY_BYTES)})
        comments += [
            comment_row(audience_id, question, language, text) | {"key": keys(KEY_BYTES)} for question, text in texts
        ]
    return responses, comments


def response_row(
    audience_id: UUID, language: str, answers: Mapping[str, Any], *, draw: str | None = None
) -> dict[str, Any]:
    """Values of a new Response under a random key."""
    document = json.dumps(answers, ensure_ascii=False, separators=(",", ":"))
    return {
        "key": secrets.token_bytes(KEY_BYTES),
        "audience_id": audience_id,
        "language": language,
        "draw": draw,
        "answers": document,
    }


def comment_row(audience_id: UUID, question: str, language: str, text: str, *, hidden: bool = False) -> dict[str, Any]:
    """Values of a new Comment under a random key."""
    return {
        "key": secrets.token_bytes(KEY_BYTES),
        "audience_id": audience_id,
        "question_key": question,
        "language": language,
        "text": text,
        "hidden": hidden,
    }
