"""The words of possible disclosures, read from YAML; alone here, because respondents' requests need nothing else."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

import analysis
from surveys.documents import read_yaml, validated

LEXICONS = Path(analysis.__file__).parent / "data" / "lexicon"


class WordFile(BaseModel):
    """A file of words: frozen, and a part it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Screen(WordFile):
    """Words of possible disclosures.

    parts       named pieces of patterns, written <name> inside others
    innocent    what is meant harmlessly ("this homework is killing me"); taken out before the search
    categories  patterns by category of concern, in English
    others      phrases by language code and category
    """

    parts: dict[str, str] = Field(default_factory=dict)
    innocent: tuple[str, ...] = ()
    categories: dict[str, tuple[str, ...]]
    others: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    abusive: tuple[str, ...] = ()


def load_screen(text: str, source: str) -> Screen:
    """The words of disclosures from YAML. Raises Invalid naming file, place, what was found and what was expected."""
    return validated(Screen, read_yaml(text, source), text=text, source=source)


def lexicon_text(name: str) -> str:
    """Text of one of the word lists that the product comes with."""
    return (LEXICONS / f"{name}.yaml").read_text(encoding="utf-8")
