"""Remembers single descriptions with their tags: the handbook's own words, and what users corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from handlers.danish.classifier import Vocabulary


@dataclass(frozen=True, slots=True)
class Trace:
    """A remembered description: what it stands for, its features, and its words where they may be shown."""

    tag: str
    task: str
    features: Mapping[int, float]
    text: str = ""


class Memory:
    """Finds how much a description resembles those remembered."""

    def __init__(self, vocabulary: Vocabulary, traces: Iterable[Trace]) -> None:
        self._vocabulary = vocabulary
        self._traces = list(traces)
        self._index: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for number, trace in enumerate(self._traces):
            for feature, value in vocabulary.weighed(trace.features).items():
                self._index[feature].append((number, value))

    def __len__(self) -> int:
        return len(self._traces)

    def likeness(self, features: Mapping[int, float]) -> list[tuple[Trace, float]]:
        """The descriptions that have something in common with this one, and how alike (0 to 1) each is."""
        found: dict[int, float] = defaultdict(float)
        for feature, value in self._vocabulary.weighed(features).items():
            for number, other in self._index.get(feature, ()):
                found[number] += value * other
        return [(self._traces[number], alike) for number, alike in found.items()]

    def nearest(self, features: Mapping[int, float]) -> dict[tuple[str, str], float]:
        """For each tag and task the likeness (0 to 1) of the most alike description remembered."""
        return nearest(self.likeness(features))


def nearest(likeness: Iterable[tuple[Trace, float]]) -> dict[tuple[str, str], float]:
    """For each tag and task the likeness of the most alike description."""
    best: dict[tuple[str, str], float] = defaultdict(float)
    for trace, alike in likeness:
        best[trace.tag, trace.task] = max(best[trace.tag, trace.task], alike)
    return dict(best)
