"""Weighs the signals of the sections found, and says how sure the best of them is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

from handlers.handbook.search import Found, Hit
from handlers.handbook.section_model import UNHEARD

_SAME_QUESTION = 0.85
"""How near a confirmed question must be to be the same question in other words."""
_CONFIRMED = 5.0
"""What the same question gains, in points."""


@dataclass(frozen=True)
class Ranking:
    """Weights of the signals, fitted by `tests/evaluation/fit.py` and kept in data/ranking.toml."""

    order: Mapping[str, float]
    """For the order of the sections."""
    trust: Mapping[str, float]
    """For whether the first section answers."""
    sure: float
    """Sureness from which the first section is taken for the answer."""

    @classmethod
    def read(cls, file: Path, taught: bool) -> Ranking:
        """The weights for a handbook that a section model was taught, or for one that none was taught."""
        with file.open("rb") as stream:
            weights = tomllib.load(stream)["taught" if taught else "untaught"]
        return cls(weights["order"], weights["trust"], weights["sure"])

    def sorted(self, found: Found) -> list[Hit]:
        """The hits, best first."""
        return sorted(found.hits, key=self.score, reverse=True)

    def score(self, hit: Hit) -> float:
        confirmed = _CONFIRMED * (hit.signals["known"] >= _SAME_QUESTION)
        return confirmed + sum(weight * hit.signals[name] for name, weight in self.order.items())

    def sureness(self, hits: Sequence[Hit]) -> float:
        """How likely the first of the sorted hits answers the question, 0 to 1."""
        signals = self.trust_signals(hits)
        if signals["known"] >= _SAME_QUESTION:
            return 1.0
        if signals["lacks"] and (signals["learned"] <= UNHEARD or signals["unmistakable"]):
            return 0.0  # a number, a date, a name or the like is asked for, and the section holds none
        total = sum(weight * signals[name] for name, weight in self.trust.items())
        return 1 / (1 + exp(-total))

    def trust_signals(self, hits: Sequence[Hit]) -> dict[str, float]:
        """What tells whether the first of the sorted hits answers: its own signals, and what they say together."""
        first = hits[0].signals
        second = self.score(hits[1]) if len(hits) > 1 else 0.0
        lacks = float(first["held"] < 0)
        return first | {
            "always": 1.0,
            "score": self.score(hits[0]) / 10,
            "margin": (self.score(hits[0]) - second) / 5,
            "lacks": lacks,
            "lacks_line": float(first["held_line"] < 0),
            "unbacked": first["passage_gap"] * (1 - first["likely"]),
            "unsaid": min(0.0, first["defines"]),
        }
