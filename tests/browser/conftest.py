"""A real browser, and the example school on a real server."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, sync_playwright

from tests.examples import example_in
from tests.servers import command, environment, running_server

NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Site:
    """The example school's server, its open links by questionnaire, and the folder of its data."""

    address: str
    links: dict[str, str]
    folder: Path


@dataclass
class Visit:
    """A page in a browser that remembers every complaint of the browser."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def note(self, message: ConsoleMessage) -> None:
        """Remember what the browser complains about."""
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium from the path, else Playwright's own; a missing browser is a failure, never a skip."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The example school, served in demo mode."""
    folder: Path = tmp_path_factory.mktemp("example")
    example_in(folder, tmp_path_factory)
    with running_server(folder, STAKEHOLDER_DEMO="1") as server:
        listed = command("wave", "list", settings=environment(folder)).stdout
        links = {
            match[1]: f"{server.address}/s/{match[2]}"
            for line in listed.splitlines()
            if line.startswith("autumn-2026") and (match := re.search(r"open\s+(\S+)\s.*/s/(\S+)", line))
        }
        yield Site(server.address, links, folder)


@pytest.fixture(params=[390, 1280])
def width(request: pytest.FixtureRequest) -> int:
    """A phone and a laptop."""
    found: int = request.param
    return found


def visit_of(context: BrowserContext) -> Visit:
    """A page in a context, watched."""
    visit = Visit(context.new_page())
    visit.page.on("console", visit.note)
    visit.page.on("pageerror", lambda problem: visit.complaints.append(str(problem)))
    return visit


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A page at 390 px."""
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        yield visit_of(context)


def press(button: Locator) -> None:
    """Press what leads to another page, and wait until that page is there."""
    with button.page.expect_navigation():
        button.click()
