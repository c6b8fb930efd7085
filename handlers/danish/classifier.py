"""Linear classifiers over the weighted features of a text: which of many classes it most likely belongs to.

The weights are learned when their data changes (`make model`, see `learning`) and read when the bot starts.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.contracts import UserError

Floats = NDArray[np.float32]
Positions = NDArray[np.intp]


class ModelError(UserError):
    """A classifier's file is missing or damaged; the message is a sentence for the user."""


def number(name: str) -> int:
    """The 32-bit number by which a feature is known."""
    return zlib.crc32(name.encode())


@dataclass(frozen=True)
class Vocabulary:
    """The features that a classifier knows, and how telling each is."""

    features: NDArray[np.uint32]
    """In ascending order."""
    rarity: Floats
    """Inverse document frequency of each."""
    unknown_rarity: float

    def __contains__(self, feature: int) -> bool:
        return len(self.position(feature)) > 0

    def position(self, feature: int) -> Positions:
        """Where a feature stands; nowhere, and so empty, when it is not known."""
        position = int(np.searchsorted(self.features, feature))
        known = position < len(self.features) and int(self.features[position]) == feature
        return np.array([position] if known else [], np.intp)

    def weighed(self, features: Mapping[int, float]) -> dict[int, float]:
        """All features of a text weighed by rarity, known or not, as a vector of length one."""
        rarity, unknown = self._rarities, self.unknown_rarity
        values = {feature: value * rarity.get(feature, unknown) for feature, value in features.items()}
        length = sum(value * value for value in values.values()) ** 0.5 or 1.0
        return {feature: value / length for feature, value in values.items()}

    @cached_property
    def _rarities(self) -> dict[int, float]:
        return dict(zip(self.features.tolist(), self.rarity.tolist(), strict=True))

    def vector(self, features: Mapping[int, float]) -> tuple[Positions, Floats]:
        """Positions and values of a text's known features, as a part of a vector of length one.

        What is not known makes the rest count less: much unknown means little certainty.
        """
        numbers = np.fromiter(features, dtype=np.uint32, count=len(features))
        values = np.fromiter(features.values(), dtype=np.float32, count=len(features))
        positions = np.minimum(np.searchsorted(self.features, numbers), len(self.features) - 1)
        known = self.features[positions] == numbers
        values = values * np.where(known, self.rarity[positions], np.float32(self.unknown_rarity))
        length = float(np.sqrt((values**2).sum())) or 1.0
        return positions[known], (values[known] / length).astype(np.float32)


@dataclass(frozen=True)
class Weights:
    """One row a feature, one column a class: only what is not zero, row after row, in steps of the column's scale."""

    starts: NDArray[np.int32]
    """Where each row begins, and where the last one ends."""
    columns: NDArray[np.uint16]
    steps: NDArray[np.int8]
    scales: Floats

    @classmethod
    def of(cls, dense: Floats, least: float = 0.0) -> Weights:
        """The weights of a matrix that are larger than `least`, rounded to a 127th of their column's largest."""
        scales = (np.abs(dense).max(axis=0) / 127 + 1e-9).astype(np.float32)
        steps = np.round(dense / scales).astype(np.int8)
        steps[np.abs(dense) < least] = 0
        rows, columns = np.nonzero(steps)
        starts = np.searchsorted(rows, np.arange(len(dense) + 1)).astype(np.int32)
        return cls(starts, columns.astype(np.uint16), steps[rows, columns], scales)

    def times(self, positions: Positions, values: Floats) -> Floats:
        """A sparse vector times the matrix: a number a class."""
        first, lengths = self.starts[positions], self.starts[positions + 1] - self.starts[positions]
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + lengths, lengths)
        weighed = self.steps[places] * np.repeat(values, lengths)
        return np.bincount(self.columns[places], weighed, len(self.scales)).astype(np.float32) * self.scales


@dataclass(frozen=True)
class Classifier:
    """Gives every class a score for a text."""

    vocabulary: Vocabulary
    classes: tuple[str, ...]
    weights: Weights
    biases: Floats
    sharpness: float
    """Turns scores into probabilities; fitted on texts by writers that the classifier had not seen."""
    digest: str
    """Of the data that it was learned from: another digest of the data means that it is out of step."""

    @classmethod
    def read(cls, file: Path) -> Classifier:
        """The classifier in a file written by `write`. Raises ModelError when there is none or it is damaged."""
        try:
            return cls._read(file)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
            raise ModelError(f"Modellen {file} mangler eller er beskadiget; »make model« laver den igen.") from None

    @classmethod
    def _read(cls, file: Path) -> Classifier:
        with np.load(file, allow_pickle=False) as arrays:
            about = json.loads(str(arrays["about"]))
            vocabulary = Vocabulary(
                np.cumsum(arrays["features"], dtype=np.uint32),
                arrays["rarity"].astype(np.float32),
                float(about["unknown_rarity"]),
            )
            weights = Weights(
                np.cumsum(arrays["lengths"], dtype=np.int32), arrays["columns"], arrays["steps"], arrays["scales"]
            )
            return cls(
                vocabulary,
                tuple(about["classes"]),
                weights,
                arrays["biases"],
                float(about["sharpness"]),
                str(about["digest"]),
            )

    def write(self, file: Path) -> None:
        """Writes the classifier, compressed."""
        about = {
            "classes": self.classes,
            "unknown_rarity": self.vocabulary.unknown_rarity,
            "sharpness": self.sharpness,
            "digest": self.digest,
        }
        np.savez_compressed(
            file,
            about=np.array(json.dumps(about, ensure_ascii=False)),
            features=np.diff(self.vocabulary.features, prepend=np.uint32(0)),
            rarity=self.vocabulary.rarity.astype(np.float16),
            lengths=np.diff(self.weights.starts, prepend=np.int32(0)),
            columns=self.weights.columns,
            steps=self.weights.steps,
            scales=self.weights.scales,
            biases=self.biases,
        )

    @cached_property
    def position(self) -> dict[str, int]:
        """The column of each class."""
        return {name: column for column, name in enumerate(self.classes)}

    def scores(self, features: Mapping[int, float]) -> Floats:
        """One score a class, in the order of `classes`; higher is likelier."""
        return self.weights.times(*self.vocabulary.vector(features)) + self.biases

    def weight(self, feature: int) -> Floats:
        """What a feature by itself speaks for each class; nothing for one that is not known."""
        row = self.vocabulary.position(feature)
        return self.weights.times(row, np.ones(len(row), np.float32))


def probabilities(scores: Sequence[float] | Floats, sharpness: float) -> Floats:
    """Probabilities that sum to one."""
    raised = np.exp((np.asarray(scores, dtype=np.float32) - np.max(scores)) * sharpness)
    shares: Floats = raised / raised.sum()
    return shares
