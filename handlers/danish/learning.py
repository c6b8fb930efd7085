"""Learns linear classifiers: one-against-the-rest with squared hinge loss, all classes side by side.

Dual coordinate descent as in LIBLINEAR (Hsieh et al. 2008); the same data gives the same classifier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from handlers.danish.classifier import Floats, Vocabulary, Weights

Features = Mapping[int, float]
"""What is seen in a text, each with how much it counts."""

_ROUNDS = 8
_SEEN_AT_LEAST = 2


@dataclass(frozen=True)
class Lesson:
    """Texts, and which classes each belongs to."""

    described: Sequence[Features]
    signs: Floats
    """A row a text, a column a class: +1 where it belongs, -1 where not, 0 where it teaches the class nothing."""


def learn(lesson: Lesson, cost: float, bias: float, least: float = 0.0) -> tuple[Vocabulary, Weights, Floats]:
    """Vocabulary, weights and biases of a classifier.

    `cost`: what a mistake costs, beside large weights; `bias`: how freely a class may be likely or unlikely whatever
    is seen, which many rare classes need more than few frequent ones. Weights smaller than `least` are left out.
    """
    vocabulary = _vocabulary(lesson.described)
    rows = [vocabulary.vector(item) for item in lesson.described]
    weights, biases = _descend(rows, lesson.signs, len(vocabulary.features), cost, bias)
    return vocabulary, Weights.of(weights, least), biases


def _vocabulary(described: Sequence[Features]) -> Vocabulary:
    seen = Counter(feature for features in described for feature in features)
    features = np.array(sorted(feature for feature, count in seen.items() if count >= _SEEN_AT_LEAST), dtype=np.uint32)
    counts = np.array([seen[int(feature)] for feature in features], dtype=np.float32)
    rarity = np.log(len(described) / (1 + counts)) + 0.3
    return Vocabulary(features, rarity.astype(np.float16).astype(np.float32), float(np.log(len(described) / 2) + 0.3))


def _descend(
    rows: Sequence[tuple[NDArray[np.intp], Floats]], signs: Floats, width: int, cost: float, bias: float
) -> tuple[Floats, Floats]:
    """Weights and biases. Where a sign is 0, the dual variable stays 0."""
    count, classes = signs.shape
    weights = np.zeros((width, classes), dtype=np.float32)
    biases = np.zeros(classes, dtype=np.float32)
    dual = np.zeros((count, classes), dtype=np.float32)
    softness = 0.5 / cost
    norms = np.array([(values**2).sum() + bias**2 for _, values in rows], dtype=np.float32)
    order = np.random.default_rng(7)
    for _ in range(_ROUNDS):
        for row in order.permutation(count):
            positions, values = rows[row]
            sign = signs[row]
            margin = sign * (values @ weights[positions] + biases * np.float32(bias))
            gradient = margin - 1 + softness * dual[row]
            updated = np.maximum(dual[row] - gradient / (norms[row] + softness), 0)
            change = (updated - dual[row]) * sign
            if np.abs(change).max() > 1e-6:
                dual[row] += change * sign
                weights[positions] += values[:, None] * change
                biases += np.float32(bias) * change
    return weights, biases * np.float32(bias)
