"""Qualtrics .qsf: blocks in the order of the flow, branches, display logic. Unused questions stay out. Pure."""

from typing import Any

from stakeholder.errors import Invalid
from surveys.interchange.containers import json_of
from surveys.interchange.qualtrics_kinds import Payload, item_of
from surveys.interchange.qualtrics_logic import shown_by_logic
from surveys.interchange.reading import both, clean_texts, listed, mapping, words_of
from surveys.interchange.sketch import Item, Leaf, Shown, Sketch

DEEPEST = 20
BLOCKS = frozenset({"Block", "Standard", "Default"})
UNUSED = "It is unused (in the trash or not in the flow); unused questions do not go live."


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
        self._sketch = Sketch(name=words_of(entry.get("SurveyName")) or source.rsplit(".", 1)[0])
        self._sketch.title = clean_texts({self._code(self._base): self._sketch.name}, self._sketch, "the title")
        self._sketch.intro = clean_texts(
            {self._code(self._base): words_of(entry.get("SurveyDescription"))}, self._sketch, "the description"
        )
        self._blocks = self._block_table()
        self._questions = {
            words_of(each.get("PrimaryAttribute")): mapping(each.get("Payload"))
            for each in elements
            if each.get("Element") == "SQ"
        }
        self._tags = self._tag_table()
        self._used: set[str] = set()
        self._asked: set[str] = set()

    def sketch(self) -> Sketch:
        """Pages in the order of the flow; what is not in it is named and left out."""
        flow = next((mapping(each.get("Payload")) for each in self._elements if each.get("Element") == "FL"), {})
        self._sketch.languages = self._languages()
        if listed(flow.get("Flow")):
            self._flow(flow, None, 0)
        else:
            for name, block in self._blocks.items():
                if block.get("Type") != "Trash":
                    self._block(name, None)
        self._rest()
        self._other_elements()
        return self._sketch

    def _code(self, language: str) -> str:
        head, _, tail = language.replace("_", "-").partition("-")
        return f"{head.lower()}-{tail}" if tail else head.lower()

    def _languages(self) -> list[str]:
        options = next((mapping(each.get("Payload")) for each in self._elements if each.get("Element") == "SO"), {})
        found = [self._base, *mapping(options.get("AvailableLanguages"))]
        for payload in self._questions.values():
            found += mapping(payload.get("Language"))
        return list(dict.fromkeys(self._code(each) for each in found if each))

    def _block_table(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for element in self._elements:
            if element.get("Element") == "BL":
                for each in listed(element.get("Payload")):
                    block = mapping(each)
                    found[words_of(block.get("ID")) or f"block {len(found)}"] = block
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

    def _flow(self, flow: dict[str, Any], outer: Shown | None, depth: int) -> None:
        if depth > DEEPEST:
            raise Invalid(f"The flow of the survey stands more than {DEEPEST} deep in itself.")
        for at, each in enumerate(listed(flow.get("Flow")), 1):
            step = mapping(each)
            kind, name = words_of(step.get("Type")), words_of(step.get("FlowID")) or f"{at}"
            if kind in BLOCKS and words_of(step.get("ID")) in self._blocks:
                self._block(words_of(step.get("ID")), outer)
            elif kind == "Branch":
                self._flow(step, both(self._branch(step, name), outer), depth + 1)
            elif kind in {"Group", "Root", "BlockRandomizer"}:
                if kind == "BlockRandomizer":
                    self._sketch.approximated(
                        f"randomizer {name}", "All its blocks are asked, in the order of the file."
                    )
                else:
                    self._sketch.mapped(f"group {name}", "Its blocks are asked in this order.")
                self._flow(step, outer, depth + 1)
            else:
                self._sketch.dropped(
                    f"flow element {name} ({kind[:30]})",
                    "Only blocks, branches, groups and random order are read; nothing is called.",
                )
                self._flow(step, outer, depth + 1)

    def _branch(self, step: dict[str, Any], name: str) -> Shown:
        shown = shown_by_logic(step.get("BranchLogic")) or Shown(None, "", "it has no test.")
        self._sketch.conditions += 1
        if shown.rule is None:
            self._sketch.dropped(
                f"condition of branch {name}", f"Its blocks are always shown: {shown.why_not} {shown.written[:200]}"
            )
        else:
            self._sketch.mapped(f"condition of branch {name}", "is a condition of each of its pages.")
        return Shown(shown.rule, shown.written, shown.why_not, counted=False)

    def _block(self, block_id: str, outer: Shown | None) -> None:
        block = self._blocks[block_id]
        title = words_of(block.get("Description")) or block_id
        if block_id in self._used:
            self._sketch.approximated(f"block {title}", "It stands in the flow twice; it is asked once.")
            return
        self._used.add(block_id)
        self._block_settings(title, mapping(block.get("Options")))
        leaf = self._leaf(title, outer)
        for each in listed(block.get("BlockElements")):
            element = mapping(each)
            if words_of(element.get("Type")) == "Page Break" and leaf.items:
                leaf = self._leaf(title, outer)
            elif words_of(element.get("QuestionID")) in self._questions:
                leaf.items.append(self._item(words_of(element.get("QuestionID"))))
        if self._sketch.pages and not leaf.items:
            self._sketch.pages.pop()
            self._sketch.approximated(f"block {title}", "An empty page of it is left out.")
        else:
            self._sketch.mapped(f"block {title}", "is a page, or as many as it had page breaks.")

    def _leaf(self, title: str, outer: Shown | None) -> Leaf:
        taken = {leaf.name for leaf in self._sketch.pages}
        name, number = title, 1
        while name in taken:
            number += 1
            name = f"{title} ({number})"
        leaf = Leaf(name)
        if outer is not None and outer.rule is not None:
            leaf.shown = Shown(outer.rule, outer.written, counted=False)
        self._sketch.pages.append(leaf)
        return leaf

    def _block_settings(self, title: str, options: dict[str, Any]) -> None:
        if words_of(options.get("Looping")) not in {"", "None"}:
            self._sketch.approximated(f"loop of block {title}", "Its questions are asked once.")
        if words_of(options.get("RandomizeQuestions")) not in {"", "false"}:
            self._sketch.dropped(f"random order of block {title}", "Its questions are asked in the order of the file.")

    def _item(self, qid: str) -> Item:
        self._asked.add(qid)
        payload = Payload(self._questions[qid], self._tags[qid], self._code(self._base), self._sketch, self._code)
        item = item_of(payload)
        item.shown = shown_by_logic(payload.get("DisplayLogic")) or shown_by_logic(payload.get("InPageDisplayLogic"))
        skips = payload.get("SkipLogic")
        if skips:
            self._sketch.conditions += item.shown is None
            item.leftovers.append(
                ("skip logic", "Skipping is not taken over; give the questions it skips a condition in the designer.")
            )
        return item

    def _rest(self) -> None:
        for block_id, block in self._blocks.items():
            if block_id not in self._used:
                self._sketch.dropped(f"block {words_of(block.get('Description')) or block_id} ({block_id})", UNUSED)
        for qid in self._questions:
            if qid not in self._asked:
                self._sketch.dropped(f"question {self._tags[qid]}", UNUSED)

    def _other_elements(self) -> None:
        for element in self._elements:
            kind, name = words_of(element.get("Element")), words_of(element.get("PrimaryAttribute"))
            if kind not in {"SQ", "BL", "FL"}:
                self._sketch.dropped(f"element {kind} {name[:60]}", "Settings of the old tool have no place here.")
