"""Admitted results as they are stored, and back; `from_json` reads only what `to_json` wrote of a sealed result."""

import json
from dataclasses import asdict
from typing import Any

from analysis.disclosure.reportable import OptionCount, Reportable, Slice
from analysis.disclosure.sealing import sealed

_DEFAULTS = {
    "options": [],
    "unscored": 0,
    "agreeing": None,
    "invited": None,
    "mean": None,
    "sd": None,
    "reverse": False,
    "focus": "",
    "reason": "",
    "figures": [],
    "question": "",
    "asked": "",
    "shape": "",
    "shown_to": None,
    "parallel": "",
}


def to_json(result: Reportable) -> str:
    """A result as JSON, without what is empty."""
    content = asdict(result)
    content["options"] = [[o.code, o.label, o.people, o.scored, o.favourable] for o in result.options]
    content["figures"] = [list(pair) for pair in result.figures]
    content["slice"] = [result.slice.audience, [list(pair) for pair in result.slice.filters]]
    kept = {name: value for name, value in content.items() if name not in _DEFAULTS or value != _DEFAULTS[name]}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def from_json(body: str) -> Reportable:
    """A stored result."""
    content: dict[str, Any] = json.loads(body)
    audience, filters = content.pop("slice")
    options = tuple(OptionCount(*option) for option in content.pop("options", ()))
    figures = tuple((name, value) for name, value in content.pop("figures", ()))
    return sealed(
        figures=figures, slice=Slice(audience, tuple((key, code) for key, code in filters)), options=options, **content
    )
