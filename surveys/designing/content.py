"""What a sketch holds, and how it is changed: the definition as plain data, which need not be sound yet.

Every change takes the content and gives a new one; a question's key stays what it is for ever. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from stakeholder.errors import NotFound
from stakeholder.localised import DEFAULT_LANGUAGE, LANGUAGE_NAMES

Content = dict[str, Any]
LONGEST_KEY = 48
WORDS_OF_A_KEY = 5
EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+", "a an and are at by can do does for from how i in is it my of on or the this to we what you your"
    )
)


@dataclass(frozen=True)
class Place:
    """Where a question stands: its number in the whole (from 1), its page, and its place on the page (from 0)."""

    number: int
    page: int
    index: int
    page_key: str
    question: Mapping[str, Any]


def new_content(*, key: str, title: str, group: str, audience: str, style: str) -> Content:
    """An empty questionnaire with one page."""
    return {
        "key": key,
        "title": {DEFAULT_LANGUAGE: title},
        "groups": [group],
        "audience": audience,
        "style": style,
        "languages": [DEFAULT_LANGUAGE],
        "pages": [{"key": "page_1", "questions": []}],
    }


def places(content: Content) -> Iterator[Place]:
    """Every question in order, text blocks included."""
    number = 0
    for page_at, page in enumerate(content.get("pages", ())):
        for index, question in enumerate(page.get("questions", ())):
            number += 1
            yield Place(number, page_at, index, page["key"], question)


def place_of(content: Content, key: str) -> Place:
    """Where the question with this key stands. Raises NotFound."""
    for place in places(content):
        if place.question.get("key") == key:
            return place
    raise NotFound(f"There is no question '{key}' here any more. Someone may have removed it.")


def question_of(content: Content, key: str) -> Mapping[str, Any] | None:
    """The question with this key, None when there is none."""
    return next((place.question for place in places(content) if place.question.get("key") == key), None)


def words_of(value: Any, language: str = DEFAULT_LANGUAGE) -> str:
    """A text of the content in a language, else in English, else in any."""
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get(DEFAULT_LANGUAGE) or next(iter(value.values()), ""))
    return "" if value is None else str(value)


def key_from(words: str, taken: Sequence[str] | set[str]) -> str:
    """A key made from a question's words, not among those taken.

    >>> key_from("How safe do you feel at school?", {"safe_feel_school"})
    'safe_feel_school_2'
    """
    found = re.findall(r"[a-z0-9]+", words.lower().replace("'", ""))
    telling = [word for word in found if word not in EMPTY_WORDS] or found
    base = "_".join(telling[:WORDS_OF_A_KEY])[:LONGEST_KEY].strip("_")
    if not base or not base[0].isalpha():
        base = f"q_{base}".rstrip("_")
    number, key = 2, base
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    return key


def question_keys(content: Content) -> set[str]:
    """Keys of all questions."""
    return {str(place.question.get("key")) for place in places(content)}


def with_question(content: Content, question: Mapping[str, Any], *, page_key: str = "", after: str = "") -> Content:
    """The content with one more question: after another, else at the end of a page, else at the very end."""
    changed = deepcopy(content)
    if after and question_of(changed, after):
        place = place_of(changed, after)
        changed["pages"][place.page]["questions"].insert(place.index + 1, dict(question))
        return changed
    page = next((page for page in changed["pages"] if page["key"] == page_key), changed["pages"][-1])
    page["questions"].append(dict(question))
    return changed


def with_question_changed(content: Content, key: str, question: Mapping[str, Any]) -> Content:
    """The content with a question's new wording. Raises NotFound."""
    place, changed = place_of(content, key), deepcopy(content)
    changed["pages"][place.page]["questions"][place.index] = {**question, "key": key}
    return changed


def without_question(content: Content, key: str) -> Content:
    """The content without a question; results are no longer split by it. Raises NotFound."""
    place, changed = place_of(content, key), deepcopy(content)
    del changed["pages"][place.page]["questions"][place.index]
    if key in changed.get("breakdowns", ()):
        changed["breakdowns"] = [each for each in changed["breakdowns"] if each != key]
    return changed


def with_copy(content: Content, key: str) -> tuple[Content, str]:
    """The content with a copy of a question right after it, and the copy's key. Raises NotFound."""
    original = place_of(content, key).question
    copy_key = key_from(re.sub(r"_\d+$", "", key), question_keys(content))
    return with_question(content, {**deepcopy(dict(original)), "key": copy_key}, after=key), copy_key


def with_question_moved(content: Content, key: str, *, page_key: str, index: int) -> Content:
    """The content with a question at this place of a page. Raises NotFound."""
    place, changed = place_of(content, key), deepcopy(content)
    question = changed["pages"][place.page]["questions"].pop(place.index)
    page = next((each for each in changed["pages"] if each["key"] == page_key), None)
    if page is None:
        raise NotFound(f"There is no page '{page_key}' here any more. Someone may have removed it.")
    page["questions"].insert(max(0, min(index, len(page["questions"]))), question)
    return changed


def moved_up(content: Content, key: str) -> Content:
    """One place up; from the top of a page to the end of the one before. The first stays where it is."""
    place = place_of(content, key)
    if place.index:
        return with_question_moved(content, key, page_key=place.page_key, index=place.index - 1)
    if place.page:
        before = content["pages"][place.page - 1]
        return with_question_moved(content, key, page_key=before["key"], index=len(before["questions"]))
    return content


def moved_down(content: Content, key: str) -> Content:
    """One place down; from the end of a page to the top of the next. The last stays where it is."""
    place = place_of(content, key)
    page = content["pages"][place.page]
    if place.index < len(page["questions"]) - 1:
        return with_question_moved(content, key, page_key=place.page_key, index=place.index + 1)
    if place.page < len(content["pages"]) - 1:
        return with_question_moved(content, key, page_key=content["pages"][place.page + 1]["key"], index=0)
    return content


def moved_to_number(content: Content, key: str, number: int) -> Content:
    """To place `number` of the whole, on the page of the question that stands there now."""
    listed = list(places(content))
    here = place_of(content, key)
    target = listed[max(1, min(number, len(listed))) - 1]
    if target.number == here.number:
        return content
    after = target.number > here.number and target.page != here.page
    return with_question_moved(content, key, page_key=target.page_key, index=target.index + (1 if after else 0))


def with_settings(content: Content, settings: Mapping[str, Any]) -> Content:
    """The content with other settings of the whole: None takes one away."""
    changed = {**deepcopy(content), **settings}
    return {name: value for name, value in changed.items() if value is not None}


def offered_only(content: Content) -> Content:
    """The content without empty pages and sections, and without words in languages that are not offered."""
    languages = frozenset(content.get("languages", ())) | {DEFAULT_LANGUAGE}
    pages = [page for page in content["pages"] if page["questions"]]
    kept: Content = in_languages({**content, "pages": pages}, languages)
    filled = {page.get("section") for page in pages}
    sections = [each for each in kept.get("sections", ()) if each["key"] in filled]
    return {**kept, "sections": sections} if "sections" in kept else kept


def is_text(value: Any) -> bool:
    """Whether a value of the content is a text in one or more languages."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(key in LANGUAGE_NAMES and isinstance(words, str) for key, words in value.items())
    )


def in_languages(value: Any, languages: frozenset[str]) -> Any:
    """The value with its texts in these languages only."""
    if is_text(value):
        return {language: words for language, words in value.items() if language in languages}
    if isinstance(value, Mapping):
        return {name: in_languages(each, languages) for name, each in value.items()}
    return [in_languages(each, languages) for each in value] if isinstance(value, list) else value
