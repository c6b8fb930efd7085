"""The command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot import batch, settings
from bot.app import build


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns its exit status."""
    parser = argparse.ArgumentParser(prog="haandbogsbot")
    commands = parser.add_subparsers(dest="command", required=True)
    ask = commands.add_parser("ask")
    ask.add_argument("question", nargs="*")
    ask.add_argument("--json", action="store_true")
    ask.add_argument("--handbook", type=Path)
    options = parser.parse_args(arguments)
    app = build(settings.load(handbook=options.handbook))
    for line in batch.run(app, sys.stdin):
        print(line)
    return 0
