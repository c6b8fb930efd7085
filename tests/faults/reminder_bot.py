"""The bot with the real reminders, whose clock and death are in the harness's hands.

`python -m tests.faults.reminder_bot` runs it. Its clock is the machine's moved by what stands in the file that
REMINDER_BOT_CONTROL names; and at each line that decides, writes, sends or notes it may be killed.
"""

from __future__ import annotations

import mmap
import os
import random
import signal
import struct
import sys
import threading
import time
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import patch

from bot.dispatcher import Dispatcher
from bot.run import run
from bot.service import announcing, noting, sending
from bot.service.bot import Mind
from bot.settings import Settings, load
from bot.storage import memory, outbox
from handlers.handbook import HandbookReader, read_page
from handlers.reminders import Guides, ReminderAnnouncer, read_plan
from tests.bot.small_bot import HURRIED, PlainCapability

_DEADLY = frozenset(module.__file__ for module in (announcing, noting, sending, outbox, memory))
_LAYOUT = struct.Struct("dd")


class Control:
    """What the harness tells a running bot, by a file in memory that both see."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(bytes(_LAYOUT.size))
        with file.open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), _LAYOUT.size)

    @property
    def clock_offset(self) -> float:
        """Seconds that the bot's clock is ahead of the machine's."""
        return float(_LAYOUT.unpack(self._shared[:])[0])

    @property
    def deadliness(self) -> float:
        """The probability that it is killed at a line."""
        return float(_LAYOUT.unpack(self._shared[:])[1])

    def set(self, clock_offset: float, deadliness: float) -> None:
        """Sets both."""
        self._shared[:] = _LAYOUT.pack(clock_offset, deadliness)


def mind(settings: Settings) -> Mind:
    """The real reminders, on the settings' plan and handbook; and something that answers quickly."""
    handbook = HandbookReader(settings.handbook, str(settings.site_url), None).read()
    guides = Guides.of(handbook, partial(read_page, settings.handbook))
    return Mind(Dispatcher((PlainCapability(),)), (ReminderAnnouncer(read_plan(settings.plan), guides),))


def main() -> int:
    """Runs the bot in a hurry, until it is stopped or dies."""
    control = Control(Path(os.environ["REMINDER_BOT_CONTROL"]))
    machine_clock = time.time
    threading.settrace(_killer(control))
    with patch("time.time", lambda: machine_clock() + control.clock_offset):
        return run(load(), mind, HURRIED)


def _killer(control: Control) -> Any:
    """A trace function, under which the process may end at each line of what must not be done twice or by halves."""
    fate = random.Random()

    def at_line(frame: FrameType, event: str, _argument: object) -> Any:
        if event == "line" and fate.random() < control.deadliness:
            sys.stderr.write(f"killed at {Path(frame.f_code.co_filename).name}:{frame.f_lineno}\n")
            sys.stderr.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        return at_line

    return lambda frame, _event, _argument: at_line if frame.f_code.co_filename in _DEADLY else None


if __name__ == "__main__":
    sys.exit(main())
