"""Which tag and standard task a description most likely means: linear classifiers over words and concepts.

The weights are learned when the data changes (`make model`, see `training`) and read when the bot starts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

THIN = "?"
"""The class of descriptions that say too little."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Vocabulary:
    """The features that the model knows, and how telling each is."""

    features: NDArray[np.uint32]
    """In ascending order."""
    rarity: Floats
    """Inverse document frequency of each."""
    unknown_rarity: float

    def __contains__(self, feature: int) -> bool:
        position = int(np.searchsorted(self.features, feature))
        return position < len(self.features) and int(self.features[position]) == feature

    def weighed(self, features: Mapping[int, float]) -> dict[int, float]:
        """All features of a description weighed by rarity, known or not, as a vector of length one."""
        rarity, unknown = self._rarities, self.unknown_rarity
        values = {feature: value * rarity.get(feature, unknown) for feature, value in features.items()}
        length = sum(value * value for value in values.values()) ** 0.5 or 1.0
        return {feature: value / length for feature, value in values.items()}

    @cached_property
    def _rarities(self) -> dict[int, float]:
        return dict(zip(self.features.tolist(), self.rarity.tolist(), strict=True))

    def vector(self, features: Mapping[int, float]) -> tuple[NDArray[np.intp], Floats]:
        """Positions and values of a description's features, as a vector of length one.

        What the model does not know makes the rest count less: much unknown means little certainty.
        """
        numbers = np.fromiter(features, dtype=np.uint32, count=len(features))
        values = np.fromiter(features.values(), dtype=np.float32, count=len(features))
        positions = np.minimum(np.searchsorted(self.features, numbers), len(self.features) - 1)
        known = self.features[positions] == numbers
        values = values * np.where(known, self.rarity[positions], np.float32(self.unknown_rarity))
        length = float(np.sqrt((values**2).sum())) or 1.0
        return positions[known], (values[known] / length).astype(np.float32)


@dataclass(frozen=True)
class Model:
    """Scores for classes: every tag by its name, every standard task as "tag :: task", and `THIN`."""

    vocabulary: Vocabulary
    classes: tuple[str, ...]
    weights: NDArray[np.int8]
    """One row a feature, one column a class; times the class's scale."""
    scales: Floats
    biases: Floats
    sharpness: float
    """Turns scores into probabilities; fitted on descriptions by writers that the model had not seen."""
    digest: str
    """Of the data that it was learned from; see `training.digest`."""

    @classmethod
    def read(cls, file: Path) -> Model:
        """The model in a file written by `write`.

        Raises OSError or ValueError when there is none or it is damaged.
        """
        with np.load(file, allow_pickle=False) as arrays:
            about = json.loads(str(arrays["about"]))
            vocabulary = Vocabulary(
                np.cumsum(arrays["steps"], dtype=np.uint32),
                arrays["rarity"].astype(np.float32),
                float(about["unknown_rarity"]),
            )
            return cls(
                vocabulary,
                tuple(about["classes"]),
                arrays["weights"],
                arrays["scales"],
                arrays["biases"],
                float(about["sharpness"]),
                str(about["digest"]),
            )

    def write(self, file: Path) -> None:
        """Writes the model, compressed."""
        about = {
            "classes": self.classes,
            "unknown_rarity": self.vocabulary.unknown_rarity,
            "sharpness": self.sharpness,
            "digest": self.digest,
        }
        np.savez_compressed(
            file,
            about=np.array(json.dumps(about, ensure_ascii=False)),
            steps=np.diff(self.vocabulary.features, prepend=np.uint32(0)),
            rarity=self.vocabulary.rarity.astype(np.float16),
            weights=self.weights,
            scales=self.scales,
            biases=self.biases,
        )

    @cached_property
    def position(self) -> dict[str, int]:
        """The column of each class."""
        return {name: number for number, name in enumerate(self.classes)}

    def scores(self, features: Mapping[int, float]) -> Floats:
        """One score a class, in the order of `classes`; higher is likelier."""
        positions, values = self.vocabulary.vector(features)
        summed = values @ self.weights[positions].astype(np.float32)
        scores: Floats = (summed * self.scales + self.biases).astype(np.float32)
        return scores


def probabilities(scores: Sequence[float] | Floats, sharpness: float) -> Floats:
    """Probabilities that sum to one."""
    raised = np.exp((np.asarray(scores, dtype=np.float32) - np.max(scores)) * sharpness)
    shares: Floats = raised / raised.sum()
    return shares
