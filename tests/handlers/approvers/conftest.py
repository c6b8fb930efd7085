"""The approver capability on the embedded handbook, and on small handbooks that tests write themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from bot.contracts import Answer, Asker, Context, Direct, Question, Record, Turn
from handlers.approvers import ApproverCapability, Municipalities
from handlers.handbook import Handbook, HandbookReader

DATA = Path(__file__).parents[3] / "data"
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))
ASKER = Asker(7, "Kim Kollega")


class NoRecords:
    def all(self, collection: str) -> Mapping[str, Record]:
        return {}


@dataclass
class Conversation:
    """Asks one capability after another message, as the bot would: claims, answers, remembers."""

    capability: ApproverCapability
    people: Mapping[str, Asker] = field(default_factory=dict)
    now: datetime = NOW
    turns: list[Turn] = field(default_factory=list)

    def confidence(self, text: str) -> float:
        """How surely the capability claims a message; 0 when it does not."""
        claim = self.capability.claim(self._question(text), self._context())
        return claim.confidence if claim else 0.0

    def ask(self, text: str) -> Answer:
        """The answer to a message that the capability must claim."""
        claim = self.capability.claim(self._question(text), self._context())
        assert claim is not None, f"not claimed: {text}"
        answer = claim.answer()
        self.turns.append(Turn(text, answer.intent, answer.memory, tuple(choice.reply for choice in answer.choices)))
        return answer

    def _question(self, text: str) -> Question:
        return Question(text, ASKER, Direct((7,)), self.now)

    def _context(self) -> Context:
        return Context(tuple(self.turns), NoRecords(), self.people)


def approvals(answer: Answer) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", answer.data.get("approvals", []))


def products(answer: Answer) -> list[str]:
    """The products whose approvers an answer gives, each once."""
    return list(dict.fromkeys(str(entry["product"]) for entry in approvals(answer)))


@pytest.fixture(scope="session")
def embedded() -> Handbook:
    return HandbookReader(DATA / "handbook", "https://haandbog.example", "https://git.example/handbook").read()


@pytest.fixture(scope="session")
def municipalities() -> Municipalities:
    return Municipalities.load(DATA / "approvers" / "municipalities.txt")


@pytest.fixture(scope="session")
def capability(embedded: Handbook, municipalities: Municipalities) -> ApproverCapability:
    return ApproverCapability(embedded, municipalities)


@pytest.fixture
def talk(capability: ApproverCapability) -> Conversation:
    return Conversation(capability)


Write = Callable[..., Handbook]


@pytest.fixture
def handbook(tmp_path: Path) -> Write:
    """Writes a handbook of pages (path to Markdown) and reads it."""

    def write(pages: Mapping[str, str]) -> Handbook:
        for path, source in pages.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(source, encoding="utf-8")
        return HandbookReader(tmp_path, "https://haandbog.example", "https://git.example/handbook").read()

    return write
