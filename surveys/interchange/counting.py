"""What a file holds, counted as the file itself defines it. Pure."""

from surveys.interchange.losses import Counts
from surveys.interchange.sketch import Item, Shown, Sketch


def counts_of(sketch: Sketch) -> Counts:
    """Questions, rows, options, rules, languages and pages of a file; texts to read are not questions."""
    items = [item for item in sketch.items if item.counted]
    return Counts(
        questions=len(items),
        sub_questions=sum(len(i.lines) if i.sub_questions is None else i.sub_questions for i in items),
        options=sum(len(i.answers) if i.options is None else i.options for i in items),
        conditions=sketch.conditions + sum(shown is not None and shown.counted for shown in _rules(sketch)),
        languages=list(sketch.languages),
        pages=len(sketch.pages) if sketch.leaves is None else sketch.leaves,
    )


def _rules(sketch: Sketch) -> list[Shown | None]:
    found = [leaf.shown for leaf in sketch.pages]
    for item in sketch.items:
        found += _of_item(item)
    return found


def _of_item(item: Item) -> list[Shown | None]:
    return [item.shown, *(answer.shown for answer in item.answers), *(line.shown for line in item.lines)]
