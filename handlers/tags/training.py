"""Learns the model from the data: one-against-the-rest linear classifiers with squared hinge loss, all side by side.

Dual coordinate descent as in LIBLINEAR (Hsieh et al. 2008), for all classes at once; the same data gives the same
model. Run as `python -m handlers.tags.training DATA` after a change of the data.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handlers.danish import Danish
from handlers.handbook import HandbookReader, Products
from handlers.tags.concepts import Concepts
from handlers.tags.description import plain, undress
from handlers.tags.examples import Example, Thin, read_examples, read_thin
from handlers.tags.features import Features
from handlers.tags.model import THIN, Floats, Model, Vocabulary

Describe = Callable[[str], Mapping[int, float]]
"""From a description to its features."""

_COST = 0.3
_ROUNDS = 8
_BIAS = 0.3
_SEEN_AT_LEAST = 2
_SCALE = 3.0
_SHARPNESS = 2.5
_SAMPLED = 50


@dataclass(frozen=True)
class Sheet:
    """Descriptions as sparse vectors, and which classes each belongs to."""

    rows: list[tuple[NDArray[np.intp], Floats]]
    signs: Floats
    """+1 or -1 for each row and class."""


def learn(
    examples: Sequence[Example], thin: Sequence[Thin], describe: Describe, sharpness: float = _SHARPNESS
) -> Model:
    """The model of these descriptions."""
    described = [describe(item.text) for item in _all(examples, thin)]
    vocabulary = _vocabulary(described)
    classes = _classes(examples)
    position = {name: number for number, name in enumerate(classes)}
    signs = -np.ones((len(described), len(classes)), dtype=np.float32)
    for number, example in enumerate(examples):
        signs[number, [position[example.tag], position[_task_class(example)]]] = 1
    signs[len(examples) :, position[THIN]] = 1
    sheet = Sheet([vocabulary.vector(item) for item in described], signs)
    weights, biases = _descend(sheet, len(vocabulary.features))
    scales = (np.abs(weights).max(axis=0) / 127 + 1e-9).astype(np.float32)
    return Model(
        vocabulary,
        tuple(classes),
        np.round(weights / scales).astype(np.int8),
        scales,
        biases,
        sharpness,
        digest(examples, thin, describe),
    )


def _all(examples: Sequence[Example], thin: Sequence[Thin]) -> list[Example | Thin]:
    return [*examples, *thin]


def _task_class(example: Example) -> str:
    return f"{example.tag} :: {example.task}"


def _classes(examples: Sequence[Example]) -> list[str]:
    tags = sorted({example.tag for example in examples})
    return [*tags, *sorted({_task_class(example) for example in examples}), THIN]


def _vocabulary(described: Sequence[Mapping[int, float]]) -> Vocabulary:
    seen = Counter(feature for features in described for feature in features)
    features = np.array(sorted(feature for feature, count in seen.items() if count >= _SEEN_AT_LEAST), dtype=np.uint32)
    counts = np.array([seen[int(feature)] for feature in features], dtype=np.float32)
    rarity = np.log(len(described) / (1 + counts)) + 0.3
    return Vocabulary(features, rarity.astype(np.float16).astype(np.float32), float(np.log(len(described) / 2) + 0.3))


def _descend(sheet: Sheet, width: int) -> tuple[Floats, Floats]:
    """Weights and biases. Thin descriptions teach the class THIN only: their dual variables stay zero elsewhere."""
    count, classes = sheet.signs.shape
    weights = np.zeros((width, classes), dtype=np.float32)
    biases = np.zeros(classes, dtype=np.float32)
    dual = np.zeros((count, classes), dtype=np.float32)
    softness = 0.5 / _COST
    norms = np.array([(values**2).sum() * _SCALE**2 + _BIAS**2 for _, values in sheet.rows], dtype=np.float32)
    taught = np.ones((count, classes), dtype=bool)
    thin = sheet.signs[:, -1] > 0
    taught[thin, :-1] = False
    order = np.random.default_rng(7)
    for _ in range(_ROUNDS):
        for row in order.permutation(count):
            positions, values = sheet.rows[row]
            scaled = values * np.float32(_SCALE)
            signs = sheet.signs[row]
            margin = signs * (scaled @ weights[positions] + biases * np.float32(_BIAS))
            gradient = margin - 1 + softness * dual[row]
            updated = np.maximum(dual[row] - gradient / (norms[row] + softness), 0)
            change = np.where(taught[row], (updated - dual[row]) * signs, 0).astype(np.float32)
            if np.abs(change).max() > 1e-6:
                dual[row] += change * signs
                weights[positions] += scaled[:, None] * change
                biases += np.float32(_BIAS) * change
    return weights * np.float32(_SCALE), biases * np.float32(_BIAS)


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
