"""Runs the small bot against the double, and waits for what is to happen."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from unittest.mock import patch

from bot.connection.account import Account
from bot.connection.api import Api
from bot.service.bot import RunningBot
from bot.service.membership import Membership
from bot.settings import load
from bot.storage import schema
from bot.storage.database import open_database, replace
from tests.bot import small_bot
from tests.zulip_double import Double
from tests.zulip_double.realm import BOT, Message

REPOSITORY = Path(__file__).parents[2]
_SETTINGS = {"HAANDBOGSBOT_HEALTH_PORT": "0", "HAANDBOGSBOT_SETTLE_SECONDS": "0.5"}


class Process:
    """One copy of the bot as a process; its log is kept in a file."""

    def __init__(self, double: Double, state: Path, command: tuple[str, ...], settings: dict[str, str]) -> None:
        self.log_file = state.with_suffix(".log")
        self._command = command
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ZULIP_", "HAANDBOGSBOT_"))},
            **(double.environment() if double.listening else {}),
            "HAANDBOGSBOT_STATE": str(state),
            **_SETTINGS,
            **settings,
        }
        self._log: IO[bytes] | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, and waits until it has said so in its log."""
        started = self.logged("started")
        self._log = self.log_file.open("ab")
        self.process = subprocess.Popen(
            self._command, env=self.environment, cwd=REPOSITORY, stderr=self._log, stdout=self._log
        )
        until(lambda: self.logged("started") > started or self.process is None or self.process.poll() is not None)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Stops it, in good order or not; returns its exit status."""
        assert self.process is not None
        self.process.send_signal(number)
        status = self.process.wait(15)
        if self._log:
            self._log.close()
        return status

    def logged(self, event: str) -> int:
        """How often it has logged an event."""
        if not self.log_file.exists():
            return 0
        lines = self.log_file.read_text().splitlines()
        return sum(1 for line in lines if line.startswith("{") and json.loads(line)["event"] == event)


@contextmanager
def process(double: Double, state: Path, **settings: str) -> Iterator[Process]:
    """The small bot at work as a process of its own for the length of a `with`."""
    running = Process(
        double, state, (sys.executable, "-m", "tests.bot.small_bot"), {"SMALL_BOT_HURRIED": "1", **settings}
    )
    running.start()
    try:
        yield running
    finally:
        if running.process is not None and running.process.poll() is None:
            running.stop()


@contextmanager
def bot(double: Double, state: Path, **settings: str) -> Iterator[RunningBot]:
    """The small bot at work in this process, which starts faster than one of its own."""
    names = ("ZULIP_", "HAANDBOGSBOT_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(names)}
    environment |= {**double.environment(), **_SETTINGS, "HAANDBOGSBOT_STATE": str(state), **settings}
    halted = threading.Event()
    with patch.dict(os.environ, environment, clear=True):
        found = load()
        membership = Membership(open_database(found), uuid.uuid4().hex, small_bot.HURRIED)
        api = Api(Account(found).client(), halted)
        running = RunningBot(found, small_bot.mind(found), api, membership, BOT)
        running.start()
        try:
            yield running
        finally:
            running.stop()
            halted.set()
            membership.engine.dispose()


def looked_three_hours_ago(state: Path) -> None:
    """Makes the database of a bot that last looked three hours ago for what is due."""
    engine = open_database(load(state=state))
    with engine.begin() as connection:
        replace(connection, schema.marks, name="announced", at=time.time() - 3 * 3600)
    engine.dispose()


def until(happened: Callable[[], object], seconds: float = 15.0) -> None:
    """Waits for something to happen."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def answers(double: Double, count: int, seconds: float = 15.0) -> list[Message]:
    """What the bot has said, once it has said that much."""
    until(lambda: len(double.realm.said_by(BOT)) >= count, seconds)
    return double.realm.said_by(BOT)


def texts(double: Double, count: int) -> list[str]:
    """The texts of what the bot has said, once it has said that much."""
    return [message.content for message in answers(double, count)]
