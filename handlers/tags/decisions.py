"""The question that decides between two tags, and the answers to choose from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from handlers.tags.knowledge import Tag, key


@dataclass(frozen=True)
class Decisions:
    """Questions for pairs of tags and, for each tag, what its work is for."""

    purposes: Mapping[str, str]
    questions: Mapping[frozenset[str], str]
    personal: tuple[str, ...]
    """Tags of work that belongs to no product unless its description names one."""
    rest: tuple[str, ...]
    """Tags of what only interrupts the work of a day."""

    @classmethod
    def read(cls, file: Path) -> Decisions:
        """The decisions in a TOML file (see `data/tags/decisions.toml`)."""
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        return cls(
            {key(tag): purpose for tag, purpose in content["purposes"].items()},
            {frozenset(map(key, entry["between"])): entry["ask"] for entry in content["questions"]},
            tuple(content["personal"]),
            tuple(content["rest"]),
        )

    def is_rest(self, tag: Tag) -> bool:
        """Whether what is done under the tag only interrupts the work of a day."""
        return key(tag.name) in map(key, self.rest)

    def question(self, first: Tag, second: Tag) -> str:
        """The question between two tags."""
        pair = frozenset((key(first.name), key(second.name)))
        return self.questions.get(pair, "Hvad var det mest af?")

    def purpose(self, tag: Tag) -> str:
        """What work under the tag is for, in a few words; of a tag unknown here the handbook's."""
        return self.purposes.get(key(tag.name)) or tag.purpose or tag.name
