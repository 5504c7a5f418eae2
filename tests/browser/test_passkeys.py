"""A passkey in a real browser: made with the device, used to come in, and told when it was not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_accessibility import violations
from tests.servers import command, environment, free_port, running_server


@pytest.fixture(scope="module")
def hill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """An installation reached by a name, with a head."""
    folder, port = tmp_path_factory.mktemp("hill"), free_port()
    address = f"http://localhost:{port}"
    settings = environment(folder, STAKEHOLDER_BASE_URL=address)
    made = command("person", "add", "Hana", "hana@hill.example", "--role", "head", settings=settings)
    assert made.returncode == 0, made.stderr
    with running_server(folder, port=port, STAKEHOLDER_BASE_URL=address):
        yield address, folder


def come_in(page: Page, hill: tuple[str, Path]) -> None:
    """By the link that the office prints."""
    address, folder = hill
    settings = environment(folder, STAKEHOLDER_BASE_URL=address)
    page.goto(command("person", "link", "hana@hill.example", settings=settings).stdout.strip())
    page.get_by_role("button", name="Sign in").click()


def test_a_head_makes_a_passkey_and_comes_in_with_it(browser: Browser, hill: tuple[str, Path]) -> None:
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        come_in(page, hill)
        page.goto(f"{hill[0]}/proof/set-up")
        assert violations(page) == []
        page.get_by_label("What is this device called?").fill("my phone")
        page.get_by_role("button", name="Make a passkey").click()
        expect(page.get_by_role("heading", name="Print or write these down now")).to_be_visible()
        page.goto(f"{hill[0]}/proof/checks")
        expect(page.get_by_text("my phone", exact=True)).to_be_visible()
        assert violations(page) == []
        context.clear_cookies()
        come_in(page, hill)
        page.goto(f"{hill[0]}/waves")
        expect(page.get_by_role("heading", name="One more check")).to_be_visible()
        assert violations(page) == []
        page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('refused')); }")
        page.get_by_role("button", name="Use my passkey").click()
        expect(page.get_by_role("alert").filter(has_text="The passkey was not used")).to_be_visible()
        expect(page.get_by_label("The six digits in your app")).to_be_visible()
        page.reload()
        page.get_by_role("button", name="Use my passkey").click()
        expect(page.get_by_role("heading", name="Waves")).to_be_visible()
