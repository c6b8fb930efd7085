"""Conversations and the capabilities' records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, bindparam, delete, func, select, update

from bot.contracts import Delete, Effect, Forget, Holding, Place, Put, Question, Record, Turn
from bot.session import TURNS_KEPT
from bot.storage import places, schema
from bot.storage.database import read, replace
from bot.storage.retention import KEEP_DAYS

_turns, _records = schema.turns, schema.records
_DAY = 86_400

# made once: putting a statement together takes longer than carrying it out
_LATEST = (
    select(_turns.c.text, _turns.c.intent, _turns.c.memory, _turns.c.choices)
    .where(_turns.c.conversation == bindparam("conversation"), _turns.c.message_id != bindparam("but_for"))
    .order_by(_turns.c.id.desc())
    .limit(TURNS_KEPT)
)
_ADD = _turns.insert()


class StoredRecords:
    """The records as one question sees them: each collection is read when it is first asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._read: dict[str, Mapping[str, Record]] = {}

    def all(self, collection: str) -> Mapping[str, Record]:
        """What is kept in a collection (see `contracts.Records`)."""
        if collection not in self._read:
            with read(self._engine) as connection:
                rows = connection.execute(select(_records).where(_records.c.collection == collection))
                self._read[collection] = {
                    row.key: Record(row.value, row.owner, datetime.fromtimestamp(row.at, UTC)) for row in rows
                }
        return self._read[collection]


def turns(connection: Connection, conversation: str, but_for: int = 0) -> tuple[Turn, ...]:
    """The latest exchanges of a conversation, oldest first, without the one about message `but_for`."""
    rows = connection.execute(_LATEST, {"conversation": conversation, "but_for": but_for}).all()
    return tuple(Turn(row.text, row.intent, row.memory, tuple(row.choices)) for row in reversed(rows))


def remember(connection: Connection, question: Question, turn: Turn) -> None:
    """Adds an exchange to its conversation."""
    row = {
        "conversation": question.conversation,
        "lane": places.lane(question.place),
        "person": question.asker.id,
        "message_id": question.message_id,
        "at": question.now.timestamp(),
        "text": turn.text,
        "intent": turn.intent,
        "memory": dict(turn.memory),
        "choices": list(turn.choices),
    }
    connection.execute(_ADD, row)


def unremember(connection: Connection, question: Question) -> None:
    """Takes out the exchange about a message: it is being answered anew."""
    connection.execute(
        delete(_turns).where(_turns.c.conversation == question.conversation, _turns.c.message_id == question.message_id)
    )


def carry_out(connection: Connection, effects: Sequence[Effect], now: datetime) -> None:
    """Carries out what an answer wants kept or forgotten. (`Revise` is the outbox's matter.)"""
    for effect in effects:
        if isinstance(effect, Put):
            expires = None if effect.keep_days is None else now.timestamp() + effect.keep_days * _DAY
            replace(
                connection,
                _records,
                collection=effect.collection,
                key=effect.key,
                value=effect.value,
                owner=effect.owner,
                at=now.timestamp(),
                expires_at=expires,
            )
        elif isinstance(effect, Delete):
            connection.execute(
                delete(_records).where(_records.c.collection == effect.collection, _records.c.key == effect.key)
            )
        elif isinstance(effect, Forget):
            forget(connection, effect.owner)


def forget(connection: Connection, person: int) -> None:
    """Deletes a person's conversations and records, and what points to them in the outbox once it is sent."""
    connection.execute(delete(_turns).where(_turns.c.person == person))
    connection.execute(delete(_records).where(_records.c.owner == person))
    sent = schema.outbox
    connection.execute(
        update(sent).where(sent.c.person == person, sent.c.sent_at.is_not(None)).values(person=0, place={}, lane="")
    )


def move(connection: Connection, old: Place, new: Place) -> None:
    """Takes the conversations of a topic along to where it was moved or renamed to."""
    for person in connection.scalars(select(_turns.c.person).where(_turns.c.lane == places.lane(old)).distinct()).all():
        connection.execute(
            update(_turns)
            .where(_turns.c.conversation == places.conversation(old, person))
            .values(conversation=places.conversation(new, person), lane=places.lane(new))
        )


def holdings(connection: Connection, person: int) -> tuple[Holding, ...]:
    """What is stored about a person, for them to read."""
    said = connection.scalar(select(func.count()).where(_turns.c.person == person)) or 0
    answers = connection.scalar(select(func.count()).where(schema.outbox.c.person == person)) or 0
    owned = connection.execute(
        select(_records.c.collection, func.count())
        .where(_records.c.owner == person)
        .group_by(_records.c.collection)
        .order_by(_records.c.collection)
    )
    return (
        Holding("spørgsmål fra dig, som jeg husker for at forstå opfølgende spørgsmål", said, KEEP_DAYS["turns"]),
        Holding("noter om, at jeg har svaret dig (uden tekst)", answers, KEEP_DAYS["outbox"]),
        *(Holding(f"noter under »{collection}«", count, None) for collection, count in owned),
    )
