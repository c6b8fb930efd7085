"""Finds the capability whose question it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.contracts import Answer, Capability, Claim, Context, Question


class Dispatcher:
    """Asks every capability for its claim and lets the surest answer; of equals, the first in the list."""

    def __init__(self, capabilities: Sequence[Capability]) -> None:
        self.capabilities = tuple(capabilities)

    def answer(self, question: Question, context: Context) -> Answer:
        """The answer of the surest capability. One of them (help) claims everything, if only faintly."""
        question = _picked(question, context)
        claims = [claim for capability in self.capabilities if (claim := capability.claim(question, context))]
        return max(claims, key=_confidence).answer()


def _picked(question: Question, context: Context) -> Question:
    """The question with a bare number replaced by the choice that it picks among those just offered."""
    number = question.text.strip().rstrip(".)")
    offered = context.last.choices if context.last else ()
    if number.isdecimal() and len(number) < 3 and 1 <= int(number) <= len(offered):
        return replace(question, text=offered[int(number) - 1])
    return question


def _confidence(claim: Claim) -> float:
    return claim.confidence
