"""Looks up who checks and who approves an invoice."""

from __future__ import annotations

from collections.abc import Mapping

from bot.contracts import Claim, Context, Finding, Help, Json, Question
from handlers.handbook import Handbook


class ApproverCapability:
    """Looks up who checks and who approves an invoice."""

    fields: Mapping[str, Json] = {"approvals": []}
    help: Help | None = None

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook

    def claim(self, question: Question, context: Context) -> Claim | None:
        return None

    def check(self) -> list[Finding]:
        return []
