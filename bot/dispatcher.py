"""Finds the capability whose question it is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contracts import Answer, Capability, Claim, Context, Question


class Dispatcher:
    """Asks every capability for its claim and lets the surest answer; of equals, the first in the list."""

    def __init__(self, capabilities: Sequence[Capability]) -> None:
        self.capabilities = tuple(capabilities)

    def answer(self, question: Question, context: Context) -> Answer:
        """The answer of the surest capability. One of them (help) claims everything, if only faintly."""
        claims = [claim for capability in self.capabilities if (claim := capability.claim(question, context))]
        return max(claims, key=_confidence).answer()


def _confidence(claim: Claim) -> float:
    return claim.confidence
