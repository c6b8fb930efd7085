"""People's own reminders: what is kept of them, and when they are said.

They are kept as records owned by the person, so that nobody else sees them and forgetting a person deletes them. One
that comes once is deleted in the same moment as it is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

from pydantic import BaseModel, ConfigDict

from bot.contracts import Announcement, Choice, Context, Delete, Direct, Put, Topic
from bot.markup import escape, silent_mention
from handlers.danish.calendar import long_date, long_time
from handlers.danish.dates import COPENHAGEN, START_OF_DAY, local
from handlers.reminders.phrases import parse_rule
from handlers.reminders.recurrence import occurrences

COLLECTION = "egne påmindelser"
LIMIT = 20
"""So many a person may have at a time."""
LONGEST = 500
"""Characters that a reminder's text may have."""
_TOPIC = "påmindelser"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class OwnReminder(BaseModel):
    """One reminder that somebody asked for: at one moment, or by a rule."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: int
    """By which its owner names it; from 1."""
    owner: int
    name: str
    """The owner's, for what is posted in a channel."""
    text: str
    at: datetime | None = None
    rule: str = ""
    """In the words of `phrases`; empty for one that comes once."""
    clock: time = START_OF_DAY
    """Of the day, for a rule."""
    start: date = date.min
    """For a rule: not before this day, from which every second or third time is counted."""
    end: date = date.max
    """For a rule: not after this day."""
    channel: str = ""
    """Empty: as a direct message to its owner."""
    topic: str = ""

    @property
    def key(self) -> str:
        return f"{self.owner}:{self.number}"

    def put(self) -> Put:
        """The effect that keeps it."""
        return Put(COLLECTION, self.key, self.model_dump(mode="json"), owner=self.owner)

    def delete(self) -> Delete:
        """The effect that forgets it."""
        return Delete(COLLECTION, self.key)

    def moments(self, after: datetime, until: datetime) -> Iterator[datetime]:
        """When it is said after `after`, up to and including `until`."""
        after, until = after.astimezone(UTC), until.astimezone(UTC)
        if self.at is not None:
            found = iter([self.at])
        else:
            first, last = after.astimezone(COPENHAGEN).date(), until.astimezone(COPENHAGEN).date()
            rule = replace(parse_rule(self.rule), moves=False)  # who says Saturday means Saturday
            days = occurrences(rule, max(first, self.start), min(last, self.end), self.start)
            found = (local(occurrence.day, self.clock) for occurrence in days)
        return (moment for moment in found if after < moment.astimezone(UTC) <= until)

    def when(self, now: datetime) -> str:
        """Its time in words: "fredag den 4. december kl. 9.00" or "hver mandag kl. 9.00"."""
        today = now.astimezone(COPENHAGEN).date()
        if self.at is not None:
            return long_time(self.at.astimezone(COPENHAGEN), today)
        said = f"{self.rule} kl. {self.clock.hour}.{self.clock.minute:02}"
        said += f" fra {long_date(self.start, today)}" if self.start > today else ""
        return said + (f" til og med {long_date(self.end, today)}" if self.end < date.max else "")

    def is_over(self, now: datetime) -> bool:
        """Whether it will not be said any more after `now`."""
        if self.rule and self.end == date.max:
            return False
        last = self.at if self.at is not None else local(self.end, self.clock)
        return next(self.moments(now, last), None) is None


def of_person(person: int, context: Context) -> list[OwnReminder]:
    """Somebody's reminders by number."""
    return sorted((own for own in _all(context) if own.owner == person), key=lambda own: own.number)


def free_number(taken: list[OwnReminder]) -> int:
    """The smallest number that none of them has."""
    numbers = {own.number for own in taken}
    return next(number for number in range(1, len(numbers) + 2) if number not in numbers)


def due(after: datetime, now: datetime, context: Context) -> Iterator[Announcement]:
    """The own reminders whose time came after `after`, up to and including `now`; a repeated one only for the last.

    One that comes once is kept until it is said: it may have been asked for so late that its time had come by then.
    """
    for own in _all(context):
        since = _LONG_AGO if own.at is not None else after
        for moment in list(own.moments(since, now))[-1:]:
            yield Announcement(
                key=f"own:{own.key}:{moment.isoformat(timespec='minutes')}",
                at=moment,
                text=_text(own),
                place=Topic(0, own.channel, own.topic or _TOPIC) if own.channel else Direct((own.owner,)),
                choices=() if own.channel else _later(own),
                effects=(own.delete(),) if own.is_over(moment) else (),
            )


def _all(context: Context) -> Iterator[OwnReminder]:
    for record in context.records.all(COLLECTION).values():
        try:
            own = OwnReminder.model_validate(record.value)
            parse_rule(own.rule or "hver dag")
        except ValueError:
            continue  # written by another version
        yield own


def strong(text: str) -> str:
    """Somebody's own words in bold; between quotation marks where stars of theirs would end it."""
    return f"»{escape(text)}«" if "*" in text else f"**{escape(text)}**"


def _text(own: OwnReminder) -> str:
    if own.channel:
        return f"⏰ {escape(own.text)}\n\n*Fast påmindelse fra {silent_mention(own.name, own.owner)}.*"
    return f"⏰ Husk: {strong(own.text)}"


def _later(own: OwnReminder) -> tuple[Choice, ...]:
    return tuple(
        Choice(label, f"mind mig om »{own.text}« {when}")
        for label, when in (("Om en time", "om 1 time"), ("I morgen", "i morgen kl. 9"))
    )
