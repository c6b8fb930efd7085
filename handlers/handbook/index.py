"""An inverted index that grows and forgets: texts in, for each term the texts it stands in and how strongly."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Strengths = NDArray[np.float32]

_NONE: tuple[Numbers, Strengths] = (np.empty(0, np.int32), np.empty(0, np.float32))


class Index:
    """Texts by number, from 0; a removed text's number is not used again."""

    def __init__(self) -> None:
        self._numbers: dict[str, array[int]] = {}
        self._strengths: dict[str, array[float]] = {}
        self._alive = array("B")
        self.removed = 0

    def __len__(self) -> int:
        """How many numbers have been given out."""
        return len(self._alive)

    @property
    def alive(self) -> NDArray[np.bool_]:
        """For each number, whether its text is still there."""
        return np.frombuffer(self._alive, np.bool_) if self._alive else np.empty(0, np.bool_)

    def add(self, strengths: Mapping[str, float]) -> int:
        """Adds a text by its terms, each with how strongly it stands there (0 to 1); gives the text's number."""
        number = len(self._alive)
        self._alive.append(1)
        for term, strength in strengths.items():
            numbers = self._numbers.get(term)
            if numbers is None:
                self._numbers[term] = array("i", (number,))
                self._strengths[term] = array("f", (strength,))
            else:
                numbers.append(number)
                self._strengths[term].append(strength)
        return number

    def remove(self, number: int) -> None:
        """Forgets a text; its numbers stay in the lists until the index is built anew."""
        self.removed += self._alive[number]
        self._alive[number] = 0

    def find(self, term: str) -> tuple[Numbers, Strengths]:
        """The numbers of the texts with a term, and its strength in each; removed texts among them."""
        numbers = self._numbers.get(term)
        if numbers is None:
            return _NONE
        return np.frombuffer(numbers, np.int32), np.frombuffer(self._strengths[term], np.float32)

    def __contains__(self, term: str) -> bool:
        return term in self._numbers


def saturated(counts: Mapping[str, float], length: float, usual_length: float) -> dict[str, float]:
    """Term counts as strengths, as BM25 weighs them: the first occurrence counts most, and less in a long text."""
    slack = _K * (1 - _B + _B * length / usual_length)
    return {term: count / (count + slack) for term, count in counts.items()}


_K = 0.9
_B = 0.5
