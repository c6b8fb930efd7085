"""A reminder is sent once, wherever the bot dies and whatever its clock is set to; `make faults` tries it at length."""

from __future__ import annotations

import re
import signal
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from handlers.danish.dates import COPENHAGEN
from tests.bot.running import Process, answers, bot, until
from tests.faults.reminder_bot import Control
from tests.zulip_double import Double
from tests.zulip_double.realm import BOT, HAMLET

PLAN = """\
[[reminder]]
id = "post"
title = "Tøm postkassen"
rule = "hver dag"
time = "09:00"
channel = "sekretariat"
topic = "post"
"""
FIRST_EVENING = datetime(2027, 3, 26, 20, tzinfo=COPENHAGEN)
SURE = 0.02
"""The probability of death at a line; the bot hardly comes through fifty of them."""


@pytest.fixture
def double() -> Iterator[Double]:
    with Double().running() as running:
        yield running


@pytest.fixture
def control(tmp_path: Path) -> Control:
    return Control(tmp_path / "control")


@pytest.fixture
def reminders(double: Double, tmp_path: Path, control: Control) -> Iterator[Process]:
    """The bot on the evening before the first reminder, having looked for what is due."""
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN, encoding="utf-8")
    settings = {"HAANDBOGSBOT_PLAN": str(plan), "REMINDER_BOT_CONTROL": str(tmp_path / "control")}
    running = Process(double, tmp_path / "state", (sys.executable, "-m", "tests.faults.reminder_bot"), settings)
    set_clock(control, 0)
    running.start()
    until(lambda: running.logged("cleaned up"))
    time.sleep(0.5)
    yield running
    running.stop()


def set_clock(control: Control, days: float, deadliness: float = 0.0) -> None:
    """Sets the bot's clock to so many days after the first evening."""
    control.set((FIRST_EVENING + timedelta(days=days)).timestamp() - time.time(), deadliness)


def test_killed_while_it_decides_writes_or_sends_it_says_each_period_once(
    double: Double, reminders: Process, control: Control
) -> None:
    for day in (1, 2):
        set_clock(control, day, SURE)
        assert reminders.process is not None
        assert reminders.process.wait(15) == -signal.SIGKILL
        set_clock(control, day)
        reminders.start()
        answers(double, day)
    time.sleep(1.0)
    said = [re.findall(r"for (den .*)", message.content) for message in double.realm.said_by(BOT)]
    assert said == [["den 27. marts 2027"], ["den 28. marts 2027"]]


@pytest.mark.usefixtures("reminders")
def test_a_clock_set_forward_and_back_leaves_no_period_out_and_says_none_again(
    double: Double, control: Control
) -> None:
    for day, expected in ((3, 3), (1, 3), (2.5, 3), (4, 4)):
        set_clock(control, day)
        answers(double, expected)
        time.sleep(0.5)
        assert len(double.realm.said_by(BOT)) == expected
    assert len({message.content for message in double.realm.said_by(BOT)}) == 4


def test_a_clock_that_races_makes_it_no_less_patient_with_the_server(
    double: Double, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, started = time.time, time.time()
    monkeypatch.setattr("time.time", lambda: started + 1000 * (clock() - started))
    with bot(double, tmp_path / "state"):
        double.faults.delayed = 1.0
        double.realm.say(HAMLET, "en gang", to=[BOT])
        answers(double, 1)
        double.faults.stop()
        time.sleep(0.7)
    assert len(double.realm.said_by(BOT)) == 1
