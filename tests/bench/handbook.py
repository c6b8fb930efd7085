"""How the handbook capability bears growth: handbooks of generated text, of today's size to a hundred times it.

    python -m tests.bench.handbook [--pages 45 450 4500]

Prints for each size, measured in a process of its own: seconds to read and index it, memory at the end (MB), median and
99th percentile of a question's time (ms, answer included), and the seconds it takes to take in one changed page.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.settings import data_folder
from handlers.handbook import HandbookCapability, HandbookReader
from handlers.handbook.questions import read as read_questions
from tests.conversation import NO_CONTEXT, question
from tests.handlers.handbook.small import answering

SECTIONS = 9
QUESTIONS = 300
_SEED = 20260801


def write_handbook(folder: Path, pages: int) -> None:
    """Writes pages of about the length and build of a real one: headings, paragraphs, lists and a table."""
    chance = random.Random(_SEED)
    words = _vocabulary()
    (folder / "docs").mkdir(parents=True)
    for number in range(pages):
        title = _phrase(chance, words, 3).capitalize()
        parts = [f"---\ntitle: {title} {number}\nlayout: default\n---\n\n# {title}\n\n{_paragraph(chance, words)}"]
        for _ in range(SECTIONS):
            items = "\n".join(f"- {_phrase(chance, words, 8).capitalize()}" for _ in range(3))
            rows = "\n".join(f"| {_phrase(chance, words, 2)} | {_phrase(chance, words, 4)} |" for _ in range(2))
            table = f"\n\n| Emne | Gælder |\n|---|---|\n{rows}" if chance.random() < 0.2 else ""
            parts.append(
                f"## {_phrase(chance, words, 3).capitalize()}\n\n{_paragraph(chance, words)}\n\n{items}{table}"
            )
        (folder / "docs" / f"side_{number:04}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def measure(pages: int) -> dict[str, float]:
    """The figures for a handbook of so many pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_handbook(folder, pages)
        start = time.perf_counter()
        reader = HandbookReader(folder, "https://handbook.example")
        capability = answering(reader.read())
        load = time.perf_counter() - start
        _ask(capability, "hvem spørger jeg om det her?")  # as the running bot does, see `App.warm_up`
        took = sorted(_ask(capability, text) for text in _questions(folder))
        page = folder / "docs" / "side_0007.md"
        page.write_text(page.read_text(encoding="utf-8") + "\nEn ny sætning om kaffe.\n", encoding="utf-8")
        start = time.perf_counter()
        capability.update(reader.read())
        change = time.perf_counter() - start
    return {
        "load": load,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "p50": took[len(took) // 2],
        "p99": took[int(len(took) * 0.99)],
        "change": change,
    }


def _ask(capability: HandbookCapability, text: str) -> float:
    """Milliseconds to claim a question and to word the answer."""
    start = time.perf_counter()
    claim = capability.claim(question(text), NO_CONTEXT)
    if claim is not None:
        claim.answer()
    return (time.perf_counter() - start) * 1000


def _questions(folder: Path) -> list[str]:
    """Questions as people ask them, half of them with words of the handbook's own headings."""
    chance = random.Random(_SEED + 1)
    known = [known.question for known in read_questions(data_folder() / "questions")]
    pages = sorted(folder.rglob("*.md"))
    asked = chance.sample(known, QUESTIONS // 2)
    for _ in range(QUESTIONS - len(asked)):
        lines = chance.choice(pages).read_text(encoding="utf-8").splitlines()
        headings = [line.lstrip("# ") for line in lines if line.startswith("## ")]
        asked.append(f"hvordan er det med {chance.choice(headings).lower()}?")
    return asked


def _vocabulary() -> list[str]:
    """Words of the thesaurus, the first of each group more often: the usual ones of office life."""
    members = []
    for file in sorted((data_folder() / "thesaurus").glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            group = [part.strip() for part in line.split(",") if part.strip() and not line.startswith("#")]
            members += [word for word in group[:1] * 4 + group[1:] if word.isalpha()]
    return members


def _phrase(chance: random.Random, words: list[str], length: int) -> str:
    return " ".join(chance.choices(words, k=length))


def _paragraph(chance: random.Random, words: list[str]) -> str:
    small = ["og", "i", "til", "der", "af", "på", "er", "med", "for", "at"]
    sentences = []
    for _ in range(2):
        sentence = [word for _ in range(7) for word in (chance.choice(words), chance.choice(small))]
        sentences.append(" ".join(sentence).capitalize() + ".")
    return " ".join(sentences)


def main() -> None:
    """Measures each size in a process of its own and prints a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.handbook", description=main.__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[45, 450, 4500])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return
    print(f"{'pages':>6} {'load s':>8} {'MB':>6} {'p50 ms':>8} {'p99 ms':>8} {'change s':>9}")
    for pages in options.pages:
        command = [sys.executable, "-m", "tests.bench.handbook", "--one", str(pages)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        row = json.loads(done.stdout)
        print(
            f"{pages:6} {row['load']:8.2f} {row['memory']:6.0f} {row['p50']:8.1f} {row['p99']:8.1f}"
            f" {row['change']:9.2f}"
        )


if __name__ == "__main__":
    main()
