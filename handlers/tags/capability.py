"""Suggests the time tag for a task, and turns a day log into registrations."""

from __future__ import annotations

from collections.abc import Mapping

from bot.contracts import Claim, Context, Finding, Help, Json, Question
from handlers.handbook import Handbook


class TagCapability:
    """Suggests the time tag for a task, and turns a day log into registrations."""

    fields: Mapping[str, Json] = {"tag": None, "entries": []}
    help: Help | None = None

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook

    def claim(self, question: Question, context: Context) -> Claim | None:
        return None

    def check(self) -> list[Finding]:
        return []
