"""A light HTTP client for load: one connection, cookies, forms; it costs the machine far less than the server does."""

import asyncio
import html
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

HIDDEN = re.compile(r"<input\b[^>]*\btype=\"hidden\"[^>]*>")
NAME = re.compile(r"\bname=\"([^\"]*)\"")
VALUE = re.compile(r"\bvalue=\"([^\"]*)\"")


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    path: str
    location: str | None
    text: str

    @property
    def hidden(self) -> dict[str, str]:
        """Hidden fields of the page's forms."""
        found = {}
        for tag in HIDDEN.findall(self.text):
            if name := NAME.search(tag):
                value = VALUE.search(tag)
                found[name[1]] = html.unescape(value[1]) if value else ""
        return found


@dataclass
class Visitor:
    """One respondent's browser, without the browser.

    seconds  time of every request so far, from sending it to its last byte
    """

    port: int
    seconds: list[float] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        """Ask for a page."""
        return await self._ask("GET", path, b"", "")

    async def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        """Send a form."""
        return await self._ask("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    async def put(self, path: str, document: bytes) -> Answer:
        """Send a JSON document."""
        return await self._ask("PUT", path, document, "application/json")

    async def follow(self, answer: Answer) -> Answer:
        """Go where redirects lead."""
        while answer.location:
            answer = await self.get(local(answer.path, answer.location))
        return answer

    async def leave(self) -> None:
        """Close the connection."""
        if self._streams:
            self._streams[1].close()
            await self._streams[1].wait_closed()
            self._streams = None

    async def _ask(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        began = time.perf_counter()
        writer.write(self._head(method, path, body, kind) + body)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = [
            (name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in head[1:] if line)
        ]
        text = await reader.readexactly(int(dict(headers).get("content-length", "0")))
        self.seconds.append(time.perf_counter() - began)
        self._remember(headers)
        return Answer(int(head[0].split()[1]), path, dict(headers).get("location"), text.decode())

    def _head(self, method: str, path: str, body: bytes, kind: str) -> bytes:
        origin = f"http://127.0.0.1:{self.port}"
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if method != "GET":
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}", f"Origin: {origin}"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def _remember(self, headers: list[tuple[str, str]]) -> None:
        for name, value in headers:
            if name == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]


def local(base: str, address: str) -> str:
    """Path and query of an address, relative to the page it stands on."""
    parts = urlsplit(urljoin(base, address))
    return parts.path + (f"?{parts.query}" if parts.query else "")
