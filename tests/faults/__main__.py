"""Asks the bot thousands of questions while calls fail, queues vanish, and server and bot are killed.

    python -m tests.faults [--questions N] [--copies N] [--database-url URL]

Prints how many were asked, answered, doubled and lost; exit status 1 unless the last two are 0.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from tests.bot.running import Process
from tests.zulip_double import Double
from tests.zulip_double.realm import BOT

_PEOPLE = range(100, 130)
_TOPICS = 20
_MOST_OPEN = 400  # questions asked but not answered yet
_FAULTS = {
    "limited": 0.02,
    "failed": 0.02,
    "failed_after": 0.02,
    "gateway": 0.01,
    "cut": 0.02,
    "cut_after": 0.02,
    "delayed": 0.02,
    "expired": 0.005,
    "doubled": 0.05,
    "shuffled": 0.1,
}

Answer = tuple[tuple[int, ...], str, str]
"""Where (people or topic) and what the bot is to say."""


class Trial:
    """One run: the double, the copies of the bot, and the count."""

    def __init__(self, questions: int, copies: int, database_url: str | None, folder: Path) -> None:
        self.questions = questions
        self.random = random.Random(6)
        self.double = Double()
        self.expected: Counter[Answer] = Counter()
        self.incidents: Counter[str] = Counter()
        self.over = threading.Event()
        # longer than the double ever takes for a call (0.2 s, on a busy machine more)
        shared = {"HAANDBOGSBOT_SETTLE_SECONDS": "2"}
        if database_url:
            shared["HAANDBOGSBOT_DATABASE_URL"] = database_url
        command = (sys.executable, "-m", "tests.bot.small_bot")
        self.copies = [Process(self.double, folder / f"copy{number}", command, shared) for number in range(copies)]
        for person in _PEOPLE:
            self.double.realm.add_user(person, f"Person {person}")
            self.double.realm.channels[19].members.add(person)

    def run(self) -> None:
        """Asks everything, then lets the faults stop and waits for what is still missing."""
        self.double.start()
        for process in self.copies:
            process.environment |= self.double.environment()
            process.start()
        for name, probability in _FAULTS.items():
            setattr(self.double.faults, name, probability)
        trouble = threading.Thread(target=self._make_trouble)
        trouble.start()
        for number in range(self.questions):
            self._ask(number)
            while number % 50 == 0 and number - self._answered().total() > _MOST_OPEN:
                time.sleep(0.05)
        self.over.set()
        trouble.join()
        self.double.faults.stop()
        deadline = time.monotonic() + 90
        while self._answered().total() < self.questions and time.monotonic() < deadline:
            time.sleep(0.5)
        time.sleep(3.0)  # for what would come twice
        for process in self.copies:
            process.stop()
        self.double.stop()

    def report(self) -> bool:
        """Prints the count; says whether nothing was doubled or lost."""
        answered = self._answered()
        doubled, lost = (answered - self.expected).total(), (self.expected - answered).total()
        print(f"asked {self.questions}, answered {answered.total()}, doubled {doubled}, lost {lost}")
        for what, count in ((answered - self.expected) + (self.expected - answered)).items():
            print(f"  {count} of {what}", file=sys.stderr)
        print("incidents: " + ", ".join(f"{count} {what}" for what, count in sorted(self.incidents.items())))
        return not doubled and not lost

    def _ask(self, number: int) -> None:
        person = self.random.choice(_PEOPLE)
        text = "ens" if number % 10 == 0 else f"nummer {number}"
        if number % 3:
            topic = f"emne {self.random.randrange(_TOPICS)}"
            self.double.realm.say(person, f"@**Håndbog** {text}", channel="sekretariat", topic=topic)
            self.expected[((), topic, f"svar på: {text}")] += 1
        else:
            self.double.realm.say(person, text, to=[BOT])
            self.expected[((BOT, person), "", f"svar på: {text}")] += 1

    def _answered(self) -> Counter[Answer]:
        return Counter((message.to, message.topic, message.content) for message in self.double.realm.said_by(BOT))

    def _make_trouble(self) -> None:
        while not self.over.wait(self.random.uniform(2.0, 6.0)):
            if self.random.random() < 0.5:
                process = self.random.choice(self.copies)
                process.stop(signal.SIGKILL)
                process.start()
                self.incidents["kills of the bot"] += 1
            else:
                self.double.stop()
                time.sleep(self.random.uniform(0.1, 1.0))
                self.double.start()
                self.incidents["restarts of the server"] += 1


def main() -> int:
    """Runs the trial that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--database-url")
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(options.questions, options.copies, options.database_url, Path(folder))
        trial.run()
        well = trial.report()
    print(f"{time.monotonic() - started:.0f} s")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
