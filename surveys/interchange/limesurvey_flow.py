"""What steers a LimeSurvey survey beside its conditions: checks, filters, random order. Pure."""

import re

from surveys.interchange.limesurvey_asked import Asked, split, unbraced
from surveys.interchange.reading import shown_by
from surveys.interchange.rules import Joined, Rule, Test
from surveys.interchange.sketch import Answer, Bunch, Demand, Item, Leaf, Line, Shown, Sketch

_OWN = re.compile(r"\b(?:this|self)\b(?:\.(?:NAOK|value|valueNAOK))?")


def demand(asked: Asked, item: Item) -> None:
    """Its validation equation, in which `this` and `self` are its own answer."""
    written = asked.attributes.get("em_validation_q", "").strip()
    if not written:
        return
    fits = shown_by(_OWN.sub(asked.code, written), split, plainly=unbraced)
    if fits is not None:
        message = {each: words for each, words in asked.spoken.get("em_validation_q_tip", {}).items() if words}
        item.refused_unless.append(Demand(fits.rule, written, fits.why_not, message))


def filtered(asked: Asked, item: Item) -> None:
    """Rows and options that are offered only where they were chosen (or not chosen) in an earlier question."""
    for name in ("array_filter", "array_filter_exclude"):
        source = asked.attributes.get(name, "").strip()
        if not source:
            continue
        if not re.fullmatch(r"\w+", source):
            item.leftovers.append((f"setting {name}", f"It filters by more than one question ({source[:60]})."))
            continue
        parts: list[Answer | Line] = [*item.lines] if item.lines else [*item.answers]
        for part in parts:
            chosen = Test(source, "includes", part.name)
            rule: Rule = chosen if name == "array_filter" else Joined("not", (chosen,))
            part.shown = part.shown or Shown(rule, f"{name} {source}", counted=False)


def shuffled(leaf: Leaf, asked: list[Asked], sketch: Sketch) -> None:
    """A page whose questions change their places among each other."""
    groups = {each.attributes.get("random_group", "").strip() for each in asked if each.letter != "X"}
    if groups == {""} or not groups:
        return
    if len(groups) == 1:
        leaf.shuffle = True
        sketch.mapped(f"random order of the questions of {leaf.name}", "is the random order of its page.")
    else:
        sketch.dropped(
            f"random order of the questions of {leaf.name}", "Only some of them change their places; all stay."
        )


def mixed(leaf: Leaf, group: str, sketch: Sketch) -> None:
    """A page that changes its place with others of the same random group."""
    if group.strip():
        name = f"random group {group.strip()}"
        leaf.bunch = name
        sketch.bunches.setdefault(name, Bunch(name, shuffle=True))
