"""Questions and conversations for tests, without Zulip and without a clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.contracts import Answer, Asker, Claim, Context, Direct, Finding, Help, Json, Question, Record
from bot.settings import COPENHAGEN

NOW = datetime(2026, 8, 19, 10, 30, tzinfo=COPENHAGEN)
"""A Wednesday morning: the time at which tests ask unless they say otherwise."""


class NoRecords:
    """Nothing is kept."""

    def all(self, collection: str) -> Mapping[str, Record]:
        return {}


NO_RECORDS = NoRecords()
NO_CONTEXT = Context((), NO_RECORDS)


def question(text: str, now: datetime = NOW, asker: Asker | None = None, conversation: str = "c") -> Question:
    """A direct message to the bot."""
    return Question(text, asker or Asker(8, "En Kollega"), Direct((8,)), now, message_id=1, conversation=conversation)


class Nobody:
    """Answers what nobody claims."""

    fields: Mapping[str, Json] = {}
    help: Help | None = None

    def claim(self, question: Question, context: Context) -> Claim:
        return Claim(0.01, lambda: Answer("unknown", ""))

    def check(self) -> list[Finding]:
        return []
