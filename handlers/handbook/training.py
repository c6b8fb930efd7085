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
from handlers.handbook.questions import Known, read, read_unanswered
from handlers.handbook.section_model import FILE, UNANSWERED, features, name

_COST, _BIAS = 0.5, 1.0
_LEAST = 0.04
"""Weights below are left out: most of them, and together they change nothing."""
_SHARPNESS = 5.0
_SAMPLED = 50
_SAID_AT_LEAST = 3


def learned(known: Sequence[Known], unanswered: Sequence[str], danish: Danish) -> Classifier:
    """The classifier of questions known to lead to a section, and of others that the handbook does not answer."""
    classes = [*sorted({name(one) for one in known}), UNANSWERED]
    column = {class_: number for number, class_ in enumerate(classes)}
    texts = [*(one.question for one in known), *unanswered]
    signs = -np.ones((len(texts), len(classes)), np.float32)
    for row, one in enumerate(known):
        signs[row, column[name(one)]] = 1
    signs[len(known) :, -1] = 1
    described = [features(Wording.of(text, danish), danish) for text in texts]
    vocabulary, weights, biases = learn(Lesson(described, signs), _COST, _BIAS, _LEAST)
    return Classifier(vocabulary, tuple(classes), weights, biases, _SHARPNESS, digest(known, unanswered, danish))


def reader(data: Path, known: Sequence[Known]) -> Danish:
    """Danish with the words that the questions use often: with the handbook's own, a question is read with the same."""
    danish = Danish.read(data)
    said = Counter(word for one in known for word in set(danish.spelled(one.question)))
    danish.learn(word for word, count in said.items() if count >= _SAID_AT_LEAST)
    return danish


def digest(known: Sequence[Known], unanswered: Sequence[str], danish: Danish) -> str:
    """Changes when the questions or the way of reading them changes; a model with another digest is out of step."""
    summary = hashlib.sha256()
    lines = [*((one.question, name(one)) for one in known), *((text, UNANSWERED) for text in unanswered)]
    for number, (text, class_) in enumerate(lines):
        summary.update(f"{class_} {text}".encode())
        if number % _SAMPLED == 0:
            summary.update(repr(sorted(features(Wording.of(text, danish), danish).items())).encode())
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
        known, unanswered = read(folder), read_unanswered(folder)
        model = learned(known, unanswered, reader(data, known))
        model.write(folder / FILE)
        features_, sections = len(model.vocabulary.features), len(model.classes) - 1
        print(f"{folder}: {len(known)} + {len(unanswered)} questions, {features_} features, {sections} sections")
    return 0


if __name__ == "__main__":
    sys.exit(main())
