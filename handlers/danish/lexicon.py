"""A lexicon of stems: takes compounds apart and finds the word that a mistyped one was meant to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

from bot.pattern import Pattern
from handlers.danish.function_words import FUNCTION_STEMS
from handlers.danish.words import stem, words

_LINKS = ("", "s", "e", "er", "n", "ens")
_SHORTEST_PART = 4
_SHORT_PARTS = frozenset(
    words("bil bog bud by dag fag fil hus it løn mad net ret råd rum sag syg tag tid uge år mål job os2 psp ean")
)
_SHORTEST_COMPOUND = 7
_SHORTEST_MISTYPED = 4
_LONG = 8
"""Letters from which a word may have two slips."""
_FAR = 99
_MOST_WORDS = 200_000
"""So many words are remembered as they were taken apart."""
_THRICE = Pattern(r"(.)\1{2,}")


class Lexicon:
    """Known stems, each from a word that people write. Add the handbook's own words to it."""

    def __init__(self, stems: Iterable[str] = ()) -> None:
        """`stems`: known ones whose words are not."""
        self._known: set[str] = set()
        self._written: set[str] = set()
        self._neighbours: dict[str, list[str]] = defaultdict(list)
        self._parts: dict[str, tuple[str, ...]] = {}
        for one in stems:
            self._know(one, one)

    def __getstate__(self) -> dict[str, Any]:
        """All but the words met so far: users' words are kept nowhere."""
        return {**self.__dict__, "_parts": {}}

    def __contains__(self, stem_: str) -> bool:
        return stem_ in self._known

    def add(self, words: Iterable[str]) -> None:
        """Makes folded words known."""
        for word in words:
            if word not in self._written:
                self._know(word, stem(word))
        self._parts.clear()

    def _know(self, written: str, stem_: str) -> None:
        self._known.add(stem_)
        self._written.add(written)
        for key in _keys(written):
            self._neighbours[key].append(written)

    def parts(self, word: str) -> tuple[str, ...]:
        """The stems that a folded word is put together of, in order; empty when it is no compound of known words."""
        known = self._parts.get(word)
        if known is None:
            if len(self._parts) > _MOST_WORDS:
                self._parts.clear()
            known = self._parts[word] = self._split(word)
        return known

    def meant(self, word: str) -> str | None:
        """The known word nearest to an unknown folded one, if it is one slip away (two in a long word)."""
        if len(word) < _SHORTEST_MISTYPED or word.isdigit():
            return None
        word = _THRICE.sub(r"\1\1", word)
        return self._nearest(word) or self._nearest(stem(word))

    def _nearest(self, written: str) -> str | None:
        found: dict[str, int] = {}
        for key in _keys(written):
            for candidate in self._neighbours.get(key, ()):
                if candidate not in found and _begins_alike(written, candidate):
                    reach = 1 if min(len(written), len(candidate)) < _LONG else 2
                    distance = DamerauLevenshtein.distance(written, candidate, score_cutoff=reach)
                    found[candidate] = distance if distance <= reach else _FAR
        near = [
            (distance, set(written) != set(candidate), abs(len(candidate) - len(written)), candidate)
            for candidate, distance in found.items()
            if distance < _FAR
        ]  # letters that changed places or were hit twice are likelier than another letter
        return min(near)[-1] if near else None

    def _split(self, word: str) -> tuple[str, ...]:
        if len(word) < _SHORTEST_COMPOUND:
            return ()
        best: tuple[str, ...] = ()
        for parts in self._splits(word, 3):
            if len(parts) > 1 and (not best or len(parts) < len(best)):
                best = parts
        return best or self._beginning(word)

    def _beginning(self, word: str) -> tuple[str, ...]:
        """The longest known word that an unknown one begins with: "løn" of "lønsedlen"."""
        if stem(word) in self._known:
            return ()
        beginnings = (self._first_part(word[:cut]) for cut in range(len(word) - 3, 2, -1))
        return next(((part,) for part in beginnings if part is not None), ())

    def _splits(self, word: str, most: int) -> Iterator[tuple[str, ...]]:
        """Ways to take a word apart, those with a long last part first."""
        if self._is_part(word):
            yield (stem(word),)
        if most == 1:
            return
        for cut in range(2, len(word) - 2):
            first = self._first_part(word[:cut])
            if first is not None:
                for rest in self._splits(word[cut:], most - 1):
                    yield (first, *rest)
                    break

    def _first_part(self, text: str) -> str | None:
        """The stem of a compound's first part, which may end in a linking letter."""
        for link in _LINKS:
            if text.endswith(link):
                word = text[: len(text) - len(link)]
                if self._is_part(word):
                    return stem(word)
        return None

    def _is_part(self, word: str) -> bool:
        if word in _SHORT_PARTS:
            return True
        if len(word) < _SHORTEST_PART:
            return False
        found = stem(word)
        return found in self._known and found not in FUNCTION_STEMS


def _begins_alike(written: str, meant: str) -> bool:
    """Whether a word written begins as the one that may be meant, give or take a letter left out or two that changed
    places: a first letter is hardly ever hit wrong."""
    return written[0] == meant[0] or written == meant[1:] or written[:2] == meant[1::-1]


def _keys(word: str) -> set[str]:
    """What two words share when they differ by a slip: beginning, middle or end with the length left open."""
    if len(word) < 3:
        return set()
    half = len(word) // 2
    return {
        f"^{word[:3]}",
        f"{word[-3:]}$",
        f"^{word[0]}{word[2:4]}",
        f"^{word[1::-1]}{word[2:3]}",
        f"~{word[half - 1 : half + 2]}",
    }
