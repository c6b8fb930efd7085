"""Says what the bot can do, returns greetings, and owns up to what it does not understand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.contracts import Answer, Capability, Claim, Context, Finding, Help, Json, Question


class HelpCapability:
    """Says what the bot can do, returns greetings, and owns up to what it does not understand."""

    fields: Mapping[str, Json] = {}
    help: Help | None = None

    def __init__(self, others: Sequence[Capability]) -> None:
        self._others = others

    def claim(self, question: Question, context: Context) -> Claim | None:
        return Claim(0.1, lambda: Answer("unknown", "Det forstår jeg ikke.", answered=False))

    def check(self) -> list[Finding]:
        return []
