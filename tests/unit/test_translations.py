"""Every word a respondent sees is there in every language, with its place-holders, and compiled."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from stakeholder.localised import LANGUAGE_NAMES
from stakeholder.web.shell import LOCALES

ROOT = Path(__file__).parent.parent.parent
LANGUAGES = sorted(set(LANGUAGE_NAMES) - {"en"})
SEEN_BY_RESPONDENTS = (
    "templates/surveys",
    "templates/layout",
    "templates/components/languages.html",
    "surveys/views/runner.py",
    "surveys/question_types",
    "surveys/inviting/words.py",
    "stakeholder/web/errors.py",
)
STAFF_ONLY = (
    "templates/surveys/framework.html",
    "templates/surveys/designer/",
    "templates/surveys/style/",
    "templates/surveys/waves/",
    "templates/surveys/roll/",
    "templates/surveys/inviting/",
)
KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)}


def words() -> list[str]:
    """English words in the places that respondents see."""
    found = set()
    for folder, kind in (("templates", "jinja2"), ("surveys", "python"), ("stakeholder", "python")):
        pattern = "**.html" if kind == "jinja2" else "**.py"
        messages = extract_from_dir(ROOT / folder, [(pattern, kind)], {pattern: {"trimmed": "true"}}, KEYWORDS)
        for name, _line, message, _comments, _context in messages:
            path = f"{folder}/{name}"
            if path.startswith(SEEN_BY_RESPONDENTS) and not path.startswith(STAFF_ONLY):
                found.add(message if isinstance(message, str) else message[0])
    return sorted(found)


WORDS = words()


def test_there_are_words_to_translate() -> None:
    assert len(WORDS) > 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_respondents_see_is_translated(language: str) -> None:
    with (LOCALES / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        catalog = read_mo(file)
    missing = [text for text in WORDS if catalog.get(text) is None or not catalog.get(text).string]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_place_holders_stay_what_they_are(language: str) -> None:
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalog = read_po(file)
    for message in catalog:
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for text in texts:
            if message.id and text:
                first = message.id if isinstance(message.id, str) else message.id[-1]
                assert set(re.findall(r"%\(\w+\)s", text)) == set(re.findall(r"%\(\w+\)s", first)), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    folder = LOCALES / language / "LC_MESSAGES"
    with (folder / "messages.po").open("rb") as written, (folder / "messages.mo").open("rb") as compiled:
        source, made = read_po(written), read_mo(compiled)
    for message in source:
        if message.id and message.string and any(message.string):
            assert list(made.get(message.id).string) == list(message.string), message.id
