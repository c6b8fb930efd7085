"""Learns the section models from the questions that are known to lead to a section.

Run as `python -m handlers.handbook.training DATA` after a change of the questions or the thesaurus.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from handlers.danish import Danish
from handlers.danish.classifier import Classifier
from handlers.danish.learning import Lesson, learn
from handlers.handbook.query import Wording
from handlers.handbook.questions import Known, read
from handlers.handbook.section_model import FILE, features, name

_COST = 0.5
_LEAST = 0.04
"""Weights below are left out: most of them, and together they change nothing."""
_SHARPNESS = 4.0
_SAMPLED = 50
_SAID_AT_LEAST = 3


def learned(known: Sequence[Known], danish: Danish) -> Classifier:
    """The classifier of these questions."""
    classes = sorted({name(one) for one in known})
    column = {class_: number for number, class_ in enumerate(classes)}
    signs = -np.ones((len(known), len(classes)), np.float32)
    for row, one in enumerate(known):
        signs[row, column[name(one)]] = 1
    vocabulary, weights, biases = learn(
        Lesson([features(Wording.of(one.question, danish), danish) for one in known], signs), _COST, _LEAST
    )
    return Classifier(vocabulary, tuple(classes), weights, biases, _SHARPNESS, digest(known, danish))


def reader(data: Path, known: Sequence[Known]) -> Danish:
    """Danish with the words that the questions use often: with the handbook's own, a question is read with the same."""
    danish = Danish.read(data)
    said = Counter(word for one in known for word in set(danish.spelled(one.question)))
    danish.learn(word for word, count in said.items() if count >= _SAID_AT_LEAST)
    return danish


def digest(known: Sequence[Known], danish: Danish) -> str:
    """Changes when the questions or the way of reading them changes; a model with another digest is out of step."""
    summary = hashlib.sha256()
    for number, one in enumerate(known):
        summary.update(repr((name(one), one.question)).encode())
        if number % _SAMPLED == 0:
            summary.update(repr(sorted(features(Wording.of(one.question, danish), danish).items())).encode())
    return summary.hexdigest()[:16]


def folders(data: Path) -> list[Path]:
    """The folders of questions, one a handbook."""
    return [data / "questions", *sorted((data / "questions").glob("*/"))]


def main() -> int:
    """Writes the model of each folder of questions."""
    parser = argparse.ArgumentParser(prog="python -m handlers.handbook.training", description=__doc__)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    for folder in folders(data):
        known = read(folder)
        model = learned(known, reader(data, known))
        model.write(folder / FILE)
        found = f"{len(known)} questions, {len(model.vocabulary.features)} features, {len(model.classes)} sections"
        print(f"{folder}: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
