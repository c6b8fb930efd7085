"""How well the tag model does on descriptions by writers that it has not learned from.

    python -m tests.evaluation.tag_model [--shares 0.25 0.5 1]

Each file of examples is one writer's; every writer is left out once. Prints for each share of the data (the learning
curve) how often the first tag is right and how often one of the first two; for all of it also how right the bot is
where it calls itself sure, which thin descriptions it finds, and how often it asks about one that says enough, by the
number of telling words.
"""

from __future__ import annotations

import argparse
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.settings import data_folder
from handlers.danish.classifier import Classifier, probabilities
from handlers.tags.classes import THIN
from handlers.tags.examples import Example, Thin, read_examples, read_thin
from handlers.tags.suggester import SURE
from handlers.tags.thinness import lack, telling
from handlers.tags.training import Describe, describer, learn

Floats = NDArray[np.float64]


def tag_scores(model: Classifier, scores: NDArray[np.float32], tags: list[str]) -> Floats:
    """The score of every tag: its own and that of its best standard task, as the bot adds them up."""
    found = np.full(len(tags), -4.0)
    for place, tag in enumerate(tags):
        own = [score for name, score in zip(model.classes, scores, strict=True) if name.startswith(f"{tag} :: ")]
        if tag in model.position:
            found[place] = scores[model.position[tag]] + max(own)
    return found


def measure(examples: list[Example], thin: list[Thin], describe: Describe, share: float) -> None:
    """Leaves out each writer in turn and prints the figures."""
    tags = sorted({example.tag for example in examples})
    voices = sorted({example.voice for example in examples})
    chance = np.random.default_rng(1)
    rows: list[tuple[int, Floats]] = []
    lacks: list[tuple[str, bool, float]] = []
    for number, voice in enumerate(voices):
        others = [example for example in examples if example.voice != voice]
        kept = [others[place] for place in sorted(chance.permutation(len(others))[: int(len(others) * share)])]
        model = learn(kept, [item for place, item in enumerate(thin) if place % len(voices) != number], describe)
        unseen = [item for place, item in enumerate(thin) if place % len(voices) == number]
        own: list[Example | Thin] = [example for example in examples if example.voice == voice]
        for item in [*own, *unseen]:
            found = model.scores(describe(item.text))
            scores = tag_scores(model, found, tags)
            likeliest = float(probabilities(scores.tolist(), model.sharpness).max())
            short = isinstance(item, Thin)
            lacks.append((item.text, short, lack(item.text, float(found[model.position[THIN]]), likeliest)))
            if isinstance(item, Example):
                rows.append((tags.index(item.tag), scores))
    ranks = [int((scores > scores[right]).sum()) for right, scores in rows]
    first, two = np.mean(np.array(ranks) == 0), np.mean(np.array(ranks) < 2)
    print(f"{share:4.0%} of the data: first {first:.1%}, first two {two:.1%} ({len(rows)} descriptions)")
    if share == 1:
        best = [float(probabilities(scores.tolist(), model.sharpness).max()) for _, scores in rows]
        sure = [rank == 0 for rank, share_ in zip(ranks, best, strict=True) if share_ >= SURE]
        print(f"sure of {len(sure) / len(rows):.1%}; of these right {np.mean(sure):.1%}")
        for words in range(1, 6):
            asked: dict[bool, list[bool]] = {True: [], False: []}
            for text, is_thin, lacking in lacks:
                if telling(text) == words:
                    asked[is_thin].append(lacking > 0)
            print(
                f"{words} telling words: finds {np.mean(asked[True]):.0%} of {len(asked[True])} thin ones,"
                f" asks about {np.mean(asked[False]):.1%} of {len(asked[False])} others"
            )


def main() -> None:
    """Measures each share of the data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.25, 0.5, 1.0])
    data = data_folder()
    describe = lru_cache(maxsize=None)(describer(data))
    for share in parser.parse_args().shares:
        measure(read_examples(data / "tags" / "examples"), read_thin(data / "tags" / "thin.txt"), describe, share)


if __name__ == "__main__":
    main()
