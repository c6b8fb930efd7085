"""The task descriptions that the model learns from, and a check of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handlers.danish import words


@dataclass(frozen=True, slots=True)
class Example:
    """A description of work with its tag and standard task (empty when none fits)."""

    text: str
    tag: str
    task: str
    place: str
    """File and line."""

    @property
    def voice(self) -> str:
        """The file, and with it the writer, that the description comes from."""
        return self.place.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Thin:
    """A description that says too little, with the tags it may mean, likeliest first."""

    text: str
    tags: tuple[str, ...]
    place: str


def read_examples(folder: Path) -> list[Example]:
    """The descriptions in a folder's files: "## tag :: standard task", then one a line."""
    return [example for file in sorted(folder.glob("*.txt")) for example in _examples(file)]


def read_thin(file: Path) -> list[Thin]:
    """The descriptions in a file with one a line: "description :: tag ; tag"."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        text, separator, tags = line.partition(" :: ")
        if separator and not line.startswith("#"):
            found.append(Thin(text.strip(), tuple(tag.strip() for tag in tags.split(";")), f"{file.name}:{number}"))
    return found


def doubles(examples: list[Example]) -> list[tuple[Example, Example]]:
    """Pairs that differ in spelling only, first one first."""
    seen: dict[tuple[str, ...], Example] = {}
    found = []
    for example in examples:
        first = seen.setdefault(tuple(words(example.text)), example)
        if first is not example:
            found.append((first, example))
    return found


def contradictions(examples: list[Example]) -> list[tuple[Example, Example]]:
    """Pairs with the same words, in any order, under different tags."""
    by_words: dict[tuple[str, ...], list[Example]] = defaultdict(list)
    for example in examples:
        by_words[tuple(sorted(words(example.text)))].append(example)
    return [(group[0], other) for group in by_words.values() for other in group[1:] if other.tag != group[0].tag]


def _examples(file: Path) -> Iterator[Example]:
    tag = task = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        text = line.strip()
        if text.startswith("## "):
            tag, _, task = (part.strip() for part in text.removeprefix("## ").partition(" :: "))
        elif text and not text.startswith("#"):
            yield Example(text, tag, task, f"{file.name}:{number}")
