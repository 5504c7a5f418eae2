"""The roll for other programs: look at it, put it in step, note who is not asked. Only with a key for the roll."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.exceptions import BadRequest

from stakeholder.errors import Invalid, NotFound
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires_key
from stakeholder.web.database import reading, transaction
from surveys.roll.differing import Difference
from surveys.roll.entries import LONGEST, Entry, entry_of
from surveys.roll.keeping import REASONS, change_by, leave_out, make_change, on_roll

roll_api = Blueprint("roll_api", __name__, url_prefix="/api/v1/roll")
Model = TypeVar("Model", bound=BaseModel)
MOST_PEOPLE, MOST_CHILDREN, MOST_PROBLEMS = 20_000, 20, 10


class PersonSent(BaseModel):
    """One person as a program sends them; whatever else it sends of them is not kept."""

    model_config = ConfigDict(strict=True)

    number: str
    given: str = ""
    family: str = ""
    known_as: str = ""
    year: str = ""
    form: str = ""
    email: str = ""
    left_out: str = ""
    children: list[str] = Field(default_factory=list, max_length=MOST_CHILDREN)

    def entry(self) -> Entry:
        """As the roll knows them. Raises Invalid."""
        return entry_of(self.model_dump(exclude={"children"}) | {"children": " ".join(self.children)})


class RollSent(BaseModel):
    """People of a group.

    whole      everybody: who is missing has left
    many_left  confirmed that more than one in five have left
    dry_run    tell what would change, and change nothing
    """

    model_config = ConfigDict(strict=True)

    people: list[PersonSent] = Field(min_length=1, max_length=MOST_PEOPLE)
    whole: bool = True
    many_left: bool = False
    dry_run: bool = False


class LeftOutSent(BaseModel):
    """Why somebody is not asked; empty when they are asked again."""

    model_config = ConfigDict(strict=True)

    why: str = Field(max_length=20)


@roll_api.get("/<group>")
@requires_key(Permission.MANAGE_PEOPLE)
def people(group: str) -> Response:
    """Everyone on the roll of a group."""
    with reading() as session:
        found = on_roll(session, current_viewer(), _known(group))
    return jsonify(group=group, people=[asdict(each) for each in found])


@roll_api.put("/<group>")
@requires_key(Permission.MANAGE_PEOPLE)
def put(group: str) -> Response:
    """Put the roll of a group in step; the same again changes nothing."""
    sent = _sent(RollSent)
    entries = _entries(sent.people)
    with transaction() as session:
        viewer = current_viewer()
        change = change_by(session, viewer, entries, group=_known(group), whole=sent.whole)
        if not sent.dry_run and not change.is_nothing:
            make_change(session, viewer, group, change, sure=sent.many_left, now=datetime.now(UTC))
    return jsonify(_told(change) | {"changed": not sent.dry_run and not change.is_nothing})


@roll_api.put("/<group>/<number>/left-out")
@requires_key(Permission.MANAGE_PEOPLE)
def note_left_out(group: str, number: str) -> Response:
    """Note that somebody is not asked, or is asked again."""
    why = _sent(LeftOutSent).why
    with transaction() as session:
        found = leave_out(session, current_viewer(), _known(group), number, why, now=datetime.now(UTC))
        noted = found.left_out
    return jsonify(number=number, left_out=noted)


def _known(text: str) -> str:
    """A part of an address that can stand in the database. Raises NotFound."""
    if not text.isprintable():
        raise NotFound("There is no such group.")
    return text


def _sent(kind: type[Model]) -> Model:
    """The request's body. Raises BadRequest for no JSON, Invalid for JSON of another shape."""
    body = request.get_json(silent=True)
    if body is None:
        raise BadRequest
    try:
        return kind.model_validate(body)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False, include_context=False)[:MOST_PROBLEMS]
        raise Invalid("; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in first)) from problem


def _entries(people: Iterable[PersonSent]) -> list[Entry]:
    """Each number once. Raises Invalid that names the first ten people that cannot be."""
    found: dict[str, Entry] = {}
    problems = []
    for place, each in enumerate(people):
        try:
            if not all(
                value.isprintable() for value in (*each.model_dump(exclude={"children"}).values(), *each.children)
            ):
                raise Invalid("found a character that cannot be printed.")
            entry = each.entry()
            if found.setdefault(entry.number, entry) != entry:
                raise Invalid(f"the number '{entry.number}' stands for two people.")
        except Invalid as problem:
            problems.append(f"people.{place}: {problem}")
    if problems:
        raise Invalid("; ".join(problems[:MOST_PROBLEMS]))
    return list(found.values())


def _told(change: Difference) -> dict[str, Any]:
    return {
        "joining": [each.number for each in change.joining],
        "leaving": [each.number for each in change.leaving],
        "moving": [each.after.number for each in change.moving],
        "changing": [each.after.number for each in change.changed],
        "same": change.same,
        "seem_doubled": list(change.alike),
        "unknown_children": list(change.unknown),
    }


def paths() -> dict[str, Any]:
    """The description of this part of the interface, as OpenAPI has it under `paths`."""
    text, yes = {"type": "string"}, {"type": "boolean"}
    names: dict[str, Any] = {name: {"type": "string", "maxLength": longest} for name, longest in LONGEST.items()}
    texts: dict[str, Any] = {"type": "array", "items": text}
    person = {
        "type": "object",
        "required": ["number"],
        "properties": names | {"year": text, "left_out": text, "children": texts | {"maxItems": MOST_CHILDREN}},
    }
    everybody = {"type": "array", "items": person, "minItems": 1, "maxItems": MOST_PEOPLE}
    roll = {"people": everybody, "whole": yes, "many_left": yes, "dry_run": yes}
    told: dict[str, Any] = dict.fromkeys(
        ("joining", "leaving", "moving", "changing", "seem_doubled", "unknown_children"), texts
    )
    told |= {"same": {"type": "integer"}, "changed": yes}
    group, number = _parameter("group"), _parameter("number")
    whole = {"group": text, "people": {"type": "array", "items": person}}
    return {
        "/api/v1/roll/{group}": {
            "parameters": [group],
            "get": _operation("Everyone on the roll of a group", whole),
            "put": _operation("Put the roll of a group in step", told) | _body(roll, ["people"]),
        },
        "/api/v1/roll/{group}/{number}/left-out": {
            "parameters": [group, number],
            "put": _operation("Note that somebody is not asked", {"number": text, "left_out": text})
            | _body({"why": {"type": "string", "enum": list(REASONS)}}, ["why"]),
        },
    }


def _parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _body(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties, "required": required}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _operation(summary: str, properties: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "object", "properties": properties}}}
    refusals = {
        "400": "The body is no JSON",
        "401": "Send a key for the roll that counts",
        "404": "There is nobody and nothing like that",
        "405": "That does not work here",
        "413": "Too much at once: send it in parts, with whole false",
        "422": "Something is not as it must be; the detail says what would be right",
    }
    problem = {"application/problem+json": {"schema": {"type": "object"}}}
    answers: dict[str, Any] = {code: {"description": words, "content": problem} for code, words in refusals.items()}
    return {
        "summary": summary,
        "security": [{"key": []}],
        "responses": {"200": {"description": summary, "content": content}} | answers,
    }
