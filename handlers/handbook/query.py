"""A question as the search sees it: what it is about, each thing in all the ways it may be written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from bot.pattern import Pattern
from handlers.danish import Danish, Word
from handlers.danish.asked import Asked, asked, asking_words, bare, story_and_question
from handlers.danish.english import is_english
from handlers.danish.thesaurus import Term
from handlers.danish.words import fold
from handlers.handbook.index import Index, Numbers, Strengths

SYNONYM = 0.7
"""What a synonym counts beside the word itself."""
PARTS = 0.8
"""What the parts of a compound count beside the whole, when all are there."""

_PHRASE = 3.0
"""How much a phrase of small words tells."""
_ASKING = 0.4
"""What a word counts that only says what kind of answer is wanted."""
_COUNTS = Pattern(r"\b(?:hvor mange|how many) (\w+)")
_NAMES = Pattern(r"(?<=[\w,] )[A-ZÆØÅ]\w+|\b\w*[A-ZÆØÅ]\w*[A-ZÆØÅ]\w*")
"""Words written as names are: with a capital inside a sentence, or with two."""
_TOLD = 10
"""How many words of a story count."""
_STORY = 0.4
"""What a word counts that only tells how the question came up."""

Telling = Callable[[str], float]
"""How much a stem tells: high for a rare one (its inverse document frequency)."""


@dataclass(frozen=True)
class Slot:
    """One thing that the question is about: a word, how much it tells, and what may stand for it."""

    word: Word
    weight: float
    single: dict[str, float]
    phrases: tuple[tuple[Term, float], ...]
    parts: dict[str, float]
    """For a compound: what finding each of its parts counts."""
    name: bool
    """Whether it is a name, of a product or a tool, and so hardly said in other words."""

    def strengths(self, index: Index) -> Strengths:
        """How strongly each text of the index speaks of it, 0 to 1."""
        row = np.zeros(len(index), np.float32)
        for stem, weight in self.single.items():
            numbers, strengths = index.find(stem)
            if len(numbers):
                np.maximum.at(row, numbers, strengths * weight)
        for term, weight in self.phrases:
            if all(stem in index for stem in term):
                numbers, strengths = _together(term, index)
                np.maximum.at(row, numbers, strengths * weight)
        if self.parts:
            total = np.zeros(len(index), np.float32)
            for part, weight in self.parts.items():
                numbers, strengths = index.find(part)
                total[numbers] += strengths * weight
            row = np.maximum(row, total)
        return row

    def within(self, terms: frozenset[str]) -> Slot | None:
        """The slot with only those variants whose stems are among these; None when there are none."""
        single = {stem: self.single[stem] for stem in terms & self.single.keys()}
        phrases = tuple(phrase for phrase in self.phrases if terms.issuperset(phrase[0]))
        parts = {part: weight for part, weight in self.parts.items() if part in terms}
        return replace(self, single=single, phrases=phrases, parts=parts) if single or phrases or parts else None

    def strength(self, terms: frozenset[str]) -> float:
        """How strongly a short text with these stems speaks of it, 0 to 1."""
        best = together = 0.0  # asked hundreds of times a question: plain loops are the quickest
        for stem, weight in self.single.items():
            if weight > best and stem in terms:
                best = weight
        for term, weight in self.phrases:
            if weight > best and terms.issuperset(term):
                best = weight
        for part, weight in self.parts.items():
            if part in terms:
                together += weight
        return max(best, together)


@dataclass(frozen=True)
class Query:
    """A question taken apart."""

    text: str
    words: tuple[Word, ...]
    slots: tuple[Slot, ...]
    english: bool
    counts: Slot | None = None
    """What the question asks the number of."""


@dataclass(frozen=True)
class Wording:
    """The words of a text: of the sentence that asks, and of the story before it, if there is one; what it asks for."""

    story: list[Word]
    question: list[Word]
    english: bool
    asked: Asked

    @classmethod
    def of(cls, text: str, danish: Danish) -> Wording:
        """A text's words, mistyped ones corrected."""
        english = is_english(text)
        read = danish.words if english else danish.corrected
        story, question = map(bare, story_and_question(text))
        return cls(read(story), read(question), english, asked(text))


def take_apart(text: str, wording: Wording, danish: Danish, telling: Telling) -> Query:
    """The question's words and slots: one slot a word that says something, each word once."""
    story, question, english = wording.story, wording.question, wording.english
    told = _most_telling(story, telling) - {word.stem for word in question}
    words = [*question, *(word for word in story if word.stem in told or not word.content)]
    content = {word.stem: word for word in words if word.content}
    variants: dict[str, dict[Term, float]] = {stem: {(stem,): 1.0} for stem in content}
    for stem, word in content.items():
        if english:
            variants[stem] |= {(translation,): 1.0 for translation in danish.glossary.danish(word.text)}
        _widen(variants[stem], danish.thesaurus.others(stem))
    running = " ".join(word.stem for word in words)
    for phrase, others in danish.thesaurus.phrases([stem for word in words for stem in (word.stem, *word.parts)]):
        held = [stem for stem in phrase if stem in variants]
        for stem in held:
            _widen(variants[stem], others)
        if not held and len(phrase) > 2 and " ".join(phrase) in running:  # small words that mean something together
            joined = " ".join(phrase)
            content[joined] = Word(joined, joined)
            variants[joined] = {}
            _widen(variants[joined], others)
    asking = asking_words(text)
    names = frozenset() if english or text.isupper() else frozenset(map(fold, _NAMES.findall(text)))
    shares = {
        stem: _ASKING if word.text in asking else _STORY if stem in told else 1.0 for stem, word in content.items()
    }
    slots = tuple(
        _slot(word, variants[stem], telling, shares[stem], word.text in names or _is_name(word, danish))
        for stem, word in content.items()
    )
    counted = _COUNTS.search(bare(story_and_question(text)[1]))
    counts_ = next((slot for slot in slots if counted and slot.word.text == counted[1]), None)
    return Query(text, tuple(words), slots, english, counts_)


def _most_telling(story: list[Word], telling: Telling) -> set[str]:
    """The stems of a story that say most about the subject; of words that the handbook does not use, only a few."""
    unheard = telling("")
    stems = {word.stem: (telling(word.stem) < unheard, telling(word.stem)) for word in story if word.content}
    return set(sorted(stems, key=stems.__getitem__, reverse=True)[:_TOLD])


def _is_name(word: Word, danish: Danish) -> bool:
    """Whether the handbook uses a word that is no everyday one: "leantime"."""
    known = word.stem in danish.lexicon and word.stem not in danish.glossary
    return known and not word.parts and not word.stem.isdecimal()


def counts(plain: str, slot: Slot, danish: Danish) -> bool:
    """Whether a text gives the number of something: a number, and within three words what is counted."""
    words = danish.words(plain)
    return any(
        word.text.isdecimal()
        and any(slot.strength(frozenset((near.stem, *near.parts))) > 0.5 for near in words[place + 1 : place + 4])
        for place, word in enumerate(words)
    )


def _slot(word: Word, variants: dict[Term, float], telling: Telling, share: float, name: bool) -> Slot:
    """The slot of a word. A variant counts no more than it tells itself: "os2" is a poor stand-in for "os2faktor"."""
    own = [telling(stem) for (stem, *more), sureness in variants.items() if sureness == 1.0 and not more]
    weight = min(own, default=_PHRASE)
    scaled = {
        term: sureness * min(1.0, sum(telling(stem) for stem in term) / weight) for term, sureness in variants.items()
    }
    parts = {part: telling(part) for part in word.parts}
    most = max(weight, sum(parts.values()))
    single = {term[0]: sureness for term, sureness in scaled.items() if len(term) == 1}
    phrases = tuple((term, sureness) for term, sureness in scaled.items() if len(term) > 1)
    return Slot(
        word, weight * share, single, phrases, {part: PARTS * tells / most for part, tells in parts.items()}, name
    )


def _widen(variants: dict[Term, float], others: dict[Term, float]) -> None:
    for term, sureness in others.items():
        variants[term] = max(variants.get(term, 0.0), SYNONYM * sureness)


def _together(term: Term, index: Index) -> tuple[Numbers, Strengths]:
    """The texts in which all stems of a phrase stand, and how strongly: as strongly as the weakest."""
    (numbers, strengths), *others = sorted((index.find(stem) for stem in term), key=lambda found: len(found[0]))
    for more, strengths_there in others:
        if not len(numbers):
            break
        position = np.minimum(np.searchsorted(more, numbers), len(more) - 1)
        both = more[position] == numbers
        numbers = numbers[both]
        strengths = np.minimum(strengths[both], strengths_there[position[both]])
    return numbers, strengths
