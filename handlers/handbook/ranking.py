"""Weighs the signals of the sections found, and says how sure the best of them is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path

from handlers.handbook.search import Found, Hit


@dataclass(frozen=True)
class Ranking:
    """Weights of the signals, fitted by `tests/evaluation/fit.py` and kept in data/ranking.toml."""

    order: Mapping[str, float]
    """For the order of the sections."""
    trust: Mapping[str, float]
    """For whether the first section answers; "bias" is the constant."""

    @classmethod
    def read(cls, file: Path) -> Ranking:
        with file.open("rb") as stream:
            weights = tomllib.load(stream)
        return cls(weights["order"], weights["trust"])

    def sorted(self, found: Found) -> list[Hit]:
        """The hits, best first."""
        return sorted(found.hits, key=self.score, reverse=True)

    def score(self, hit: Hit) -> float:
        return sum(weight * hit.signals[name] for name, weight in self.order.items())

    def sureness(self, found: Found, hits: list[Hit]) -> float:
        """How likely the first hit answers the question, 0 to 1."""
        signals = trust_signals(found, hits, self)
        total = self.trust["bias"] + sum(
            weight * signals[name] for name, weight in self.trust.items() if name != "bias"
        )
        return 1 / (1 + exp(-total))


def trust_signals(found: Found, hits: list[Hit], ranking: Ranking) -> dict[str, float]:
    """What tells whether the first hit answers."""
    first = hits[0].signals
    second = ranking.score(hits[1]) if len(hits) > 1 else 0.0
    return {
        "score": ranking.score(hits[0]),
        "margin": ranking.score(hits[0]) - second,
        "known": first["known"],
        "wide": first["wide"],
        "line": first["line"],
        "body": first["body"],
        "held": first["held"],
        "held_line": first["held_line"],
    }
