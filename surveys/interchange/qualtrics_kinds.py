"""The kinds of questions of Qualtrics, each as an item. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.interchange.kinds import line_items
from surveys.interchange.qualtrics_logic import shown_by_logic
from surveys.interchange.reading import clean_texts, listed, mapping, number, whole_number, words_of
from surveys.interchange.rules import Joined, Rule, Test
from surveys.interchange.sketch import Answer, Demand, Item, ItemKind, Line, Shown, Sketch, Texts

CARRIED = re.compile(r"q://(?P<question>QID[\w#]+)/ChoiceGroup/(?P<which>\w+)")


def language_code(language: str) -> str:
    """Qualtrics's name of a language as others write it.

    >>> language_code("EN_GB"), language_code("ZH-S")
    ('en-GB', 'zh-S')
    """
    head, _, tail = language.replace("_", "-").partition("-")
    return f"{head.lower()}-{tail}" if tail else head.lower()


@dataclass(frozen=True)
class Payload:
    """One question of the file, its tag and its language."""

    content: dict[str, Any]
    tag: str
    language: str
    sketch: Sketch
    others: Mapping[str, dict[str, Any]]

    def get(self, name: str) -> Any:
        """One of its properties."""
        return self.content.get(name)

    def word(self, name: str) -> str:
        """A property that is a word."""
        return words_of(self.content.get(name))

    def texts(self, name: str, own: Any) -> Texts:
        """A property's words in every language."""
        return self._clean({self.language: words_of(own)}, [name])

    def option(self, group: str, key: str, own: Any) -> Texts:
        """The words of a choice or answer in every language."""
        return self._clean({self.language: words_of(mapping(own).get("Display"))}, [group, key, "Display"])

    def _clean(self, raw: dict[str, object], path: list[str]) -> Texts:
        for language, translated in mapping(self.get("Language")).items():
            found: Any = translated
            for step in path:
                found = mapping(found).get(step)
            if words_of(found):
                raw[language_code(language)] = found
        return clean_texts(raw, self.sketch, f"question {self.tag}")


def item_of(payload: Payload) -> Item:
    """The question as an item."""
    item = Item(payload.tag, "unsupported", payload.texts("QuestionText", payload.get("QuestionText")))
    kind = payload.word("QuestionType")
    _OF_TYPE.get(kind, _unknown)(payload, item)
    settings = mapping(mapping(payload.get("Validation")).get("Settings"))
    forced = words_of(settings.get("ForceResponse"))
    item.required, item.asked_again = forced == "ON", forced == "RequestResponse"
    item.shuffle = words_of(mapping(payload.get("Randomization")).get("Type")) not in {"", "None"}
    _demand(settings, item)
    if payload.get("QuestionJS"):
        item.leftovers.append(("script", "A script is never run; it is taken out."))
    _left(payload, item)
    if kind == "DB":
        item.required = item.asked_again = False
    return item


def _left(payload: Payload, item: Item) -> None:
    """Boxes beside rows, and columns that stand alone: they have no place here."""
    rows = payload.word("QuestionType") in {"Matrix", "SBS", "Slider", "RO", "CS"} or payload.word("Selector") == "FORM"
    for key, each in _ordered(payload, "Choices") if rows else ():
        if _is_set(each.get("TextEntry")):
            item.leftovers.append((f"text box beside row {key}", "A row has no box for words here."))
    for key, each in _ordered(payload, "Answers"):
        if _is_set(each.get("ExclusiveAnswer")) and payload.word("Selector") != "MaxDiff":
            item.leftovers.append((f"column {key} that stands alone", "A column can be ticked beside others here."))


def _is_set(value: Any) -> bool:
    return value is True or words_of(value) in {"true", "1", "on"}


def _demand(settings: dict[str, Any], item: Item) -> None:
    """The survey's own check: an answer is taken only where its logic holds."""
    own = shown_by_logic(mapping(settings.get("CustomValidation")).get("Logic"))
    if own is not None:
        item.refused_unless.append(Demand(own.rule, own.written, own.why_not))


def _ordered(payload: Payload, group: str) -> list[tuple[str, dict[str, Any]]]:
    raw = payload.get(group)
    order = [words_of(each) for each in listed(payload.get(f"{group.removesuffix('s')}Order"))]
    first = 0 if "0" in order else 1
    found = {str(at): each for at, each in enumerate(raw, first)} if isinstance(raw, list) else mapping(raw)
    keys = dict.fromkeys([*(key for key in order if key in found), *found])
    return [(key, mapping(found[key]) if isinstance(found[key], dict) else {"Display": found[key]}) for key in keys]


def _answers(payload: Payload, group: str) -> list[Answer]:
    recode = mapping(payload.get("RecodeValues" if group == "Choices" else "AnswerRecodeValues"))
    if group == "Answers" and not recode:
        recode = mapping(payload.get("RecodeValues"))
    fixed = _fixed(payload) if group == "Choices" else frozenset()
    return [
        Answer(
            key,
            payload.option(group, key, each),
            number(recode.get(key)),
            free=_is_set(each.get("TextEntry")),
            exclusive=_is_set(each.get("ExclusiveAnswer")),
            fixed=key in fixed,
            shown=shown_by_logic(each.get("DisplayLogic")),
            picture=words_of(mapping(each.get("Image")).get("ImageLocation")),
        )
        for key, each in _ordered(payload, group)
    ]


def _fixed(payload: Payload) -> frozenset[str]:
    """Choices that keep their places when the others change theirs."""
    advanced = mapping(mapping(payload.get("Randomization")).get("Advanced"))
    return frozenset(words_of(each) for each in listed(advanced.get("FixedOrder")))


def _lines(payload: Payload) -> list[Line]:
    return [
        Line(key, payload.option("Choices", key, each), shown=shown_by_logic(each.get("DisplayLogic")))
        for key, each in _ordered(payload, "Choices")
    ]


def _choice(payload: Payload, item: Item) -> None:
    selector = payload.word("Selector")
    item.answers = _answers(payload, "Choices") or _carried(payload, item)
    if selector == "NPS":
        item.kind, item.low, item.high, item.options = "rating", 0, 10, len(item.answers)
        item.answers = []
    elif selector.startswith("MA") or selector == "MSB":
        item.kind = "several"
        settings = mapping(mapping(payload.get("Validation")).get("Settings"))
        item.least, item.most = whole_number(settings.get("MinChoices")), whole_number(settings.get("MaxChoices"))
    else:
        item.kind = "drop_down" if selector in {"DL", "SB"} else "one"


def _carried(payload: Payload, item: Item) -> list[Answer]:
    """Choices carried forward from another question: offered to those who chose them there."""
    place = CARRIED.match(words_of(mapping(payload.get("DynamicChoices")).get("Locator")))
    source = payload.others.get(place["question"]) if place else None
    if place is None or source is None:
        return []
    from_there = Payload(source, payload.tag, payload.language, payload.sketch, {})
    item.options = 0
    item.remarks.append("Its options are carried forward from another question, written out.")
    answers = _answers(from_there, "Choices")
    for answer in answers:
        chosen = Test(place["question"], "includes", answer.name)
        rule: Rule = chosen if place["which"].startswith("Selected") else Joined("not", (chosen,))
        answer.shown = Shown(rule, f"carried forward from {place['question']}", counted=False)
    return answers if place["which"] in {"SelectedChoices", "UnselectedChoices"} else []


def _matrix(payload: Payload, item: Item) -> None:
    selector, below = payload.word("Selector"), payload.word("SubSelector")
    item.lines, item.answers = _lines(payload), _answers(payload, "Answers")
    if selector in {"TE", "CS"}:
        kind: ItemKind = "number" if selector == "CS" else "line"
        columns = item.answers or [Answer("1", {})]
        for column in columns:
            words = {each: f"{text} {column.words.get(each, '')}".strip() for each, text in item.words.items()}
            item.parts += line_items(Item(f"{item.name}_{column.name}", kind, words), item.lines, kind)
        item.remarks = ["Each of its cells is a question of its own."]
        item.kind = "parts"
    elif selector == "MaxDiff":
        _best_and_worst(payload, item)
    elif selector == "Bipolar":
        item.kind = "differential"
        for line in item.lines:
            line.ends = {each: text.partition(":")[2].strip() or "–" for each, text in line.words.items()}
            line.words = {each: text.partition(":")[0].strip() or "–" for each, text in line.words.items()}
    else:
        item.kind = "rows_several" if below == "MultipleAnswer" else "rows_one"
        if selector not in {"Likert", "Profile"}:
            item.remarks = [f"A matrix of the kind '{selector[:20]}' is asked as one answer for each row."]


def _best_and_worst(payload: Payload, item: Item) -> None:
    """Each column is given to one row: a choice among the rows for each column."""
    for column in item.answers:
        words = {each: f"{text}: {column.words.get(each, '')}" for each, text in item.words.items()}
        item.parts.append(Item(f"{item.name}_{column.name}", "one", words, answers=_answers(payload, "Choices")))
    for answer in (each for part in item.parts for each in part.answers):
        answer.exclusive = False
    item.kind = "parts" if item.parts else "unsupported"
    item.remarks = [f"It is asked as {len(item.parts)} choices among its rows."]


def _text(payload: Payload, item: Item) -> None:
    selector = payload.word("Selector")
    settings = mapping(mapping(payload.get("Validation")).get("Settings"))
    if selector == "FORM":
        item.kind, item.lines = "parts", _lines(payload)
        item.parts = line_items(item, item.lines, "line")
        item.remarks = [f"Its {len(item.lines)} fields are questions of their own."]
        return
    content = words_of(settings.get("ContentType"))
    item.kind = "paragraph" if selector in {"ML", "ESTB"} else "line"
    if content == "ValidNumber":
        item.kind, item.decimals = "number", True
        bounds = mapping(settings.get("ValidNumber")) or settings
        item.low, item.high = number(bounds.get("Min")), number(bounds.get("Max"))
    elif content == "ValidEmail":
        item.kind = "email"
    elif content.startswith("ValidDate"):
        item.kind = "date"
    elif content:
        item.leftovers.append((f"check {content[:40]}", "Such a check has no place here."))
    item.options = item.sub_questions = 0


def _display(payload: Payload, item: Item) -> None:
    item.kind, item.counted = "display", False
    if payload.word("Selector") == "GRB":
        item.remarks = ["Its picture is not fetched; add one in the designer."]


def _slider(payload: Payload, item: Item) -> None:
    settings = mapping(payload.get("Configuration"))
    item.lines = _lines(payload)
    stars = payload.word("Selector") == "STAR"
    low = 1.0 if stars else number(settings.get("CSSliderMin"))
    high = number(settings.get("StarCount")) or 5.0 if stars else number(settings.get("CSSliderMax"))
    item.low, item.high = low, high
    _labels(payload, item)
    item.parts = line_items(item, item.lines, "rating" if stars else "slider")
    item.kind = "parts"
    item.remarks = [f"Each of its {len(item.lines)} rows is a question of its own."]
    if not item.parts or (len(item.lines) == 1 and item.lines[0].words.items() <= item.words.items()):
        item.kind = "rating" if stars else "slider"
        item.sub_questions, item.parts, item.lines, item.remarks = len(item.lines), [], [], []


def _labels(payload: Payload, item: Item) -> None:
    """Words along a slider: the first and the last stand at its ends, there is no place for those between."""
    labels = [payload.option("Labels", key, each) for key, each in _ordered(payload, "Labels")]
    if len(labels) > 1:
        item.starts, item.ends = labels[0], labels[-1]
    between = [next(iter(each.values()), "") for each in labels[1:-1]]
    if between:
        item.leftovers.append(("words along the slider", f"Only its ends have words here: {' / '.join(between)[:200]}"))


def _ranking(payload: Payload, item: Item) -> None:
    item.kind, item.answers = "ranking", _answers(payload, "Choices")


def _shares(payload: Payload, item: Item) -> None:
    settings = mapping(mapping(payload.get("Validation")).get("Settings"))
    total = number(mapping(settings.get("ChoiceTotal")).get("Total")) or number(settings.get("ChoiceTotal"))
    item.kind, item.answers, item.high = "allocation", _answers(payload, "Choices"), total


def _side_by_side(payload: Payload, item: Item) -> None:
    item.lines = _lines(payload)
    additional = mapping(payload.get("AdditionalQuestions"))
    item.options = 0
    for key, each in additional.items():
        column = Payload(mapping(each), f"{item.name}_{key}", payload.language, payload.sketch, {})
        part = item_of(column)
        part.shown = shown_by_logic(column.get("DisplayLogic"))
        payload.sketch.conditions += part.shown is not None
        payload.sketch.aliases.setdefault(column.word("QuestionID"), (part.name, ""))
        item.options += len(part.answers)
        part.words = {
            language: f"{text} {part.words.get(language, '')}".strip() for language, text in item.words.items()
        } or part.words
        part.lines = part.lines or [Line(line.name, line.words) for line in item.lines]
        item.parts.append(part)
    item.kind = "parts" if item.parts else "unsupported"
    item.remarks = [f"Its {len(item.parts)} columns are questions of their own."]


def _not_here(why: str) -> Callable[[Payload, Item], None]:
    def of(payload: Payload, item: Item) -> None:
        item.kind, item.remarks = "unsupported", [why]
        item.answers = _answers(payload, "Choices")
        item.options = len(item.answers) if payload.word("QuestionType") not in {"Timing", "Meta", "Captcha"} else 0

    return of


def _unknown(payload: Payload, item: Item) -> None:
    item.remarks = [f"There is no kind of question here like '{payload.word('QuestionType')[:30]}'."]
    item.answers = _answers(payload, "Choices")


_OF_TYPE: dict[str, Callable[[Payload, Item], None]] = {
    "MC": _choice,
    "Matrix": _matrix,
    "TE": _text,
    "DB": _display,
    "Slider": _slider,
    "RO": _ranking,
    "CS": _shares,
    "SBS": _side_by_side,
    "SS": _choice,
    "Timing": _not_here("How long someone takes is not measured."),
    "Meta": _not_here("Browser and device are not recorded."),
    "Captcha": _not_here("The platform has its own protection."),
    "FileUpload": _not_here("Files are not collected here."),
    "Signature": _not_here("Signatures are not collected here."),
    "Draw": _not_here("Signatures are not collected here."),
    "HL": _not_here("Words cannot be marked in a text here."),
    "HotSpot": _not_here("Places in a picture cannot be chosen here."),
    "HeatMap": _not_here("Places in a picture cannot be chosen here."),
    "DD": _not_here("Lists that depend on each other cannot be asked here."),
    "PGR": _not_here("Things cannot be sorted into groups here."),
}
