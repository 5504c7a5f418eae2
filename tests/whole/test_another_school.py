"""Routes with another school's waves, audiences, people, roles and links: for a stranger they are not there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from stakeholder.models import Membership
from stakeholder.roles import Permission, Role
from stakeholder.web.access import declared_access
from surveys.models import Audience, Wave, WayIn
from surveys.roll.models import Member
from tests.makers import open_audience, person, school
from tests.whole.test_access import sign_in
from wsgi import create_app


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An installation in which powerful roles count without a second factor."""
    made = create_app(replace(settings, demo=True))
    yield made
    made.extensions["database"].dispose()


@pytest.fixture
def ids(app: Flask) -> dict[str, str]:
    """Identifiers of things at Hill School, by the names that routes give them."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.extensions["database"].writing() as session:
        hill = school(session)
        carys, audience = person(session, hill, "Carys", Role.GOVERNOR), open_audience(session, hill)
        way = WayIn(audience_id=audience.id, title="7B", token="t" * 24)
        member = Member(school_id=hill.id, group="student", number="1", given="Sam")
        session.add_all((way, member))
        session.flush()
        wave = session.get_one(Wave, audience.wave_id)
        held = session.scalars(select(Membership.id).where(Membership.person_id == carys.id)).one()
        return {
            "key": wave.key,
            "wave": wave.key,
            "audience": audience.key,
            "audience_id": str(audience.id),
            "membership_id": str(held),
            "person_id": str(carys.id),
            "way_id": str(way.id),
            "kind": "reminder",
            "ending": "csv",
        }


def addresses(app: Flask, ids: dict[str, str], method: str) -> Iterator[str]:
    """Addresses of routes that need a permission and name something, all of it known at Hill School."""
    for rule in app.url_map.iter_rules():
        needed = declared_access(app.view_functions[rule.endpoint])
        named = bool(rule.arguments) and rule.arguments <= set(ids)
        if named and method in (rule.methods or ()) and isinstance(needed, Permission):
            with app.test_request_context():
                yield app.url_map.bind("localhost").build(rule.endpoint, {n: ids[n] for n in rule.arguments})


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_another_schools_things_are_not_there(app: Flask, ids: dict[str, str], method: str) -> None:
    with app.extensions["database"].writing() as session:
        dale = school(session, "Dale School")
        zoe = person(session, dale, "Zoe", Role.SURVEY_LEAD)
        more = set(Role) - {Role.SURVEY_LEAD}
        session.add_all(Membership(person_id=zoe.id, school_id=dale.id, role=role) for role in more)
    client = sign_in(app.test_client(), zoe.id)
    found = {
        address: client.open(address, method=method, data={"sure": "yes"}).status_code
        for address in addresses(app, ids, method)
    }
    assert len(found) >= 5
    assert {address: status for address, status in found.items() if status not in {401, 404}} == {}
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(Wave.state)).all() == ["open"]
        assert len(session.scalars(select(Audience)).all()) == 1
