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
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handlers.danish import Danish
from handlers.handbook.catalogue import Catalogue
from handlers.handbook.model import Handbook
from handlers.handbook.ranking import Ranking
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
    "unsaid", "person", "held", "held_line", "lacks", "lacks_line", "held_off", "counted", "met", "mass", "text_gap",
    "passage_gap", "unbacked", "unnamed", "bare", "things",
)  # fmt: skip
AGAINST = {
    "unanswered", "lacks", "lacks_line", "held_off", "text_gap", "passage_gap", "unbacked", "unnamed", "bare",
}  # fmt: skip
"""Signals that a section does not answer; the others are signals that it does."""
LEARNT = {"learned", "likely", "unanswered"}
"""Signals that only a handbook has which a section model was taught."""
SURE = {True: 0.32, False: 0.5}
"""Sureness from which the first section is taken for the answer, where a model was taught and where none was. The lower
it is, the fewer answers are kept back, and the more questions that the handbook does not answer get one."""
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """A question as searched for, with the keys of the sections that answer (none: nothing does)."""

    kind: str
    text: str
    gold: frozenset[str]
    found: Found


def read_cases(file: Path) -> list[tuple[str, str, frozenset[str]]]:
    """Kind, question and sections of each line."""
    lines = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(kind, text, frozenset(rest[0].split(",") if rest else ())) for kind, text, *rest in lines]


def searched(handbook: Handbook, data: Path, model: SectionModel) -> list[Case]:
    """The questions of development.tsv, searched for with this model."""
    catalogue = Catalogue(Danish.read(data), handbook, model)
    cases = read_cases(Path(__file__).parent / "development.tsv")
    return [Case(kind, text, gold, find(text, catalogue)) for kind, text, gold in cases]


def fit_order(
    cases: Sequence[Case], names: Sequence[str], penalty: float = 0.005, steps: int = 300
) -> dict[str, float]:
    """Weights under which the right sections get most of the softmax among the candidates."""
    wanted = [[hit.section.key in case.gold for hit in case.found.hits] for case in cases]
    told = [case for case, right in zip(cases, wanted, strict=True) if any(right) and not all(right)]
    most = max(len(case.found.hits) for case in told)
    signals = np.zeros((len(told), most, len(names)))
    gold = np.zeros((len(told), most))
    absent = np.full((len(told), most), -np.inf)
    for row, case in enumerate(told):
        for column, hit in enumerate(case.found.hits):
            signals[row, column] = [hit.signals[name] for name in names]
            gold[row, column] = hit.section.key in case.gold
            absent[row, column] = 0
    weights, speed, scale = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, steps + 1):
        odds = _shares(signals @ weights + absent)
        off = odds - _shares(np.where(gold > 0, signals @ weights, -np.inf))
        slope = penalty * weights + np.einsum("rc,rcn->n", off, signals) / len(told)
        speed = 0.9 * speed + 0.1 * slope
        scale = 0.99 * scale + 0.01 * slope**2
        weights -= 0.1 * (speed / (1 - 0.9**step)) / (np.sqrt(scale / (1 - 0.99**step)) + 1e-9)
    return dict(zip(names, weights.tolist(), strict=True))


def _shares(scores: Vector) -> Vector:
    """The softmax of each row."""
    odds: Vector = np.exp(scores - scores.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    return odds


def fit_trust(
    cases: Sequence[Case], ranking: Ranking, names: Sequence[str], penalty: float = 0.0003
) -> dict[str, float]:
    """Logistic regression: does one of the first three sections answer?

    A signal that says by its nature that a section answers may not count against it, nor the other way round: it
    would only say something of how these questions were chosen. Such signals are left out, the worst one first.
    """
    rows, truth = [], []
    for case in cases:
        hits = ranking.sorted(case.found)
        if hits and (not case.gold or case.kind != "said" or any(hit.section.key in case.gold for hit in hits[:3])):
            rows.append(ranking.trust_signals(hits))
            truth.append(case.kind == "said")
    kept = list(names)
    while True:
        weights = _logistic(np.array([[row[name] for name in kept] for row in rows]), np.array(truth), penalty)
        wrong = {name: -abs(weight) for name, weight in zip(kept, weights, strict=True) if _odd(name, weight)}
        if not wrong:
            return dict(zip(kept, weights.tolist(), strict=True))
        kept.remove(min(wrong, key=wrong.__getitem__))


def _odd(name: str, weight: float) -> bool:
    return name != "always" and (weight > 0 if name in AGAINST else weight < 0)


def _logistic(table: Vector, truth: Vector, penalty: float) -> Vector:
    """Weights by Newton's method; the first column, which is always 1, is not penalised."""
    ridge = np.diag([0.0, *[penalty] * (table.shape[1] - 1)])
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (likely - truth) / len(table) + ridge @ weights
        bend = (table * (likely * (1 - likely) / len(table))[:, None]).T @ table + ridge + 1e-9 * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights


def fitted(cases: Sequence[Case], taught: bool) -> Ranking:
    """The ranking that fits these cases best."""
    order, trust = ([name for name in names if taught or name not in LEARNT] for names in (ORDER, TRUST))
    ranking = Ranking(fit_order([case for case in cases if case.kind == "said"], order), {}, SURE[taught])
    return replace(ranking, trust=fit_trust(cases, ranking, trust))


def crossed(cases: Sequence[Case], taught: bool) -> dict[str, float]:
    """How well a ranking does on each fifth of the cases when it is fitted to the rest."""
    shuffled = random.Random(1).sample(cases, len(cases))
    found: dict[str, list[bool]] = defaultdict(list)
    for fold in range(FOLDS):
        asked = shuffled[fold::FOLDS]
        ranking = fitted([case for number, case in enumerate(shuffled) if number % FOLDS != fold], taught)
        for case in asked:
            hits = ranking.sorted(case.found)
            if case.kind == "said":
                for first in (1, 3):
                    found[f"first {first}"].append(any(hit.section.key in case.gold for hit in hits[:first]))
            found[f"unanswered {case.kind}"].append(not hits or ranking.sureness(hits) < ranking.sure)
    return {what: sum(right) / len(right) for what, right in sorted(found.items())}


def written(title: str, ranking: Ranking) -> list[str]:
    """The lines of a ranking."""
    lines = ["", f"[{title}]", f"sure = {ranking.sure}"]
    for part, weights in (("order", ranking.order), ("trust", ranking.trust)):
        lines += ["", f"[{title}.{part}]", *(f"{name} = {weight:.2f}" for name, weight in weights.items())]
    return lines


def main() -> None:
    """Fits the weights and says how well they do on questions that they were not fitted to."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.fit", description=main.__doc__)
    parser.add_argument("--handbook", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("data"))
    options = parser.parse_args()
    handbook = HandbookReader(options.handbook, "https://handbook.example").read()
    lines = ["# Weights of the search's signals (see handlers/handbook/search.py). Written by tests/evaluation/fit.py."]
    for taught in (True, False):
        model = SectionModel.written_for(handbook, options.data / "questions") if taught else SectionModel()
        cases, title = searched(handbook, options.data, model), "taught" if taught else "untaught"
        lines += written(title, fitted(cases, taught))
        print(f"{title}: " + ", ".join(f"{what} {share:.1%}" for what, share in crossed(cases, taught).items()))
    (options.data / "ranking.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
