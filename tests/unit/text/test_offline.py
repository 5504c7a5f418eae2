"""Reading needs no network: with every socket refused all that it rests on is loaded and used."""

import socket
from typing import NoReturn

import pytest

from analysis.text import language, weights
from analysis.text.personal.redacting import finder_for
from analysis.text.personal.roster import read_roster
from analysis.text.reading import Written, default_toolkit, read_comments

COMMENTS = (
    "The toilets are dirty but Mr Oakapple is lovely. I want to hurt myself",
    "Les professeurs sont gentils avec les enfants",  # for which the identifier must be loaded
    "Obiady s\u0105 smaczne, ale kolejka jest za d\u0142uga",
)


def refused(*_: object, **__: object) -> NoReturn:
    raise AssertionError("Something asked for the network.")


def test_reading_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)
    for remembered in (default_toolkit, weights.load_table, language.load_identifier):
        remembered.cache_clear()
    found = read_comments(Written(text) for text in COMMENTS)
    assert [one.language for one in found] == ["en", "fr", "pl"]
    assert found[0].themes and found[0].safeguarding
    people = read_roster("name,kind\nMr Tom Oakapple,staff_name\n", "people")
    assert finder_for(people).find(COMMENTS[0])
