"""The interface for other programs, version 1: waves and their results, nothing that a page does not show."""

from typing import Any

from flask import Blueprint, Response, jsonify

from analysis.editions import EditionSummary, list_editions, load_edition
from analysis.exports.codebook import MEANINGS
from analysis.exports.files import document
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, open_to_all, requires
from stakeholder.web.database import reading
from surveys.views.roll_api import paths as roll_paths

api = Blueprint("api", __name__, url_prefix="/api/v1")


@api.get("/waves")
@requires(Permission.SEE_FIGURES)
def waves() -> Response:
    """Waves that have results, oldest first."""
    with reading() as session:
        found = list_editions(session, current_viewer())
    return jsonify(waves=[_wave(each) for each in found])


def _wave(found: EditionSummary) -> dict[str, Any]:
    counted = found.frozen_at.isoformat()
    return {"key": found.wave_key, "title": found.wave_title, "edition": found.number, "counted": counted}


@api.get("/waves/<wave>/results")
@requires(Permission.SEE_FIGURES)
def wave_results(wave: str) -> Response:
    """All results of a wave's newest edition. 404 for a wave without results and for other schools' waves."""
    with reading() as session:
        edition = load_edition(session, current_viewer(), wave)
    return jsonify(document(edition))


@api.get("/openapi.json")
@open_to_all
def description() -> Response:
    """What this interface offers, as OpenAPI 3.1."""
    return jsonify(openapi())


def openapi() -> dict[str, Any]:
    """The description of the interface."""
    text = {"type": "string"}
    row = {"type": "object", "properties": {name: {"description": words} for name, words in MEANINGS.items()}}
    wave = {"type": "object", "properties": dict.fromkeys(("key", "title", "counted"), text)}
    waves = {"waves": {"type": "array", "items": wave}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Stakeholder Voice",
            "version": "1",
            "description": "Results as the pages show them. Fewer than 10 people are not shown; every number of people "
            "may be off by up to two.",
        },
        "paths": {
            "/api/v1/waves": {"get": _operation("Waves that have results", waves)},
            "/api/v1/waves/{wave}/results": {
                "get": _operation("Results of a wave", {"wave": wave, "results": {"type": "array", "items": row}})
                | {"parameters": [{"name": "wave", "in": "path", "required": True, "schema": text}]}
            },
        }
        | roll_paths(),
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    }


def _operation(summary: str, properties: dict[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "properties": properties}
    content = {"application/json": {"schema": schema}}
    return {
        "summary": summary,
        "responses": {
            "200": {"description": summary, "content": content},
            "401": {"description": "Send a key that counts, or sign in first"},
            "404": {"description": "There is no such wave, or none you may see"},
        },
    }
