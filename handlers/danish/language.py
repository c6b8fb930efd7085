"""Danish as the bot understands it: lexicon, thesaurus, glossary and abbreviations, read from the data folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.markup import clean
from bot.pattern import Pattern
from handlers.danish.english import Glossary
from handlers.danish.function_words import FUNCTION_STEMS
from handlers.danish.lexicon import Lexicon
from handlers.danish.numbers import digits
from handlers.danish.thesaurus import Thesaurus
from handlers.danish.words import fold, fold_clean, parted, stem, words

_LONG_PART = 4
_MOST_WORDS = 200_000
"""So many words are remembered as they were taken apart."""
_MOST_SPELLINGS = 50_000
"""So many stretches between two spaces are remembered as they were spelled out."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as folded, its stem, and the stems it is put together of (empty for a simple word)."""

    text: str
    stem: str
    parts: tuple[str, ...] = ()
    content: bool = True
    """Whether it says something about the subject."""


class Danish:
    """Turns text into words whose spelling, inflection and composition do not matter."""

    def __init__(
        self, lexicon: Lexicon, thesaurus: Thesaurus, glossary: Glossary, abbreviations: dict[str, str]
    ) -> None:
        self.lexicon = lexicon
        self.thesaurus = thesaurus
        self.glossary = glossary
        self._words: dict[str, Word] = {}
        self._spellings: dict[str, list[str]] = {}
        self._abbreviations = {fold(short): meaning for short, meaning in abbreviations.items()}
        shorts = sorted(map(re.escape, self._abbreviations), key=len, reverse=True)
        self._abbreviation = Pattern(rf"(?<![\w.])(?:{'|'.join(shorts)})(?![\w-])\.?") if shorts else None

    def __getstate__(self) -> dict[str, Any]:
        """All but the words met so far: users' words are kept nowhere."""
        return {**self.__dict__, "_words": {}, "_spellings": {}}

    @classmethod
    def read(cls, data: Path) -> Danish:
        """Danish as described in the data folder's files."""
        thesaurus = Thesaurus.read(data / "thesaurus")
        glosses = [
            (stem, gloss)
            for stem, _, gloss in (line.partition("\t") for line in _lines(data / "danish" / "glosses.tsv"))
        ]
        lexicon = Lexicon(stem for stem, _ in glosses)
        lexicon.add(word for group in thesaurus.groups for member in group.members for word in words(member))
        pairs = (line.partition("=") for line in _lines(data / "danish" / "abbreviations.txt"))
        abbreviations = {short.strip(): meaning.strip() for short, _, meaning in pairs}
        return cls(lexicon, thesaurus, Glossary(glosses), abbreviations)

    def words(self, text: str) -> list[Word]:
        """The words of a text, abbreviations written out, number words as digits."""
        return [self.word(word) for word in self.spelled(text)]

    def spelled(self, text: str) -> list[str]:
        """The folded words of a text, abbreviations written out."""
        found: list[str] = []
        known = self._spellings
        for written in clean(text).split():
            spelled = known.get(written)
            found += self._spell(written) if spelled is None else spelled
        return found

    def _spell(self, written: str) -> list[str]:
        """What stands between two spaces, kept: most of it comes again."""
        folded = fold_clean(written)
        spelled = parted(self._abbreviation.sub(self._written_out, folded) if self._abbreviation else folded)
        if len(self._spellings) > _MOST_SPELLINGS:
            self._spellings.clear()
        self._spellings[written] = spelled
        return spelled

    def word(self, text: str) -> Word:
        """One folded word."""
        word = self._words.get(text)
        if word is None:
            if len(self._words) > _MOST_WORDS:
                self._words.clear()
            number = digits(text)
            found = stem(number)
            word = Word(number, found, self.lexicon.parts(number), found not in FUNCTION_STEMS)
            self._words[text] = word
        return word

    def corrected(self, text: str) -> list[Word]:
        """The words of a question: those that nobody knows are taken for mistyped ones, where a known one is near."""
        return [self._correct(word) for word in self.words(text)]

    def learn(self, words: Iterable[str]) -> None:
        """Makes folded words of a handbook known, so that mistyped ones are found and compounds are taken apart."""
        self.lexicon.add(words)
        self._words.clear()

    def _correct(self, word: Word) -> Word:
        surely_put_together = len(word.parts) > 1 and all(len(part) >= _LONG_PART for part in word.parts)
        if surely_put_together or word.stem in self.lexicon or not word.content:
            return word
        meant = self.lexicon.meant(word.text)
        if not meant:
            return word
        found = stem(meant)
        return Word(word.text, found, self.lexicon.parts(meant), found not in FUNCTION_STEMS)

    def _written_out(self, match: re.Match[str]) -> str:
        return fold(self._abbreviations[match.group().rstrip(".")])


def _lines(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
