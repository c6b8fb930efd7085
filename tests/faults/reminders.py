"""Lets the real reminders fall due while bot and server die, calls fail, and clocks are set forward and back."""

from __future__ import annotations

import random
import re
import signal
import sys
import time
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from handlers.danish.dates import COPENHAGEN, local
from handlers.reminders.plan import Plan, read_plan
from handlers.reminders.schedule import schedule
from handlers.reminders.texts import heading
from tests.bot.running import Process, until
from tests.faults.reminder_bot import Control
from tests.faults.trouble import SETTLE_SECONDS, report, switch_on
from tests.zulip_double import Double
from tests.zulip_double.realm import BOT, HAMLET, OTHER

PLAN = """\
[[reminder]]
id = "post"
title = "Tøm postkassen"
rule = "hver dag"
time = "09:00"
channel = "sekretariat"
topic = "post"

[[reminder]]
id = "referat"
title = "Send referatet"
rule = "hver dag"
time = "09:00"
channel = "sekretariat"
topic = "post"
checklist = ["Skriv det", "Send det"]

[[reminder]]
id = "planter"
title = "Vand planterne"
rule = "hver dag"
time = "02:30"
channel = "sekretariat"
topic = "planter"

[[reminder]]
id = "lys"
title = "Sluk lyset"
rule = "hver dag"
time = "23:59"
channel = "sekretariat"
topic = "lys"

[[reminder]]
id = "kasse"
title = "Tæl kassen"
rule = "hver hverdag"
time = "16:30"
channel = "okonomi"
mention = ["King Hamlet"]

[[reminder]]
id = "samtale"
title = "Tag en snak"
rule = "hver tirsdag"
time = "12:00"
mention = ["King Hamlet", "Cordelia, Lear's daughter"]

[[reminder]]
id = "budget"
title = "Følg op på pengene"
rule = "10 hverdage efter kvartalets udløb"
time = "09:00"
channel = "okonomi"
topic = "penge"
mention = ["King Hamlet"]
round = "budget"
"""
_FIRST_DAY = date(2027, 1, 1)
_DAY_SECONDS = 86_400.0
_MOST_OPEN = 50  # that have not arrived yet
_DEADLINESS = 0.0002
"""The probability of death at a line: some twenty announcements live for one that dies."""

Arrival = tuple[tuple[int, ...], str, str]
"""People or topic, and the heading."""


class ReminderTrial:
    """One run: the double, the copies of the bot with a clock each, and the count."""

    def __init__(self, periods: int, copies: int, database_url: str | None, folder: Path, seed: int = 6) -> None:
        self.random = random.Random(seed)
        self.double = Double()
        self.incidents: Counter[str] = Counter()
        self._periods = periods
        self._today = self._newest = local(_FIRST_DAY, datetime.min.time()).timestamp()
        plan = folder / "plan.toml"
        plan.write_text(PLAN, encoding="utf-8")
        self._plan = read_plan(plan)
        self._deadliness = 0.0
        self._controls = [Control(folder / f"control{number}") for number in range(copies)]
        shared = {"HAANDBOGSBOT_SETTLE_SECONDS": SETTLE_SECONDS, "HAANDBOGSBOT_PLAN": str(plan)}
        if database_url:
            shared["HAANDBOGSBOT_DATABASE_URL"] = database_url
        command = (sys.executable, "-m", "tests.faults.reminder_bot")
        self._copies = [
            Process(
                self.double,
                folder / f"reminders{number}",
                command,
                shared | {"REMINDER_BOT_CONTROL": str(folder / f"control{number}")},
            )
            for number in range(copies)
        ]

    def run(self) -> bool:
        """Lets so many periods pass in trouble, waits for what is still missing; prints and says how it went."""
        self.double.start()
        self._set_clocks()
        try:
            self._start()
            self._live()
            self._calm_down()
        finally:
            for process in self._copies:
                process.stop()
            self.double.stop()
        for process in self._copies:
            self.incidents["places died at"] += len(set(re.findall(r"killed at \S+", process.log_file.read_text())))
        return report("reminders", self._expected(), self._arrived(), self.incidents)

    def _start(self) -> None:
        """Starts the copies, and waits for their first look: from then on nothing may be missed."""
        for process in self._copies:
            process.environment |= self.double.environment()
            process.start()
        until(lambda: all(process.logged("cleaned up") for process in self._copies))
        time.sleep(1.0)

    def _live(self) -> None:
        """Lets so many periods pass in trouble."""
        self._deadliness = _DEADLINESS
        switch_on(self.double)
        while self._expected().total() < self._periods:
            self._pass_time()
            self._make_trouble()
            self._raise_the_dead()
            time.sleep(0.25)
            if self._expected().total() - self._arrived().total() > _MOST_OPEN:
                self._recover()

    def _recover(self) -> None:
        """Spares the bot until it has caught up: one that dies ever anew before its first sending never would."""
        self._deadliness = 0.0
        self._set_clocks()
        while self._expected().total() - self._arrived().total() > _MOST_OPEN / 2:
            self._raise_the_dead()
            time.sleep(0.1)
        self._deadliness = _DEADLINESS

    def _pass_time(self) -> None:
        """Lets a good day pass; sometimes sets a copy's clock days or hours forward or back."""
        self._today += self.random.uniform(0.2, 1.5) * _DAY_SECONDS
        self._newest = max(self._newest, self._today)
        self._set_clocks()
        if self.random.random() < 0.1:
            astray = self.random.choice((-20, -2, -0.1, 0.1, 3)) * _DAY_SECONDS
            first = local(_FIRST_DAY, datetime.min.time()).timestamp()
            moment = max(first, self._today + astray)
            self._newest = max(self._newest, moment)
            self.random.choice(self._controls).set(moment - time.time(), self._deadliness)
            self.incidents["clocks set forward" if astray > 0 else "clocks set back"] += 1

    def _set_clocks(self) -> None:
        for control in self._controls:
            control.set(self._today - time.time(), self._deadliness)

    def _make_trouble(self) -> None:
        fate = self.random.random()
        if fate < 0.03:
            self.random.choice(self._copies).stop(signal.SIGKILL)
            self.incidents["kills from outside"] += 1
        elif fate < 0.06:
            self.double.stop()
            time.sleep(self.random.uniform(0.1, 1.0))
            self.double.start()
            self.incidents["restarts of the server"] += 1
        elif fate < 0.09:
            self.double.send_seconds = self.random.choice((0.0, 0.3))
            self.incidents["changes of the server's pace"] += 1

    def _raise_the_dead(self) -> None:
        for process in self._copies:
            assert process.process is not None
            status = process.process.poll()
            if status is None:
                continue
            assert status == -signal.SIGKILL, f"it ended with {status}: {process.log_file.read_text()[-2000:]}"
            self.incidents["deaths"] += 1
            process.start()

    def _calm_down(self) -> None:
        """Ends all trouble, and waits for what is still missing, and then for what would come twice."""
        self._today, self._deadliness = self._newest, 0.0
        self._set_clocks()
        self.double.faults.stop()
        self.double.send_seconds = 0.0
        self._raise_the_dead()
        deadline = time.monotonic() + 60
        while self._expected() - self._arrived() and time.monotonic() < deadline:
            time.sleep(0.2)
        time.sleep(4.0)

    def _expected(self) -> Counter[Arrival]:
        first = local(_FIRST_DAY, datetime.min.time())
        return expected(self._plan, first, datetime.fromtimestamp(self._newest, COPENHAGEN))

    def _arrived(self) -> Counter[Arrival]:
        found = (
            (message.to, message.topic, re.search(r"\*\*[^*|]+\*\* for .*\d", message.content))
            for message in self.double.realm.said_by(BOT)
        )
        return Counter((to, topic, line.group()) for to, topic, line in found if line)


def expected(plan: Plan, after: datetime, until: datetime) -> Counter[Arrival]:
    """What the people are to read of a plan in a stretch of time: each period once, in each place."""
    return Counter(
        (to, topic, heading(event))
        for event in schedule(plan, after, until)
        for to, topic in (
            [((), event.reminder.topic or event.reminder.title)]
            if event.reminder.channel
            else [((HAMLET, BOT), ""), ((OTHER, BOT), "")]
        )
    )
