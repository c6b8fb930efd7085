"""Words of Danish text, brought to a common form so that spelling habits and inflections do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

from bot.markup import clean

_LETTERS = {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "ß": "ss"}
_TRANSLATION = str.maketrans(_LETTERS)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STEMMER = snowballstemmer.stemmer("danish")


def fold(text: str) -> str:
    """Lower case, æ/ø/å as ae/oe/aa, no other accents: "Må" and "maa" become the same."""
    text = clean(text).lower().translate(_TRANSLATION)
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words of a text in order; hyphens and slashes part words, apostrophes do not."""
    return [word.replace("'", "").replace("’", "") for word in _WORD.findall(fold(text))]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one folded word."""
    return str(_STEMMER.stemWord(word))


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in words(text)]
