"""Stamps a folder's questions with the fingerprints of the sections of the handbook that they were written for.

python -m handlers.handbook.stamp --handbook data/handbook --questions data/questions/embedded

The folder must be named: each handbook has its own, and one handbook's stamps would silence the other's questions.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from handlers.handbook.questions import read, stamp
from handlers.handbook.reader import HandbookReader


def main() -> int:
    """Writes the fingerprints, and names the headings that the handbook does not have (then the exit status is 1)."""
    parser = argparse.ArgumentParser(prog="python -m handlers.handbook.stamp", description=__doc__)
    parser.add_argument("--handbook", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    options = parser.parse_args()
    handbook = HandbookReader(options.handbook, "https://handbook.example").read()
    missing = stamp(options.questions, handbook)
    print("\n".join([*missing, f"{len(read(options.questions))} spørgsmål, {len(missing)} overskrifter ikke fundet"]))
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
