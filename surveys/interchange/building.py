"""A sketch becomes a questionnaire: keys, kinds, pages and conditions, each with its fate in the report. Pure."""

import re
from typing import Any

from pydantic import ValidationError

from stakeholder.errors import Invalid
from stakeholder.localised import DEFAULT_LANGUAGE
from surveys.definition import Questionnaire
from surveys.interchange.calculations import value_of
from surveys.interchange.counting import counts_of
from surveys.interchange.kinds import Candidate, Coded, candidates, coded
from surveys.interchange.losses import LossReport
from surveys.interchange.mending import validated
from surveys.interchange.naming import Keys, key_of
from surveys.interchange.piped import Pipes
from surveys.interchange.reading import both
from surveys.interchange.rules import NotExpressible, Target, condition_of, tests_of
from surveys.interchange.sketch import MOST_ITEMS, Item, Leaf, Shown, Sketch, Texts
from surveys.interchange.steering import Asked, steered
from surveys.question_types import REGISTRY

NOT_ASKED = frozenset({"text", "calculated"})
GROUPS = ("student", "staff", "parent", "governor")
_MANY, _NUMERIC = frozenset({"choices", "ranking"}), frozenset({"number", "rating", "slider"})


def built(sketch: Sketch, *, key: str = "", audience: str = "imported") -> tuple[Questionnaire, LossReport]:
    """The questionnaire that a file describes, and what became of each of its items.

    Raises Invalid when the file holds nothing that can be asked, or more than anyone could answer.
    """
    if len(sketch.items) > MOST_ITEMS:
        raise Invalid(
            f"The file holds {len(sketch.items):,} questions and texts; at most {MOST_ITEMS:,} can be imported."
        )
    return _Builder(sketch, key=key, audience=audience).built()


class _Builder:
    """Goes through the sketch once, page by page; conditions see only what stands before them."""

    def __init__(self, sketch: Sketch, *, key: str, audience: str) -> None:
        self._sketch = sketch
        self._key = key_of(key or sketch.name or "questionnaire", before="q")
        self._audience = audience
        self._report = LossReport()
        self._keys, self._page_keys = Keys(), Keys(before="p")
        self._asked = Asked()
        self._targets = self._asked.targets
        self._on_page: set[str] = set()
        self._pipes = Pipes(sketch, self._targets, self._on_page, self._report)
        self._pages: list[dict[str, Any]] = []
        self._bearers: dict[str, str] = {}
        self._aliases: dict[str, list[tuple[str, str]]] = {}
        for alias, (item, part) in sketch.aliases.items():
            self._aliases.setdefault(item, []).append((alias, part))

    def built(self) -> tuple[Questionnaire, LossReport]:
        """The questionnaire and the report."""
        self._whole()
        for leaf in self._sketch.pages:
            self._leaf(leaf)
        for fate, item, words in self._sketch.notes:
            getattr(self._report, fate)(item, words)
        self._report.counts = counts_of(self._sketch)
        if not any(question["type"] not in NOT_ASKED for page in self._pages for question in page["questions"]):
            raise Invalid("The file holds no question that can be asked.")
        content = self._whole_content() | steered(self._sketch, self._asked, self._report)
        return validated(content, self._report, self._bearers), self._report

    def _whole(self) -> None:
        sketch = self._sketch
        if sketch.title:
            self._report.mapped("title", "is the title.")
        if sketch.intro:
            self._report.mapped("introduction", "is the introduction.")
        for language in sketch.languages:
            self._report.mapped(
                f"language {language}", "is offered; its texts are a draft until a speaker has checked them."
            )
        if sketch.languages and DEFAULT_LANGUAGE not in {_short(each) for each in sketch.languages}:
            self._report.approximated(
                f"language {sketch.languages[0]}",
                "English has to be among the languages; it shows these words until it is written.",
            )

    def _leaf(self, leaf: Leaf) -> None:
        self._on_page.clear()
        first = self._page(leaf, leaf.name)
        page = first
        self._show(page, leaf.shown, f"page {leaf.name}", first["key"])
        if leaf.intro:
            self._keep(page, Item(f"{leaf.name} (introduction)", "display", leaf.intro, counted=False))
        for item in leaf.items:
            if page["questions"] and self._asks_here(item):
                self._report.approximated(
                    f"page {leaf.name}", "is cut in two where a question depends on one above it."
                )
                page = self._page(leaf, leaf.name) | ({"show_if": first["show_if"]} if "show_if" in first else {})
                self._on_page.clear()
            self._item(page, item)
            if page["questions"] and (not self._pages or self._pages[-1] is not page):
                self._pages.append(page)
                self._asked.pages_of.setdefault(leaf.name, []).append(page)
        self._end(leaf, page)
        if not any(item.kind not in {"unsupported", "calculated"} for item in leaf.items):
            self._report.dropped(f"page {leaf.name}", "has nothing to ask or to show here.")

    def _end(self, leaf: Leaf, page: dict[str, Any]) -> None:
        """For whom nothing comes after the leaf."""
        if leaf.ends is not None:
            holder: dict[str, Any] = {}
            self._show(holder, leaf.ends, f"end after page {leaf.name}", page["key"])
            if "show_if" in holder and page["questions"]:
                page["skip_to_end_if"] = holder["show_if"]

    def _page(self, leaf: Leaf, name: str) -> dict[str, Any]:
        self._report.mapped(f"page {leaf.name}", "is a page.")
        page: dict[str, Any] = {"key": self._page_keys.key(name or "page"), "questions": []}
        if leaf.title:
            page["title"] = self._pipes.filled(leaf.title, f"page {leaf.name}")
        if leaf.shuffle:
            page["shuffle"] = True
        return page

    def _asks_here(self, item: Item) -> bool:
        parts = (item.shown, *(each.shown for each in item.answers), *(each.shown for each in item.lines))
        asked = {
            name for shown in parts if shown for test in tests_of(shown.rule) for name in (test.subject, test.other)
        }
        asked |= self._pipes.names(item)
        return any(self._targets[name][0].key in self._on_page for name in asked if name in self._targets)

    def _item(self, page: dict[str, Any], item: Item) -> None:
        if item.kind == "calculated" and item.calculation is not None:
            self._calculated(page, item)
        elif item.kind in {"unsupported", "calculated"}:
            why = item.remarks[0] if item.remarks else "There is no such kind of question here."
            self._report.dropped(f"question {item.name}", why)
            self._lost_parts(item, "went with its question.")
        elif item.parts:
            self._in_parts(page, item)
        else:
            self._keep(page, item)
        self._leftovers(item)

    def _calculated(self, page: dict[str, Any], item: Item) -> None:
        """A value that nobody is asked, worked out from what stands before it."""
        name = f"question {item.name}"
        try:
            value = value_of(item.calculation, self._targets) if item.calculation else {}
        except NotExpressible as problem:
            self._report.dropped(name, f"Its calculation is not taken over: {problem}")
            return
        content: dict[str, Any] = {
            "type": "calculated",
            "key": self._keys.key(item.name),
            "prompt": _said(item),
            "value": value,
        }
        if not _is_sound(content):
            self._report.dropped(name, "Its calculation is not taken over: it is too long or too deep.")
            return
        page["questions"].append(content)
        self._report.mapped(name, "is a calculated value.")
        self._show(content, item.shown, name, content["key"])
        self._targets.setdefault(item.name, (Target(content["key"], {}, {}, {}, numeric=True), ""))
        self._on_page.add(content["key"])

    def _in_parts(self, page: dict[str, Any], item: Item) -> None:
        for part in item.parts:
            part.shown = both(part.shown, item.shown)
            part.required = part.required or item.required
            self._keep(page, part, told=False)
        words = item.remarks[0] if item.remarks else f"is asked as {len(item.parts)} questions."
        self._report.approximated(f"question {item.name}", words)
        if item.shown:
            self._report.approximated(f"condition of question {item.name}", "holds for each question it became.")
        for line in item.lines:
            self._report.approximated(f"row {item.name}/{line.name}", "is a question of its own.")
        for answer in item.answers:
            self._report.mapped(f"option {item.name}/{answer.name}", "is an option of each.")

    def _keep(self, page: dict[str, Any], item: Item, *, told: bool = True) -> None:
        self._pipes.fill(item)
        if item.kind == "display" and not item.ends:
            item.words, item.ends = _heading_and_rest(item.words)
        codes = coded(item)
        found = self._content(item, codes)
        content = found.content
        page["questions"].append(content)
        name = f"{'text' if item.kind == 'display' else 'question'} {item.name}"
        if told:
            self._tell(name, item, found)
        self._show(content, item.shown, name, content["key"])
        self._know(item, content, codes)
        self._parts(item, content, codes, told=told)
        self._on_page.add(content["key"])
        if item.refused_unless or item.needed_if:
            self._asked.checked.append((item, content["key"]))

    def _tell(self, name: str, item: Item, found: Candidate) -> None:
        words = " ".join(part for part in (found.words, *item.remarks) if part)
        if words:
            self._report.approximated(name, f"is asked as '{found.content['type']}'. {words}")
        else:
            self._report.mapped(name, f"is asked as '{found.content['type']}'.")
        if item.required and item.kind != "display":
            self._report.mapped(f"{name}: answer required", "is required; look whether it must be: nobody likes that.")

    def _content(self, item: Item, codes: Coded) -> Candidate:
        """The truest way to ask it that our own checks allow."""
        base: dict[str, Any] = {"key": self._keys.key(item.name), "prompt": _said(item)}
        base |= {"hint": item.hint} if item.hint else {}
        base |= {"shuffle": True} if item.shuffle and (item.answers or item.lines) else {}
        if item.kind != "display":
            base |= {
                name: True for name, is_so in (("required", item.required), ("ask_if_empty", item.asked_again)) if is_so
            }
        for candidate in candidates(item, codes):
            content = _merged(base, candidate.content)
            if _is_sound(content):
                return Candidate(content, candidate.words)
        kind = "text" if item.kind == "display" else "short_text"
        return Candidate(
            {"type": kind, "key": base["key"], "prompt": base["prompt"]}, "It could not be kept as it was."
        )

    def _know(self, item: Item, content: dict[str, Any], codes: Coded) -> None:
        kind = content["type"]
        if kind == "text":
            return
        own = _codes_of(content)
        known = {name: code for name, code in codes.codes.items() if code in own}
        if kind in {"likert", "grid"}:
            known = _by_words(item, content)
        target = Target(
            content["key"],
            known,
            codes.rows if "rows" in content else {},
            _values(item),
            several=kind in _MANY or bool(content.get("several")),
            numeric=kind in _NUMERIC,
            text=kind in {"short_text", "comment", "date", "consent"},
        )
        self._targets.setdefault(item.name, (target, ""))
        for alias, part in self._aliases.get(item.name, ()):
            self._targets.setdefault(alias, (target, part))

    def _parts(self, item: Item, content: dict[str, Any], codes: Coded, *, told: bool) -> None:
        kept = {each.get("code") for each in _listed(content, "options")} | _codes_of(content)
        for answer in item.answers:
            name = f"option {item.name}/{answer.name}"
            code = codes.codes[answer.name]
            if told and (code in kept or content["type"] in {"likert", "grid", "differential", "consent"}):
                self._report.mapped(name, "is an option.")
            elif told:
                self._report.approximated(name, "is named in the hint only.")
            bearer = next((each for each in _listed(content, "options") if each.get("code") == code), None)
            self._show(bearer, answer.shown, name, content["key"])
            if answer.picture and told:
                self._report.dropped(
                    f"picture of {name}", "No picture is fetched or taken over; add it in the designer."
                )
        for line in item.lines:
            if told:
                self._report.mapped(f"row {item.name}/{line.name}", "is a row.")
            bearer = next((each for each in _listed(content, "rows") if each.get("key") == codes.rows[line.name]), None)
            self._show(bearer, line.shown, f"row {item.name}/{line.name}", content["key"])

    def _lost_parts(self, item: Item, why: str) -> None:
        for answer in item.answers:
            self._report.dropped(f"option {item.name}/{answer.name}", why)
        for line in item.lines:
            self._report.dropped(f"row {item.name}/{line.name}", why)
        if item.shown:
            self._report.dropped(f"condition of question {item.name}", why)

    def _leftovers(self, item: Item) -> None:
        for what, why in item.leftovers:
            self._report.dropped(f"{what} of question {item.name}", why)

    def _show(self, bearer: dict[str, Any] | None, shown: Shown | None, name: str, key: str) -> None:
        if shown is None:
            return
        written = f" It says: {shown.written[:200]}" if shown.written else ""
        try:
            if shown.rule is None:
                raise NotExpressible(shown.why_not or "it is not understood.")
            condition = condition_of(shown.rule, self._targets)
            if bearer is None:
                raise NotExpressible("what it belongs to is not kept.")
            if condition is not None:
                bearer["show_if"] = condition
                self._bearers.setdefault(key, name)
            self._report.mapped(f"condition of {name}", "is a condition.")
        except NotExpressible as problem:
            self._report.dropped(f"condition of {name}", f"It is always shown: {problem}{written}")

    def _whole_content(self) -> dict[str, Any]:
        sketch = self._sketch
        others = [short for each in sketch.languages if (short := _short(each)) != DEFAULT_LANGUAGE]
        languages = [DEFAULT_LANGUAGE, *dict.fromkeys(others)]
        return {
            "key": self._key,
            "title": sketch.title or {DEFAULT_LANGUAGE: sketch.name or self._key},
            **({"intro": sketch.intro} if sketch.intro else {}),
            "groups": list(GROUPS),
            "audience": self._audience,
            "languages": languages,
            "translations": {each: "machine_draft" for each in languages if each != DEFAULT_LANGUAGE},
            "pages": self._pages,
        }


def _short(language: str) -> str:
    """English of any country is English; other languages keep their names."""
    return DEFAULT_LANGUAGE if language.casefold().split("-")[0].split("_")[0] == DEFAULT_LANGUAGE else language


def _said(item: Item) -> Texts:
    return {_short(language): words for language, words in item.words.items() if words} or {DEFAULT_LANGUAGE: item.name}


def _heading_and_rest(words: Texts) -> tuple[Texts, Texts]:
    """The first line of a text is its heading, the others are what there is to read."""
    cut = {language: text.partition("\n") for language, text in words.items()}
    return {each: parts[0] for each, parts in cut.items()}, {each: parts[2] for each, parts in cut.items() if parts[2]}


def _merged(base: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    return {"type": content["type"], **base, **{name: value for name, value in content.items() if name != "type"}}


def _is_sound(content: dict[str, Any]) -> bool:
    kind = REGISTRY.get(content["type"])
    if kind is None:
        return False
    try:
        kind.model_validate(content)
    except ValidationError:
        return False
    return True


def _listed(content: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = content.get(name)
    return found if isinstance(found, list) else []


def _codes_of(content: dict[str, Any]) -> set[str]:
    scale = content.get("scale")
    options = [*scale["options"], *scale["unscored"]] if isinstance(scale, dict) else _listed(content, "options")
    return {option["code"] for option in options}


def _by_words(item: Item, content: dict[str, Any]) -> dict[str, str]:
    """The scale's codes by the names of the item's options, matched by their words."""
    scale = content["scale"]
    by_words = {str(each["label"]["en"]).casefold(): each["code"] for each in (*scale["options"], *scale["unscored"])}
    found = {}
    for answer in item.answers:
        words = (answer.words.get("en") or next(iter(answer.words.values()), "")).casefold().strip()
        code = (
            by_words.get(words)
            or by_words.get(words.replace("'", "\u2019"))
            or by_words.get(words.replace("\u2019", "'"))
        )
        if code:
            found[answer.name] = code
    return found


def _values(item: Item) -> dict[str, float]:
    """Numbers of the options: their scores, else names that are numbers."""
    found: dict[str, float] = {}
    for answer in item.answers:
        if re.fullmatch(r"[A-Za-z]{0,2}-?\d{1,6}(\.\d+)?", answer.name):
            found[answer.name] = float(re.sub(r"^[A-Za-z]+", "", answer.name))
        elif answer.value is not None:
            found[answer.name] = answer.value
    return found
