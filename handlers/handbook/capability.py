"""Answers a free question with the passage of the handbook that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.contracts import Answer, Claim, Context, Finding, Help, Json, Question
from handlers.danish import Danish
from handlers.handbook import questions
from handlers.handbook.answer import Reply
from handlers.handbook.catalogue import Catalogue
from handlers.handbook.model import Handbook
from handlers.handbook.ranking import Ranking
from handlers.handbook.search import find

GOOD, NEAREST = 0.5, 0.3
"""Confidence of a claim with a good match, and of one that can only name the nearest place."""
_SURE, _NEAR = 0.38, 0.08


class HandbookCapability:
    """Answers a free question with the passage of the handbook that answers it."""

    fields: Mapping[str, Json] = {}
    help: Help | None = Help(
        "Håndbogen",
        "Spørg med dine egne ord; du får det sted, der svarer, med link.",
        ("Hvor registrerer jeg min tid?", "Hvem kontakter jeg om økonomi?"),
    )

    def __init__(self, handbook: Handbook, data: Path) -> None:
        self._catalogue = Catalogue(Danish.read(data), handbook, questions.read(data / "questions"))
        self._ranking = Ranking.read(data / "ranking.toml")

    def update(self, handbook: Handbook) -> None:
        """Takes in the handbook as it is now."""
        self._catalogue.update(handbook)

    def claim(self, question: Question, context: Context) -> Claim | None:
        """Half sure with a good match, less with a mere nearest place; nothing for what is no question to a handbook."""
        found = find(question.text, self._catalogue)
        hits = self._ranking.sorted(found)
        if not hits:
            return None
        sureness = self._ranking.sureness(hits)
        reply = Reply(self._catalogue.handbook)
        if sureness >= _SURE:
            return Claim(GOOD, lambda: reply.answered(question.text, hits, english=False))
        if sureness >= _NEAR:
            return Claim(NEAREST, lambda: reply.nearest(question.text, hits, english=False))
        return None

    def check(self) -> list[Finding]:
        return []
