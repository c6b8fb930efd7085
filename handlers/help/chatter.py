"""Small talk: what people say to a bot without asking for anything (data/chatter.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from handlers.danish import fold, words

_VOWELS = set("aeiouy")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LONGEST_NOISE = 60
"""Characters; what is longer was not typed by a cat."""

Phrase = tuple[str, ...]


HELP = "help"
"""The kind of small talk that asks what the bot can do."""
NOISE = "noise"
ORDERS = "orders"


@dataclass(frozen=True)
class Chatter:
    """Phrases of small talk by kind, and the reply to each kind."""

    kinds: dict[Phrase, str]
    replies: dict[str, str]
    filler: frozenset[Phrase]
    orders: tuple[str, ...]
    """Folded parts of sentences that try to make the bot something else than it is."""

    @classmethod
    def load(cls, path: Path) -> Chatter:
        """The small talk in a file.

        Raises OSError or tomllib.TOMLDecodeError when the file is missing or broken, KeyError when a part is missing.
        """
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(
            kinds={phrase: kind["name"] for kind in data["kind"] for phrase in _phrases(kind["phrases"])},
            replies={
                **{kind["name"]: kind["reply"] for kind in data["kind"] if kind["name"] != HELP},
                ORDERS: data["orders"]["reply"],
                NOISE: data["noise"]["reply"],
            },
            filler=frozenset(_phrases(data["filler"])),
            orders=tuple(fold(part) for part in data["orders"]["phrases"]),
        )

    def kind(self, text: str) -> str | None:
        """The kind of small talk, when a message is nothing else, or is noise or an order to be something else."""
        if any(part in fold(text) for part in self.orders):
            return ORDERS
        said = tuple(_squeeze(word) for word in words(text))
        if not said or (len(text) <= _LONGEST_NOISE and all(map(_is_noise, said))):
            return NOISE
        found = self._kinds_of(said)
        return HELP if HELP in found else found[-1] if found else None

    def _kinds_of(self, said: Phrase) -> list[str]:
        """The kinds of the phrases that, with filler words, are all that is said; longest phrases first."""
        found = []
        position = 0
        while position < len(said):
            known = next((p for p in _starting(said, position) if p in self.kinds or p in self.filler), None)
            if known is None:
                return []
            if known in self.kinds:
                found.append(self.kinds[known])
            position += len(known)
        return found


def _phrases(texts: Iterable[str]) -> Iterable[Phrase]:
    return (tuple(_squeeze(word) for word in words(text)) for text in texts)


def _starting(said: Phrase, position: int) -> Iterable[Phrase]:
    return (said[position:end] for end in range(min(len(said), position + 6), position, -1))


def _squeeze(word: str) -> str:
    """A word without doubled letters, so that "heeej" is "hej"."""
    return "".join(c for c, before in zip(word, " " + word, strict=False) if c != before)


def _is_noise(word: str) -> bool:
    """Keys hit at random: no vowel, a run along a keyboard row, or one syllable over and over."""
    if word.isdigit():
        return False
    if len(word) > 3 and not _VOWELS & set(word):
        return True
    if len(word) > 2 and any(word[:3] in row for row in _KEYBOARD):
        return True
    return any(len(word) > 2 * n and word == (word[:n] * len(word))[: len(word)] for n in (1, 2, 3))
