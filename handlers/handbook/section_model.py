"""Which section a question leads to, learnt from the questions that are known to lead there.

A folder of questions (see `questions`) has its classifier in a file beside them, made by `training`. A class is a
section by its page, anchor and heading, with the fingerprint of its text: where the section's text has changed since,
what its questions taught is not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from handlers.danish import Danish, Word
from handlers.danish.classifier import Classifier, Floats, number, probabilities
from handlers.handbook.model import Handbook, Section
from handlers.handbook.query import Wording
from handlers.handbook.questions import Known, placed

FILE = "model.npz"
UNANSWERED = "?"
"""The class of questions that the handbook does not answer."""
_WORD, _SMALL_WORD, _PART, _PAIR, _GROUP, _KIND = 1.0, 0.35, 0.6, 0.5, 0.5, 0.5
"""How much features count, by what they are."""
_STORY = 0.8
"""What a feature counts that stands where somebody tells how the question came up."""
_FAMILIAR = 0.2
"""The share of a model's sections that a handbook must still have for it to be the one that the model was taught."""
UNHEARD = -1.0
"""The score of a section that no question is known to lead to: that of one which a question clearly does not mean."""


class SectionModel:
    """Gives every section that questions are known to lead to a score for a question."""

    def __init__(self, classifier: Classifier | None = None) -> None:
        """Without a classifier, it knows of no section."""
        self.classifier = classifier

    @classmethod
    def written_for(cls, handbook: Handbook, folder: Path) -> SectionModel:
        """The model of the folder, or of a folder in it, that was taught the handbook: most of its sections are there.

        For a handbook that none was taught, one that knows of no section. Raises ModelError when a model is damaged.
        """
        known = _FAMILIAR
        chosen = cls()
        for file in sorted(folder.rglob(FILE)):
            model = cls(Classifier.read(file))
            share = len(placed(handbook, model.taught)[0]) / max(1, len(model.taught))
            if share >= known:
                known, chosen = share, model
        return chosen

    @cached_property
    def taught(self) -> tuple[Known, ...]:
        """The sections that it was taught, one a class, each as a question without words."""
        return tuple(map(from_name, self.classifier.classes[:-1])) if self.classifier else ()

    def scores(self, features: dict[int, float]) -> Floats:
        """A score for each section that was taught, and last one for that the handbook does not answer.

        Above 0 it is likely so, and below -1 surely not.
        """
        return self.classifier.scores(features) if self.classifier else np.full(1, UNHEARD, np.float32)

    def likely(self, scores: Floats) -> Floats:
        """Shares that add up to 1 of some sections' scores."""
        return probabilities(scores, self.classifier.sharpness if self.classifier else 1.0)

    def speaks_for(self, stem: str) -> Floats:
        """The same order as `scores`: how much a word by itself speaks for each."""
        return self.classifier.weight(number(f"stem {stem}")) if self.classifier else np.zeros(1, np.float32)


class Taught:
    """A model's sections found in a handbook as it is now."""

    def __init__(self, model: SectionModel, handbook: Handbook, sections: Sequence[Section]) -> None:
        """`sections`: those that scores are wanted for, in that order."""
        self._model = model
        live, self.silent = placed(handbook, model.taught)
        column = {known.place: column for column, known in enumerate(model.taught)}
        place = {section.key: place for place, section in enumerate(sections)}
        self._columns = np.array([column[known.place] for known, _ in live], np.intp)
        self._places = np.array([place[section.key] for _, section in live], np.intp)
        self.unheard = np.ones(len(sections), np.bool_)
        """For each of the sections whether the model knows nothing of it: it is new or has changed."""
        self.unheard[self._places] = False

    def __len__(self) -> int:
        return len(self._columns)

    def scores(self, features: dict[int, float]) -> tuple[Floats, float]:
        """A score for each of the sections, and one for that none of them answers."""
        found = self._model.scores(features)
        return self._spread(found, UNHEARD), float(found[-1])

    def likely(self, scores: Floats) -> Floats:
        """How likely each of the sections is the one that a question with these scores leads to; adds up to 1."""
        return self._model.likely(scores)

    def speaks_for(self, stem: str) -> Floats:
        """How much a word by itself speaks for each of the sections; below 0 it speaks against it."""
        return self._spread(self._model.speaks_for(stem), 0.0)

    def _spread(self, found: Floats, otherwise: float) -> Floats:
        row = np.full(len(self.unheard), otherwise, np.float32)
        row[self._places] = found[self._columns]
        return row


def features(wording: Wording, danish: Danish) -> dict[int, float]:
    """What the model sees in a question: words, their parts and synonyms, pairs of them, and what is asked of each."""
    found: dict[int, float] = {}
    for words, share in ((wording.story, _STORY), (wording.question, 1.0)):
        for named, weight in _named(words, danish):
            feature = number(named)
            found[feature] = max(found.get(feature, 0.0), weight * share)
    return found | {number(seen): _KIND for seen in _kinds(wording)}


def _kinds(wording: Wording) -> Iterator[str]:
    """What the question asks for, by itself and of each thing: when a meeting is, is answered elsewhere than why."""
    kind = wording.asked.value
    yield f"kind {kind}"
    for word in wording.question:
        if word.content:
            yield f"kind {kind} {word.stem}"


def _named(words: Sequence[Word], danish: Danish) -> Iterator[tuple[str, float]]:
    """The features in words: their kind, a space and what was seen; each with its weight. Some come more than once."""
    thesaurus = danish.thesaurus
    for word in words:
        yield f"stem {word.stem}", _WORD if word.content else _SMALL_WORD
        for part in word.parts:
            yield f"stem {part}", _PART
        for stem in (word.stem, *word.parts) if word.content else ():
            groups = thesaurus.groups_of(stem)
            for group in groups:
                yield f"group {group.name}", _GROUP / len(groups) ** 0.5
    for group in thesaurus.groups_in([stem for word in words for stem in (word.stem, *word.parts)]):
        yield f"group {group.name}", _GROUP
    for first, second in pairwise(word.stem for word in words):
        yield f"pair {first} {second}", _PAIR


def name(known: Known) -> str:
    """A class by what identifies its section."""
    return " | ".join((known.page, known.anchor or "", known.heading, known.fingerprint))


def from_name(name: str) -> Known:
    """The section of a class, as a question without words."""
    page, anchor, rest = name.split(" | ", 2)
    heading, _, fingerprint = rest.rpartition(" | ")
    return Known("", page, anchor or None, heading, fingerprint)
