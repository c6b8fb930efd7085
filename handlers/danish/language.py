"""Danish as the bot understands it: lexicon, thesaurus and abbreviations in one, read from the data folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from handlers.danish.function_words import FUNCTION_STEMS
from handlers.danish.lexicon import Lexicon
from handlers.danish.numbers import digits
from handlers.danish.thesaurus import Thesaurus
from handlers.danish.words import fold, stem, words


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as folded, its stem, and the stems it is put together of (empty for a simple word)."""

    text: str
    stem: str
    parts: tuple[str, ...] = ()

    @property
    def content(self) -> bool:
        """Whether it says something about the subject."""
        return self.stem not in FUNCTION_STEMS


class Danish:
    """Turns text into words whose spelling, inflection and composition do not matter."""

    def __init__(self, lexicon: Lexicon, thesaurus: Thesaurus, abbreviations: dict[str, str]) -> None:
        self.lexicon = lexicon
        self.thesaurus = thesaurus
        self._abbreviations = {fold(short): meaning for short, meaning in abbreviations.items()}
        shorts = sorted(map(re.escape, self._abbreviations), key=len, reverse=True)
        self._abbreviation = re.compile(rf"(?<![\w.])(?:{'|'.join(shorts)})(?![\w-])\.?") if shorts else None

    @classmethod
    def read(cls, data: Path) -> Danish:
        """Danish as described in the data folder's files."""
        thesaurus = Thesaurus.read(data / "thesaurus")
        lexicon = Lexicon(line.split("\t", 1)[0] for line in _lines(data / "danish" / "glosses.tsv"))
        lexicon.add(term[0] for group in thesaurus.groups for term in group.terms if len(term) == 1)
        pairs = (line.partition("=") for line in _lines(data / "danish" / "abbreviations.txt"))
        return cls(lexicon, thesaurus, {short.strip(): meaning.strip() for short, _, meaning in pairs})

    def words(self, text: str) -> list[Word]:
        """The words of a text, abbreviations written out, number words as digits."""
        folded = fold(text)
        if self._abbreviation:
            folded = self._abbreviation.sub(self._written_out, folded)
        return [self._word(digits(word)) for word in words(folded)]

    def corrected(self, text: str) -> list[Word]:
        """The words of a question: those that nobody knows are taken for mistyped ones, where a known one is near."""
        return [self._correct(word) for word in self.words(text)]

    def resplit(self, words: Iterable[Word]) -> list[Word]:
        """The words again, with their parts as the lexicon knows them now."""
        return [self._word(word.text) for word in words]

    def learn(self, stems: Iterable[str]) -> None:
        """Makes the words of a handbook known, so that mistyped ones are found and compounds are taken apart."""
        self.lexicon.add(stems)

    def _word(self, word: str) -> Word:
        return Word(word, stem(word), self.lexicon.parts(word))

    def _correct(self, word: Word) -> Word:
        if word.parts or word.stem in self.lexicon or not word.content:
            return word
        meant = self.lexicon.meant(word.text)
        return Word(word.text, meant) if meant else word

    def _written_out(self, match: re.Match[str]) -> str:
        return fold(self._abbreviations[match.group().rstrip(".")])


def _lines(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
