"""An inverted index that grows and forgets: texts in; for each term the texts it stands in, and how strongly."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from math import log

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Strengths = NDArray[np.float32]

_NOWHERE: tuple[Numbers, Strengths] = (np.empty(0, np.int32), np.empty(0, np.float32))
_SATURATION = 0.9
_LENGTH_COUNTS = 0.5
"""BM25's k1 and b."""


class Index:
    """Texts by number, counted from 0; the number of a removed text is not used again."""

    def __init__(self) -> None:
        self._numbers: dict[str, array[int]] = {}
        self._strengths: dict[str, array[float]] = {}
        self._terms: dict[int, tuple[str, ...]] = {}
        self._frequency: dict[str, int] = {}
        self._size = 0

    def __len__(self) -> int:
        """How many numbers have been given out."""
        return self._size

    def __contains__(self, term: str) -> bool:
        return term in self._numbers

    @property
    def removed(self) -> int:
        """How many of the numbers belong to texts that were removed."""
        return self._size - len(self._terms)

    def add(self, strengths: Mapping[str, float]) -> int:
        """Adds a text by its terms, each with how strongly it stands there (0 to 1); gives the text's number."""
        number = self._size
        self._size += 1
        self._terms[number] = tuple(strengths)
        for term, strength in strengths.items():
            numbers = self._numbers.get(term)
            if numbers is None:
                self._numbers[term] = array("i", (number,))
                self._strengths[term] = array("f", (strength,))
                self._frequency[term] = 1
            else:
                numbers.append(number)
                self._strengths[term].append(strength)
                self._frequency[term] += 1
        return number

    def remove(self, number: int) -> None:
        """Forgets a text: its terms tell more again. Its number still turns up in `find`; nobody asks for it."""
        for term in self._terms.pop(number):
            self._frequency[term] -= 1

    def find(self, term: str) -> tuple[Numbers, Strengths]:
        """The numbers of the texts with a term, in rising order, and its strength in each."""
        numbers = self._numbers.get(term)
        if numbers is None:
            return _NOWHERE
        return np.frombuffer(numbers, np.int32), np.frombuffer(self._strengths[term], np.float32)

    def telling(self, term: str) -> float:
        """How much a term tells: high for a rare one (inverse document frequency); a new one counts as very rare."""
        return log((len(self._terms) + 1) / (max(self._frequency.get(term, 0), 2) + 0.5))


def saturated(counts: Mapping[str, float], length: float, usual_length: float) -> dict[str, float]:
    """Term counts as strengths, as BM25 weighs them: the first occurrence counts most, and less in a long text."""
    slack = _SATURATION * (1 - _LENGTH_COUNTS + _LENGTH_COUNTS * length / usual_length)
    return {term: count / (count + slack) for term, count in counts.items()}
