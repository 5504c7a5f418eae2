"""The kinds of elements of SurveyJS, each as an item. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from surveys.interchange.kinds import line_items
from surveys.interchange.reading import (
    clean_texts,
    iso_date,
    listed,
    mapping,
    number,
    shown_by,
    whole_number,
    whole_pattern,
    words_of,
)
from surveys.interchange.sketch import Answer, Demand, Item, ItemKind, Line, Sketch, Texts
from surveys.interchange.surveyjs_flow import calculated, each_shown_by
from surveys.interchange.surveyjs_settings import QUIET

MOST_STEPS = 101
SPECIAL = (("showRefuseItem", "refuse", "Refuse to answer"), ("showDontKnowItem", "dontKnow", "Don't know"))


@dataclass(frozen=True)
class Element:
    """One element of the file and its name."""

    content: dict[str, Any]
    name: str

    def get(self, name: str) -> Any:
        """One of its properties."""
        return self.content.get(name)

    @property
    def kind(self) -> str:
        """Its type."""
        return words_of(self.content.get("type")) or "text"


class Reader:
    """Turns one element into an item."""

    _sketch: Sketch
    _choices: dict[str, dict[str, Any]]

    def texts(self, value: Any, place: str) -> Texts:
        """Words by language."""
        return clean_texts({"en": words_of(value)}, self._sketch, place)

    def split(self, name: str) -> tuple[str, str]:
        """Question, and row or option."""
        return name, ""

    def item(self, element: Element) -> Item:
        """The element as an item, with what cannot be kept of it."""
        place = f"question {element.name}"
        title = self.texts(element.get("title"), place)
        item = Item(element.name, "unsupported", title, self.texts(element.get("description"), place))
        item.required = element.get("isRequired") is True
        item.needed_if = shown_by(element.get("requiredIf"), self.split)
        _OF_TYPE.get(element.kind, Reader._unknown)(self, element, item)
        self._alias(element, item)
        self._limits(element, item)
        self._left(element, item)
        return item

    def _alias(self, element: Element, item: Item) -> None:
        other = words_of(element.get("valueName"))
        if other:
            self._sketch.aliases.setdefault(other, (item.name, ""))

    def _unknown(self, element: Element, item: Item) -> None:
        item.remarks = [f"There is no kind of question here like '{element.kind[:40]}'."]
        item.answers = self._answers(listed(element.get("choices")), element)

    def _text(self, element: Element, item: Item) -> None:
        kind = words_of(element.get("inputType")) or "text"
        kinds: dict[str, ItemKind] = {
            "number": "number",
            "range": "slider",
            "date": "date",
            "month": "month",
            "email": "email",
        }
        item.kind = kinds.get(kind, "line")
        item.decimals = item.kind == "number" and (number(element.get("step")) or 1) % 1 != 0
        item.low, item.high, item.step = (number(element.get(each)) for each in ("min", "max", "step"))
        if item.kind in {"date", "month"}:
            item.earliest, item.latest = (iso_date(element.get(each)) for each in ("min", "max"))
        item.longest = whole_number(element.get("maxLength"))
        if kind not in {"text", *kinds}:
            item.remarks = [f"The browser's field for '{kind[:30]}' becomes a line of text."]

    def _comment(self, element: Element, item: Item) -> None:
        item.kind, item.longest = "paragraph", whole_number(element.get("maxLength"))

    def _choice(self, element: Element, item: Item) -> None:
        item.kind = "drop_down" if element.kind in {"dropdown", "select2"} else "one"
        self._options(element, item)

    def _choices_of(self, element: Element, item: Item) -> None:
        item.kind = "several"
        self._options(element, item)
        item.least, item.most = (
            whole_number(element.get(each)) for each in ("minSelectedChoices", "maxSelectedChoices")
        )

    def _options(self, element: Element, item: Item) -> None:
        raw = listed(element.get("choices")) or self._stepped(element)
        borrowed = self._choices.get(words_of(element.get("choicesFromQuestion")))
        if not raw and borrowed:
            raw = listed(borrowed.get("choices"))
            item.remarks.append("Its options are those of another question, written out.")
        item.answers = self._answers(raw, element)
        item.options = len(item.answers)
        if element.get("hasOther") is True or element.get("showOtherItem") is True:
            item.answers.append(
                Answer("other", self.texts(element.get("otherText") or "Other", "an option"), free=True, fixed=True)
            )
        for shows, name, word in SPECIAL:
            if element.get(shows) is True:
                words = self.texts(element.get(f"{name}Text") or word, "an option")
                item.answers.append(Answer(name.lower(), words, exclusive=True, fixed=True))
        if element.get("hasNone") is True or element.get("showNoneItem") is True:
            item.answers.append(
                Answer("none", self.texts(element.get("noneText") or "None", "an option"), exclusive=True, fixed=True)
            )
        item.shuffle = element.get("choicesOrder") == "random"
        if lost := each_shown_by(item.answers[: item.options], element.get("choicesVisibleIf"), self.split):
            item.leftovers.append(("rule of its choices", lost))
        if element.get("choicesByUrl") or element.get("choicesLazyLoadEnabled"):
            item.leftovers.append(
                ("options by address", "They would come from a web address; nothing is ever fetched.")
            )

    def _stepped(self, element: Element) -> list[Any]:
        low, high, step = (whole_number(element.get(f"choices{each}")) for each in ("Min", "Max", "Step"))
        if low is None or high is None or not (step or 1) > 0 or (high - low) / (step or 1) > MOST_STEPS:
            return []
        return list(range(low, high + 1, step or 1))

    def _answers(self, raw: list[Any], element: Element) -> list[Answer]:
        found: dict[str, Answer] = {}
        for each in raw:
            option = _part(each)
            value = option.get("value")
            name = words_of(value) if not isinstance(value, bool) else str(value).lower()
            if not name or name in found:
                continue
            words = self.texts(option.get("text") or option.get("title") or name, f"question {element.name}")
            found[name] = Answer(
                name,
                words,
                value=number(option.get("score")) if "score" in option else number(value),
                shown=shown_by(option.get("visibleIf"), self.split),
                picture=words_of(option.get("imageLink")),
            )
        return list(found.values())

    def _lines(self, raw: list[Any], element: Element) -> list[Line]:
        found: dict[str, Line] = {}
        for each in raw:
            row = _part(each)
            name = words_of(row.get("value")) or words_of(row.get("name"))
            if name and name not in found:
                words = self.texts(row.get("text") or row.get("title") or name, f"question {element.name}")
                found[name] = Line(name, words, shown=shown_by(row.get("visibleIf"), self.split))
        return list(found.values())

    def _pictures(self, element: Element, item: Item) -> None:
        item.kind = "pictures_several" if element.get("multiSelect") is True else "pictures_one"
        item.answers = self._answers(listed(element.get("choices")), element)

    def _rating(self, element: Element, item: Item) -> None:
        values = listed(element.get("rateValues"))
        if values:
            item.kind, item.answers = "one", self._answers(values, element)
            return
        item.kind = "rating"
        low = number(element.get("rateMin"))
        item.low = 1.0 if low is None else low
        count, high = number(element.get("rateCount")), number(element.get("rateMax"))
        item.high = high if high is not None else item.low + count - 1 if count else max(5.0, item.low + 1)
        item.starts = self.texts(element.get("minRateDescription") or element.get("mininumRateDescription"), "a rating")
        item.ends = self.texts(element.get("maxRateDescription") or element.get("maximumRateDescription"), "a rating")
        if (number(element.get("rateStep")) or 1) != 1:
            item.remarks = ["Its steps become 1."]

    def _slider(self, element: Element, item: Item) -> None:
        item.kind = "slider"
        item.low, item.high, item.step = (number(element.get(each)) for each in ("min", "max", "step"))

    def _boolean(self, element: Element, item: Item) -> None:
        item.kind, item.options = "yes_no", 0
        for truth, words in (("True", "Yes"), ("False", "No")):
            value = element.get(f"value{truth}")
            name = (words_of(value) if value is not None else "") or truth.lower()
            item.answers.append(Answer(name, self.texts(element.get(f"label{truth}") or words, "an option")))

    def _matrix(self, element: Element, item: Item) -> None:
        several = element.get("cellType") == "checkbox"
        item.kind = "rows_several" if several else "rows_one"
        item.answers = self._answers(listed(element.get("columns")), element)
        item.lines = self._lines(listed(element.get("rows")), element)
        item.shuffle = "random" in (element.get("rowsOrder"), element.get("rowOrder"))
        for parts, name in ((item.lines, "rowsVisibleIf"), (item.answers, "columnsVisibleIf")):
            if lost := each_shown_by(parts, element.get(name), self.split):
                item.leftovers.append((f"rule {name}", lost))

    def _table(self, element: Element, item: Item) -> None:
        """A table whose columns have kinds of their own: a grid for each column of choices."""
        lines = self._lines(listed(element.get("rows")), element)
        columns = [mapping(each) for each in listed(element.get("columns")) if isinstance(each, dict)]
        shared = listed(element.get("choices"))
        item.kind, item.lines, item.sub_questions = "parts", lines, len(lines)
        item.options = len(shared) + sum(len(listed(column.get("choices"))) for column in columns)
        for column in columns:
            item.parts += self._column(element, item, column, shared)
        if not item.parts:
            item.kind, item.remarks = "unsupported", ["Its table has no columns."]

    def _column(self, element: Element, item: Item, column: dict[str, Any], shared: list[Any]) -> list[Item]:
        name = words_of(column.get("name")) or "column"
        head = self.texts(column.get("title") or name, f"question {item.name}")
        words = {each: f"{item.words.get(each, item.name)}: {head[each]}" for each in head}
        kind = words_of(column.get("cellType")) or words_of(element.get("cellType")) or "dropdown"
        part = Element(
            column | {"type": kind if kind != "default" else "dropdown", "choices": column.get("choices") or shared},
            f"{item.name}.{name}",
        )
        asked = self.item(part)
        asked.words, asked.counted = words, False
        asked.shown = shown_by(column.get("visibleIf"), self.split)
        self._sketch.conditions += asked.shown is not None
        if not item.lines:
            return [asked]
        if asked.answers and asked.kind in {"one", "drop_down", "several"}:
            asked.kind = "rows_several" if asked.kind == "several" else "rows_one"
            asked.lines = [Line(line.name, line.words) for line in item.lines]
            return [asked]
        return line_items(asked, item.lines, asked.kind)

    def _several_texts(self, element: Element, item: Item) -> None:
        item.kind = "parts"
        item.lines = self._lines(listed(element.get("items")), element)
        for line, raw in zip(item.lines, listed(element.get("items")), strict=False):
            part = self.item(Element(mapping(raw) | {"type": "text"}, f"{item.name}.{line.name}"))
            part.words = line_items(item, [line], "line")[0].words
            part.shown = line.shown
            item.parts.append(part)
            self._sketch.aliases.setdefault(f"{item.name}.{line.name}", (part.name, ""))
        if not item.parts:
            item.kind, item.remarks = "unsupported", ["It has no fields."]

    def _ranking(self, element: Element, item: Item) -> None:
        item.kind = "ranking"
        self._options(element, item)
        item.most = whole_number(element.get("maxSelectedChoices"))

    def _display(self, element: Element, item: Item) -> None:
        item.kind, item.counted = "display", False
        said = self.texts(element.get("html"), f"text {item.name}")
        item.words, item.ends = (item.words, said) if item.words else (said, {})

    def _picture(self, _element: Element, item: Item) -> None:
        item.kind, item.counted, item.remarks = "unsupported", False, ["A picture of the file is not fetched."]

    def _calculated(self, element: Element, item: Item) -> None:
        worked = calculated(item.name, words_of(element.get("expression")), self.split)
        item.kind, item.calculation, item.remarks = "calculated", worked.calculation, worked.remarks

    def _limits(self, element: Element, item: Item) -> None:
        for each in listed(element.get("validators")):
            rule = mapping(each)
            kind = words_of(rule.get("type")).removesuffix("validator")
            if kind == "numeric" and item.kind in {"number", "line"}:
                item.kind = "number"
                item.low, item.high = number(rule.get("minValue")), number(rule.get("maxValue"))
            elif kind == "email" and item.kind in {"line", "email"}:
                item.kind = "email"
            elif kind == "regex" and item.kind == "line" and len(words_of(rule.get("regex"))) <= 180:
                item.pattern = whole_pattern(words_of(rule.get("regex")))
                item.refusal = self.texts(rule.get("text"), f"question {element.name}")
            elif kind == "answercount":
                item.least, item.most = whole_number(rule.get("minCount")), whole_number(rule.get("maxCount"))
            elif kind == "text" and whole_number(rule.get("maxLength")):
                item.longest = whole_number(rule.get("maxLength"))
            elif kind == "expression" and (fits := shown_by(rule.get("expression"), self.split)):
                message = self.texts(rule.get("text"), f"question {element.name}")
                item.refused_unless.append(Demand(fits.rule, fits.written, fits.why_not, message))
            else:
                item.leftovers.append(
                    (f"check '{kind[:30]}'", "Such a check has no place here; add one in the designer.")
                )

    def _left(self, element: Element, item: Item) -> None:
        for name in element.content:
            if name not in QUIET and name not in {"expression", "choicesByUrl", "choicesFromQuestion", "score"}:
                item.leftovers.append((f"setting {name[:60]}", "There is no such setting here."))


def _part(written: Any) -> dict[str, Any]:
    """An option or row; a string of older files may hold its value and its words, as "low|Too low"."""
    if isinstance(written, dict):
        return mapping(written)
    value, bar, text = written.partition("|") if isinstance(written, str) else (written, "", "")
    return {"value": value, "text": text} if bar else {"value": written}


_OF_TYPE: dict[str, Callable[[Reader, Element, Item], None]] = {
    "text": Reader._text,
    "comment": Reader._comment,
    "radiogroup": Reader._choice,
    "dropdown": Reader._choice,
    "buttongroup": Reader._choice,
    "checkbox": Reader._choices_of,
    "tagbox": Reader._choices_of,
    "imagepicker": Reader._pictures,
    "rating": Reader._rating,
    "boolean": Reader._boolean,
    "matrix": Reader._matrix,
    "matrixdropdown": Reader._table,
    "matrixdynamic": Reader._table,
    "multipletext": Reader._several_texts,
    "ranking": Reader._ranking,
    "html": Reader._display,
    "image": Reader._picture,
    "expression": Reader._calculated,
    "slider": Reader._slider,
    "nouislider": Reader._slider,
    "bootstrapslider": Reader._slider,
    "sortablelist": Reader._ranking,
    "barrating": Reader._choice,
    "emotionsratings": Reader._choice,
    "select2": Reader._choice,
    "icheck": Reader._choice,
    "editor": Reader._comment,
}
