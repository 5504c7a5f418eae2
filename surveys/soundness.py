"""What must be so before a definition is a questionnaire; each check raises ValueError naming the place. Pure."""

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from stakeholder.localised import DEFAULT_LANGUAGE
from surveys.conditions import Condition
from surveys.frozen import refuse_doubles
from surveys.locking import check_locked
from surveys.question_types import Question

if TYPE_CHECKING:
    from surveys.definition import Page, Questionnaire


def keys_once(questionnaire: "Questionnaire") -> None:
    """Every key names one thing of its kind."""
    refuse_doubles([page.key for page in questionnaire.asked_pages], "page")
    refuse_doubles([question.key for question in questionnaire.questions], "question")
    for name in ("section", "block", "quota", "check", "scale"):
        refuse_doubles([each.key for each in getattr(questionnaire, f"{name}s")], name)
    refuse_doubles([module.key for module in questionnaire.locked], "locked module")


def languages_and_breakdowns(questionnaire: "Questionnaire") -> None:
    """English is offered, and results are split by choice questions."""
    for key in questionnaire.breakdowns:
        if key not in questionnaire.by_key or not questionnaire.by_key[key].can_be_breakdown:
            raise ValueError(f"found '{key}' among the breakdowns, expected the key of a choice question.")
    if DEFAULT_LANGUAGE not in questionnaire.languages:
        raise ValueError(
            f"found the languages {', '.join(questionnaire.languages)}, expected '{DEFAULT_LANGUAGE}' among them."
        )


def sections_together(questionnaire: "Questionnaire") -> None:
    """Pages of a section stand together, in the order of the sections; sections in random order stand side by side."""
    known = [section.key for section in questionnaire.sections]
    runs: list[str] = []
    for page in questionnaire.pages:
        if page.section and page.section not in known:
            listed = ", ".join(known) or "no section; there are none"
            raise ValueError(f"page '{page.key}', section: found '{page.section}', expected one of {listed}.")
        if not runs or runs[-1] != page.section:
            runs.append(page.section)
    named = [key for key in runs if key]
    refuse_doubles(named, "section")
    if named != [key for key in known if key in named]:
        raise ValueError(f"found pages of the sections {', '.join(named)}, expected their order: {', '.join(known)}.")
    for key in known:
        if key not in named:
            raise ValueError(f"section '{key}': found no page of it, expected at least one page with 'section: {key}'.")
    if questionnaire.shuffle and named and "" in runs[runs.index(named[0]) : len(runs) - runs[::-1].index(named[-1])]:
        raise ValueError("shuffle: found a page outside the sections between them, expected it before or after them.")


def conditions_look_back(questionnaire: "Questionnaire") -> None:
    """Each condition asks about questions that everyone met before, and names answers that they have."""
    order = {question.key: at for at, page in enumerate(questionnaire.pages) for question in page.questions}
    settled = not questionnaire.shuffle and not any(section.shuffle for section in questionnaire.sections)
    met: set[str] = set()
    for at, page in enumerate(questionnaire.pages):
        before: Set[str] = met if settled else frozenset(_earlier(questionnaire, at))
        own = frozenset(question.key for question in page.questions)
        for bearer, condition in _bearers(questionnaire, page):
            for test in condition.tests() if condition else ():
                _check_test(questionnaire, test, f"{bearer}, show_if", before, own, order)
        for test in page.skip_to_end_if.tests() if page.skip_to_end_if else ():
            _check_test(questionnaire, test, f"page '{page.key}', skip_to_end_if", before | own, own, order)
        met |= own


def chance_is_possible(questionnaire: "Questionnaire") -> None:
    """What is put in random order has parts, and nothing skips to the end from a place that is not settled."""
    sections = {section.key: section for section in questionnaire.sections}
    for page in questionnaire.pages:
        section = sections.get(page.section)
        unsettled = (section and section.shuffle) or (questionnaire.shuffle and (section or not sections))
        if page.skip_to_end_if and unsettled:
            raise ValueError(f"page '{page.key}', skip_to_end_if: found among pages in random order, expected outside.")
        for question in page.questions:
            fields = type(question).model_fields
            if question.shuffle and "options" not in fields and "rows" not in fields:
                raise ValueError(
                    f"question '{question.key}', shuffle: found on {question.type}, expected own options or rows."
                )
    for block in questionnaire.blocks:
        for arm in block.arms:
            _check_names(f"block '{block.key}', {arm.key}, sections", arm.sections, set(sections))
            _check_names(f"block '{block.key}', {arm.key}, pages", arm.pages, {p.key for p in questionnaire.pages})
            asked = {question.key for page in questionnaire.pages for question in page.questions}
            _check_names(f"block '{block.key}', {arm.key}, questions", arm.questions, asked)


def repeats_know_how_often(questionnaire: "Questionnaire") -> None:
    """A repeated section is counted by a number, or by options with values, from before it."""
    for section in questionnaire.sections:
        if section.repeat is None:
            continue
        first = next(at for at, page in enumerate(questionnaire.pages) if page.section == section.key)
        count = next((q for q in _earlier_questions(questionnaire, first) if q.key == section.repeat.count), None)
        counts = count is not None and (
            count.type == "number" or any(each.value is not None for each in getattr(count, "options", ()))
        )
        if not counts:
            raise ValueError(
                f"section '{section.key}', repeat: found the count '{section.repeat.count}', expected an earlier "
                "number question, or one whose options have values."
            )


def calculated_look_back(questionnaire: "Questionnaire") -> None:
    """A value is worked out from questions that stand before it, and not in a section that is repeated."""
    before: set[str] = set()
    repeated = {section.key for section in questionnaire.sections if section.repeat}
    for page in questionnaire.pages:
        for question in page.questions:
            for key in sorted(question.builds_on - before):
                raise ValueError(
                    f"question '{question.key}', value: found the question '{key}', expected one that stands before it."
                )
            if question.is_calculated and page.section in repeated:
                raise ValueError(f"question '{question.key}': found in a repeated section, expected it outside.")
            before.add(question.key)


def checks_and_quotas_ask_questions(questionnaire: "Questionnaire") -> None:
    """Checks speak of questions there are; quotas of breakdowns, so that they count what results may show."""
    everywhere = frozenset(questionnaire.by_key)
    for check in questionnaire.checks:
        for test in check.wrong_if.tests():
            _check_test(questionnaire, test, f"check '{check.key}', wrong_if", everywhere, frozenset(), {})
        if check.at and check.at not in everywhere:
            raise ValueError(f"check '{check.key}', at: found '{check.at}', expected the key of a question.")
    for quota in questionnaire.quotas:
        for test in quota.when.tests() if quota.when else ():
            _check_test(questionnaire, test, f"quota '{quota.key}', when", everywhere, frozenset(), {})
            if test.question not in questionnaire.breakdowns:
                raise ValueError(f"quota '{quota.key}', when: found '{test.question}', expected a breakdown.")


def scores_have_items(questionnaire: "Questionnaire") -> None:
    """A score is made of items with values."""
    scored = {column.key for question in questionnaire.questions for column in question.columns() if column.scores}
    for scale in questionnaire.scales:
        for item in scale.items:
            if item not in scored:
                raise ValueError(f"scale '{scale.key}', items: found '{item}', expected a question or row with values.")


def _earlier_questions(questionnaire: "Questionnaire", at: int) -> Iterator[Question]:
    """Questions that everyone meets before this page, in whatever order pages come."""
    here = questionnaire.pages[at]
    shuffled = {section.key for section in questionnaire.sections if section.shuffle}
    for page in questionnaire.pages[:at]:
        together = page.section == here.section
        in_doubt = (together and here.section in shuffled and here.section != "") or (
            questionnaire.shuffle
            and (not questionnaire.sections or (not together and page.section != "" and here.section != ""))
        )
        if not in_doubt:
            yield from page.questions


def _earlier(questionnaire: "Questionnaire", at: int) -> Iterator[str]:
    return (question.key for question in _earlier_questions(questionnaire, at))


def _bearers(questionnaire: "Questionnaire", page: "Page") -> Iterator[tuple[str, Condition | None]]:
    first = next(each for each in questionnaire.pages if each.section == page.section)
    if page.section and first is page:
        yield from (
            (f"section '{each.key}'", each.show_if) for each in questionnaire.sections if each.key == page.section
        )
    yield f"page '{page.key}'", page.show_if
    for question in page.questions:
        yield f"question '{question.key}'", question.show_if
        for name in ("options", "rows"):
            for piece in getattr(question, name, ()) if name in type(question).model_fields else ():
                own = getattr(piece, "code", None) or getattr(piece, "key", "")
                yield f"question '{question.key}', {name}, '{own}'", getattr(piece, "show_if", None)


def _check_test(
    questionnaire: "Questionnaire",
    test: Condition,
    place: str,
    allowed: Set[str],
    own: frozenset[str],
    order: dict[str, int],
) -> None:
    for asked in filter(None, (test.question, test.compared_with)):
        if asked not in questionnaire.by_key:
            raise ValueError(f"{place}: found the question '{asked}', expected the key of an earlier question.")
        if asked not in allowed:
            where = "on the same page" if asked in own else _elsewhere(questionnaire, asked, order)
            raise ValueError(f"{place}: '{asked}' stands {where}; expected a question on an earlier page.")
    question = questionnaire.by_key[test.question or ""]
    rows = [row.key for row in getattr(question, "rows", ())]
    if test.row is not None and test.row not in rows:
        listed = ", ".join(rows) or "none: it has no rows"
        raise ValueError(f"{place}: found the row '{test.row}' of '{test.question}', expected one of {listed}.")
    for code in test.codes:
        if question.codes and code not in question.codes:
            listed = ", ".join(sorted(question.codes))
            raise ValueError(f"{place}: found '{code}', expected an answer to '{test.question}': {listed}.")


def _elsewhere(questionnaire: "Questionnaire", asked: str, order: dict[str, int]) -> str:
    if asked not in order:
        return "in a section that is repeated"
    return f"on a later page ('{questionnaire.pages[order[asked]].key}') or one that may come later"


def _check_names(place: str, named: tuple[str, ...], known: set[str]) -> None:
    for key in named:
        if key not in known:
            raise ValueError(f"{place}: found '{key}', expected a key of this questionnaire.")


CHECKS = (
    sections_together,
    repeats_know_how_often,
    keys_once,
    languages_and_breakdowns,
    conditions_look_back,
    calculated_look_back,
    chance_is_possible,
    checks_and_quotas_ask_questions,
    scores_have_items,
    check_locked,
)
