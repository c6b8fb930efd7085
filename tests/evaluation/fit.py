"""Fits data/ranking.toml: how the signals of a search are weighed, and when the first section is trusted.

    python -m tests.evaluation.fit --handbook DIR

Learnt from the questions in development.tsv, whose writers wrote none of data/questions, once with the section model
and once without. The evaluation sets are not used.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handlers.danish import Danish
from handlers.handbook.catalogue import Catalogue
from handlers.handbook.model import Handbook
from handlers.handbook.ranking import SURE, Ranking
from handlers.handbook.reader import HandbookReader
from handlers.handbook.search import Found, find
from handlers.handbook.section_model import SectionModel

FOLDS = 5
ORDER = (
    "learned", "likely", "body", "wide", "heading", "page", "titled", "line", "fit", "met", "text_gap", "passage_gap",
    "defines", "person", "held", "held_line", "steps", "empty", "short", "long", "top", "summary", "front", "draft",
)  # fmt: skip
TRUST = (
    "always", "unanswered", "score", "margin", "learned", "likely", "body", "wide", "heading", "page", "line", "fit",
    "defines",
    "unsaid", "person", "lacks", "lacks_line", "held_off", "counted", "met", "mass", "text_gap",
    "passage_gap", "unbacked", "unnamed", "bare", "things",
)  # fmt: skip
UNHELPED_WEIGHT = 0.2
"""What a question counts in a handbook that no question is known to lead into, beside one in the handbook as it is."""
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A question as searched for, with the keys of the sections that answer (none: nothing does)."""

    kind: str
    text: str
    gold: frozenset[str]
    found: Found
    weight: float


def read_cases(file: Path) -> list[tuple[str, str, frozenset[str]]]:
    """Kind, question and sections of each line."""
    lines = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(kind, text, frozenset(rest[0].split(",") if rest else ())) for kind, text, *rest in lines]


def searched(handbook: Handbook, data: Path, model: SectionModel, weight: float) -> list[Case]:
    """The questions of development.tsv, searched for with this model."""
    catalogue = Catalogue(Danish.read(data), handbook, model)
    cases = read_cases(Path(__file__).parent / "development.tsv")
    return [Case(kind, text, gold, find(text, catalogue), weight) for kind, text, gold in cases]


def fit_order(
    cases: Sequence[Case], names: Sequence[str], penalty: float = 0.005, steps: int = 300
) -> dict[str, float]:
    """Weights under which the right sections get most of the softmax among the candidates."""
    groups = []
    for case in cases:
        right = np.array([hit.section.key in case.gold for hit in case.found.hits])
        if right.any() and not right.all():
            groups.append(
                (np.array([[hit.signals[name] for name in names] for hit in case.found.hits]), right, case.weight)
            )
    weights, speed, scale = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    total = sum(weight for *_, weight in groups)
    for step in range(1, steps + 1):
        slope = penalty * weights
        for signals, right, weight in groups:
            scores = signals @ weights
            odds = np.exp(scores - scores.max())
            odds /= odds.sum()
            wanted = odds * right
            slope += weight / total * (signals.T @ (odds - wanted / wanted.sum()))
        speed = 0.9 * speed + 0.1 * slope
        scale = 0.99 * scale + 0.01 * slope**2
        weights -= 0.1 * (speed / (1 - 0.9**step)) / (np.sqrt(scale / (1 - 0.99**step)) + 1e-9)
    return dict(zip(names, weights.tolist(), strict=True))


def fit_trust(
    cases: Sequence[Case], ranking: Ranking, names: Sequence[str], penalty: float = 0.003
) -> dict[str, float]:
    """Logistic regression: does one of the first three sections answer? Held-out questions count as usual."""
    rows, truth, shares = [], [], []
    for case in cases:
        hits = ranking.sorted(case.found)
        if hits and (not case.gold or case.kind != "said" or any(hit.section.key in case.gold for hit in hits[:3])):
            signals = ranking.trust_signals(hits)
            rows.append([signals[name] for name in names])
            truth.append(case.kind == "said")
            shares.append(case.weight)
    table, wanted = np.array(rows), np.array(truth, np.float64)
    share = np.array(shares) / sum(shares)
    ridge = np.diag([0.0 if name == "always" else penalty for name in names])
    weights = np.zeros(len(names))
    for _ in range(50):  # Newton's method
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (share * (likely - wanted)) + ridge @ weights
        bend = (table * (share * likely * (1 - likely))[:, None]).T @ table + ridge + 1e-9 * np.eye(len(names))
        weights -= np.linalg.solve(bend, slope)
    return dict(zip(names, weights.tolist(), strict=True))


def fitted(cases: Sequence[Case]) -> Ranking:
    """The ranking that fits these cases best."""
    order = Ranking(fit_order([case for case in cases if case.kind == "said"], ORDER), {})
    return Ranking(order.order, fit_trust(cases, order, TRUST))


def crossed(cases: Sequence[Case], others: Sequence[Case]) -> dict[str, float]:
    """How well a ranking does on each fifth of the cases when it is fitted to the rest, and to the others."""
    shuffled = random.Random(1).sample(cases, len(cases))
    found: dict[str, list[bool]] = defaultdict(list)
    for fold in range(FOLDS):
        asked = shuffled[fold::FOLDS]
        texts = {case.text for case in asked}
        ranking = fitted([case for case in (*cases, *others) if case.text not in texts])
        for case in asked:
            hits = ranking.sorted(case.found)
            if case.kind == "said":
                for first in (1, 3):
                    found[f"first {first}"].append(any(hit.section.key in case.gold for hit in hits[:first]))
            found[f"unanswered {case.kind}"].append(not hits or ranking.sureness(hits) < SURE)
    return {what: sum(right) / len(right) for what, right in sorted(found.items())}


def write(file: Path, ranking: Ranking) -> None:
    lines = ["# Weights of the search's signals (see handlers/handbook/search.py). Written by tests/evaluation/fit.py."]
    for title, weights in (("order", ranking.order), ("trust", ranking.trust)):
        lines += ["", f"[{title}]", *(f"{name} = {weight:.2f}" for name, weight in weights.items())]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fits the weights and says how well they do on questions that they were not fitted to."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.fit", description=main.__doc__)
    parser.add_argument("--handbook", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("data"))
    options = parser.parse_args()
    handbook = HandbookReader(options.handbook, "https://handbook.example").read()
    model = SectionModel.written_for(handbook, options.data / "questions")
    helped = searched(handbook, options.data, model, 1.0)
    unhelped = searched(handbook, options.data, SectionModel(), UNHELPED_WEIGHT)
    write(options.data / "ranking.toml", fitted([*helped, *unhelped]))
    for name, cases, others in (("as it is", helped, unhelped), ("without known questions", unhelped, helped)):
        print(f"{name}: " + ", ".join(f"{what} {share:.1%}" for what, share in crossed(cases, others).items()))


if __name__ == "__main__":
    main()
