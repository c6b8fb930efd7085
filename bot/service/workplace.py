"""What the parts of a running copy of the bot share."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from bot.connection.api import Api
from bot.connection.people import People
from bot.service.membership import Membership
from bot.service.metrics import Metrics
from bot.service.noting import Noting
from bot.service.progress import Progress
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Workplace:
    """Settings, database, server, people, and how far this copy (`copy`) has come."""

    settings: Settings
    engine: Engine
    api: Api
    people: People
    metrics: Metrics
    membership: Membership
    progress: Progress
    noting: Noting
    bot_id: int

    @property
    def copy(self) -> str:
        """The id of this copy of the bot."""
        return self.membership.copy

    @property
    def bot_name(self) -> str:
        """The bot's name, as it is now."""
        return self.people.asker(self.bot_id).name
