"""Finds the capability whose question it is."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.contracts import Answer, Capability, Claim, Context, Question

log = logging.getLogger(__name__)

LONGEST_TEXT, MOST_LINES = 2_000, 60
"""A longer message is not looked into: it would take more than a tenth of a second, and is hardly a question."""

_TOO_LONG = (
    "Din besked er for lang til mig: jeg læser højst 2.000 tegn og 60 linjer ad gangen."
    " Del den op, eller skriv kun det, du gerne vil vide."
)
_BROKEN = "Undskyld, noget gik galt hos mig, så det fik jeg ikke slået op. Prøv igen, eller spørg med andre ord."


class Dispatcher:
    """Asks every capability for its claim and lets the surest answer; of equals, the first in the list."""

    def __init__(self, capabilities: Sequence[Capability]) -> None:
        self.capabilities = tuple(capabilities)
        """May be replaced as a whole while questions are being answered."""

    def answer(self, question: Question, context: Context) -> Answer:
        """The answer of the surest capability. One of them (help) claims everything, if only faintly.

        A capability that fails is logged (where, not what was asked) and never takes the others down with it.
        """
        if len(question.text) > LONGEST_TEXT or question.text.count("\n") >= MOST_LINES:
            return Answer("unknown", _TOO_LONG, answered=False)
        question = _picked(question, context)
        claims = [claim for capability in self.capabilities if (claim := _claim(capability, question, context))]
        try:
            return max(claims, key=_confidence).answer()
        except Exception as error:
            log.error("answer failed: %s", _where(error))
            return Answer("unknown", _BROKEN, answered=False)


def _claim(capability: Capability, question: Question, context: Context) -> Claim | None:
    try:
        return capability.claim(question, context)
    except Exception as error:
        log.error("claim failed: %s", _where(error))
        return None


def _where(error: Exception) -> str:
    """The kind of error and its place in the code; not its message, which may hold what was asked."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name}, {Path(frame.filename).name}:{frame.lineno}"


def _picked(question: Question, context: Context) -> Question:
    """The question with a bare number replaced by the choice that it picks among those just offered."""
    number = question.text.strip().rstrip(".)")
    offered = context.last.choices if context.last else ()
    if number.isdecimal() and len(number) < 3 and 1 <= int(number) <= len(offered):
        return replace(question, text=offered[int(number) - 1])
    return question


def _confidence(claim: Claim) -> float:
    return claim.confidence
