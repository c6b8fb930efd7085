"""Everything that the bot says: written down under a key that can exist only once, then sent, then marked.

The rows' functions take a connection, so that a reply, its effects and the turn are written in one transaction.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, select, update

from bot.contracts import Attachment, Choice, Place
from bot.storage import places, schema
from bot.storage.database import insert_once

_outbox = schema.outbox

# made once: putting a statement together takes longer than carrying it out
_UPDATE = update(_outbox).where(_outbox.c.key == bindparam("this_key"))
_DELETE_FILES = delete(schema.attachments).where(schema.attachments.c.key == bindparam("this_key"))

BUTTONS = "#knapper"
"""Ends the key of the message that carries an announcement's buttons."""


class State(StrEnum):
    """How far a row has come. WRITTEN may or may not have left: after a crash it is looked for before it is sent."""

    WRITTEN = "written"
    SENT = "sent"
    SILENT = "silent"  # handled, with nothing to say
    GONE = "gone"  # taken back, or lost with its topic
    FAILED = "failed"  # refused for good


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to say, edit or delete."""

    key: str
    place: Place | None
    text: str = ""
    action: str = "send"
    target: str | None = None
    """Key of the entry whose message is edited or deleted."""
    person: int = 0
    """Whom it answers; 0 for announcements."""
    mentions: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    after_id: int = 0
    """The highest message id known when it was written: our message, once out, has a higher one."""
    due_at: float | None = None
    state: State = State.WRITTEN
    message_id: int | None = None
    editable: bool = True
    written_at: float = 0.0
    copy: str = ""
    """The copy of the bot that is to send it."""
    error: str | None = None
    """Why it could not be sent."""

    @property
    def lane(self) -> str:
        """Entries of a lane are sent one by one, in the order they were written."""
        return places.lane(self.place)


@dataclass(frozen=True, slots=True)
class Sent:
    """That an entry left, when (seconds since 1970), and what it became."""

    entry: Entry
    message_id: int | None
    """Zulip's id of the message; None when it is the one of another entry, edited or deleted."""
    editable: bool
    at: float


def reply_key(message_id: int) -> str:
    """The key of the answer to a message."""
    return f"reply:{message_id}"


def write(connection: Connection, entry: Entry, copy: str) -> bool:
    """Writes the entry, to be sent by `copy`. False: there is one under its key already."""
    written = insert_once(
        connection,
        _outbox,
        key=entry.key,
        action=entry.action,
        target=entry.target,
        state=entry.state,
        copy=copy,
        place=places.as_data(entry.place),
        lane=entry.lane,
        person=entry.person,
        text=entry.text,
        mentions=list(entry.mentions),
        choices=[[choice.label, choice.reply] for choice in entry.choices],
        after_id=entry.after_id,
        due_at=entry.due_at,
        written_at=time.time(),
        editable=int(entry.editable),
    )
    if written and entry.attachments:
        connection.execute(
            schema.attachments.insert(),
            [
                {
                    "key": entry.key,
                    "number": number,
                    "name": attachment.name,
                    "media_type": attachment.media_type,
                    "content": attachment.content,
                }
                for number, attachment in enumerate(entry.attachments)
            ],
        )
    return written


def find(connection: Connection, key: str) -> Entry | None:
    """The entry under a key."""
    return _first(connection, select(_outbox).where(_outbox.c.key == key))


def find_by_message(connection: Connection, message_id: int) -> Entry | None:
    """The entry that became a certain Zulip message."""
    return _first(connection, select(_outbox).where(_outbox.c.message_id == message_id))


def find_all(connection: Connection, key: str) -> list[Entry]:
    """What was said under a key, to one or several people (see `announcing`), without its buttons."""
    alike = _outbox.c.key.startswith(f"{key}#", autoescape=True) & ~_outbox.c.key.endswith(BUTTONS)
    rows = connection.execute(select(_outbox).where((_outbox.c.key == key) | alike).order_by(_outbox.c.key))
    return [_entry(connection, row) for row in rows]


def recent_announcements(connection: Connection, since: float, most: int) -> list[Entry]:
    """The latest announcements sent since `since`: people may react to them."""
    chosen = select(_outbox).where(
        _outbox.c.due_at.is_not(None), _outbox.c.state == State.SENT, _outbox.c.sent_at >= since
    )
    return [
        _entry(connection, row) for row in connection.execute(chosen.order_by(_outbox.c.sent_at.desc()).limit(most))
    ]


def handled(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of the keys that are in the outbox."""
    return set(connection.scalars(select(_outbox.c.key).where(_outbox.c.key.in_(list(keys)))))


def unsent(connection: Connection, copy: str) -> list[Entry]:
    """What a copy has written but not marked as sent, in the order it was written."""
    chosen = select(_outbox).where(_outbox.c.state == State.WRITTEN, _outbox.c.copy == copy)
    return [_entry(connection, row) for row in connection.execute(chosen.order_by(_outbox.c.written_at, _outbox.c.key))]


def hand_over(connection: Connection, key: str, giver: str, taker: str) -> bool:
    """Makes an unsent entry of one copy another's. False: somebody else took it, or it was sent."""
    taken = (
        update(_outbox)
        .where(_outbox.c.key == key, _outbox.c.copy == giver, _outbox.c.state == State.WRITTEN)
        .values(copy=taker)
    )
    return connection.execute(taken).rowcount == 1


def mark_sent(connection: Connection, sent: Sequence[Sent]) -> None:
    """Notes that entries have left; their texts and attachments are not needed any longer."""
    connection.execute(
        _UPDATE,
        [
            {
                "this_key": one.entry.key,
                "state": State.SENT,
                "sent_at": one.at,
                "message_id": one.message_id,
                "editable": int(one.editable),
                "text": "",
                "choices": [],
                "mentions": [],
                "error": None,
            }
            for one in sent
        ],
    )
    if files := [{"this_key": one.entry.key} for one in sent if one.entry.attachments]:
        connection.execute(_DELETE_FILES, files)


def mark(connection: Connection, key: str, state: State, error: str | None = None) -> None:
    """Notes that an entry will not be sent, and why."""
    _set(connection, key, state=state, sent_at=time.time(), text="", error=error)
    connection.execute(_DELETE_FILES, {"this_key": key})


def say_again(connection: Connection, key: str, message_id: int, editable: bool) -> None:
    """Notes that what was said under a key is another message now."""
    _set(connection, key, message_id=message_id, editable=int(editable), state=State.SENT)


def change_place(connection: Connection, key: str, place: Place) -> None:
    """Notes where an entry goes instead."""
    _set(connection, key, place=places.as_data(place), lane=places.lane(place))


def redirect(connection: Connection, key: str, place: Place, text: str) -> None:
    """Notes that an entry goes to another place, with another text."""
    change_place(connection, key, place)
    _set(connection, key, text=text, mentions=[])


def known_ids(connection: Connection, message_ids: Sequence[int]) -> set[int]:
    """Those of the Zulip messages that are known to be some entry's."""
    found = select(_outbox.c.message_id).where(_outbox.c.message_id.in_(list(message_ids)))
    return {message_id for message_id in connection.scalars(found) if message_id is not None}


def move(connection: Connection, message_ids: Sequence[int], place: Place) -> None:
    """Notes that messages are in another topic now: answers to them that have not left go there."""
    keys = [reply_key(message_id) for message_id in message_ids]
    connection.execute(
        update(_outbox)
        .where((_outbox.c.key.in_(keys)) | (_outbox.c.message_id.in_(list(message_ids))))
        .values(place=places.as_data(place), lane=places.lane(place))
    )


def depth(connection: Connection) -> int:
    """How many entries wait to be sent."""
    return connection.scalar(select(func.count()).where(_outbox.c.state == State.WRITTEN)) or 0


def counts(connection: Connection) -> dict[str, int]:
    """How many entries there are in each state."""
    rows = connection.execute(select(_outbox.c.state, func.count()).group_by(_outbox.c.state))
    return {row[0]: row[1] for row in rows}


def failures(connection: Connection) -> list[Entry]:
    """The latest entries that the server refused for good."""
    chosen = select(_outbox).where(_outbox.c.state == State.FAILED).order_by(_outbox.c.sent_at.desc()).limit(5)
    return [_entry(connection, row) for row in connection.execute(chosen)]


def _set(connection: Connection, key: str, **values: object) -> None:
    connection.execute(_UPDATE, {"this_key": key, **values})


def _first(connection: Connection, chosen: Select[Any]) -> Entry | None:
    row = connection.execute(chosen).first()
    return _entry(connection, row) if row else None


def _entry(connection: Connection, row: Row[Any]) -> Entry:
    files = schema.attachments
    attachments = (
        connection.execute(select(files).where(files.c.key == row.key).order_by(files.c.number))
        if row.state == State.WRITTEN
        else ()
    )
    return Entry(
        key=row.key,
        place=places.from_data(row.place),
        text=row.text,
        action=row.action,
        target=row.target,
        person=row.person,
        mentions=tuple(row.mentions),
        choices=tuple(Choice(label, reply) for label, reply in row.choices),
        attachments=tuple(Attachment(file.name, file.media_type, file.content) for file in attachments),
        after_id=row.after_id,
        due_at=row.due_at,
        state=State(row.state),
        message_id=row.message_id,
        editable=bool(row.editable),
        written_at=row.written_at,
        copy=row.copy,
        error=row.error,
    )
