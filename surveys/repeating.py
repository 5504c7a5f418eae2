"""Pages as they are asked: sections' conditions put on their pages, repeated sections written out. Pure."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from stakeholder.localised import Localised
from surveys.conditions import Condition
from surveys.flow import Repeat, Section
from surveys.question_types import Question

if TYPE_CHECKING:
    from surveys.definition import Page

NUMBER = "{number}"


def key_of(key: str, number: int) -> str:
    """Key of a page or question when its section is asked for the second, third ... time; the first keeps its own.

    >>> key_of("child_year", 3)
    'child_year__3'
    """
    return key if number == 1 else f"{key}__{number}"


def written_out(
    pages: Iterable["Page"], sections: Mapping[str, Section], by_key: Mapping[str, Question]
) -> tuple["Page", ...]:
    """Every page with all its conditions; pages of a repeated section once for each time it may be asked."""
    result: list[Page] = []
    repeated: list[Page] = []
    for page in pages:
        section = sections.get(page.section)
        if repeated and (section is None or repeated[0].section != section.key):
            result += _times(repeated, sections[repeated[0].section], by_key)
            repeated = []
        if section is not None and section.repeat is not None:
            repeated.append(page)
        else:
            result.append(_in_section(page, section))
    return tuple(result + (_times(repeated, sections[repeated[0].section], by_key) if repeated else []))


def _in_section(page: "Page", section: Section | None) -> "Page":
    """The page with its section's condition, and the section's title where it has none of its own."""
    if section is None:
        return page
    titled = page if page.title or not section.title else page.model_copy(update={"title": section.title})
    return _with(titled, section.show_if)


def _times(pages: list["Page"], section: Section, by_key: Mapping[str, Question]) -> list["Page"]:
    repeat = section.repeat
    if repeat is None:
        return pages
    keys = [question.key for page in pages for question in page.questions]
    made = []
    for number in range(1, repeat.most + 1):
        names = {key: key_of(key, number) for key in keys}
        asked = _asked_at_least(by_key[repeat.count], number)
        for page in pages:
            copy = _with(_with(_renamed(page, number, names, repeat), section.show_if), asked)
            made.append(copy)
    return made


def _asked_at_least(count: Question, number: int) -> Condition:
    """The answer to `count` is at least this number; an option counts by its value."""
    options = getattr(count, "options", None)
    if options is None:
        return Condition(question=count.key, at_least=number)
    codes = tuple(option.code for option in options if option.value is not None and option.value >= number)
    return Condition(question=count.key, one_of=codes or ("",))


def _renamed(page: "Page", number: int, names: Mapping[str, str], repeat: Repeat) -> "Page":
    title = {language: text.replace(NUMBER, str(number)) for language, text in repeat.label.root.items()}
    if page.title:
        title = {
            language: f"{text}: {page.title.in_(language)}" if language in page.title.root else text
            for language, text in title.items()
        }
    return page.model_copy(
        update={
            "key": key_of(page.key, number),
            "title": Localised(title),
            "show_if": page.show_if.renamed(names) if page.show_if else None,
            "skip_to_end_if": page.skip_to_end_if.renamed(names) if page.skip_to_end_if else None,
            "questions": tuple(_copy(question, number, names) for question in page.questions),
        }
    )


def _copy(question: Question, number: int, names: Mapping[str, str]) -> Question:
    """The question under its name for this time, asking about answers of this time."""
    if number == 1:
        return question
    changes: dict[str, Any] = {"key": names[question.key]}
    if question.show_if:
        changes["show_if"] = question.show_if.renamed(names)
    for part in ("options", "rows"):
        pieces = getattr(question, part, ()) if part in type(question).model_fields else ()
        if any(piece.show_if for piece in pieces):
            changes[part] = tuple(
                piece.model_copy(update={"show_if": piece.show_if.renamed(names)}) if piece.show_if else piece
                for piece in pieces
            )
    return question.changed(**changes)


def _with(page: "Page", condition: Condition | None) -> "Page":
    """The page with one condition more."""
    if condition is None:
        return page
    both = Condition.model_construct(all_=(condition, page.show_if)) if page.show_if else condition
    return page.model_copy(update={"show_if": both})
