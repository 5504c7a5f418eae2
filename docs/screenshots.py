"""Make the pictures of the documentation: builds the example school, serves it, and photographs its pages.

Run as `make screenshots`; writes docs/images/NAME-WIDTH.png.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.servers import command, environment, running_server  # noqa: E402 - found once the path is set

IMAGES = ROOT / "docs" / "images"
WIDTHS = (390, 1280)
TALLEST = 1700


def main() -> None:
    """Take all pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = environment(Path(folder))
        command("demo", "--build-only", settings=settings).check_returncode()
        listed = command("wave", "list", settings=settings).stdout
        links = dict(re.findall(r"open\s+(\S+)\s.*(/s/\S+)", listed))
        with running_server(Path(folder), STAKEHOLDER_DEMO="1") as server, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for width in WIDTHS:
                photograph(browser, server.address, links, width)
            browser.close()


def photograph(browser: Browser, address: str, links: dict[str, str], width: int) -> None:
    """All pages at one width."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    for audience, name in (
        ("secondary", "student"),
        ("primary_ks1", "youngest"),
        ("parent", "parent"),
        ("staff", "staff"),
    ):
        page.goto(f"{address}{links[audience]}{'?lang=ur' if audience == 'parent' else ''}")
        page.locator("form[data-main] button").click()
        page.get_by_role("radio").nth(2).check(force=True)
        keep(page, name, width)
    page.goto(address)
    keep(page, "start", width)
    page.get_by_role("button", name="Be Maya Osei").click()
    keep(page, "governor", width)
    page.goto(f"{address}/explore")
    page.wait_for_selector(".js-plotly-plot .point")
    keep(page, "explore", width)
    page.goto(f"{address}/framework")
    keep(page, "framework", width)
    page.goto(address)
    page.get_by_role("button", name="Be Dev Malik").click()
    page.goto(f"{address}/waves")
    keep(page, "waves", width)
    photograph_designer(page, address, width)
    page.goto(address)
    page.get_by_role("button", name="Be Grace Lindqvist").click()
    keep(page, "concerns", width)


def photograph_designer(page: Page, address: str, width: int) -> None:
    """A draft and its translation, as the survey lead has them."""
    page.goto(f"{address}/questionnaires")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Use this.*How is school")).click()
    home = page.url.partition("#")[0]
    keep(page, "designer", width)
    page.goto(f"{home}/translations/ur")
    keep(page, "translation", width)


def keep(page: Page, name: str, width: int) -> None:
    """Save the page as a picture, no taller than a reader scrolls."""
    height = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
    page.screenshot(
        path=IMAGES / f"{name}-{width}.png", clip={"x": 0, "y": 0, "width": width, "height": height}, full_page=True
    )


if __name__ == "__main__":
    main()
