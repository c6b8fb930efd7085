"""Asks the bot thousands of questions while calls fail, queues vanish, and server and bot are killed."""

from __future__ import annotations

import random
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from tests.bot.running import Process
from tests.faults.trouble import SETTLE_SECONDS, report, switch_on
from tests.zulip_double import Double
from tests.zulip_double.realm import BOT

_PEOPLE = range(100, 130)
_TOPICS = 20
_MOST_OPEN = 400  # questions asked but not answered yet

Answer = tuple[tuple[int, ...], str, str]
"""Where (people or topic) and what the bot is to say."""


class QuestionTrial:
    """One run: the double, the copies of the bot, and the count."""

    def __init__(self, questions: int, copies: int, database_url: str | None, folder: Path) -> None:
        self.questions = questions
        self.random = random.Random(6)
        self.double = Double()
        self.expected: Counter[Answer] = Counter()
        self.incidents: Counter[str] = Counter()
        self.over = threading.Event()
        shared = {"HAANDBOGSBOT_SETTLE_SECONDS": SETTLE_SECONDS}
        if database_url:
            shared["HAANDBOGSBOT_DATABASE_URL"] = database_url
        command = (sys.executable, "-m", "tests.bot.small_bot")
        self.copies = [Process(self.double, folder / f"copy{number}", command, shared) for number in range(copies)]
        for person in _PEOPLE:
            self.double.realm.add_user(person, f"Person {person}")
            self.double.realm.channels[19].members.add(person)

    def run(self) -> bool:
        """Asks everything, lets the faults stop and waits for what is still missing; prints and says how it went."""
        self.double.start()
        for process in self.copies:
            process.environment |= self.double.environment()
            process.start()
        switch_on(self.double)
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
        return report("questions", self.expected, self._answered(), self.incidents)

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
