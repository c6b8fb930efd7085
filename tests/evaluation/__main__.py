"""Scores the bot on the evaluation sets that are there: ../shared/eval, and those in tests/eval.

Each of the latter was written by somebody who wrote none of the bot's data, and scored once before anybody had seen
what it misses; since then they are sets to develop against like any other.

    python -m tests.evaluation [--only qa,qa_none] [--misses N]

The scorer and the real handbook are not part of this project; without them there is nothing to score, and it says so.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
WRITTEN = ROOT / "tests" / "eval"
SETS = ("tags", "daylogs", "qa", "qa_none", "approvers", "routing", "followups")


def main() -> int:
    """Runs the scorer once for each folder of sets and gives the worst exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description=main.__doc__)
    parser.add_argument("--only", help="the sets to score, with commas between")
    parser.add_argument("--misses", type=int, default=0, help="how many misses of each set to show")
    options = parser.parse_args()
    scorer, handbook = SHARED / "eval" / "score.py", SHARED / "handbook"
    if not scorer.is_file() or not handbook.is_dir():
        print(f"Der er intet at måle på: {SHARED} mangler.", file=sys.stderr)
        return 0
    bot = Path(sys.executable).with_name("haandbogsbot")
    command = shlex.join([str(bot), "ask", "--json", "--handbook", str(handbook)])
    worst = 0
    prefixes = sorted(file.name.removesuffix("qa.jsonl") for file in WRITTEN.glob("*_qa.jsonl"))
    for folder, prefix in ((scorer.parent, ""), *((WRITTEN, prefix) for prefix in prefixes)):
        there = [name for name in SETS if (folder / f"{prefix}{name}.jsonl").is_file()]
        wanted = [name for name in there if not options.only or name in options.only.split(",")]
        if wanted:
            print(f"== {folder / prefix}", flush=True)
            arguments = ["--dir", str(folder), "--prefix", prefix, "--only", ",".join(wanted)]
            arguments += ["--command", command, "--misses", str(options.misses)]
            done = subprocess.run([sys.executable, str(scorer), *arguments], check=False)
            worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    raise SystemExit(main())
