"""The event queue: registers, polls, and fetches what was said while there was no queue."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Mapping
from typing import Any

from bot.connection.api import POLL_SECONDS, CallError, LimitedError, RefusedError, SignInError, StoppedError
from bot.service.hearing import Hearing, Message
from bot.service.workplace import Workplace
from bot.storage import outbox
from bot.storage.database import read
from bot.storage.outbox import reply_key

log = logging.getLogger(__name__)

_EVENTS = ["message", "update_message", "delete_message", "reaction", "realm_user"]
_FETCH = ["message", "realm_user", "realm_user_groups"]
_NARROWS = ([{"operator": "is", "operand": "dm"}], [{"operator": "is", "operand": "mentioned"}])
_PAGE = 500
_LOOK_BACK = 100  # mentions before our place that are looked through for edits that made them questions
_MOST_WAITING = 1000  # questions in hand above which no more are fetched
_REACTED_DAYS = 60.0  # how long an announcement is looked up for reactions that came while nobody listened
_MOST_REACTED = 30
_HOUR = 3600.0
_BREATH_SECONDS = 0.004  # between polls: the answers to what was heard go first, and a burst comes in fewer polls
_LONG_BREATH_SECONDS = 0.1  # while the bot is behind: to hear more would make nothing quicker


class Listener:
    """Hears everything that is meant for the bot, whatever happens to the queue."""

    def __init__(self, workplace: Workplace, hearing: Hearing, stopping: threading.Event) -> None:
        self._at = workplace
        self._hearing = hearing
        self._stopping = stopping
        self._queue_id: str | None = None
        self._last_event_id = -1
        self._newest = 0
        self.last_heard = 0.0
        """When the server last gave a sign of life (seconds since 1970); 0: never."""

    @property
    def connected(self) -> bool:
        """Whether there is a queue, and the server has been heard of within its heartbeat."""
        return self._queue_id is not None and time.time() - self.last_heard < POLL_SECONDS

    def take_queue(self, registered: Mapping[str, Any]) -> None:
        """Takes the queue and the people from an answer to `register`."""
        self._at.people.load(registered)
        self._queue_id, self._last_event_id = registered["queue_id"], registered["last_event_id"]
        self._newest = registered["max_message_id"]
        self._hear_of_server()

    def run(self) -> None:
        """Hears until told to stop, whatever fails meanwhile."""
        failures, caught_up = 0, False
        while not self._stopping.is_set():
            try:
                if self._queue_id is None:
                    self.take_queue(register(self._at.api))
                    caught_up = False
                if not caught_up:
                    self.catch_up(self._at.progress.place, self._newest)
                    caught_up = True
                self._poll()
                failures = 0
            except StoppedError:
                return
            except LimitedError:
                self._at.metrics.limited.inc()
            except SignInError as error:
                log.error("signed out", extra={"reason": error.reason})
                self._wait(60.0)
            except RefusedError as error:
                # the queue is gone, or has forgotten our place in it: take a new one, and look up what we missed
                log.warning("queue lost", extra={"code": error.code})
                self._queue_id = None
                failures += 1
                self._wait(_backoff(failures))
            except CallError as error:
                log.info("no connection", extra={"reason": str(error)})
                failures += 1
                self._wait(_backoff(failures))
            except Exception as error:  # the database, say: nothing must end the hearing
                log.error("hearing failed", extra={"failure": type(error).__name__})
                self._queue_id = None
                self._wait(5.0)

    def catch_up(self, place: int, newest: int) -> None:
        """Hears every direct message and mention after `place`, oldest first, that is not answered yet.

        What came after `newest` is in the queue. To take some of it from here would be to pass over the rest, should
        the queue be lost again: the two kinds are not fetched at the same moment.
        """
        self._at.metrics.catch_ups.inc()
        old: dict[str, Message] = {}
        self._hear_edited(place)
        while True:
            pages = [self._page(narrow, place) for narrow in _NARROWS]
            unfinished = [messages[-1]["id"] for messages, newest in pages if messages and not newest]
            horizon = min(unfinished, default=None)
            batch = {
                message["id"]: message
                for messages, _ in pages
                for message in messages
                if message["id"] <= newest and (horizon is None or message["id"] <= horizon)
            }
            for message in self._unhandled([batch[message_id] for message_id in sorted(batch)]):
                self._hear_late(message, old)
            if horizon is None or horizon >= newest:
                break
            place = horizon
        for message in old.values():
            self._hearing.said_too_long_ago(message, aloud=True)
        self._at.progress.see(newest)
        self._hear_reactions()

    def close(self) -> None:
        """Gives the queue back to the server."""
        if self._queue_id is not None:
            with contextlib.suppress(CallError):  # it expires by itself
                self._at.api.call("DELETE", "events", {"queue_id": self._queue_id}, timeout=2.0)

    def _poll(self) -> None:
        answer = self._at.api.get(
            "events", timeout=POLL_SECONDS, queue_id=self._queue_id, last_event_id=self._last_event_id
        )
        self._hear_of_server()
        events = answer["events"]
        for event in sorted(events, key=lambda event: event["id"]):
            self._take(event)  # one that came before changes nothing: questions and keys are known by their ids
            self._last_event_id = max(self._last_event_id, event["id"])
        if events:
            self._wait(_LONG_BREATH_SECONDS if self._hearing.behind else _BREATH_SECONDS)

    def _take(self, event: Mapping[str, Any]) -> None:
        kind = event["type"]
        if kind == "message":
            self._wait_for_room()
            self._hearing.said({**event["message"], "flags": event["flags"]})
        elif kind == "update_message":
            self._hearing.moved(event)
            self._hearing.edited(event)
        elif kind == "delete_message":
            self._hearing.deleted(event)
        elif kind == "reaction" and event["op"] == "add":
            self._hearing.reacted(event["message_id"], event["user_id"], event["emoji_code"])
        elif kind == "realm_user":
            self._at.people.update(event)

    def _page(self, narrow: object, place: int, before: int = 0) -> tuple[list[Message], bool]:
        """A page of messages after `place` (or up to it, `before` of them), and whether the newest is among them."""
        answer = self._at.api.get(
            "messages",
            anchor=place,
            include_anchor=False,
            num_before=before,
            num_after=0 if before else _PAGE,
            narrow=narrow,
            apply_markdown=False,
        )
        return answer["messages"], answer["found_newest"]

    def _unhandled(self, messages: list[Message]) -> list[Message]:
        with read(self._at.engine) as connection:
            handled = outbox.handled(connection, [reply_key(message["id"]) for message in messages])
        return [message for message in messages if reply_key(message["id"]) not in handled]

    def _hear_late(self, message: Message, old: dict[str, Message]) -> None:
        """Has a missed message answered; of those too old, keeps the latest of each conversation for an apology."""
        self._wait_for_room()
        if not self._is_old(message) or not self._hearing.is_for_us(message):
            self._hearing.said(message)
            return
        conversation = self._hearing.conversation(message)
        if conversation in old:
            self._hearing.said_too_long_ago(old[conversation], aloud=False)
        old[conversation] = message

    def _hear_edited(self, place: int) -> None:
        """Hears mentions that were written before `place`, but made by an edit since: no event tells of them later."""
        messages, _ = self._page(_NARROWS[1], place, before=_LOOK_BACK)
        for message in self._unhandled([one for one in messages if one.get("last_edit_timestamp")]):
            if not self._is_old(message):
                self._hearing.said(message)

    def _hear_reactions(self) -> None:
        """Hears the reactions to announcements that came while nobody listened; those known already change nothing."""
        with read(self._at.engine) as connection:
            announcements = outbox.recent_announcements(
                connection, time.time() - _REACTED_DAYS * 24 * _HOUR, _MOST_REACTED
            )
        for entry in announcements:
            try:
                message = self._at.api.get(f"messages/{entry.message_id}", apply_markdown=False)["message"]
            except RefusedError:
                continue  # deleted, or moved out of our sight
            for reaction in message["reactions"]:
                self._hearing.reacted(message["id"], reaction["user_id"], reaction["emoji_code"])

    def _is_old(self, message: Message) -> bool:
        return bool(time.time() - message["timestamp"] > self._at.settings.answer_within_hours * _HOUR)

    def _wait_for_room(self) -> None:
        while self._hearing.lanes.depth > _MOST_WAITING and not self._stopping.wait(0.1):
            pass

    def _wait(self, seconds: float) -> None:
        self._stopping.wait(seconds)

    def _hear_of_server(self) -> None:
        self.last_heard = time.time()
        self._at.metrics.last_event.set(self.last_heard)


def register(api: Any) -> dict[str, Any]:
    """A new event queue, with the newest message id and everybody in the organisation. Raises a CallError."""
    answer: dict[str, Any] = api.post(
        "register",
        event_types=_EVENTS,
        fetch_event_types=_FETCH,
        apply_markdown=False,
        client_gravatar=True,
        client_capabilities={"notification_settings_null": True, "bulk_message_deletion": True},
    )
    return answer


def _backoff(failures: int) -> float:
    """Seconds to wait: none after the first failure, then 0.25, 0.5, 1 ... at most 5."""
    return 0.0 if failures < 2 else min(0.25 * 2.0 ** (failures - 2), 5.0)
