"""What is kept for how long. The README's table on privacy says the same."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete

from bot.storage import schema

KEEP_DAYS: Mapping[str, int] = {
    "turns": 1,  # what was asked, and what the answer may be followed up on
    "outbox": 60,  # that something was said, without its text
    "copies": 60,  # how far a copy of the bot had come when it was last seen
}
_DAY = 86_400


def clean_up(connection: Connection, now: float) -> int:
    """Deletes everything whose time is up at `now` (seconds since 1970); returns the number of rows."""
    old = {name: now - days * _DAY for name, days in KEEP_DAYS.items()}
    turns, outbox, records, copies = schema.turns, schema.outbox, schema.records, schema.copies
    doomed = (
        delete(turns).where(turns.c.at < old["turns"]),
        # an announcement keeps its key for good: it says that this period has been announced
        delete(outbox).where(outbox.c.sent_at < old["outbox"], outbox.c.due_at.is_(None)),
        delete(records).where(records.c.expires_at < now),
        delete(copies).where(copies.c.seen_at < old["copies"], copies.c.seen_at > 0),
    )
    return sum(connection.execute(statement).rowcount for statement in doomed)
