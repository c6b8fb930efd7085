"""Which tag people mean when they name one: "drift", "komm.", "møde internt", "admin"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.pattern import Pattern
from handlers.danish import stem, words
from handlers.tags.knowledge import Tag, key

_SHORTEST_BEGINNING = 4
_JOINERS = frozenset(words("og and & under som på tag tagget det er den i stedet for hellere skal være mere nok vist"))
_AFTER_TAG = Pattern(r"\btag(?:get)?\s+([^?]+)", re.IGNORECASE)
_WHEN = Pattern(r"\b(?:når|hvis|til|for|om|when|if)\s+(.+?)\s*\??\s*$", re.IGNORECASE)
_BETWEEN = Pattern(r"\b(?:på|mellem|imellem|between)\s+(.+?)\s+(?:og|and|&)\s+([^?]+)", re.IGNORECASE)
_IN_PARENTHESIS = Pattern(r"\(([^)]*)\)")


class TagNames:
    """The handbook's tags by every name that can only mean one of them."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self._tags = {tag.name: frozenset(_words(tag.name)) for tag in tags}
        self._own = {
            tag.name: frozenset(word for inner in _IN_PARENTHESIS.findall(tag.name) for word in _words(inner))
            for tag in tags
        }

    def exactly(self, text: str) -> str | None:
        """The tag, when the text is nothing but a name for it."""
        said = [word for word in words(text) if word not in _JOINERS]
        return self._meant(said) if said else None

    def within(self, text: str) -> str | None:
        """The tag whose full name stands somewhere in the text; of several the longest."""
        squeezed = key(text)
        found = [name for name in self._tags if key(name) in squeezed]
        return max(found, key=len, default=None)

    def mentioned(self, text: str) -> str | None:
        """The tag that a question names, in full or by the word after "tagget"."""
        after = _AFTER_TAG.search(text)
        return self.within(text) or (self.exactly(after[1]) if after else None) or self._by_words(text)

    def compared(self, text: str) -> tuple[str, str] | None:
        """The two tags that a question compares: "forskellen på drift og udvikling"."""
        between = _BETWEEN.search(text)
        first, second = (self.exactly(between[1]), self.exactly(between[2])) if between else (None, None)
        return (first, second) if first and second and first != second else None

    def stands_in(self, text: str, tag: str) -> bool:
        """Whether the tag's whole name, or the word after "tagget", stands in a text, and not a mere part of a word."""
        return set(words(tag)) <= set(words(text)) or _AFTER_TAG.search(text) is not None

    def without(self, text: str, tag: str) -> str:
        """What a question says beside the tag's name: "må jeg bruge Transport når jeg sover i toget?"."""
        after = _WHEN.search(text)
        return after[1] if after else re.sub(re.escape(tag), " ", text, flags=re.IGNORECASE)

    def _by_words(self, text: str) -> str | None:
        said = words(text)
        found = {name for word in said if len(word) > 3 and word not in _JOINERS and (name := self._meant([word]))}
        return found.pop() if len(found) == 1 else None

    def _meant(self, said: Sequence[str]) -> str | None:
        whole = key(" ".join(said))
        for name in self._tags:
            if key(name) == whole:
                return name
        fitting = [name for name, own in self._tags.items() if all(_among(word, own) for word in said)]
        if len(fitting) > 1:
            marked = [name for name in fitting if any(_among(word, self._own[name]) for word in said)]
            fitting = marked or fitting
        return fitting[0] if len(fitting) == 1 else None


def _words(name: str) -> list[str]:
    return [word for word in words(name) if word not in _JOINERS]


def _among(word: str, own: frozenset[str]) -> bool:
    """Whether a word is one of the name's, is the beginning of one, or is put together of two (produktdrift)."""
    if any(stem(word) == stem(other) for other in own):
        return True
    if len(word) >= _SHORTEST_BEGINNING and any(other.startswith(word) for other in own):
        return True
    return any(word.startswith(first) and word.removeprefix(first) in own for first in own if len(first) > 3)
