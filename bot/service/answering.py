"""Finds the answers to questions, and writes them to the outbox with all that they lead to."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Connection

from bot.contracts import Answer, Context, Effect, Forget, Holding, Question, Revise, Topic
from bot.dispatcher import Dispatcher
from bot.permissions import allowed, refusal
from bot.service.sending import Sender
from bot.service.typing_notices import TypingNotices
from bot.service.workplace import Workplace
from bot.session import remember
from bot.storage import memory, outbox
from bot.storage.database import read
from bot.storage.outbox import Entry, State, reply_key

_REMEMBERED = 1_000

Value = TypeVar("Value")


class Answering:
    """Answers questions. Called from many threads, but for one conversation by one at a time."""

    def __init__(self, workplace: Workplace, dispatcher: Dispatcher, sender: Sender) -> None:
        self._at = workplace
        self._dispatcher = dispatcher
        self._sender = sender
        self._typing = TypingNotices(workplace.api)
        self._moved: _Latest[Topic | None] = _Latest()
        self._deleted: _Latest[bool] = _Latest()

    @property
    def unsent(self) -> int:
        """How many answers wait to be sent."""
        return self._sender.lanes.depth

    def reply(self, question: Question, key: str, edits: str | None = None, here: bool = False) -> None:
        """Answers a question once under an outbox key; `edits` is the key of an earlier answer to be edited instead.

        `here`: the calling thread may be kept until the answer has been sent (see `Sender.post`).
        Reply, effects and the turn are written in one transaction: whoever writes the key first has answered.
        """
        if self._deleted.get(question.message_id):
            return
        refused = refusal(question, self._at.settings.guest_channels)
        answer = Answer("unknown", refused, answered=False) if refused else self._find(question)
        if key.startswith("react:") and answer.intent == "unknown":
            answer = replace(answer, text="")  # see `Question.about`
        entry = Entry(
            key,
            self._moved.get(question.message_id) or question.place,
            answer.text,
            action="edit" if edits else "send",
            target=edits,
            person=question.asker.id,
            choices=answer.choices,
            attachments=answer.attachments,
            after_id=question.message_id or self._at.progress.seen,
            state=State.WRITTEN if answer.text.strip() else State.SILENT,
        )
        with self._at.engine.begin() as connection:
            if not outbox.write(connection, entry, self._at.copy):
                return  # answered already, perhaps by another copy
            revisions = write_revisions(connection, answer.effects, key, self._at)
            memory.carry_out(connection, answer.effects, question.now)
            if edits:
                memory.unremember(connection, question)
            if not any(isinstance(effect, Forget) for effect in answer.effects):
                memory.remember(connection, question, remember(question, answer))
        self._send(entry, here=here)
        self._send(*revisions)
        if self._deleted.get(question.message_id):
            self.take_back(question.message_id)

    def say(self, entry: Entry) -> None:
        """Writes an entry that is not an answer to the outbox, and sends it."""
        with self._at.engine.begin() as connection:
            written = outbox.write(connection, entry, self._at.copy)
        if written:
            self._send(entry)

    def forestall(self, message_id: int) -> None:
        """Notes that a question is gone, so that it is not answered if it has not been yet."""
        self._deleted.put(message_id, True)

    def moved(self, message_ids: Sequence[int], old: Topic, new: Topic, whole: bool) -> None:
        """Takes the answers to moved questions along, and (when the `whole` topic moved) its conversations."""
        for message_id in message_ids:
            self._moved.put(message_id, new)
        self._at.noting.finish()
        with self._at.engine.begin() as connection:
            outbox.move(connection, message_ids, new)
            if whole:
                memory.move(connection, old, new)
        self._sender.look_again()

    def take_back(self, message_id: int) -> None:
        """Deletes the answer to a message that is gone."""
        key = reply_key(message_id)
        self._at.noting.finish()
        with self._at.engine.begin() as connection:
            if own := outbox.find_by_message(connection, message_id):
                outbox.mark(connection, own.key, State.GONE)  # somebody deleted it, or moved it out of our sight
            entry = outbox.find(connection, key)
            if entry is None or entry.state not in (State.WRITTEN, State.SENT):
                return
            removal = Entry(f"delete:{key}", entry.place, action="delete", target=key, person=entry.person)
            written = outbox.write(connection, removal, self._at.copy)
        self._sender.look_again()  # also when another copy has written it: the answer may be ours to send
        if written:
            self._send(removal)

    def _find(self, question: Question) -> Answer:
        started = time.perf_counter()
        self._typing.start(question.message_id, question.place)
        try:
            with read(self._at.engine) as connection:
                turns = memory.turns(connection, question.conversation, but_for=question.message_id)
            records = memory.StoredRecords(self._at.engine)
            context = Context(turns, records, self._at.people.by_mail(), lambda: self._holdings(question.asker.id))
            answer = allowed(question, self._dispatcher.answer(question, context))
        finally:
            self._typing.stop(question.message_id)
        self._at.metrics.answer_seconds.observe(time.perf_counter() - started)
        self._at.metrics.answers.labels(answer.intent, str(answer.answered).lower()).inc()
        return answer

    def _holdings(self, person: int) -> tuple[Holding, ...]:
        with read(self._at.engine) as connection:
            return memory.holdings(connection, person)

    def _send(self, *entries: Entry, here: bool = False) -> None:
        for entry in entries:
            if entry.state is State.WRITTEN:
                self._sender.post(entry, here=here)


def write_revisions(connection: Connection, effects: Sequence[Effect], cause: str, at: Workplace) -> list[Entry]:
    """Writes the edits that an answer or announcement (`cause`) asks for: one for each message sent under the key."""
    revisions = [
        Entry(
            f"revise:{target.key}:{cause}",
            target.place,
            effect.text,
            action="edit",
            target=target.key,
            after_id=at.progress.seen,
        )
        for effect in effects
        if isinstance(effect, Revise)
        for target in outbox.find_all(connection, effect.key)
    ]
    return [entry for entry in revisions if outbox.write(connection, entry, at.copy)]


class _Latest(Generic[Value]):
    """The latest few things noted about messages."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[int, Value] = OrderedDict()

    def put(self, message_id: int, value: Value) -> None:
        with self._lock:
            self._kept[message_id] = value
            if len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)

    def get(self, message_id: int) -> Value | None:
        return self._kept.get(message_id)
