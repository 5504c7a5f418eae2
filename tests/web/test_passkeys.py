"""Passkeys over HTTP: made, used, listed, removed; refused for another site or person, and the second time."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from stakeholder.audit import all_events
from stakeholder.web.limits import limiter
from tests.web.authenticators import Authenticator
from tests.web.test_signing_in import Ids, cast, signed_in, with_factor
from wsgi import create_app

__all__ = ["cast"]
ORIGIN, HOST = "https://voice.hill.example", "voice.hill.example"


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An installation that is reached by a name."""
    application = create_app(replace(settings, base_url=ORIGIN))
    application.config["WTF_CSRF_ENABLED"] = False
    limiter.reset()
    yield application
    application.extensions["database"].dispose()


@pytest.fixture
def phone() -> Authenticator:
    return Authenticator(ORIGIN, HOST)


def add(client: FlaskClient, phone: Authenticator, name: str = "my phone") -> str:
    options = client.post("/proof/passkey/options", data={"for": "making"}).json
    assert options is not None
    return client.post("/proof/passkey", data={"answer": phone.make(options), "name": name}, follow_redirects=True).text


def use(client: FlaskClient, phone: Authenticator) -> int:
    options = client.post("/proof/passkey/options", data={"for": "proof"}).json
    assert options is not None
    return client.post("/proof/passkey/use", data={"answer": phone.sign(options)}).status_code


def test_a_passkey_is_made_and_lets_a_head_in_the_next_time(app: Flask, cast: Ids, phone: Authenticator) -> None:
    first = signed_in(app, cast, "Hana")
    assert first.get("/governors").location.startswith("/proof")
    assert "Print or write these down now" in add(first, phone)
    assert first.get("/governors").status_code == 200
    second = signed_in(app, cast, "Hana")
    assert second.get("/governors").location.startswith("/proof")
    assert "Use my passkey" in second.get("/proof").text
    assert use(second, phone) == 303
    assert second.get("/governors").status_code == 200
    with app.extensions["database"].reading() as session:
        assert all_events(session)[-1].act == "second factor set up"


@pytest.mark.parametrize(
    ("origin", "host"),
    [("https://voice.hi11.example", "voice.hi11.example"), (ORIGIN, "hill.example"), ("http://x", HOST)],
)
def test_a_passkey_of_another_site_is_refused(app: Flask, cast: Ids, origin: str, host: str) -> None:
    client = signed_in(app, cast, "Hana")
    assert "could not be checked" in add(client, Authenticator(origin, host))
    assert "None yet" in client.get("/proof/checks").text


def test_a_signature_is_accepted_once(app: Flask, cast: Ids, phone: Authenticator) -> None:
    add(signed_in(app, cast, "Hana"), phone)
    client = signed_in(app, cast, "Hana")
    options = client.post("/proof/passkey/options", data={"for": "proof"}).json
    assert options is not None
    answer = phone.sign(options)
    assert client.post("/proof/passkey/use", data={"answer": answer}).status_code == 303
    assert client.post("/proof/passkey/use", data={"answer": answer}).status_code == 422
    client.post("/proof/passkey/options", data={"for": "proof"})
    assert client.post("/proof/passkey/use", data={"answer": answer}).status_code == 422


def test_a_copied_passkey_whose_count_goes_back_is_refused(app: Flask, cast: Ids, phone: Authenticator) -> None:
    client = signed_in(app, cast, "Hana")
    add(client, phone)
    assert use(client, phone) == 303
    phone.count = 0
    assert use(client, phone) == 422


def test_nobody_proves_themselves_by_anothers_passkey(app: Flask, cast: Ids, phone: Authenticator) -> None:
    add(signed_in(app, cast, "Hana"), phone)
    ada = signed_in(app, cast, "Ada")
    add(ada, Authenticator(ORIGIN, HOST))
    assert use(signed_in(app, cast, "Ada"), phone) == 422


def test_whoever_has_a_check_must_use_it_before_adding_another(app: Flask, cast: Ids, phone: Authenticator) -> None:
    with_factor(signed_in(app, cast, "Hana"))
    thief = signed_in(app, cast, "Hana")
    assert thief.post("/proof/passkey/options", data={"for": "making"}).location.startswith("/proof")
    assert thief.post("/proof/passkey", data={"answer": "{}"}).location.startswith("/proof")


def test_a_second_check_is_added_and_one_removed_but_never_the_last(
    app: Flask, cast: Ids, phone: Authenticator
) -> None:
    client = signed_in(app, cast, "Hana")
    with_factor(client)
    assert "The passkey is added." in add(client, phone, "my phone")
    page = client.get("/proof/checks").text
    assert "my phone" in page
    addresses = [part.split('"')[0] for part in page.split('action="')[1:] if "/remove" in part.split('"')[0]]
    assert "It is removed." in client.post(addresses[0], follow_redirects=True).text
    assert "only second check" in client.post(addresses[1]).text


def test_anothers_check_cannot_be_removed(app: Flask, cast: Ids, phone: Authenticator) -> None:
    hana = signed_in(app, cast, "Hana")
    with_factor(hana)
    add(hana, phone)
    address = hana.get("/proof/checks").text.split("/remove")[0].split('action="')[-1] + "/remove"
    ada = signed_in(app, cast, "Ada")
    add(ada, Authenticator(ORIGIN, HOST))
    assert ada.post(address).status_code == 404


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"rawId": 3}', '{"rawId": "AAAA"}', "x" * 5000])
def test_what_is_no_answer_is_refused_with_words(app: Flask, cast: Ids, phone: Authenticator, answer: str) -> None:
    client = signed_in(app, cast, "Hana")
    client.post("/proof/passkey/options", data={"for": "making"})
    assert client.post("/proof/passkey", data={"answer": answer}).status_code == 422
    add(client, phone)
    client.post("/proof/passkey/options", data={"for": "proof"})
    assert client.post("/proof/passkey/use", data={"answer": answer}).status_code == 422


def test_without_an_address_by_name_no_passkey_is_offered(app: Flask, cast: Ids, settings: Settings) -> None:
    client = signed_in(app, cast, "Hana")
    assert "Make a passkey" in client.get("/proof/set-up").text
    by_number = create_app(settings)
    by_number.config["WTF_CSRF_ENABLED"] = False
    other = signed_in(by_number, cast, "Hana")
    assert "Make a passkey" not in other.get("/proof/set-up").text
    assert other.post("/proof/passkey/options", data={"for": "making"}).status_code == 422
    by_number.extensions["database"].dispose()
