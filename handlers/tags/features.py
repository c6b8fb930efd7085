"""What the model sees of a description: stems, word pairs, letter groups, concepts, and whether a product is named."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

from handlers.danish import stem, words
from handlers.tags.concepts import Concepts

WEIGHTS = {"stem": 1.0, "pair": 0.6, "letters": 0.3, "concept": 1.0, "product": 0.7}
"""How much a feature of each kind counts; found by cross-validation over the writers."""

PRODUCT = "produktx"
"""Stands in a description where a product is named, so that all products teach the model the same."""

_DIGITS = re.compile(r"\d+")
_LETTER_GROUPS = (3, 4, 5)


class Features:
    """Turns descriptions into weighted features, each known by a 32-bit number."""

    def __init__(self, concepts: Concepts) -> None:
        self._concepts = concepts

    def of(self, description: str) -> dict[int, float]:
        """The features of a description (see `description.Description.plain`) and the weight of each."""
        return {zlib.crc32(name.encode()): WEIGHTS[name.partition(" ")[0]] for name in self.names(description)}

    def names(self, description: str) -> Iterator[str]:
        """The features in words: their kind, a space, and what was seen."""
        text_words = words(description)
        if PRODUCT in text_words:
            yield "product named"
        seen = [_DIGITS.sub("0", word) for word in text_words]
        stems = [stem(word) for word in seen]
        yield from (f"stem {word}" for word in stems)
        yield from (f"pair {first} {second}" for first, second in zip(stems, stems[1:], strict=False))
        yield from (f"letters {group}" for group in _groups(seen))
        yield from (f"concept {concept}" for concept in sorted(self._concepts.of(text_words)))


def _groups(text_words: Sequence[str]) -> Iterator[str]:
    for word in text_words:
        marked = f"<{word}>"
        for length in _LETTER_GROUPS:
            for start in range(len(marked) - length + 1):
                yield marked[start : start + length]
