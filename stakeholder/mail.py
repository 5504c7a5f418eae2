"""Sending e-mail through the school's own server; nothing that was sent is kept."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from stakeholder.errors import Invalid

PORTS = {"smtp": 587, "smtps": 465}
SECONDS = 20


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over.

    encrypted   "smtps" from the first byte, "smtp" by STARTTLS wherever the server offers it
    """

    host: str
    port: int
    sender: str
    scheme: str = "smtp"
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def from_address(cls, address: str, sender: str) -> "MailServer":
        """Read `smtp://user:password@host:port`. Raises Invalid that says what is missing."""
        parts = urlsplit(address)
        if parts.scheme not in PORTS or not parts.hostname:
            raise Invalid("STAKEHOLDER_MAIL must look like smtp://user:password@mail.school.example:587.")
        if "@" not in sender:
            raise Invalid("STAKEHOLDER_MAIL_FROM must be the address that mail comes from.")
        return cls(
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            sender=sender,
            scheme=parts.scheme,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )

    def send(self, to: str, subject: str, text: str) -> None:
        """Hand one plain-text message over. Raises OSError or SMTPException when the server does not take it."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        with self._connected() as server:
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        if self.scheme == "smtps":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=ssl.create_default_context())
        server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        elif self.user:
            server.close()
            raise OSError("The mail server offers no encryption, so the password was not sent to it.")
        return server
