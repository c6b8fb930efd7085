"""The command `haandbogsbot reminders`: what will be sent when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, time, timedelta

from handlers.danish.calendar import long_time
from handlers.danish.dates import local
from handlers.reminders.plan import Plan
from handlers.reminders.schedule import Event, schedule
from handlers.reminders.texts import period_name


def events_between(plan: Plan, first: date, last: date) -> list[Event]:
    """All that is sent from `first` to `last`, both included, oldest first."""
    instant = timedelta(microseconds=1)
    return schedule(plan, local(first, time()) - instant, local(last + timedelta(days=1), time()) - instant)


def json_lines(plan: Plan, first: date, last: date) -> Iterator[str]:
    """One JSON object a line: id, title, period and the moment in ISO 8601 with offset."""
    for event in events_between(plan, first, last):
        yield json.dumps(
            {
                "id": event.reminder.id,
                "title": event.reminder.title,
                "period": event.period,
                "at": event.at.isoformat(),
            },
            ensure_ascii=False,
        )


def text_lines(plan: Plan, first: date, last: date) -> Iterator[str]:
    """One line a reminder, for people."""
    events = events_between(plan, first, last)
    for event in events:
        yield f"{long_time(event.at)}: {event.reminder.title} for {period_name(event.period)}"
    if not events:
        yield "Der er ingen påmindelser i den tid."
