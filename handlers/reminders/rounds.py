"""A round: one period of a reminder from its first message until somebody says that it is done.

Rounds are kept as records, under `Event.key`. All functions here are pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.contracts import Asker, Context, Delete, Effect, Put
from handlers.danish import fold
from handlers.danish.dates import COPENHAGEN, local
from handlers.danish.workdays import add_working_days
from handlers.reminders.plan import Reminder

COLLECTION = "runder"
TICKS = "runder, flueben"
"""Each tick is a record of its own, so that two people who tick at the same moment both count."""
_KEEP_DAYS = 1200
"""Kept for three years and some weeks, so that "hvem gjorde det sidst?" has an answer for a yearly round too."""


Kept = TypeVar("Kept", bound=BaseModel)


class Mark(BaseModel):
    """Who did something, and when."""

    model_config = ConfigDict(frozen=True)

    name: str
    person: int = 0
    """The Zulip user's id."""
    at: datetime


class Tick(Mark):
    """Something ticked off in a round; in the approver list's round with what is to be changed."""

    round: str
    """`Round.key`."""
    item: str
    changes: Mapping[str, Sequence[tuple[str, str]]] = {}
    """New approvers as names and mail addresses, by role."""


class Round(BaseModel):
    """The state of one round."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    reminder: str
    period: str
    title: str
    opened: datetime
    """When it was due, or put off to."""
    message: str
    """Outbox key of the message that shows its state."""
    done: Mark | None = None
    put_off: Mark | None = None
    ticks: Mapping[str, Tick] = {}
    """What has been ticked off, by name."""

    @property
    def key(self) -> str:
        return f"{self.reminder}:{self.period}"

    def put(self) -> Put:
        """The effect that keeps it, but for its ticks."""
        return Put(COLLECTION, self.key, self.model_dump(mode="json", exclude={"ticks"}), keep_days=_KEEP_DAYS)

    def with_ticks(self, names: Iterable[str], mark: Mark) -> Round:
        """The round with these ticked off by somebody."""
        new = {name: Tick(**mark.model_dump(), round=self.key, item=name) for name in names}
        return self.model_copy(update={"ticks": {**self.ticks, **new}})

    def without_ticks(self, names: Collection[str]) -> Round:
        """The round with these not ticked off."""
        return self.model_copy(update={"ticks": {n: tick for n, tick in self.ticks.items() if n not in names}})


def effects(before: Round, after: Round) -> tuple[Effect, ...]:
    """What keeps the difference between two states of a round."""
    new = [tick for name, tick in after.ticks.items() if before.ticks.get(name) != tick]
    gone = [name for name in before.ticks if name not in after.ticks]
    kept = [Put(TICKS, f"{after.key}:{tick.item}", tick.model_dump(mode="json"), keep_days=_KEEP_DAYS) for tick in new]
    deleted = [Delete(TICKS, f"{after.key}:{name}") for name in gone]
    same = before.model_copy(update={"ticks": {}}) == after.model_copy(update={"ticks": {}})
    return (*(() if same else (after.put(),)), *kept, *deleted)


def all_rounds(context: Context) -> list[Round]:
    """All rounds that are kept, oldest first."""
    return sorted(_read(context), key=lambda round_: round_.opened.astimezone(UTC))


def open_rounds(context: Context) -> list[Round]:
    """Those that nobody has finished, oldest first."""
    return [round_ for round_ in all_rounds(context) if round_.done is None]


def _read(context: Context) -> Iterator[Round]:
    ticks: defaultdict[str, dict[str, Tick]] = defaultdict(dict)
    for tick in _valid(Tick, context, TICKS):
        ticks[tick.round][tick.item] = tick
    for round_ in _valid(Round, context, COLLECTION):
        yield round_.model_copy(update={"ticks": ticks[round_.key]})


def _valid(kind: type[Kept], context: Context, collection: str) -> Iterator[Kept]:
    for record in context.records.all(collection).values():
        try:
            yield kind.model_validate(record.value)
        except ValidationError:
            continue  # written by another version


@dataclass(frozen=True, slots=True)
class Nudge:
    """A round that nobody has answered, and whom to ask now."""

    round: Round
    at: datetime
    whom: str
    last: bool
    """Whether the bot gives up after this one."""

    @property
    def key(self) -> str:
        """Unique for a round, whom it asks, and the day from which the working days were counted."""
        kind = "stedfortræder" if self.last else "ansvarlig"
        return f"reminder:{self.round.key}:{kind}:{self.round.opened:%Y-%m-%d}"


def nudge(round_: Round, reminder: Reminder, after: datetime, now: datetime) -> Nudge | None:
    """Whom to ask about an open round between `after` and `now`: the responsible, later the deputy, once each.

    Both fall in one stretch when the bot was down for long; then only the later one is asked.
    """
    since = max((round_.opened, *(tick.at for tick in round_.ticks.values())), key=_utc)
    steps = [
        Nudge(round_, _working_days_after(since, reminder.repeat_after, reminder), reminder.responsible, last=False),
        Nudge(round_, _working_days_after(since, reminder.escalate_after, reminder), reminder.deputy, last=True),
    ]
    due = [step for step in steps if step.whom and _utc(after) < _utc(step.at) <= _utc(now)]
    return due[-1] if due else None


def may_answer(reminder: Reminder, asker: Asker, people: Mapping[str, Asker]) -> bool:
    """Whether somebody may mark, put off and tick: those it is for, and administrators.

    Who is in a user group is not known here; where the plan names a group, everybody who may write to the bot may.
    """
    if asker.administers_bot:
        return True
    known = {fold(person.email) for person in people.values()} | {fold(person.name) for person in people.values()}
    names = {fold(name) for name in reminder.people}
    return not names or bool(names & {fold(asker.name), fold(asker.email)} - {""}) or not names <= known


def _working_days_after(since: datetime, number: int, reminder: Reminder) -> datetime:
    return local(add_working_days(since.astimezone(COPENHAGEN).date(), number), reminder.time)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
