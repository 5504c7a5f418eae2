"""What an invitation says: the words offered in each language, and how a person's own message is made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.support import NullTranslations, Translations

import stakeholder
from stakeholder.errors import Invalid
from stakeholder.localised import N_

LOCALES = Path(stakeholder.__file__).parent / "locales"
LONGEST_SUBJECT, LONGEST_TEXT = 150, 4000
SUBJECTS = {
    "invitation": N_("[school] would like to know what you think"),
    "reminder": N_("There is still time to tell [school] what you think"),
}
TEXTS = {
    "invitation": N_(
        "Hello [name],\n\n[school] would like to know what you think: [survey].\n\nOpen this link to answer:\n\n[link]"
        "\n\nYou can leave out any question."
    ),
    "reminder": N_(
        "Hello [name],\n\nwe do not know whether you have opened your link to [survey] yet. If you have answered, "
        "thank you, and forget this message.\n\nIf not, open this link:\n\n[link]\n\nYou can leave out any question."
    ),
}
OWN_LINK = N_("This link is for you alone. Please do not pass it on.")
PRIVACY = {
    "anonymous": N_("We do not ask for your name. Nobody at school sees which answers are yours."),
    "confidential": N_(
        "Your name is sealed. The people who keep everyone safe at school may open it, only when someone may be in "
        "danger."
    ),
    "named": N_("This survey keeps your name. The head and the people who run the survey see which answers are yours."),
}
BETWEEN_LANGUAGES = "\n\n—\n\n"


@dataclass(frozen=True)
class Letter:
    """One message to one person."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True)
class Addressee:
    """What the square brackets stand for in one person's message."""

    name: str
    email: str
    link: str


def offered(kind: str, language: str) -> tuple[str, str]:
    """Subject and text to begin with, in a language, else in English."""
    words = _words(language)
    return words.gettext(SUBJECTS[kind]), words.gettext(TEXTS[kind])


def checked(texts: Mapping[str, tuple[str, str]]) -> dict[str, list[str]]:
    """Subject and text by language as they are kept. Raises Invalid for none, an empty one or one without its link."""
    if not texts:
        raise Invalid("Choose at least one language.")
    for subject, text in texts.values():
        if not subject.strip() or not text.strip():
            raise Invalid("Write a subject and a text in each language that you chose.")
        if len(subject) > LONGEST_SUBJECT or len(text) > LONGEST_TEXT:
            raise Invalid(f"A subject has at most {LONGEST_SUBJECT} characters, a text {LONGEST_TEXT:,}.")
        if "[link]" not in text:
            raise Invalid("Each text must hold [link]: there everyone's own link will stand.")
    return {
        language: [" ".join(subject.split()), text.strip().replace("\r\n", "\n")]
        for language, (subject, text) in texts.items()
    }


def letter(
    texts: Mapping[str, list[str]], addressee: Addressee, *, school: str, surveys: Mapping[str, str], mode: str
) -> Letter:
    """The message to one person: all languages below each other, each with the privacy that the wave's mode keeps.

    surveys  the survey's title by language
    """
    subjects, parts = [], []
    for language, (subject, text) in texts.items():
        words = _words(language)
        values = {"name": addressee.name, "school": school, "link": addressee.link}
        values["survey"] = surveys.get(language) or surveys.get("en", "")
        subjects.append(_filled(subject, values))
        promise = f"{words.gettext(OWN_LINK)} {words.gettext(PRIVACY[mode])}"
        parts.append(f"{_filled(text, values)}\n\n{promise}\n")
    return Letter(addressee.email, " / ".join(subjects), BETWEEN_LANGUAGES.join(parts))


def preview(
    texts: Mapping[str, list[str]], *, school: str, surveys: Mapping[str, str], mode: str, base_url: str
) -> Letter:
    """The message as Sam Example would get it, with a link that leads nowhere."""
    sample = Addressee("Sam Example", "sam@example.org", f"{base_url}/s/...")
    return letter(texts, sample, school=school, surveys=surveys, mode=mode)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The text with what its square brackets stand for; a name that holds brackets itself is left as it is."""
    for name, value in values.items():
        text = text.replace(f"[{name}]", value.replace("[", "(").replace("]", ")") if name != "link" else value)
    return text


def _words(language: str) -> NullTranslations:
    return Translations.load(LOCALES, [language])
