"""Takes what is in the outbox to Zulip, each entry once.

A call whose outcome is unknown is settled by looking at what the bot has said there; only when our message is not
among it, and the server can no longer be busy with the call, is it sent again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace

from bot import markup
from bot.connection import writing
from bot.connection.api import LimitedError, LostError, NotMadeError, RefusedError, SignInError, StoppedError
from bot.contracts import Direct, Place, Topic
from bot.service.lanes import Lanes
from bot.service.workplace import Workplace
from bot.storage import outbox
from bot.storage.database import read
from bot.storage.outbox import Entry, Sent, State

log = logging.getLogger(__name__)

_MOST_ATTEMPTS = 1000  # of calls that the server itself failed on: some three hours
_FRESH_SECONDS = 1.0  # where copies share the work, an entry older than this is read again: another may have taken it


class Sender:
    """Sends the entries of one copy of the bot: lanes side by side, each lane in order."""

    def __init__(self, workplace: Workplace) -> None:
        self._at = workplace
        self.lanes = Lanes(workplace.settings.workers, "send")
        self.changes = 0
        """How often entries that may be waiting have been changed in the outbox."""

    def post(self, entry: Entry, unsure_since: float | None = None, here: bool = False) -> None:
        """Sends an entry that has been written to the outbox, after those before it in its lane.

        `unsure_since` (by `time.monotonic`): another copy may have sent it, at that time at the latest. `here`: on the
        calling thread, if nothing is before it: to wake another may take longer than finding the answer did.
        """
        add = self.lanes.do if here and self._at.api.is_open else self.lanes.put
        add(entry.lane, entry.person, _Delivery(self, self._at, entry, unsure_since))

    def look_again(self) -> None:
        """Entries have been moved or taken back: those that wait are read again before they are sent."""
        self.changes += 1


class _Delivery:
    """One entry on its way. Calling it makes an attempt; it returns the seconds until the next, or None when done."""

    def __init__(self, sender: Sender, workplace: Workplace, entry: Entry, unsure_since: float | None) -> None:
        self._sender = sender
        self._at = workplace
        self._entry = entry
        self._unsure_since = unsure_since  # by time.monotonic: the machine's clock may be set meanwhile
        self._posted, self._changes = time.monotonic(), sender.changes
        self._over = False
        self._attempts = 0
        self._failures = 0  # in a row
        self._links: list[str] = []

    def __call__(self) -> float | None:
        """Makes one attempt."""
        self._attempts += 1
        try:
            if not self._refresh():
                return None
            attempt: dict[str, Callable[[], float | None]] = {
                "send": self._send,
                "edit": self._edit,
                "delete": self._delete,
            }
            return attempt[self._entry.action]()
        except LimitedError:
            self._at.metrics.limited.inc()
            return 0.0
        except NotMadeError as error:
            return self._put_off(str(error))
        except LostError as error:
            return self._lost(error)
        except SignInError as error:
            return self._put_off(error.reason)
        except RefusedError as error:
            return self._refused(error)
        except StoppedError:
            return 3600.0

    def _refresh(self) -> bool:
        """Reads the entry anew if it may have changed. False: there is nothing to send any longer."""
        fresh = self._at.membership.alone or time.monotonic() - self._posted < _FRESH_SECONDS
        if self._attempts == 1 and self._unsure_since is None and fresh and self._changes == self._sender.changes:
            return True
        with self._at.engine.begin() as connection:
            found = outbox.find(connection, self._entry.key)
            if found is None or found.state is not State.WRITTEN or found.copy != self._at.copy:
                return False  # another copy has taken it over, thinking that this one was dead
            self._entry = found
            taken_back = found.action == "send" and outbox.handled(connection, [f"delete:{found.key}"])
            if taken_back and self._unsure_since is None:
                outbox.mark(connection, found.key, State.GONE)
                return False
        return True

    def _send(self) -> float | None:
        place = self._place()
        content, widget = self._dress(self._entry)
        if self._unsure_since is not None:
            if (said := self._look(place, content)) is not None:
                self._sent(said, widget is None)
                return None
            waited = time.monotonic() - self._unsure_since
            if not self._over and waited < self._at.settings.settle_seconds:
                return min(self._at.settings.settle_seconds - waited, 2.0)
            self._unsure_since, self._over = None, False
        self._unsure_since, self._over = time.monotonic(), True  # until we know better, or fail to note that it is out
        try:
            answer = self._at.api.post("messages", **_address(place), content=content, widget_content=widget)
        except (NotMadeError, RefusedError, StoppedError):
            self._unsure_since = None
            raise
        self._sent(answer["id"], widget is None)
        return None

    def _edit(self) -> float | None:
        self._at.noting.finish()
        with read(self._at.engine) as connection:
            target = outbox.find(connection, self._entry.target or "")
        if target is None or target.state is State.GONE:
            self._note(State.GONE)
            return None
        content, widget = self._dress(self._entry)
        if target.message_id is not None and target.editable and widget is None:
            try:
                self._at.api.call("PATCH", f"messages/{target.message_id}", {"content": content})
            except RefusedError as error:
                log.info("edit refused", extra={"key": self._entry.key, "reason": error.reason})
            else:
                self._sent(None, editable=True)
                return None
        return self._replace(target)

    def _replace(self, target: Entry) -> float | None:
        """Says it anew, and takes the old message back: with buttons, or after the server's time limit."""
        if target.message_id is not None:
            self._take_back(target.message_id)  # first, so that a crash in between cannot leave two answers
        return self._send()

    def _delete(self) -> float | None:
        self._at.noting.finish()
        with read(self._at.engine) as connection:
            target = outbox.find(connection, self._entry.target or "")
        if target is not None and target.message_id is not None:
            self._take_back(target.message_id)
        with self._at.engine.begin() as connection:
            outbox.mark_sent(connection, [Sent(self._entry, None, editable=True, at=time.time())])
            if target is not None:
                outbox.mark(connection, target.key, State.GONE)
        return None

    def _take_back(self, message_id: int) -> None:
        try:
            self._at.api.call("DELETE", f"messages/{message_id}", {})
        except RefusedError as error:  # gone already, or the organisation does not let bots delete
            log.info("delete refused", extra={"message_id": message_id, "reason": error.reason})

    def _place(self) -> Place:
        """Where the entry goes, with its channel's id where the plan gives only the name."""
        place = self._entry.place
        if place is None:
            raise RefusedError(400, "", "ingen modtager")
        if isinstance(place, Topic) and not place.channel_id:
            channel_id = self._at.api.get("get_stream_id", stream=place.channel)["stream_id"]
            place = Topic(channel_id, place.channel, writing.topic(place.topic))
            with self._at.engine.begin() as connection:
                outbox.change_place(connection, self._entry.key, place)
            self._entry = replace(self._entry, place=place)
        return place

    def _dress(self, entry: Entry) -> tuple[str, str | None]:
        """Content and buttons, after uploading the files (again after a failure: nobody sees the first copy)."""
        for file in entry.attachments[len(self._links) :]:
            upload = (file.name, file.content, file.media_type)
            answer = self._at.api.call("POST", "user_uploads", {}, file=upload)
            self._links.append(markup.link(file.name, answer.get("url") or answer["uri"]))
        notified = writing.mentions(entry.mentions, self._at.people)
        late = writing.lateness(entry.due_at, time.time())
        content = writing.content(late + entry.text, entry.choices, self._links)
        whole = f"{notified}\n{content}" if notified else content
        widget = None if notified or self._links or late else writing.buttons(entry.text, entry.choices)
        return markup.shorten(whole), widget

    def _look(self, place: Place, content: str) -> int | None:
        """The id of our message, if it is among what the bot has said there since the entry was written."""
        self._at.metrics.unsettled.inc()
        where: list[dict[str, object]] = (
            [{"operator": "dm", "operand": list(place.user_ids)}]
            if isinstance(place, Direct)
            else [{"operator": "stream", "operand": place.channel_id}, {"operator": "topic", "operand": place.topic}]
        )
        anchor = self._entry.after_id
        self._at.noting.finish()
        while True:
            answer = self._at.api.get(
                "messages",
                anchor=anchor,
                include_anchor=False,
                num_before=0,
                num_after=1000,
                apply_markdown=False,
                narrow=[*where, {"operator": "sender", "operand": self._at.bot_id}],
            )
            self._failures = 0
            messages = answer["messages"]
            alike = [message["id"] for message in messages if _same(message["content"], content, self._entry)]
            with read(self._at.engine) as connection:
                known = outbox.known_ids(connection, alike)
            if ours := [message_id for message_id in alike if message_id not in known]:
                return int(ours[0])
            if answer["found_newest"] or not messages:
                return None
            anchor = messages[-1]["id"]

    def _lost(self, error: LostError) -> float | None:
        self._over = error.over
        self._unsure_since = time.monotonic()
        log.info("call lost", extra={"key": self._entry.key, "reason": str(error), "attempt": self._attempts})
        if self._attempts >= _MOST_ATTEMPTS and error.over:
            self._fail(f"serverfejl {error}")
            return None
        self._failures += 1
        return _backoff(self._failures)

    def _put_off(self, reason: str) -> float:
        log.info("put off", extra={"key": self._entry.key, "reason": reason, "attempt": self._attempts})
        self._failures += 1
        return _backoff(self._failures)

    def _refused(self, error: RefusedError) -> float | None:
        """The server will not have it there: an answer goes to the asker alone, an announcement to those it is for."""
        entry = self._entry
        log.warning("refused", extra={"key": entry.key, "code": error.code, "reason": error.reason})
        readers = self._readers()
        if not isinstance(entry.place, Topic) or not readers:
            self._fail(error.reason)
            return None
        channel, topic = markup.name(entry.place.channel), markup.name(entry.place.topic)
        text = f"Jeg må ikke skrive i **{channel} > {topic}**, så her får du det direkte:\n\n{entry.text}"
        with self._at.engine.begin() as connection:
            outbox.redirect(connection, entry.key, Direct(readers), text)
        self._entry = replace(entry, place=Direct(readers), text=text, mentions=())
        return 0.0

    def _readers(self) -> tuple[int, ...]:
        if self._entry.person:
            return (self._entry.person,)
        found = (self._at.people.find(whom) for whom in self._entry.mentions)
        return tuple(sorted({person.id for person in found if person})) or self._at.settings.administrators

    def _fail(self, reason: str) -> None:
        self._at.metrics.failed.inc()
        self._note(State.FAILED, reason)

    def _note(self, state: State, reason: str | None = None) -> None:
        with self._at.engine.begin() as connection:
            outbox.mark(connection, self._entry.key, state, reason)

    def _sent(self, message_id: int | None, editable: bool) -> None:
        target = self._entry.target
        sent = Sent(self._entry, None if target else message_id, editable, time.time())
        if target is None:
            self._at.noting.add(sent)
        else:
            with self._at.engine.begin() as connection:
                outbox.mark_sent(connection, [sent])
                if message_id is not None:
                    outbox.say_again(connection, target, message_id, editable)
        self._at.metrics.sent.labels(self._entry.action).inc()
        log.info("sent", extra={"key": self._entry.key, "action": self._entry.action, "message_id": message_id})


def _address(place: Place) -> dict[str, object]:
    """Where a message goes, as POST messages takes it at every feature level ("channel" is too new for some)."""
    if isinstance(place, Direct):
        return {"type": "direct", "to": list(place.user_ids)}
    return {"type": "stream", "to": place.channel_id, "topic": place.topic}


def _same(said: str, content: str, entry: Entry) -> bool:
    """Whether a message is ours. Lateness and file addresses differ from one attempt to the next."""
    if entry.attachments or entry.due_at is not None:
        return markup.silence(entry.text).strip()[:200] in said
    return said.rstrip() == content.rstrip()


def _backoff(failures: int) -> float:
    """Seconds before the next attempt: at once after the first failure, then 0.5, 1, 2 ... at most 10."""
    return 0.0 if failures < 2 else float(min(2.0 ** (failures - 3), 10.0))
