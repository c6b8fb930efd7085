"""An inverted index that grows and forgets: texts in; for each term the texts it stands in, and how strongly."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import chain
from math import log

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Strengths = NDArray[np.float32]

_SETTLED_AT_ONCE = 500_000
"""Terms of texts; waiting ones take room."""
_NOWHERE: tuple[Numbers, Strengths] = (np.empty(0, np.int32), np.empty(0, np.float32))
_SATURATION = 0.9
_LENGTH_COUNTS = 0.5
"""BM25's k1 and b."""


class Index:
    """Texts by number, counted from 0; the number of a removed text is not used again."""

    def __init__(self) -> None:
        self._postings: dict[str, tuple[array[int], array[float]]] = {}
        self._terms: dict[int, tuple[str, ...]] = {}
        self._waiting: list[int] = []
        self._waiting_strengths = array("f")
        self._gone: Counter[str] = Counter()
        self._size = 0

    def __len__(self) -> int:
        """How many numbers have been given out."""
        return self._size

    def __contains__(self, term: str) -> bool:
        return term in self._postings

    @property
    def removed(self) -> int:
        """How many of the numbers belong to texts that were removed."""
        return self._size - len(self._terms)

    def add(self, strengths: Mapping[str, float]) -> int:
        """Adds a text by its terms, each with how strongly it stands there (0 to 1); gives the text's number.

        It is found once the index has settled.
        """
        number = self._size
        self._size += 1
        self._terms[number] = tuple(strengths)
        self._waiting.append(number)
        self._waiting_strengths.extend(strengths.values())
        if len(self._waiting_strengths) > _SETTLED_AT_ONCE:
            self.settle()
        return number

    def settle(self) -> None:
        """Lets the texts that were added since be found by their terms; numpy sorts many at once the quickest."""
        places: dict[str, int] = defaultdict(lambda: len(places))  # a term's place in the order of their first texts
        terms = [self._terms[number] for number in self._waiting]
        place = np.fromiter(map(places.__getitem__, chain.from_iterable(terms)), np.int32, len(self._waiting_strengths))
        order = np.argsort(place, kind="stable")
        numbers = np.repeat(np.array(self._waiting, np.int32), [*map(len, terms)])[order]
        strengths = np.frombuffer(self._waiting_strengths, np.float32)[order]
        ends = np.cumsum(np.bincount(place)).tolist()
        for term, start, end in zip(places, [0, *ends], ends, strict=False):
            known = self._postings.setdefault(term, (array("i"), array("f")))
            known[0].frombytes(numbers[start:end].tobytes())
            known[1].frombytes(strengths[start:end].tobytes())
        self._waiting, self._waiting_strengths = [], array("f")

    def remove(self, number: int) -> None:
        """Forgets a text: its terms tell more again. Its number still turns up in `find`; nobody asks for it."""
        self._gone.update(self._terms.pop(number))

    def find(self, term: str) -> tuple[Numbers, Strengths]:
        """The numbers of the texts with a term, in rising order, and its strength in each."""
        known = self._postings.get(term)
        if known is None:
            return _NOWHERE
        return np.frombuffer(known[0], np.int32), np.frombuffer(known[1], np.float32)

    def telling(self, term: str) -> float:
        """How much a term tells: high for a rare one (inverse document frequency); a new one counts as very rare."""
        known = self._postings.get(term)
        often = len(known[0]) - self._gone[term] if known else 0
        return log((len(self._terms) + 1) / (max(often, 2) + 0.5))


def saturated(counts: Mapping[str, float], length: float, usual_length: float) -> dict[str, float]:
    """Term counts as strengths, as BM25 weighs them: the first occurrence counts most, and less in a long text."""
    slack = _SATURATION * (1 - _LENGTH_COUNTS + _LENGTH_COUNTS * length / usual_length)
    return {term: count / (count + slack) for term, count in counts.items()}
