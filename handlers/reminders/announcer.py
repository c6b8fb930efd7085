"""Says what is due: the plan's reminders, rounds that nobody answered, and people's own reminders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.contracts import Announcement, Context, Topic
from bot.markup import TOPIC_LIMIT
from handlers.reminders import own
from handlers.reminders.kinds import Guides
from handlers.reminders.plan import Plan, Reminder
from handlers.reminders.rounds import Nudge, Round, nudge, open_rounds
from handlers.reminders.schedule import schedule
from handlers.reminders.texts import done_choices, nudge_text, put_off_text


class ReminderAnnouncer:
    """What the plan, the open rounds and people's own reminders have to say."""

    def __init__(self, plan: Plan, guides: Guides) -> None:
        self._plan = plan
        self._guides = guides

    def due(self, after: datetime, now: datetime, context: Context) -> Sequence[Announcement]:
        """See `contracts.Announcer`."""
        found = [*self._openings(after, now), *self._open(after, now, context), *own.due(after, now, context)]
        return sorted(found, key=lambda announcement: announcement.at.astimezone(UTC))

    def _openings(self, after: datetime, now: datetime) -> Iterator[Announcement]:
        """The first message of each round that falls due."""
        for event in schedule(self._plan, after, now):
            reminder = event.reminder
            # a bot that was down asks late, and those it asks get as many days to answer as always
            opened = max(event.at, now, key=lambda moment: moment.astimezone(UTC))
            key = f"reminder:{event.key}"
            round_ = Round(reminder=reminder.id, period=event.period, title=reminder.title, opened=opened, message=key)
            yield self._announcement(key, event.at, reminder, round_)

    def _open(self, after: datetime, now: datetime, context: Context) -> Iterator[Announcement]:
        """Rounds that were put off until now, and those to ask the responsible or the deputy about."""
        reminders = {reminder.id: reminder for reminder in self._plan.reminder}
        for round_ in open_rounds(context):
            reminder = reminders.get(round_.reminder)
            if reminder is None:
                continue  # taken out of the plan
            if round_.put_off and round_.opened.astimezone(UTC) <= now.astimezone(UTC):
                yield self._again(round_, reminder)
            elif asked := nudge(round_, reminder, after, now):
                yield self._nudge(asked, reminder)

    def _announcement(self, key: str, at: datetime, reminder: Reminder, round_: Round) -> Announcement:
        guide = self._guides.opened_by(reminder)
        return Announcement(
            key=key,
            at=at,
            text=guide.text(reminder, round_),
            place=place_of(reminder),
            mentions=reminder.mention,
            choices=() if guide.items else done_choices(round_),  # what is kept up by edits can have no buttons
            effects=(round_.put(),),
        )

    def _again(self, round_: Round, reminder: Reminder) -> Announcement:
        key = f"reminder:{round_.key}:{round_.opened:%Y-%m-%d}"
        opened = self._announcement(
            key, round_.opened, reminder, round_.model_copy(update={"message": key, "put_off": None})
        )
        return Announcement(
            key=key,
            at=opened.at,
            text=f"{put_off_text(round_)}\n\n{opened.text}",
            place=opened.place,
            mentions=opened.mentions,
            choices=opened.choices,
            effects=opened.effects,
        )

    def _nudge(self, asked: Nudge, reminder: Reminder) -> Announcement:
        left = [item for item in self._guides.opened_by(reminder).items if item not in asked.round.ticks]
        return Announcement(
            key=asked.key,
            at=asked.at,
            text=nudge_text(asked, left),
            place=place_of(reminder),
            mentions=(asked.whom,),
            choices=done_choices(asked.round),
        )


def place_of(reminder: Reminder) -> Topic | None:
    """Where a reminder is posted; None: as direct messages to those mentioned."""
    return Topic(0, reminder.channel, reminder.topic or reminder.title[:TOPIC_LIMIT]) if reminder.channel else None
