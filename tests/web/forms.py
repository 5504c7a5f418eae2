"""What a browser would send of a drawn form, and what a screen reader would find in it."""

from lxml import html
from lxml.html import HtmlElement
from werkzeug.datastructures import MultiDict


def parsed(markup: str) -> HtmlElement:
    """A piece of a page."""
    return html.fragment_fromstring(markup, create_parent="form")


def sent(form: HtmlElement) -> MultiDict[str, str]:
    """Names and values of all fields that a browser sends."""
    fields: MultiDict[str, str] = MultiDict()
    for box in form.iter("input", "textarea", "select"):
        kind, name = box.get("type", "text"), box.get("name")
        if not name or kind in {"submit", "button"} or (kind in {"radio", "checkbox"} and "checked" not in box.attrib):
            continue
        if box.tag == "select":
            chosen = [option for option in box.iter("option") if "selected" in option.attrib] or list(
                box.iter("option")
            )
            fields.add(name, chosen[0].get("value", ""))
        elif box.tag == "textarea":
            fields.add(name, (box.text or "").removeprefix("\n"))
        else:
            fields.add(name, box.get("value", ""))
    return fields


def unlabelled(form: HtmlElement) -> list[str]:
    """Fields without a label, as their names."""
    labelled = {label.get("for") for label in form.iter("label")}
    return [
        str(box.get("name"))
        for box in form.iter("input", "textarea", "select")
        if box.get("type") != "hidden" and box.get("id") not in labelled and not box.get("aria-label")
    ]


def ids_used_twice(form: HtmlElement) -> list[str]:
    """Identifiers that do not identify."""
    found = [str(each.get("id")) for each in form.iter() if each.get("id")]
    return sorted({each for each in found if found.count(each) > 1})
