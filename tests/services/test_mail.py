"""Mail handed over to a real mail server on this machine, and the job that mails a link which then lets in."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from stakeholder.db import Database
from stakeholder.errors import Invalid
from stakeholder.jobs.worker import JobRun
from stakeholder.mail import MailServer
from stakeholder.roles import Role
from stakeholder.sign_in_mail import send_sign_in_link
from stakeholder.signing_in import admit_by_link
from tests.makers import person, school
from tests.servers import free_port


class Letterbox(MessageHandler):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.letters.append(message)


@pytest.fixture
def letterbox() -> Iterator[tuple[Letterbox, MailServer]]:
    box, port = Letterbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, MailServer.from_address(f"smtp://127.0.0.1:{port}", "voice@hill.example")
    controller.stop()


@pytest.fixture
def carys(database: Database) -> dict[str, str]:
    """What the job of a governor's link carries."""
    with database.writing() as session:
        hill = school(session, "Ysgol y Bryn")
        hill.language = "cy"
        who = person(session, hill, "Carys", Role.GOVERNOR).id
        return {"person": str(who), "school": str(hill.id), "asked": datetime.now(UTC).isoformat()}


def mail(database: Database, payload: dict[str, str], server: MailServer | None) -> None:
    run = JobRun(database, UUID(int=1), "test", payload)
    send_sign_in_link(run, server=server, secret="for tests only", base_url="https://voice.example")


def test_a_mailed_link_lets_in(
    database: Database, carys: dict[str, str], letterbox: tuple[Letterbox, MailServer]
) -> None:
    box, server = letterbox
    mail(database, carys, server)
    (letter,) = box.letters
    assert (letter["To"], letter["From"]) == ("carys@ysgol-y-bryn.example", "voice@hill.example")
    words = letter.get_payload(decode=True)
    assert isinstance(words, bytes)
    token = re.search(r"https://voice\.example/sign-in/(\S+)", words.decode())
    assert token
    with database.writing() as session:
        assert str(admit_by_link(session, token[1], now=datetime.now(UTC)).person_id) == carys["person"]


def test_a_wish_for_a_link_that_is_an_hour_old_is_dropped(
    database: Database, carys: dict[str, str], letterbox: tuple[Letterbox, MailServer]
) -> None:
    box, server = letterbox
    mail(database, carys | {"asked": (datetime.now(UTC) - timedelta(hours=2)).isoformat()}, server)
    mail(database, carys, None)
    assert box.letters == []


def test_a_password_is_not_sent_in_the_open(letterbox: tuple[Letterbox, MailServer]) -> None:
    _box, server = letterbox
    guarded = MailServer(server.host, server.port, server.sender, user="voice", password="secret")
    with pytest.raises(OSError, match="no encryption"):
        guarded.send("a@x.example", "Hello", "Words")


@pytest.mark.parametrize("address", ["mail.hill.example", "http://mail.hill.example", "smtp://"])
def test_an_address_that_is_none_is_refused_in_words(address: str) -> None:
    with pytest.raises(Invalid, match="STAKEHOLDER_MAIL must look like"):
        MailServer.from_address(address, "voice@hill.example")


def test_an_address_is_read_with_its_parts() -> None:
    server = MailServer.from_address("smtps://voice:p%40ss@mail.hill.example", "voice@hill.example")
    assert (server.host, server.port, server.user, server.password) == ("mail.hill.example", 465, "voice", "p@ss")
    assert "p@ss" not in repr(server)
