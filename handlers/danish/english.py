"""English questions: telling them apart, and the Danish words behind theirs (by the glossary, read backwards)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from bot.pattern import Pattern
from handlers.danish.words import words

# without "of": it stands in names that Danes use too (Code of Conduct)
_ENGLISH = frozenset(
    words(
        """the and is are what which who whom whose when where how why does did can could should would must may we our
        us you your they them this that these there with about my it do an any if not be have has was were i from by
        or"""
    )
)
_DANISH = frozenset(
    words(
        """hvad hvem hvor hvordan hvornår hvorfor hvilken hvilket hvilke jeg vi man det den der er skal kan må har og
        eller ikke til af på en et om som i med for"""
    )
)
_SHARED = _ENGLISH & _DANISH
_GLOSS_PARTS = Pattern(r"[;,/]")
_REMARK = Pattern(r"\([^)]*\)|^\s*(?:to|a|an|the)\s+")


def is_english(text: str) -> bool:
    """Whether a question is in English: it has more of English's small words than of Danish's.

    Words in capitals are names (MUST, SHOULD), unless all are.
    """
    written = text if text.isupper() else " ".join(word for word in text.split() if not word.isupper())
    found = [word for word in words(written) if word not in _SHARED]
    english = sum(word in _ENGLISH for word in found)
    return english > sum(word in _DANISH for word in found)


class Glossary:
    """Danish stems by the English words that gloss them."""

    def __init__(self, glosses: Iterable[tuple[str, str]]) -> None:
        self._glosses = dict(glosses)

    def __contains__(self, stem: str) -> bool:
        """Whether a Danish stem is explained: everyday words are, names are not."""
        return stem in self._glosses

    def danish(self, word: str) -> frozenset[str]:
        """The Danish stems that an English word may stand for."""
        return frozenset(self._stems.get(_singular(word), ()))

    @cached_property
    def _stems(self) -> dict[str, set[str]]:
        """Danish stems by English word; made when the first English question comes."""
        found: dict[str, set[str]] = defaultdict(set)
        for stem, gloss in self._glosses.items():
            for part in _GLOSS_PARTS.split(gloss):
                english = words(_REMARK.sub("", part))
                if len(english) == 1:
                    found[_singular(english[0])].add(stem)
        return found


def _singular(word: str) -> str:
    """An English word without its commonest endings."""
    for ending, rest in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + rest
    return word
