"""The flow of a Qualtrics survey: blocks, branches, random order, ends, skips and loops, as pages with rules. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from typing import Any

from stakeholder.errors import Invalid
from surveys.interchange.qualtrics_kinds import Payload, item_of
from surveys.interchange.qualtrics_logic import looped_by, shown_by_logic, shown_by_skip
from surveys.interchange.reading import both, either, listed, mapping, opposite, whole_number, words_of
from surveys.interchange.sketch import Bunch, Item, Leaf, Lots, Shown, Sketch

DEEPEST = 20
MOST_ARMS = 12
BLOCKS = frozenset({"Block", "Standard", "Default"})
NOT_FOLLOWED = {
    "EmbeddedData": "Nothing is read from a link or a list of contacts.",
    "WebService": "Nothing is ever called.",
    "Authenticator": "The platform has its own ways in.",
}


@dataclass
class _Skips:
    """Skips that are under way in a block: {question where they end: rules under which they skip}."""

    until: dict[str, list[Shown]] = field(default_factory=dict)

    def over(self, qid: str) -> Shown | None:
        """What a question must meet so that it is not skipped."""
        self.until.pop(qid, None)
        found: Shown | None = None
        for shown in (each for rules in self.until.values() for each in rules):
            found = both(opposite(shown), found)
        return found


class Flow:
    """Walks the flow once; `used` are the blocks and `asked` the questions that it meets."""

    def __init__(
        self,
        sketch: Sketch,
        blocks: Mapping[str, dict[str, Any]],
        questions: Mapping[str, dict[str, Any]],
        tags: Mapping[str, str],
        language: str,
    ) -> None:
        self._sketch, self._blocks, self._questions = sketch, blocks, questions
        self._tags, self._language = tags, language
        self.used: dict[str, list[Leaf]] = {}
        self.asked: set[str] = set()
        self._later: Shown | None = None
        self._over = False
        self._pages = 0
        self._names: set[str] = set()

    def walk(self, flow: dict[str, Any]) -> None:
        """The whole flow; without one, all blocks in the order of the file."""
        if listed(flow.get("Flow")):
            self._steps(flow, None, 0)
        else:
            for name, block in self._blocks.items():
                if block.get("Type") != "Trash":
                    self._block(name, None)
        self._sketch.leaves = self._pages

    def _steps(self, flow: dict[str, Any], outer: Shown | None, depth: int) -> None:
        if depth > DEEPEST:
            raise Invalid(f"The flow of the survey stands more than {DEEPEST} deep in itself.")
        for at, each in enumerate(listed(flow.get("Flow")), 1):
            self._step(mapping(each), f"{at}", outer, depth)

    def _step(self, step: dict[str, Any], place: str, outer: Shown | None, depth: int) -> list[Leaf]:
        """One element of the flow; returns the pages that it brought."""
        kind, name = words_of(step.get("Type")), words_of(step.get("FlowID")) or place
        before = len(self._sketch.pages)
        if self._over:
            self._sketch.dropped(f"flow element {name} ({kind[:30]})", "It stands after the end for everyone.")
        elif kind in BLOCKS and words_of(step.get("ID")) in self._blocks:
            self._block(words_of(step.get("ID")), both(self._later, outer))
        elif kind == "Branch":
            self._steps(step, both(self._branch(step, name), outer), depth + 1)
        elif kind == "BlockRandomizer":
            self._random(step, name, outer, depth)
        elif kind == "EndSurvey":
            self._end(name, outer)
        else:
            if kind in {"Group", "Root"}:
                self._sketch.mapped(f"group {name}", "Its blocks are asked in this order.")
            else:
                why = NOT_FOLLOWED.get(kind, "Only blocks, branches, groups, ends and random order are read.")
                self._sketch.dropped(f"flow element {name} ({kind[:30]})", why)
            self._steps(step, outer, depth + 1)
        return self._sketch.pages[before:]

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

    def _end(self, name: str, outer: Shown | None) -> None:
        """The end, for everyone or for those whom the branches around it describe."""
        if outer is None:
            self._over = True
            self._sketch.mapped(f"end {name}", "is the end.")
        elif outer.rule is None:
            self._sketch.dropped(f"end {name}", f"Nobody leaves there: {outer.why_not}")
        else:
            last = self._sketch.pages[-1] if self._sketch.pages else None
            if last is not None and last.bunch == "" and (last.shown is None or last.shown.rule == outer.rule):
                last.ends = either(last.ends, outer)
            else:
                self._later = both(opposite(outer), self._later)
            self._sketch.mapped(f"end {name}", "is an end for those whom its branch describes.")

    def _random(self, step: dict[str, Any], name: str, outer: Shown | None, depth: int) -> None:
        parts = [
            self._step(mapping(each), f"{name}/{at}", outer, depth + 1)
            for at, each in enumerate(listed(step.get("Flow")), 1)
            if depth < DEEPEST
        ]
        parts = [part for part in parts if part]
        some = whole_number(step.get("SubSet"))
        if some is not None and 0 < some < len(parts):
            self._drawn(name, parts, some)
        elif len(parts) > 1:
            self._mixed(name, parts)
        else:
            self._sketch.approximated(f"randomizer {name}", "It has nothing to put in order.")

    def _drawn(self, name: str, parts: list[list[Leaf]], some: int) -> None:
        if comb(len(parts), some) > MOST_ARMS:
            self._sketch.approximated(f"randomizer {name}", f"All its parts are asked, not {some} of {len(parts)}.")
            return
        arms = {
            " ".join(f"arm {at + 1}" for at in chosen): [leaf.name for at in chosen for leaf in parts[at]]
            for chosen in combinations(range(len(parts)), some)
        }
        self._sketch.lots.append(Lots(name, arms))

    def _mixed(self, name: str, parts: list[list[Leaf]]) -> None:
        """Random order: single pages are a section in random order, parts of several pages are sections themselves."""
        leaves = [leaf for part in parts for leaf in part]
        if any(leaf.bunch or leaf.ends for leaf in leaves):
            self._sketch.approximated(f"randomizer {name}", "Its blocks are asked in the order of the file.")
        elif all(len(part) == 1 for part in parts):
            self._sketch.bunches[name] = Bunch(name, shuffle=True)
            for leaf in leaves:
                leaf.bunch = name
        elif not self._sketch.shuffle and not self._sketch.bunches:
            self._sketch.shuffle = True
            self._sketch.mapped(f"randomizer {name}", "is as many sections as it has parts, in random order.")
            for at, part in enumerate(parts, 1):
                self._sketch.bunches[f"{name} {at}"] = Bunch(f"{name} {at}")
                for leaf in part:
                    leaf.bunch = f"{name} {at}"
        else:
            self._sketch.approximated(f"randomizer {name}", "Its blocks are asked in the order of the file.")

    def _block(self, block_id: str, outer: Shown | None) -> None:
        block = self._blocks[block_id]
        title = words_of(block.get("Description")) or block_id
        if block_id in self.used:
            self._sketch.approximated(f"block {title}", "It stands in the flow twice; it is asked once.")
            for leaf in self.used[block_id]:
                leaf.shown = either(leaf.shown, outer) if leaf.shown and outer else None
            return
        before = len(self._sketch.pages)
        self._elements(block, title, outer)
        self.used[block_id] = self._sketch.pages[before:]
        if not self.used[block_id]:
            self._sketch.approximated(f"block {title}", "It is empty and left out.")
            return
        self._sketch.mapped(f"block {title}", "is a page, or as many as it had page breaks.")
        self._settings(title, mapping(block.get("Options")), self.used[block_id])

    def _elements(self, block: dict[str, Any], title: str, outer: Shown | None) -> None:
        elements = [mapping(each) for each in listed(block.get("BlockElements"))]
        here = {words_of(each.get("QuestionID")) for each in elements}
        skips, leaf, counted = _Skips(), self._leaf(title, outer), False
        for element in elements:
            qid = words_of(element.get("QuestionID"))
            if words_of(element.get("Type")) == "Page Break":
                leaf, counted = (self._leaf(title, outer) if leaf.items else leaf), False
            elif qid in self._questions and qid not in self.asked:
                self._pages += not counted
                counted = True
                if leaf.ends is not None:
                    leaf = self._leaf(title, outer)
                leaf.items.append(self._item(qid, element, skips, here, leaf))
        if not leaf.items:
            self._sketch.pages.pop()

    def _leaf(self, title: str, outer: Shown | None) -> Leaf:
        name, number = title, 1
        while name in self._names:
            number += 1
            name = f"{title} ({number})"
        self._names.add(name)
        leaf = Leaf(name)
        if outer is not None and outer.rule is not None:
            leaf.shown = Shown(outer.rule, outer.written, counted=False)
        self._sketch.pages.append(leaf)
        return leaf

    def _settings(self, title: str, options: dict[str, Any], leaves: list[Leaf]) -> None:
        if words_of(options.get("Looping")) not in {"", "None", "false"}:
            count = looped_by(mapping(options.get("LoopingOptions")))
            if count and not any(leaf.bunch for leaf in leaves):
                most = len(mapping(mapping(options.get("LoopingOptions")).get("Static"))) or 10
                self._sketch.bunches[title] = Bunch(title, again=count, most=most, label={self._language: title})
                for leaf in leaves:
                    leaf.bunch = title
            else:
                self._sketch.approximated(f"loop of block {title}", "Its questions are asked once.")
        if words_of(options.get("RandomizeQuestions")) not in {"", "false", "None"}:
            if len(leaves) == 1:
                leaves[0].shuffle = True
                self._sketch.mapped(f"random order of block {title}", "is the random order of its page.")
            else:
                self._sketch.approximated(
                    f"random order of block {title}", "Only the questions within a page change their places."
                )
                for leaf in leaves:
                    leaf.shuffle = True

    def _item(self, qid: str, element: dict[str, Any], skips: _Skips, here: set[str], leaf: Leaf) -> Item:
        self.asked.add(qid)
        payload = Payload(self._questions[qid], self._tags[qid], self._language, self._sketch, self._questions)
        item = item_of(payload)
        item.shown = shown_by_logic(payload.get("DisplayLogic")) or shown_by_logic(payload.get("InPageDisplayLogic"))
        jumps = [mapping(each) for each in (*listed(element.get("SkipLogic")), *listed(payload.get("SkipLogic")))]
        self._sketch.conditions += bool(jumps) and item.shown is None
        unskipped = skips.over(qid)
        if unskipped is not None:
            item.shown = both(item.shown, unskipped)
        for jump in jumps:
            self._jump(jump, item, skips, here, leaf)
        return item

    def _jump(self, jump: dict[str, Any], item: Item, skips: _Skips, here: set[str], leaf: Leaf) -> None:
        """A skip hides what stands between; one to the end is the end of its page."""
        shown, goal = shown_by_skip(jump), words_of(jump.get("SkipToDestination"))
        name = f"skip after question {item.name} to {goal[:40]}"
        if shown.rule is None:
            self._sketch.dropped(name, f"Nothing is skipped: {shown.why_not} It says: {shown.written[:200]}")
        elif goal == "ENDOFSURVEY":
            leaf.ends = either(leaf.ends, shown)
        elif goal == "ENDOFBLOCK" or (goal in here and goal not in self.asked):
            skips.until.setdefault(goal, []).append(shown)
            self._sketch.mapped(name, "is a condition of what is skipped.")
        else:
            self._sketch.dropped(name, "Nothing is skipped: its goal does not stand after it in the block.")
