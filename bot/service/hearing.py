"""Makes of what the server tells (messages, edits, moves, deletions, reactions) what there is to do."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot import markup
from bot.connection import reading
from bot.connection.api import CallError, RefusedError
from bot.contracts import Direct, Question, Topic
from bot.service.answering import Answering
from bot.service.lanes import Lanes
from bot.service.workplace import Workplace
from bot.settings import COPENHAGEN
from bot.storage import memory, outbox, places
from bot.storage.database import read
from bot.storage.outbox import Entry, State, reply_key

EDIT_SECONDS = 600.0
"""How long after it was asked a question may be edited and have its answer edited as well."""

Message = Mapping[str, Any]
"""A message as the server gives it (API: GET /messages), with its `flags`."""


class Hearing:
    """Hears what is said, and has the questions answered: conversations side by side, each in order."""

    def __init__(self, workplace: Workplace, answering: Answering) -> None:
        self._at = workplace
        self._answering = answering
        self.lanes = Lanes(workplace.settings.workers, "answer")

    @property
    def behind(self) -> bool:
        """Whether more is in hand than can be worked at."""
        return self.lanes.depth + self._answering.unsent > self._at.settings.workers

    def said(self, message: Message) -> None:
        """A message: a question if it is written to the bot alone, or mentions it."""
        if self.is_for_us(message) and self._at.progress.begin(message["id"]):
            self._at.metrics.questions.inc()
            self.lanes.put(self.conversation(message), message["sender_id"], lambda: self._answer(message))
        else:
            self._at.progress.see(message["id"])

    def said_too_long_ago(self, message: Message, aloud: bool) -> None:
        """A question found so late that an answer would come out of the blue: an apology, or only a note of it."""
        if not self._at.progress.begin(message["id"]):
            return
        when = markup.time(_written_at(message))
        text = f"Undskyld, jeg var ude af drift, da du skrev {when}. Spørg mig gerne igen, hvis det stadig er aktuelt."
        entry = Entry(
            reply_key(message["id"]),
            reading.place(message, self._at.bot_id),
            text if aloud else "",
            person=message["sender_id"],
            after_id=message["id"],
            state=State.WRITTEN if aloud else State.SILENT,
        )
        self._answering.say(entry)
        self._at.progress.end(message["id"])

    def edited(self, event: Mapping[str, Any]) -> None:
        """A message was edited: its answer is edited too, or it has only now become a question."""
        if event.get("rendering_only") or "content" not in event or event.get("user_id") == self._at.bot_id:
            return
        message_id, at = event["message_id"], float(event["edit_timestamp"])
        direct = "stream_id" not in event
        if direct or reading.is_mentioned(event["flags"]):
            self.lanes.put(f"edit:{message_id}", event["user_id"], lambda: self._fetch_edited(message_id, at))

    def moved(self, event: Mapping[str, Any]) -> None:
        """Messages were moved to another topic, or their topic was renamed: conversations and answers go along."""
        if "stream_id" not in event or "orig_subject" not in event:
            return
        old = Topic(event["stream_id"], event.get("stream_name", ""), event["orig_subject"])
        channel_id = event.get("new_stream_id", old.channel_id)
        channel = old.channel if channel_id == old.channel_id else self._channel_name(channel_id)
        new = Topic(channel_id, channel, event.get("subject", old.topic))
        self._answering.moved(event["message_ids"], old, new, whole=event.get("propagate_mode") != "change_one")

    def deleted(self, event: Mapping[str, Any]) -> None:
        """Messages were deleted: so are the answers to them."""
        for message_id in event.get("message_ids") or [event["message_id"]]:
            self._answering.forestall(message_id)
            self.lanes.put("deleted", 0, lambda gone=message_id: self._answering.take_back(gone))  # type: ignore[misc]

    def reacted(self, message_id: int, user_id: int, emoji_code: str) -> None:
        """Somebody reacted: a ✅ on an announcement is a question about it (see `Question.about`)."""
        text = reading.DONE_EMOJI.get(emoji_code)
        if text and user_id != self._at.bot_id and not self._at.people.is_bot(user_id):
            self.lanes.put(f"reaction:{message_id}", user_id, lambda: self._answer_reaction(message_id, user_id, text))

    def is_for_us(self, message: Message) -> bool:
        """Whether a message may be a question, and falls to this copy of the bot."""
        sender = message["sender_id"]
        if sender == self._at.bot_id or self._at.people.is_bot(sender):
            return False  # bots that talk to each other never stop
        if message["type"] != "private" and not reading.is_mentioned(message["flags"]):
            return False
        return self._at.membership.is_ours(places.lane(reading.place(message, self._at.bot_id)))

    def conversation(self, message: Message) -> str:
        return places.conversation(reading.place(message, self._at.bot_id), message["sender_id"])

    def _answer(self, message: Message) -> None:
        question = self._question(message)
        if self._is_meant(message, question):
            # with more to answer here, the next answer is found while this one is being sent
            self._answering.reply(question, reply_key(message["id"]), here=self.lanes.is_last(question.conversation))
        self._at.progress.end(message["id"])

    def _is_meant(self, message: Message, question: Question) -> bool:
        """In a group of more than two, only what mentions the bot or presses one of its buttons is for it."""
        place = question.place
        if not isinstance(place, Direct) or len(place.user_ids) == 1 or reading.is_mentioned(message["flags"]):
            return True
        with read(self._at.engine) as connection:
            turns = memory.turns(connection, question.conversation)
        return bool(turns) and message["content"].strip() in turns[-1].choices

    def _question(self, message: Message) -> Question:
        content, sender = message["content"], message["sender_id"]
        place = reading.place(message, self._at.bot_id)
        quoted = reading.quoted_message(content)
        return Question(
            text=reading.text(content, self._at.bot_id, self._at.bot_name),
            asker=self._at.people.asker(sender, message["sender_full_name"], message["sender_email"]),
            place=place,
            now=_written_at(message),
            message_id=message["id"],
            conversation=places.conversation(place, sender),
            about=self._key_of(quoted) if quoted else None,
        )

    def _key_of(self, message_id: int) -> str | None:
        """The key under which the bot said a message; see `announcing` for what follows a #."""
        entry = self._said_as(message_id)
        return entry.key.partition("#")[0] if entry else None

    def _said_as(self, message_id: int) -> Entry | None:
        self._at.noting.finish()
        with read(self._at.engine) as connection:
            return outbox.find_by_message(connection, message_id)

    def _fetch_edited(self, message_id: int, at: float) -> float | None:
        """Fetches an edited message, by a narrow: the event does not say who wrote it, nor in which topic."""
        try:
            answer = self._at.api.get(
                "messages",
                anchor=message_id,
                num_before=0,
                num_after=0,
                apply_markdown=False,
                narrow=[{"operator": "id", "operand": message_id}],
            )
        except RefusedError:
            return None
        except CallError:
            return 1.0
        for message in filter(self.is_for_us, answer["messages"]):
            lane = self.conversation(message)
            self.lanes.put(lane, message["sender_id"], lambda found=message: self._answer_edited(found, at))  # type: ignore[misc]
        return None

    def _answer_edited(self, message: Message, at: float) -> None:
        key, question = reply_key(message["id"]), self._question(message)
        with read(self._at.engine) as connection:
            entry = outbox.find(connection, key)
        if not self._is_meant(message, question):
            return
        if entry is None:
            self._answering.reply(question, key)
        elif entry.state in (State.WRITTEN, State.SENT) and at - message["timestamp"] <= EDIT_SECONDS:
            self._answering.reply(question, f"edit:{message['id']}:{at:.0f}", edits=key)

    def _answer_reaction(self, message_id: int, user_id: int, text: str) -> None:
        entry = self._said_as(message_id)
        if entry is None or entry.due_at is None or entry.place is None:
            return  # not on an announcement
        if not self._at.membership.is_ours(entry.lane):
            return
        question = Question(
            text=text,
            asker=self._at.people.asker(user_id),
            place=entry.place,
            now=datetime.fromtimestamp(time.time(), COPENHAGEN),
            conversation=places.conversation(entry.place, user_id),
            about=entry.key.partition("#")[0],
        )
        self._answering.reply(question, f"react:{message_id}:{user_id}")

    def _channel_name(self, channel_id: int) -> str:
        try:
            return str(self._at.api.get(f"streams/{channel_id}")["stream"]["name"])
        except (CallError, KeyError):
            return ""


def _written_at(message: Message) -> datetime:
    return datetime.fromtimestamp(message["timestamp"], COPENHAGEN)
