"""Fits data/ranking.toml: how the signals of a search are weighed, and when the first section is trusted.

    python -m tests.evaluation.fit --handbook DIR

Two kinds of questions are learnt from: those in development.tsv, and those in data/questions, of which each fifth is
held out in turn from the catalogue that ranks it, so that no question finds itself. The evaluation sets are not used.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handlers.danish import Danish
from handlers.handbook import questions
from handlers.handbook.catalogue import Catalogue
from handlers.handbook.model import Handbook
from handlers.handbook.ranking import SURE, Ranking
from handlers.handbook.reader import HandbookReader
from handlers.handbook.search import Found, find

FOLDS = 5
ORDER = (
    "body", "wide", "heading", "page", "known", "second", "line", "fit", "defines", "person", "held", "held_line",
    "steps", "empty", "short", "long", "top", "summary", "front", "draft",
)  # fmt: skip
TRUST = (
    "always", "score", "margin", "body", "wide", "heading", "page", "known", "line", "fit", "defines", "unsaid",
    "person", "lacks", "lacks_line", "held_off", "counted", "met", "mass", "text_gap",
    "passage_gap", "unbacked", "unnamed", "bare", "things",
)  # fmt: skip
HELD_OUT_WEIGHT = 0.04
"""What a held-out question from data/questions counts beside one from development.tsv: its siblings were written to be
unlike it, so it finds less help in them than a user's question would."""
UNHELPED_WEIGHT = 0.5
"""The same for the questions of development.tsv in a handbook whose known questions have all fallen silent."""
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


def development(handbook: Handbook, data: Path, known: Sequence[questions.Known], weight: float) -> list[Case]:
    """The questions of development.tsv, searched for with these known questions at hand."""
    catalogue = Catalogue(Danish.read(data), handbook, known)
    cases = read_cases(Path(__file__).parent / "development.tsv")
    return [Case(kind, text, gold, find(text, catalogue), weight) for kind, text, gold in cases]


def held_out(handbook: Handbook, data: Path) -> list[Case]:
    live, _ = questions.placed(handbook, questions.written_for(handbook, data / "questions"))
    random.Random(7).shuffle(live)
    cases = []
    for fold in range(FOLDS):
        rest = [known for number, (known, _) in enumerate(live) if number % FOLDS != fold]
        catalogue = Catalogue(Danish.read(data), handbook, rest)
        for known, section in live[fold::FOLDS]:
            found = find(known.question, catalogue)
            cases.append(Case("said", known.question, frozenset((section.key,)), found, HELD_OUT_WEIGHT))
    return cases


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


def silent(cases: Sequence[Case], others: Sequence[Case], order: Ranking) -> dict[str, float]:
    """By kind the share of cases left unanswered, each fifth of them by trust fitted to the rest and to the others."""
    shuffled = random.Random(1).sample(cases, len(cases))
    unanswered: dict[str, list[bool]] = defaultdict(list)
    for fold in range(FOLDS):
        asked = shuffled[fold::FOLDS]
        texts = {case.text for case in asked}
        rest = [case for case in (*cases, *others) if case.text not in texts]
        ranking = Ranking(order.order, fit_trust(rest, order, TRUST))
        for case in asked:
            hits = ranking.sorted(case.found)
            unanswered[case.kind].append(not hits or ranking.sureness(hits) < SURE)
    return {kind: sum(silences) / len(silences) for kind, silences in unanswered.items()}


def share_right(cases: Sequence[Case], ranking: Ranking, first: int) -> float:
    """The share of cases with a right section among the first so many."""
    right = [any(hit.section.key in case.gold for hit in ranking.sorted(case.found)[:first]) for case in cases]
    return sum(right) / max(1, len(right))


def write(file: Path, ranking: Ranking) -> None:
    lines = ["# Weights of the search's signals (see handlers/handbook/search.py). Written by tests/evaluation/fit.py."]
    for title, weights in (("order", ranking.order), ("trust", ranking.trust)):
        lines += ["", f"[{title}]", *(f"{name} = {weight:.2f}" for name, weight in weights.items())]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fits the weights and says how well they do on the questions that they were fitted to."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.fit", description=main.__doc__)
    parser.add_argument("--handbook", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("data"))
    options = parser.parse_args()
    handbook = HandbookReader(options.handbook, "https://handbook.example").read()
    written = development(handbook, options.data, questions.written_for(handbook, options.data / "questions"), 1.0)
    unhelped = development(handbook, options.data, (), UNHELPED_WEIGHT)
    held = held_out(handbook, options.data)
    said = [case for case in written if case.kind == "said"]
    order = Ranking(fit_order([*said, *held], ORDER), {})
    trusted = [*written, *unhelped, *(replace(case, weight=HELD_OUT_WEIGHT / 2) for case in held)]
    ranking = Ranking(order.order, fit_trust(trusted, order, TRUST))
    write(options.data / "ranking.toml", ranking)
    for name, cases in (
        ("written for fitting", said),
        ("the same without known questions", [case for case in unhelped if case.kind == "said"]),
        ("held out", held),
    ):
        first, three = (share_right(cases, ranking, count) for count in (1, 3))
        print(f"{name}: {len(cases)} questions, right section first {first:.1%}, among three {three:.1%}")
    shares = silent(written, trusted[len(written) :], order)
    print("left unanswered, cross-validated: " + ", ".join(f"{kind} {share:.1%}" for kind, share in shares.items()))


if __name__ == "__main__":
    main()
