"""Suggests the time tag for a task."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.contracts import Answer, Claim, Context, Finding, Help, Json, Question
from handlers.handbook import Handbook
from handlers.tags.concepts import Concepts
from handlers.tags.features import Features
from handlers.tags.knowledge import TimeRegistration
from handlers.tags.model import Model
from handlers.tags.suggester import Suggester


class TagCapability:
    """Suggests the time tag for a task."""

    fields: Mapping[str, Json] = {"tag": None, "entries": []}
    help: Help | None = None

    def __init__(self, handbook: Handbook, data: Path) -> None:
        self.s = Suggester(TimeRegistration.of(handbook), Model.read(data/"tags"/"model.npz"), Features(Concepts.read(data/"concepts")))

    def update(self, handbook):
        pass

    def claim(self, question: Question, context: Context) -> Claim | None:
        if not question.text.startswith("tag:"): return None
        s = self.s.suggest(question.text)
        return Claim(1.0, lambda: Answer("tag", s.best.tag.name, asks=s.asks, data={"tag": {"name": s.best.tag.name, "alternatives": [c.tag.name for c in s.candidates[1:4]], "task": s.best.task.name if s.best.task else None, "project": s.project}}))

    def check(self) -> list[Finding]:
        return []
