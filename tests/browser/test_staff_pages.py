"""Pages of staff, researchers and governors: no violation, no sideways scroll at 320 px, also from right to left."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext
from sqlalchemy import select

from analysis.exploring import explore
from analysis.models import ReportSharing, Sharing
from analysis.reports.releasing import Span, show_to
from analysis.reports.selection import add_view, new_report
from config import Settings
from stakeholder.models import Membership, Person
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from tests.browser.conftest import Site, Visit, visit_of
from tests.browser.test_accessibility import scrolls_sideways, violations
from tests.web.respondents import database_of
from wsgi import create_app

pytestmark = pytest.mark.browser
PAGES = {
    "Dev Malik": (
        "/results/dimensions",
        "/results/groups",
        "/results/statements",
        "/results/time",
        "/results/together",
        "/results/shown",
        "/explore?by=year&also=gender",
        "/explore/plans",
        "/reports",
        "/reports/<report>",
        "/reports/<report>/differences",
        "/waves",
        "/waves/new",
        "/waves/autumn-2026/secondary/ways",
        "/waves/spring-2026/sharing",
        "/my-visits",
        "/keys",
        "/privacy/young?mode=confidential",
    ),
    "Grace Lindqvist": ("/concerns",),
    "Olu Adeyemi": (
        "/people",
        "/roll",
        "/invitations",
        "/protection",
        "/protection/requests",
        "/protection/record",
        "/protection/assessment",
    ),
}
FROM_RIGHT_TO_LEFT = ("/governors", "/results/statements", "/results/time", "/explore?by=year&also=gender")
SIGN_IN = ("/sign-in", "/sign-in/sent", "/sign-in/not-a-link", "/card")


class Staff:
    """Signs people of the example school in, in a language, with the server's own secret."""

    def __init__(self, site: Site) -> None:
        database = f"sqlite:///{site.folder / 'stakeholder.sqlite'}"
        self.site = site
        self.app = create_app(Settings(data_dir=site.folder, database_url=database, demo=True))

    def enter(self, context: BrowserContext, language: str, name: str = "") -> None:
        """Give the browser the cookie of someone with this name, or of nobody."""
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["language"] = language
            if name:
                cookie["person"] = self._person(name)
        key = self.app.config["SESSION_COOKIE_NAME"]
        found = client.get_cookie(key)
        assert found
        context.add_cookies([{"name": key, "value": found.value, "url": self.site.address}])

    def _person(self, name: str) -> str:
        with database_of(self.app).reading() as session:
            return str(session.scalars(select(Person.id).where(Person.name == name)).one())


@pytest.fixture(scope="module")
def staff(site: Site) -> Iterator[Staff]:
    made = Staff(site)
    yield made
    database_of(made.app).dispose()


@pytest.fixture(scope="module")
def report(staff: Staff) -> str:
    """The id of a report with one figure, by whoever runs surveys at the example school."""
    with database_of(staff.app).writing() as session:
        dev = session.scalars(select(Person).where(Person.name == "Dev Malik")).one()
        school_id = session.scalars(select(Membership.school_id).where(Membership.person_id == dev.id)).first()
        viewer = Viewer(person_id=dev.id, school_id=school_id, roles=frozenset({Role.SURVEY_LEAD}))
        made = new_report(session, viewer, "Safety by year", now=datetime(2026, 4, 3, tzinfo=UTC))
        seen = explore(session, viewer, {"by": "year"})
        assert seen
        add_view(session, viewer, made, seen.enquiry.fields)
        show_to(session, viewer, made, {"families": Span(date(2026, 4, 3))}, now=datetime(2026, 4, 3, tzinfo=UTC))
        return str(made)


def wrong_on(visit: Visit, address: str, paths: Iterable[str], direction: str) -> list[str]:
    """What is wrong on these pages."""
    wrong, size = [], visit.page.viewport_size
    for path in paths:
        visit.page.goto(address + path)
        assert visit.page.locator("html").get_attribute("dir") == direction, path
        assert visit.page.locator("h1").count() == 1, path
        wrong += [f"{path}: {each}" for each in violations(visit.page)]
        wrong += [f"{path}: scrolls sideways"] if scrolls_sideways(visit.page) else []
        visit.page.set_viewport_size(size or {"width": 390, "height": 800})
    return wrong + [each for each in visit.complaints if "404" not in each]


@pytest.mark.parametrize("name", ["", *PAGES])
def test_pages_of_staff_and_of_signing_in(site: Site, browser: Browser, staff: Staff, report: str, name: str) -> None:
    paths = [path.replace("<report>", report) for path in PAGES.get(name, SIGN_IN)]
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        staff.enter(context, "en", name)
        assert wrong_on(visit_of(context), site.address, paths, "ltr") == []


def test_pages_that_need_no_sign_in(site: Site, browser: Browser, staff: Staff, report: str) -> None:
    with database_of(staff.app).reading() as session:
        shown = session.scalars(select(ReportSharing.token).where(ReportSharing.report_id == UUID(report))).one()
        families = session.scalars(select(Sharing.token).where(Sharing.token.is_not(None))).first()
    links = [link.removeprefix(site.address) for link in (site.links["secondary"], site.links["primary_ks1"])]
    paths = (f"/heard/{families}", f"/shown/{shown}", *(f"{link}/notice" for link in links))
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        assert wrong_on(visit_of(context), site.address, paths, "ltr") == []


def test_pages_from_right_to_left(site: Site, browser: Browser, staff: Staff) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        staff.enter(context, "ur", "Dev Malik")
        assert wrong_on(visit_of(context), site.address, FROM_RIGHT_TO_LEFT, "rtl") == []
