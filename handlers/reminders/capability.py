"""Says what is coming, and keeps rounds and own reminders."""

from __future__ import annotations

from collections.abc import Mapping

from bot.contracts import Claim, Context, Finding, Help, Json, Question
from handlers.handbook import Handbook


class ReminderCapability:
    """Says what is coming, and keeps rounds and own reminders."""

    fields: Mapping[str, Json] = {"reminders": []}
    help: Help | None = None

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook

    def claim(self, question: Question, context: Context) -> Claim | None:
        return None

    def check(self) -> list[Finding]:
        return []
