"""Words of Danish text, brought to a common form so that spelling habits and inflections do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from Stemmer import Stemmer

from bot.markup import clean
from handlers.danish.irregular import FORMS, PREFIXES

_LETTERS = {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "ß": "ss", "\u00ad": ""}
_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"\b(e|it|pr|hr|to(?=-do))-(?=\w)")  # e-mail, it-support, to-do: one word however it is written
_STEMMER = Stemmer("danish")
_SHORTEST_STEM = 4


def fold(text: str) -> str:
    """Lower case, æ/ø/å as ae/oe/aa, no other accents: "Må" and "maa" become the same."""
    return fold_clean(clean(text))


def fold_clean(text: str) -> str:
    """The same of a text that is clean already."""
    text = text.lower()
    for letter, plain in _LETTERS.items():
        if text.isascii():
            return text
        text = text.replace(letter, plain)  # several times as quick as `translate`
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The folded words of a text in order; hyphens and slashes part words, apostrophes do not."""
    return parted(fold(text))


def parted(folded: str) -> list[str]:
    """The words of a text that is folded already."""
    return _WORD.findall(_JOINED.sub(r"\1", folded.replace("'", "").replace("’", "")))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one folded word; strong verbs and umlaut plurals share the stem of their base form."""
    base = _BASE.get(word)
    if base is None:
        base = _BASE.get(word.removesuffix("s"), word) if word.endswith("s") else word
    return _without_ing(_suffixless(base))


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in words(text)]


def _suffixless(word: str) -> str:
    """The word without suffixes: the stemmer's rules twice, as kvaliteten is two steps from kvalit, kvalitet one."""
    return str(_STEMMER.stemWord(_STEMMER.stemWord(word)))


def _without_ing(word: str) -> str:
    """The verb behind a noun in -ing or -ning: betaling and betale, opfølgning and følge op."""
    if not word.endswith("ing"):
        return word
    verb = _suffixless(word[:-3])
    if verb.endswith("n") and len(verb) > 2 and verb[-2] not in "aeiouyn" and not verb.endswith("egn"):
        verb = verb[:-1]
    return verb if len(verb) >= _SHORTEST_STEM else word


def _base_forms() -> dict[str, str]:
    """From a folded form to its folded base form, also behind the usual prefixes (afholdt, vedlagt)."""
    base_forms: dict[str, str] = {}
    for line in FORMS.split("\n"):
        base, *forms = fold(line).split() or [""]
        for form in forms:
            base_forms.setdefault(form, base)
            for prefix in PREFIXES:
                base_forms.setdefault(fold(prefix) + form, fold(prefix) + base)
    return base_forms


_BASE = _base_forms()
