"""Answers a free question with the passage of the handbook that answers it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.contracts import Claim, Context, Finding, Help, Json, Question
from handlers.handbook.model import Handbook


class HandbookCapability:
    """Answers a free question with the passage of the handbook that answers it."""

    fields: Mapping[str, Json] = {}
    help: Help | None = None

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook

    def claim(self, question: Question, context: Context) -> Claim | None:
        return None

    def check(self) -> list[Finding]:
        return []
