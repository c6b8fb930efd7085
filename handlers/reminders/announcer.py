"""Says what is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.contracts import Announcement, Context, Topic
from handlers.handbook import Handbook
from handlers.reminders.plan import Plan, Reminder
from handlers.reminders.schedule import Event, schedule
from handlers.reminders.texts import done_choices, reminder_text


class ReminderAnnouncer:
    """What the plan, the open rounds and people's own reminders have to say."""

    def __init__(self, plan: Plan, handbook: Handbook) -> None:
        self._plan = plan
        self._handbook = handbook

    def due(self, after: datetime, now: datetime, context: Context) -> Sequence[Announcement]:
        """See `contracts.Announcer`."""
        found = [self._opening(event) for event in schedule(self._plan, after, now)]
        return sorted(found, key=lambda announcement: announcement.at.astimezone(UTC))

    def _opening(self, event: Event) -> Announcement:
        return Announcement(
            key=f"reminder:{event.key}",
            at=event.at,
            text=reminder_text(event, self._handbook),
            place=place_of(event.reminder),
            mentions=event.reminder.mention,
            choices=done_choices(event.key),
        )


def place_of(reminder: Reminder) -> Topic | None:
    """Where a reminder is posted; None: as direct messages to those mentioned."""
    return Topic(0, reminder.channel, reminder.topic or reminder.title[:60]) if reminder.channel else None
