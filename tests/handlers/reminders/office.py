"""An office for tests: people write to the reminders, time passes, and what falls due is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.contracts import (
    Announcement,
    Answer,
    Asker,
    Claim,
    Context,
    Delete,
    Direct,
    Effect,
    Place,
    Put,
    Question,
    Record,
    Revise,
    Turn,
)
from handlers.danish.dates import COPENHAGEN
from handlers.handbook import Handbook
from handlers.reminders import Plan, ReminderAnnouncer
from tests.handlers.reminders.plans import DATA, capability, guides, shipped

COLLEAGUE = Asker(8, "En Kollega", "kollega@os2.example")
OTHER = Asker(9, "En Anden", "anden@os2.example")


@dataclass
class Office:
    """The reminders with their records, a conversation a person, and the outbox as a list."""

    handbook: Handbook
    plan: Plan = field(default_factory=shipped)
    folder: Path = DATA
    now: datetime = datetime(2027, 4, 14, 8, 59, tzinfo=COPENHAGEN)
    people: Mapping[str, Asker] = field(default_factory=dict)
    said: dict[str, Announcement] = field(default_factory=dict)
    revised: list[Revise] = field(default_factory=list)
    records: dict[str, dict[str, Record]] = field(default_factory=lambda: defaultdict(dict))
    turns: dict[int, list[Turn]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.capability = capability(self.plan, self.handbook, self.folder)
        self.announcer = ReminderAnnouncer(self.plan, guides(self.handbook, self.folder))

    def all(self, collection: str) -> Mapping[str, Record]:
        """See `contracts.Records`."""
        return self.records[collection]

    def until(self, text: str, look_only_now: bool = False) -> list[Announcement]:
        """Lets time pass until then, looking every hour (or once, as after a pause), and returns what was said."""
        after, end = self.now.astimezone(UTC), datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)
        before = len(self.said)
        while after < end:
            step = end if look_only_now else min(end, datetime.fromtimestamp(after.timestamp() + 3600, COPENHAGEN))
            self.now = step
            for announcement in self.announcer.due(after, step, self.context(COLLEAGUE)):
                if announcement.key not in self.said:
                    self.said[announcement.key] = announcement
                    self.carry_out(announcement.effects)
            after = step
        self.now = end
        return list(self.said.values())[before:]

    def claim(
        self, text: str, by: Asker = COLLEAGUE, about: str | None = None, place: Place | None = None
    ) -> Claim | None:
        question = Question(text, by, place or Direct((by.id,)), self.now, about=about)
        return self.capability.claim(question, self.context(by))

    def ask(self, text: str, by: Asker = COLLEAGUE, about: str | None = None, place: Place | None = None) -> Answer:
        """What is answered; the answer is remembered and its effects are carried out."""
        claim = self.claim(text, by, about, place)
        assert claim is not None, text
        answer = claim.answer()
        self.carry_out(answer.effects)
        self.turns[by.id].append(Turn(text, answer.intent, answer.memory))
        return answer

    def context(self, asker: Asker) -> Context:
        return Context(tuple(self.turns[asker.id]), self, self.people)

    def carry_out(self, effects: tuple[Effect, ...]) -> None:
        """Keeps and forgets what an answer wants."""
        for effect in effects:
            if isinstance(effect, Put):
                self.records[effect.collection][effect.key] = Record(effect.value, effect.owner, self.now)
            elif isinstance(effect, Delete):
                self.records[effect.collection].pop(effect.key, None)
            elif isinstance(effect, Revise):
                self.revised.append(effect)
