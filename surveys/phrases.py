"""A code and four words that open a draft on another device. Pure.

The draft's key is made from them by Argon2id, so that nothing stored leads to a draft without them: the code has 38
bits, four of 128 words 28, and each guess costs a tenth of a second of a processor and 32 MB.
"""

import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from uuid import UUID

from nacl.pwhash import argon2id

from surveys.models import KEY_BYTES
from surveys.slips import LENGTH, LETTERS, plain_code

WORDS = Path(__file__).parent / "data" / "words"
HOW_MANY = 4
LONGEST = 120
_ROUNDS, _MEMORY_BYTES = 2, 32 * 1024 * 1024


@cache
def words_of(language: str) -> tuple[str, ...]:
    """The 128 words to choose from in a language, else in English."""
    path = WORDS / f"{language}.txt"
    return tuple((path if path.is_file() else WORDS / "en.txt").read_text(encoding="utf-8").split())


def new_phrase(language: str, below: Callable[[int], int]) -> tuple[str, str]:
    """A code in two groups of four and four words.

    below  gives a random whole number from 0 up to what it is given, such as `secrets.randbelow`
    """
    letters = "".join(LETTERS[below(len(LETTERS))] for _ in range(LENGTH))
    words = words_of(language)
    return f"{letters[:4]}-{letters[4:]}", " ".join(words[below(len(words))] for _ in range(HOW_MANY))


def plain_words(typed: str) -> str:
    """Words without accents, capitals, and what stands between them, however they were typed.

    >>> plain_words("  Afon,  BALŴN łódka\\ttywod. ")
    'afon balwn lodka tywod'
    """
    letters = unicodedata.normalize("NFKD", typed[:LONGEST].casefold()).replace("ł", "l")
    kept = "".join(letter if letter.isalpha() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join(kept.split())


def phrase_key(audience_id: UUID, code: str, words: str) -> bytes | None:
    """The key of the draft that a code and words open, 16 bytes; None when they cannot be such."""
    plain, said = plain_code(code), plain_words(words)
    if len(plain) != LENGTH or len(said.split()) != HOW_MANY:
        return None
    secret = f"{plain} {said}".encode()
    return bytes(argon2id.kdf(KEY_BYTES, secret, audience_id.bytes, opslimit=_ROUNDS, memlimit=_MEMORY_BYTES))
