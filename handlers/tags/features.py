"""What the model sees of a description: stems, word pairs, letter groups, concepts, and whether a product is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.pattern import Pattern
from handlers.danish import Danish, stem
from handlers.danish.classifier import number
from handlers.tags.concepts import Concepts

WEIGHTS = {"stem": 1.0, "pair": 0.8, "letters": 0.5, "concept": 1.0, "product": 0.7}
"""How much a feature of each kind counts; found by cross-validation over the writers."""

PRODUCT = "produktx"
"""Stands in a description where a product is named, so that all products teach the model the same."""

_DIGITS = Pattern(r"\d+")
_LETTER_GROUPS = (3, 4, 5)


class Features:
    """Turns descriptions into weighted features, each known by a 32-bit number."""

    def __init__(self, danish: Danish, concepts: Concepts) -> None:
        self._danish = danish
        self._concepts = concepts

    def of(self, description: str) -> dict[int, float]:
        """The features of a description (see `description.plain`) and the weight of each."""
        return {number(name): WEIGHTS[name.partition(" ")[0]] for name in self.names(description)}

    def names(self, description: str) -> Iterator[str]:
        """The features in words: their kind, a space, and what was seen. Some come more than once."""
        words = self._danish.corrected(description)
        texts = [word.text for word in words]
        if PRODUCT in texts:
            yield "product named"
        seen = [_DIGITS.sub("0", text) for text in texts]
        stems = [stem(text) for text in seen]
        meant = [word.stem for word in words]
        yield from (f"stem {word}" for word in dict.fromkeys([*stems, *meant]))
        yield from (f"pair {first} {second}" for first, second in pairwise(stems))
        yield from (f"letters {group}" for group in _groups(seen))
        parts = [part for word in words for part in word.parts]
        found = self._concepts.of(texts) | self._concepts.of(meant) | self._concepts.of_each(parts)
        yield from (f"concept {concept}" for concept in sorted(found))


def _groups(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        marked = f"<{word}>"
        for length in _LETTER_GROUPS:
            for start in range(len(marked) - length + 1):
                yield marked[start : start + length]
