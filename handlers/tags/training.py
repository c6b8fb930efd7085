"""Learns the model of tags and standard tasks from the data.

Run as `python -m handlers.tags.training DATA` after a change of the data.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from handlers.danish import Danish, learning
from handlers.danish.classifier import Classifier
from handlers.danish.learning import Lesson
from handlers.handbook import HandbookReader, Products
from handlers.tags.classes import THIN
from handlers.tags.concepts import Concepts
from handlers.tags.description import plain, undress
from handlers.tags.examples import Example, Thin, read_examples, read_thin
from handlers.tags.features import Features

Describe = Callable[[str], Mapping[int, float]]
"""From a description to its features."""

_COST, _BIAS = 2.7, 0.1
_SHARPNESS = 2.5
_SAMPLED = 50


def learn(
    examples: Sequence[Example], thin: Sequence[Thin], describe: Describe, sharpness: float = _SHARPNESS
) -> Classifier:
    """The model of these descriptions."""
    classes = _classes(examples)
    position = {name: column for column, name in enumerate(classes)}
    signs = -np.ones((len(examples) + len(thin), len(classes)), dtype=np.float32)
    for row, example in enumerate(examples):
        signs[row, [position[example.tag], position[_task_class(example)]]] = 1
    signs[len(examples) :, :-1] = 0  # thin descriptions teach the class THIN only
    signs[len(examples) :, -1] = 1
    lesson = Lesson([describe(item.text) for item in _all(examples, thin)], signs)
    vocabulary, weights, biases = learning.learn(lesson, _COST, _BIAS)
    return Classifier(vocabulary, tuple(classes), weights, biases, sharpness, digest(examples, thin, describe))


def _all(examples: Sequence[Example], thin: Sequence[Thin]) -> list[Example | Thin]:
    return [*examples, *thin]


def _task_class(example: Example) -> str:
    return f"{example.tag} :: {example.task}"


def _classes(examples: Sequence[Example]) -> list[str]:
    tags = sorted({example.tag for example in examples})
    return [*tags, *sorted({_task_class(example) for example in examples}), THIN]


def digest(examples: Sequence[Example], thin: Sequence[Thin], describe: Describe) -> str:
    """Changes when the data or the way of reading it changes; a model with another digest is out of step."""
    summary = hashlib.sha256()
    for number, item in enumerate(_all(examples, thin)):
        summary.update(repr((item.text, item.tag, item.task) if isinstance(item, Example) else item.text).encode())
        if number % _SAMPLED == 0:
            summary.update(repr(sorted(describe(item.text).items())).encode())
    return summary.hexdigest()[:16]


def describer(data: Path) -> Describe:
    """Reads descriptions as the bot does, with the products of the embedded handbook."""
    products = Products.of(HandbookReader(data / "handbook", "https://example.org").read())
    features = Features(Danish.read(data), Concepts.read(data / "concepts"))
    return lambda text: features.of(plain(undress(text), products))


def main() -> int:
    """Writes the model of a data folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    examples = read_examples(data / "tags" / "examples")
    thin = read_thin(data / "tags" / "thin.txt")
    model = learn(examples, thin, describer(data))
    model.write(data / "tags" / "model.npz")
    print(f"{len(examples)} examples, {len(model.vocabulary.features)} features, {len(model.classes)} classes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
