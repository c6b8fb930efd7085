"""Writes what has fallen due to the outbox.

An announcement for one place is one entry under its key. One for several people's direct messages is an entry for
each, the second and later under "<key>#<user id>"; its buttons, where the text does not go with them, follow as a
message of their own under "<key>#knapper".
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from bot.connection import writing
from bot.contracts import Announcement, Announcer, Context, Direct, Place
from bot.service.answering import write_revisions
from bot.service.sending import Sender
from bot.service.workplace import Workplace
from bot.settings import COPENHAGEN
from bot.storage import memory, outbox, schema
from bot.storage.database import read, replace
from bot.storage.outbox import Entry, State

log = logging.getLogger(__name__)

_MARK = "announced"
_BUTTONS_TEXT = "Hvad vil du gøre?"


class Announcing:
    """Asks the announcers what is due, and notes in the same transaction how far they have been asked."""

    def __init__(self, workplace: Workplace, announcers: Sequence[Announcer], sender: Sender) -> None:
        self._at = workplace
        self._announcers = announcers
        self._sender = sender

    def look(self) -> None:
        """Announces everything that has fallen due since the last look, by whichever copy of the bot."""
        now = datetime.fromtimestamp(time.time(), COPENHAGEN)
        with read(self._at.engine) as connection:
            mark = connection.scalar(select(schema.marks.c.at).where(schema.marks.c.name == _MARK))
        # a clock that was set back must not silence us until the time that it had reached
        after = now if mark is None else min(now, datetime.fromtimestamp(mark, COPENHAGEN))
        context = Context((), memory.StoredRecords(self._at.engine), self._at.people.by_mail())
        due = [announcement for announcer in self._announcers for announcement in announcer.due(after, now, context)]
        entries: list[Entry] = []
        with self._at.engine.begin() as connection:
            for announcement in due:
                entries += self._write(connection, announcement, now)
            replace(connection, schema.marks, name=_MARK, at=now.timestamp())
        for entry in entries:
            self._sender.post(entry)

    def _write(self, connection: Connection, announcement: Announcement, now: datetime) -> list[Entry]:
        entries = self._entries(announcement)
        if not outbox.write(connection, entries[0], self._at.copy):
            return []  # said before, or by another copy
        for entry in entries[1:]:
            outbox.write(connection, entry, self._at.copy)
        revisions = write_revisions(connection, announcement.effects, announcement.key, self._at)
        memory.carry_out(connection, announcement.effects, now)
        self._at.metrics.announced.inc()
        log.info(
            "announced", extra={"key": announcement.key, "late_seconds": round((now - announcement.at).total_seconds())}
        )
        return [entry for entry in (*entries, *revisions) if entry.state is State.WRITTEN]

    def _entries(self, announcement: Announcement) -> list[Entry]:
        together = not announcement.choices or (
            not announcement.mentions
            and not announcement.attachments
            and writing.buttons(announcement.text, announcement.choices) is not None
        )
        entries = []
        for suffix, place in self._places(announcement):
            main = Entry(
                announcement.key + suffix,
                place,
                announcement.text,
                mentions=announcement.mentions if announcement.place else (),
                choices=announcement.choices if together else (),
                attachments=announcement.attachments,
                after_id=self._at.progress.seen,
                due_at=announcement.at.timestamp(),
                state=State.WRITTEN if place else State.FAILED,
            )
            entries.append(main)
            if not together:
                key = f"{main.key}{outbox.BUTTONS}"
                entries.append(
                    Entry(
                        key,
                        place,
                        _BUTTONS_TEXT,
                        choices=announcement.choices,
                        after_id=main.after_id,
                        state=main.state,
                    )
                )
        return entries

    def _places(self, announcement: Announcement) -> list[tuple[str, Place | None]]:
        """Where it goes, with what the keys end in. With nobody to be found, to the bot's administrators."""
        if announcement.place is not None:
            return [("", announcement.place)]
        found = (self._at.people.find(whom) for whom in announcement.mentions)
        readers = sorted({person.id for person in found if person} or set(self._at.settings.administrators))
        if not readers:
            log.error("nobody to announce to", extra={"key": announcement.key})
            return [("", None)]
        return [(f"#{reader}" if number else "", Direct((reader,))) for number, reader in enumerate(readers)]
