"""Importing the answers of another tool: understood first, then stored all at once or not at all."""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from stakeholder.errors import Conflict, Invalid
from stakeholder.jobs import ledger
from stakeholder.viewer import Viewer
from surveys.definition import Questionnaire
from surveys.importing.converting import Converter, Report
from surveys.importing.mapping import ImportPlan, propose
from surveys.importing.report import too_long_words
from surveys.importing.tables import open_table
from surveys.models import Audience, QuestionnaireVersion, Spent, Wave
from surveys.published import newest_version, questionnaire_of
from surveys.storing import Document, store_documents
from surveys.waves import RELEASE, AudiencePlan, add_audience, wave_key

READ_BLOCK = 1 << 20
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Prepared:
    """A file that was read to its end without an error; its documents wait in a nameless temporary file."""

    plan: ImportPlan
    report: Report
    digest: str
    documents: IO[str]

    def __iter__(self) -> Iterator[Document]:
        self.documents.seek(0)
        for line in self.documents:
            language, answers = json.loads(line)
            yield language, answers


def plan_import(
    path: Path, questionnaire: Questionnaire, wishes: Mapping[str, Any]
) -> tuple[ImportPlan, tuple[str, ...]]:
    """What each column of the file means, and what to tell about how the file was read. Raises Invalid."""
    with open_table(path) as table:
        return propose(table.header, questionnaire, wishes), table.notes


def prepare(
    path: Path, questionnaire: Questionnaire, plan: ImportPlan, *, folder: Path, progress: Progress
) -> Prepared:
    """Convert the whole file, holding one row at a time. Raises Invalid with the line that cannot be read,
    or with every text that is too long for its question: nothing is cut, and nothing is lost without a word.

    folder    where the temporary file may lie: beside the database, because it holds answers
    progress  called with bytes read and bytes in all
    """
    if not any(column.field for column in plan.columns):
        raise Invalid(
            f"No column of {path.name} fits a question of '{questionnaire.key}'. Write a mapping file: "
            "'--save-mapping FILE' makes one to begin with."
        )
    with ExitStack() as opened:
        documents = opened.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", dir=folder))
        with open_table(path) as table:
            converter = Converter(questionnaire, plan, table.header)
            for number, document in enumerate(converter.documents(table.rows)):
                documents.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")
                if number % 500 == 0:
                    progress(min(table.position(), table.size), table.size)
        progress(table.size, table.size)
        if converter.report.too_long:
            raise Invalid(too_long_words(path.name, converter.report))
        opened.pop_all()  # read to its end without an error: whoever stores the documents closes them
    return Prepared(plan, converter.report, _digest(path), documents)


def store(session: Session, prepared: Prepared, audience: Audience, progress: Progress) -> int:
    """Store the prepared answers in the caller's transaction, and the job that reads and counts them.

    Returns the number of responses. Raises Conflict when this file is already in this audience.
    """
    _refuse_a_second_time(session, audience, prepared.digest)
    questionnaire = questionnaire_of(session, audience.version_id)
    total, done = prepared.report.rows - prepared.report.empty_rows, 0
    for done in store_documents(session, audience.id, questionnaire, prepared):
        progress(done, total)
    wave = session.get_one(Wave, audience.wave_id)
    final = wave.state == "closed"
    ledger.enqueue(session, RELEASE, {"wave": str(wave.id), "final": final}, school_id=wave.school_id)
    return done


def audience_for_import(
    session: Session, viewer: Viewer, *, questionnaire_key: str, wave_name: str, group: str | None, now: datetime
) -> Audience:
    """The audience the answers belong to; a wave that does not exist yet is made, already closed.

    Raises NotFound for an unknown questionnaire, Invalid for an unknown group.
    """
    key = wave_key(wave_name)
    wave = session.scalars(select(Wave).where(Wave.school_id == viewer.school_id, Wave.key == key)).first()
    if wave is None:
        wave = Wave(school_id=viewer.school_id, key=key, title=wave_name, opens_at=now, closes_at=now, state="closed")
        session.add(wave)
        session.flush()
    version = newest_version(session, viewer, questionnaire_key)
    found = session.scalars(
        select(Audience)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Audience.version_id)
        .where(Audience.wave_id == wave.id, QuestionnaireVersion.questionnaire_id == version.questionnaire_id)
    ).first()
    if found is not None:
        return found
    chosen = group or questionnaire_of(session, version.id).groups[0]
    return add_audience(session, viewer, wave, AudiencePlan(chosen, version))


def _refuse_a_second_time(session: Session, audience: Audience, digest: str) -> None:
    key = hashlib.sha256(f"import {audience.id} {digest}".encode()).digest()
    if session.execute(select(Spent.key_hash).where(Spent.key_hash == key)).first():
        raise Conflict("This file was already imported into this wave. Nothing was stored a second time.")
    session.execute(insert(Spent).values(key_hash=key, body_hash=bytes.fromhex(digest), audience_id=audience.id))


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(READ_BLOCK):
            digest.update(block)
    return digest.hexdigest()
