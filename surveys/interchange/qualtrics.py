"""Qualtrics .qsf: the tables of a survey file, and what is neither block nor question. Pure."""

import re
from typing import Any

from stakeholder.errors import Invalid
from surveys.interchange.containers import json_of
from surveys.interchange.qualtrics_flow import Flow
from surveys.interchange.qualtrics_kinds import language_code
from surveys.interchange.qualtrics_logic import shown_by_logic
from surveys.interchange.reading import clean_texts, listed, mapping, whole_number, words_of
from surveys.interchange.sketch import Limit, Sketch

UNUSED = "It is unused (in the trash or not in the flow); unused questions do not go live."
_PIPE = re.compile(r"\$\{(?:q://(?P<name>QID[\w#]+)/[^{}]*|[a-z]+://[^{}]*)\}")


def read(data: bytes, source: str) -> Sketch:
    """The sketch of a survey file. Raises Invalid."""
    root = mapping(json_of(data, source))
    elements = [mapping(each) for each in listed(root.get("SurveyElements"))]
    if not elements:
        raise Invalid(f"{source}: found no 'SurveyElements', expected a whole Qualtrics survey (.qsf).")
    return _Survey(mapping(root.get("SurveyEntry")), elements, source).sketch()


class _Survey:
    """Joins blocks, flow and questions."""

    def __init__(self, entry: dict[str, Any], elements: list[dict[str, Any]], source: str) -> None:
        self._elements = elements
        self._base = words_of(entry.get("SurveyLanguage")) or "EN"
        base = language_code(self._base)
        self._sketch = Sketch(name=words_of(entry.get("SurveyName")) or source.rsplit(".", 1)[0], pipe=_PIPE)
        self._sketch.title = clean_texts({base: self._sketch.name}, self._sketch, "the title")
        self._sketch.intro = clean_texts(
            {base: words_of(entry.get("SurveyDescription"))}, self._sketch, "the description"
        )
        self._blocks = self._block_table()
        self._questions = {
            words_of(each.get("PrimaryAttribute")): mapping(each.get("Payload"))
            for each in elements
            if each.get("Element") == "SQ"
        }
        self._tags = self._tag_table()

    def sketch(self) -> Sketch:
        """Pages in the order of the flow; what is not in it is named and left out."""
        self._sketch.languages = self._languages()
        flow = Flow(self._sketch, self._blocks, self._questions, self._tags, language_code(self._base))
        flow.walk(self._payload("FL"))
        self._rest(flow)
        self._other_elements()
        return self._sketch

    def _payload(self, kind: str) -> dict[str, Any]:
        return next((mapping(each.get("Payload")) for each in self._elements if each.get("Element") == kind), {})

    def _languages(self) -> list[str]:
        offered = self._payload("SO").get("AvailableLanguages")
        named = [words_of(each) for each in offered] if isinstance(offered, list) else list(mapping(offered))
        found = [self._base, *named]
        for payload in self._questions.values():
            found += mapping(payload.get("Language"))
        return list(dict.fromkeys(language_code(each) for each in found if each))

    def _block_table(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for element in self._elements:
            if element.get("Element") == "BL":
                payload = element.get("Payload")
                for name, each in _named(payload):
                    block = mapping(each)
                    found[words_of(block.get("ID")) or name or f"block {len(found)}"] = block
        return found

    def _tag_table(self) -> dict[str, str]:
        found: dict[str, str] = {}
        taken: set[str] = set()
        for qid, payload in self._questions.items():
            tag = words_of(payload.get("DataExportTag")) or qid
            found[qid] = tag if tag not in taken else f"{tag} ({qid})"
            taken.add(found[qid])
            self._sketch.aliases[qid] = (found[qid], "")
        return found

    def _rest(self, flow: Flow) -> None:
        for block_id, block in self._blocks.items():
            if block_id not in flow.used:
                self._sketch.dropped(f"block {words_of(block.get('Description')) or block_id} ({block_id})", UNUSED)
        for qid in self._questions:
            if qid not in flow.asked:
                self._sketch.dropped(f"question {self._tags[qid]}", UNUSED)

    def _other_elements(self) -> None:
        for element in self._elements:
            kind, name = words_of(element.get("Element")), words_of(element.get("PrimaryAttribute"))
            if kind == "QO":
                self._quota(mapping(element.get("Payload")), name)
            elif kind not in {"SQ", "BL", "FL"}:
                self._sketch.dropped(f"element {kind} {name[:60]}", "Settings of the old tool have no place here.")

    def _quota(self, payload: dict[str, Any], name: str) -> None:
        most, shown = whole_number(payload.get("Occurrences")), shown_by_logic(payload.get("Logic"))
        called = words_of(payload.get("Name")) or name
        if most is None or not 1 <= most <= 1_000_000 or shown is None:
            self._sketch.dropped(f"quota {called[:60]}", "It names no number, or nobody whom it counts.")
            return
        self._sketch.limits.append(Limit(called, most, shown))


def _named(payload: Any) -> list[tuple[str, Any]]:
    """Blocks with the names they stand under; a list has none."""
    if isinstance(payload, dict):
        return [(str(name), each) for name, each in payload.items()]
    return [("", each) for each in listed(payload)]
