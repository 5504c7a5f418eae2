"""What waits for the safeguarding lead of the example school; all of it invented."""

from datetime import UTC, datetime
from uuid import UUID

from analysis.concerns.raising import SafetyNet
from stakeholder.db import Database
from surveys.screening import Said, Talk

WORRIES = (
    ("better", "I dont want to go home after school because my stepdad hits me when hes drunk"),
    ("worry", "a girl in my year cuts herself in the toilets and nobody has noticed"),
)


def worry(database: Database, audience_id: UUID) -> None:
    """Two comments that the screen raises, and one pupil who wants to talk."""
    net = SafetyNet(database, lambda: "the example school", lambda: datetime.now(UTC))
    for number, comment in enumerate(WORRIES):
        net.look_at(Said(audience_id, "en", (comment,), f"example {number}"))
    net.wants_to_talk(Talk(audience_id, "en", "Tomos Price", "9C, form room", "Its about someone in my class."))
