"""Concepts: that rugbrød is food, Viborg a place and KOMBIT a public body, whether or not an example says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from handlers.danish import stem, words

_SHORTEST_BEGINNING = 3
_LONGEST_PHRASE = 4


class Concepts:
    """Finds the concepts that a text's words stand for."""

    def __init__(self, concepts: Iterable[tuple[str, Sequence[str]]]) -> None:
        """`concepts`: a name and its words or phrases; `*` at the end of a word stands for any ending."""
        self._words: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._beginnings: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for name, entries in concepts:
            for entry in entries:
                self._add(name, entry)

    @classmethod
    def read(cls, folder: Path) -> Concepts:
        """The concepts in a folder of text files: "## concept", then its words with commas between."""
        return cls(entries for file in sorted(folder.glob("*.txt")) for entries in _entries(file))

    def of(self, words: Sequence[str]) -> set[str]:
        """The concepts in a text given as its folded words."""
        found = self.of_each(words)
        stems = [stem(word) for word in words]
        for length in range(2, _LONGEST_PHRASE + 1):
            for start in range(len(stems) - length + 1):
                found |= self._phrases.get(tuple(stems[start : start + length]), _NOTHING)
        return found

    def of_each(self, words: Iterable[str]) -> set[str]:
        """The concepts of single folded words."""
        found: set[str] = set()
        for word in words:
            found |= self._words.get(word, _NOTHING) | self._stems.get(stem(word), _NOTHING)
            for length in range(_SHORTEST_BEGINNING, len(word) + 1):
                found |= self._beginnings.get(word[:length], _NOTHING)
        return found

    def _add(self, name: str, entry: str) -> None:
        entry_words = words(entry)
        if len(entry_words) > 1:
            self._phrases[tuple(stem(word) for word in entry_words)].add(name)
        elif entry_words and entry.endswith("*"):
            self._beginnings[entry_words[0]].add(name)
        elif entry_words:
            self._words[entry_words[0]].add(name)
            self._stems[stem(entry_words[0])].add(name)


_NOTHING: set[str] = set()


def _entries(file: Path) -> Iterable[tuple[str, list[str]]]:
    name = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            name = line.removeprefix("## ").strip()
        elif line.strip() and not line.startswith("#"):
            yield name, [entry.strip() for entry in line.split(",") if entry.strip()]
