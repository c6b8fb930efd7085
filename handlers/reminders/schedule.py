"""What falls due when: a pure function of the plan and the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from handlers.danish.dates import COPENHAGEN, local
from handlers.reminders.plan import Plan, Reminder
from handlers.reminders.recurrence import occurrences

_DAY = timedelta(days=1)
_FAR = timedelta(days=366 * 12)
"""How far to look for the next or latest time; 29 February may be eight years away."""


@dataclass(frozen=True, slots=True)
class Event:
    """One reminder falling due for one period."""

    reminder: Reminder
    period: str
    at: datetime
    """Local time in Denmark, with its offset."""

    @property
    def key(self) -> str:
        """Unique in a plan: "budget:2027-K1"."""
        return f"{self.reminder.id}:{self.period}"


def schedule(plan: Plan, after: datetime, until: datetime) -> list[Event]:
    """All that falls due after `after`, up to and including `until`, oldest first."""
    events = [event for reminder in plan.reminder for event in events_of(reminder, after, until)]
    return sorted(events, key=lambda event: event.at.astimezone(UTC))


def events_of(reminder: Reminder, after: datetime, until: datetime) -> list[Event]:
    """All times at which one reminder falls due after `after`, up to and including `until`."""
    after, until = after.astimezone(UTC), until.astimezone(UTC)  # moments in one zone would compare by their clocks
    first = max(after.astimezone(COPENHAGEN).date(), reminder.start or date.min)
    last = min(until.astimezone(COPENHAGEN).date(), reminder.end or date.max)
    found = (
        Event(reminder, occurrence.period, local(occurrence.day, reminder.time))
        for occurrence in occurrences(reminder.rule, first, last, reminder.start)
    )
    return [event for event in found if after < event.at <= until]


def next_event(reminder: Reminder, now: datetime) -> Event | None:
    """When a reminder falls due next; None when it has ended."""
    reach = timedelta(days=100)
    while True:
        events = events_of(reminder, now, now + reach)
        if events or reach > _FAR:
            return events[0] if events else None
        reach *= 4


def coming(plan: Plan, now: datetime) -> list[Event]:
    """The next time of every reminder that has not ended, soonest first."""
    found = (next_event(reminder, now) for reminder in plan.reminder)
    return sorted((event for event in found if event), key=lambda event: event.at.astimezone(UTC))
