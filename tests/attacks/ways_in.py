"""Every form, address and upload that the pages of an application offer, found by walking through them."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from lxml import html

MOST_PAGES_PER_VIEW = 4
ENDS_THE_WALK = ("/sign-out", "/my-visits/end")

Pair = tuple[str, str]


@dataclass(frozen=True)
class Way:
    """One thing a browser can send: a method, an address, its fields, and those that take files."""

    client: FlaskClient
    method: str
    path: str
    fields: tuple[Pair, ...] = ()
    files: tuple[str, ...] = ()


def walked(app: Flask, client: FlaskClient, start: str) -> list[Way]:
    """All ways that can be reached from `start` by following addresses, at most four pages of each view."""
    seen: set[str] = set()
    views: Counter[str] = Counter()
    waiting, found = deque([start]), []
    while waiting:
        path = waiting.popleft()
        view = _view(app, path)
        if path in seen or not view or views[view] >= MOST_PAGES_PER_VIEW:
            continue
        seen.add(path)
        views[view] += 1
        with client.get(path, follow_redirects=True) as answer:
            split = urlsplit(path)
            found.append(Way(client, "GET", split.path, tuple(parse_qsl(split.query))))
            if answer.mimetype == "text/html" and answer.text:
                page = html.fromstring(answer.text)
                found += forms(client, page, answer.request.path)
                waiting += [each for each in page.xpath("//a/@href") if each.startswith("/")]
    return found


def forms(client: FlaskClient, page: html.HtmlElement, here: str) -> Iterator[Way]:
    """The forms of a page, with the values they hold."""
    for form in page.forms:
        path = form.action or here
        if path not in ENDS_THE_WALK:
            files = tuple(each.name for each in form.inputs if getattr(each, "type", "") == "file")
            names = [(name, "") for name in dict.fromkeys(each for each in form.inputs.keys() if each)]  # noqa: SIM118
            filled = {name for name, _ in form.form_values()}
            fields = [*form.form_values(), *(pair for pair in names if pair[0] not in filled | set(files))]
            yield Way(client, form.method, path, tuple(fields), files)


def _view(app: Flask, path: str) -> str:
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(path).path, method="GET")[0])
    except Exception:  # noqa: BLE001 - whatever matches no route is no way in
        return ""
