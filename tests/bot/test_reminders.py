"""The whole bot with a plan of its own against the Zulip double: what fell due while it was down, and what follows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from handlers.danish.dates import COPENHAGEN
from tests.bot.running import Process, answers, looked_three_hours_ago, until
from tests.bot.test_run import MENTION
from tests.zulip_double import Double
from tests.zulip_double.realm import BOT, HAMLET, OTHER

PLAN = """\
[[reminder]]
id = "post"
title = "Tøm postkassen"
rule = "hver dag"
time = "{time}"
channel = "sekretariat"
topic = "post"
mention = ["King Hamlet"]
checklist = ["Gå ned i stuen"]

[[reminder]]
id = "opfølgning"
title = "Følg op på pengene"
rule = "hver dag"
time = "{time}"
channel = "sekretariat"
topic = "penge"
mention = ["King Hamlet"]
round = "budget"
"""


@pytest.fixture(scope="module")
def double() -> Iterator[Double]:
    with Double().running() as running:
        yield running


@pytest.fixture(scope="module")
def running(double: Double, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """The bot, started after it had been down while a reminder of two hours ago fell due."""
    folder = tmp_path_factory.mktemp("bot")
    plan, state = folder / "plan.toml", folder / "state"
    due = datetime.now(COPENHAGEN) - timedelta(hours=2)
    plan.write_text(PLAN.format(time=due.strftime("%H:%M")), encoding="utf-8")
    command = (sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main(['run']))")
    bot = Process(double, state, command, {"HAANDBOGSBOT_PLAN": str(plan)})
    looked_three_hours_ago(state)
    bot.start()
    yield bot
    bot.stop()


def test_a_missed_reminder_comes_late_and_a_check_mark_of_whom_it_is_for_finishes_it(
    double: Double, running: Process
) -> None:
    post = [message for message in answers(double, 3, 30) if message.topic == "post"]
    [reminder] = [message for message in post if not message.submessages]
    double.realm.react(OTHER, reminder.id)
    refused = answers(double, 4)[3]
    double.realm.react(HAMLET, reminder.id)
    done = answers(double, 5)[4]
    double.realm.say(OTHER, "hvem gjorde det sidst?", to=[BOT])
    told = answers(double, 6)[5]

    assert reminder.content.startswith("@**King Hamlet|10**\n*Forsinket: skulle være sendt <time:")
    assert "**Tøm postkassen** for den " in reminder.content
    assert "- Gå ned i stuen" in reminder.content
    assert (reminder.channel_id, reminder.topic) == (19, "post")
    assert len(post) == 2  # the reminder, and its buttons
    assert "Det kan kun de, som" in refused.content
    assert "er færdig. Tak!" in done.content
    assert "blev meldt færdig af King Hamlet" in told.content
    assert running.logged("announced") == 2


@pytest.mark.usefixtures("running")
def test_a_follow_up_is_ticked_off_in_its_topic_and_its_message_kept_up(double: Double) -> None:
    answers(double, 3, 30)
    [reminder] = [message for message in double.realm.said_by(BOT) if message.topic == "penge"]
    before = len(double.realm.said_by(BOT))
    double.realm.say(HAMLET, f"{MENTION} OS2iot færdig", channel="sekretariat", topic="penge")
    until(lambda: "| ✅ | OS2iot |" in double.realm.messages[reminder.id].content)
    answers(double, before + 1)
    double.realm.say(HAMLET, "hvad mangler?", to=[BOT])
    told = answers(double, before + 2)[-1]

    assert "**1 af 30** er fulgt op" in double.realm.messages[reminder.id].content
    assert "1 af 30 er krydset af" in told.content
    assert not reminder.submessages
