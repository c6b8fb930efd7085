"""The copies of the bot that share a database: who is alive, who answers what, and how far each has come.

Every copy hears everything. A conversation is answered by the one copy that its key points to among those alive
(rendezvous hashing), so no claim is needed for each question; where two copies see the living differently for a
moment, the outbox key still lets only one of them answer. When a copy falls out of sight, each of the others looks
through what was said since that copy's place.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, delete, select, update

from bot.storage import schema
from bot.storage.database import replace

_copies = schema.copies


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy: when it was last seen (seconds since 1970; 0: stopped in good order), and how far it had come."""

    id: str
    seen_at: float
    place: int
    state: dict[str, Any]

    @property
    def stopped(self) -> bool:
        """Whether it stopped in good order."""
        return not self.seen_at


def everyone(connection: Connection) -> list[Copy]:
    """All copies that have worked on this database and whose work has not been taken over."""
    return [Copy(row.id, row.seen_at, row.place, row.state) for row in connection.execute(select(_copies))]


def beat(connection: Connection, copy: str, place: int, state: dict[str, Any]) -> None:
    """Says that a copy is alive, and how far it has come."""
    replace(connection, _copies, id=copy, seen_at=time.time(), place=place, state=state)


def stop(connection: Connection, copy: str, place: int) -> None:
    """Notes that a copy has stopped; the next one goes on from its place."""
    connection.execute(update(_copies).where(_copies.c.id == copy).values(seen_at=0, place=place))


def bury(connection: Connection, copy: str) -> None:
    """Forgets a copy whose work has been taken over."""
    connection.execute(delete(_copies).where(_copies.c.id == copy))


def owner(key: str, living: list[str]) -> str:
    """The copy that a key points to. When one dies, only its keys point elsewhere."""
    return max(living, key=lambda copy: blake2b(f"{copy} {key}".encode(), digest_size=8).digest())
