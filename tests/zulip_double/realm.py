"""An organisation on the double: people, channels, messages, and the event queues that tell of them."""

from __future__ import annotations

import re
import threading
import time
import uuid
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.zulip_double.errors import Refusal

BOT, HAMLET, OTHER, IAGO = 24, 10, 8, 11
BOT_NAME = "Håndbog"
CONTENT_LIMIT, TOPIC_LIMIT = 10_000, 60


@dataclass
class Channel:
    """A channel; `members` hear everything in it, `writers` (None: everybody) may post."""

    id: int
    name: str
    members: set[int]
    private: bool = False
    writers: set[int] | None = None


@dataclass
class Message:
    """A message; `to` holds all who take part in a direct message, `channel_id` and `topic` place any other."""

    id: int
    sender: int
    content: str
    timestamp: int
    to: tuple[int, ...] = ()
    channel_id: int = 0
    topic: str = ""
    heard_by: set[int] = field(default_factory=set)
    flags: dict[int, list[str]] = field(default_factory=dict)
    reactions: list[dict[str, Any]] = field(default_factory=list)
    submessages: list[dict[str, Any]] = field(default_factory=list)
    edited_at: int | None = None
    client: str = "ZulipMobile"


class Queue:
    """One client's event queue: what has not been acknowledged."""

    def __init__(self, user: int, event_types: list[str] | None) -> None:
        self.id = str(uuid.uuid4())
        self.user = user
        self.event_types = event_types
        self.events: deque[dict[str, Any]] = deque()
        self.next_id = 0
        self.acknowledged = -1


class Realm:
    """Everything the server knows. `changed` is its lock, and is notified of every event."""

    def __init__(self, first_message_id: int = 1) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.users: dict[int, dict[str, Any]] = {}
        self.channels: dict[int, Channel] = {}
        self.groups: dict[str, set[int]] = {}
        self.messages: dict[int, Message] = {}
        self.queues: dict[str, Queue] = {}
        self.typing: list[dict[str, Any]] = []
        self.uploads: dict[str, bytes] = {}
        self.deleted: list[int] = []
        self.next_message_id = first_message_id
        self.edit_limit_seconds: float | None = None
        self.answered_calls: list[tuple[str, str, dict[str, str]]] = []
        self.add_user(BOT, BOT_NAME, is_bot=True, email="haandbog-bot@zulip.example")
        self.add_user(HAMLET, "King Hamlet")
        self.add_user(OTHER, "Cordelia, Lear's daughter")
        self.add_user(IAGO, "Iago", role=200)
        everyone = {BOT, HAMLET, OTHER, IAGO}
        self.add_channel(19, "sekretariat", everyone)
        self.add_channel(20, "okonomi", everyone)
        self.add_channel(21, "intern", everyone, private=True)
        self.add_channel(22, "andet", {HAMLET, OTHER, IAGO})
        self.add_channel(23, "lukket", {HAMLET, IAGO}, private=True, writers={HAMLET, IAGO, BOT})
        self.add_channel(28, "hemmelig", {HAMLET}, private=True, writers={HAMLET})

    def add_user(self, user_id: int, name: str, role: int = 400, is_bot: bool = False, email: str = "") -> None:
        """Somebody joins."""
        self.users[user_id] = {
            "email": email or f"user{user_id}@zulip.example",
            "user_id": user_id,
            "avatar_version": 1,
            "is_admin": role <= 200,
            "is_owner": role == 100,
            "is_guest": role == 600,
            "is_billing_admin": False,
            "role": role,
            "is_bot": is_bot,
            "full_name": name,
            "timezone": "",
            "is_active": True,
            "date_joined": "2026-11-21T06:51:16.432624+00:00",
            "delivery_email": email or f"bruger{user_id}@eksempel.dk",
            "avatar_url": None,
            **({"bot_type": 1, "bot_owner_id": IAGO} if is_bot else {}),
        }

    def add_channel(
        self, channel_id: int, name: str, members: set[int], private: bool = False, writers: set[int] | None = None
    ) -> None:
        """A channel is created."""
        self.channels[channel_id] = Channel(channel_id, name, set(members), private, writers)

    def channel(self, named: str | int) -> Channel:
        """The channel with that name or id."""
        for channel in self.channels.values():
            if channel.name == named or str(channel.id) == str(named):
                return channel
        if str(named).isdecimal():
            raise Refusal(f"Stream with ID '{named}' does not exist", "STREAM_DOES_NOT_EXIST", stream_id=int(named))
        raise Refusal(f"Stream '{named}' does not exist", "STREAM_DOES_NOT_EXIST", stream=named)

    def say(self, sender: int, content: str, channel: str | int = "", topic: str = "", to: Iterable[int] = ()) -> int:
        """Somebody writes; returns the message's id. The tests' way in."""
        with self.changed:
            if channel:
                return self.post_to_channel(sender, self.channel(channel), topic, content)
            return self.post_direct(sender, tuple(to), content)

    def post_to_channel(self, sender: int, channel: Channel, topic: str, content: str, **extra: Any) -> int:
        """A message in a channel, if the sender may write there."""
        writers = channel.members if channel.private and channel.writers is None else channel.writers
        if writers is not None and sender not in writers:
            raise Refusal(f"Not authorized to send to stream '{channel.name}'")
        if len(topic) > TOPIC_LIMIT:
            topic = topic[: TOPIC_LIMIT - 3] + "..."
        message = self._message(sender, content, channel_id=channel.id, topic=topic, **extra)
        flags = self._flags(content, message)
        message.heard_by = channel.members | {user for user, found in flags.items() if "mentioned" in found}
        message.flags = {user: flags.get(user, []) for user in message.heard_by}
        self._publish(message)
        return message.id

    def post_direct(self, sender: int, to: tuple[int, ...], content: str, **extra: Any) -> int:
        """A direct message."""
        for user in to:
            if user not in self.users:
                raise Refusal(f"Invalid user ID {user}")
        message = self._message(sender, content, to=tuple(sorted({sender, *to})), **extra)
        flags = self._flags(content, message)
        message.heard_by = set(message.to)
        message.flags = {user: [flag for flag in flags.get(user, []) if flag == "mentioned"] for user in message.to}
        self._publish(message)
        return message.id

    def edit(self, editor: int, message_id: int, content: str) -> None:
        """A message's text is changed."""
        with self.changed:
            message = self.messages[message_id]
            if message.submessages:
                raise Refusal("Widgets cannot be edited.")
            if self.edit_limit_seconds is not None and time.time() - message.timestamp > self.edit_limit_seconds:
                raise Refusal("The time limit for editing this message has passed")
            old, message.content = message.content, content.rstrip()[:CONTENT_LIMIT] or "(deleted)"
            message.edited_at = int(time.time())
            flags = self._flags(content, message)
            mentioned = {user for user, found in flags.items() if "mentioned" in found}
            message.heard_by |= mentioned
            message.flags = {user: flags.get(user, []) for user in message.heard_by}
            for user in message.heard_by:
                self.tell(
                    user,
                    {
                        "type": "update_message",
                        "user_id": editor,
                        "edit_timestamp": message.edited_at,
                        "message_id": message.id,
                        "rendering_only": False,
                        **self._whereabouts(message),
                        "orig_content": old,
                        "orig_rendered_content": f"<p>{old}</p>",
                        "content": message.content,
                        "rendered_content": f"<p>{message.content}</p>",
                        "prev_rendered_content_version": 1,
                        "is_me_message": False,
                        "message_ids": [message.id],
                        "flags": message.flags[user],
                    },
                )

    def move(self, mover: int, message_id: int, topic: str = "", channel: str = "", mode: str = "change_all") -> None:
        """Messages are moved to another topic, or another channel; those who cannot see it there see them deleted."""
        with self.changed:
            first = self.messages[message_id]
            old_channel, old_topic = first.channel_id, first.topic
            new = self.channel(channel) if channel else self.channels[old_channel]
            moved = [
                message
                for message in self.messages.values()
                if (message.channel_id, message.topic) == (old_channel, old_topic)
                and (mode == "change_all" or message.id == message_id)
            ]
            hearers = set().union(*(message.heard_by for message in moved))
            event = {
                "type": "update_message",
                "user_id": mover,
                "edit_timestamp": int(time.time()),
                "message_id": message_id,
                "rendering_only": False,
                "stream_name": self.channels[old_channel].name,
                "stream_id": old_channel,
                "propagate_mode": mode,
                "orig_subject": old_topic,
                **({"subject": topic, "topic_links": []} if topic else {}),
                **({"new_stream_id": new.id} if channel else {}),
                "message_ids": [message.id for message in moved],
            }
            for message in moved:
                message.channel_id, message.topic = new.id, topic or old_topic
            for user in hearers:
                if user in new.members or not new.private:
                    self.tell(user, {**event, "flags": first.flags.get(user, [])})
                else:
                    for message in reversed(moved):
                        message.heard_by.discard(user)
                        place = {"stream_id": old_channel, "topic": old_topic, "message_type": "stream"}
                        self.tell(user, {"type": "delete_message", **place, "message_id": message.id})

    def delete(self, message_id: int) -> None:
        """A message is deleted."""
        with self.changed:
            message = self.messages.pop(message_id)
            self.deleted.append(message_id)
            place = (
                {"message_type": "private"}
                if message.to
                else {"stream_id": message.channel_id, "topic": message.topic, "message_type": "stream"}
            )
            for user in message.heard_by:
                self.tell(user, {"type": "delete_message", **place, "message_id": message_id})

    def react(self, user: int, message_id: int, name: str = "check", code: str = "2705") -> None:
        """Somebody reacts to a message."""
        with self.changed:
            message = self.messages[message_id]
            who = self.users[user]
            reaction = {"emoji_name": name, "emoji_code": code, "reaction_type": "unicode_emoji", "user_id": user}
            if any(one["user_id"] == user and one["emoji_code"] == code for one in message.reactions):
                raise Refusal("Reaction already exists.", "REACTION_ALREADY_EXISTS")
            person = {"email": who["email"], "full_name": who["full_name"]}
            message.reactions.append({**reaction, "user": {**person, "id": user}})
            for hearer in message.heard_by:
                event = {**reaction, "user": {**person, "user_id": user}, "message_id": message_id}
                self.tell(hearer, {"type": "reaction", "op": "add", **event})

    def rename(self, user_id: int, name: str) -> None:
        """Somebody, or the bot, gets another name."""
        with self.changed:
            self.users[user_id]["full_name"] = name
            for hearer in self.users:
                self.tell(
                    hearer, {"type": "realm_user", "op": "update", "person": {"user_id": user_id, "full_name": name}}
                )

    def tell(self, user: int, event: dict[str, Any]) -> None:
        """Puts an event into the user's queues that asked for its kind."""
        for queue in self.queues.values():
            if queue.user == user and (queue.event_types is None or event["type"] in queue.event_types):
                queue.events.append({**event, "id": queue.next_id})
                queue.next_id += 1
        self.changed.notify_all()

    def seen_by(self, message: Message, user: int) -> dict[str, Any]:
        """A message as the server gives it to somebody."""
        sender = self.users[message.sender]
        data: dict[str, Any] = {
            "id": message.id,
            "sender_id": message.sender,
            "content": message.content,
            "recipient_id": message.channel_id or sum(message.to),
            "timestamp": message.timestamp,
            "client": message.client,
            "subject": message.topic,
            "topic_links": [],
            "is_me_message": message.content.startswith("/me "),
            "reactions": message.reactions,
            "submessages": message.submessages,
            "sender_full_name": sender["full_name"],
            "sender_email": sender["email"],
            "sender_realm_str": "zulip",
            "type": "stream" if message.channel_id else "private",
            "avatar_url": None,
            "content_type": "text/x-markdown",
        }
        if message.channel_id:
            data["display_recipient"] = self.channels[message.channel_id].name
            data["stream_id"] = message.channel_id
        else:
            data["display_recipient"] = [
                {
                    "id": one,
                    "email": self.users[one]["email"],
                    "full_name": self.users[one]["full_name"],
                    "is_mirror_dummy": False,
                }
                for one in message.to
            ]
        if message.edited_at:
            data["last_edit_timestamp"] = message.edited_at
        return data

    def visible(self, message: Message, user: int) -> bool:
        """Whether somebody may see a message by a narrow: it reached them, or is in a channel open to all."""
        if user in message.heard_by:
            return True
        return bool(message.channel_id) and not self.channels[message.channel_id].private

    def said_by(self, user: int) -> list[Message]:
        """What somebody has said, oldest first."""
        with self.changed:
            return [message for message in self.messages.values() if message.sender == user]

    def _message(self, sender: int, content: str, **values: Any) -> Message:
        content = content.rstrip()
        if not content:
            raise Refusal("Message must not be empty")
        if "\x00" in content:
            raise Refusal("Message must not contain null bytes")
        if len(content) > CONTENT_LIMIT:
            note = "\n[message truncated]"
            content = content[: CONTENT_LIMIT - len(note)] + note
        message = Message(self.next_message_id, sender, content, int(time.time()), **values)
        self.next_message_id += 1
        self.messages[message.id] = message
        return message

    def _publish(self, message: Message) -> None:
        for user in message.heard_by:
            event = {"type": "message", "message": self.seen_by(message, user), "flags": message.flags[user]}
            self.tell(user, event)

    def _whereabouts(self, message: Message) -> dict[str, Any]:
        if not message.channel_id:
            return {}
        return {"stream_name": self.channels[message.channel_id].name, "stream_id": message.channel_id}

    def _flags(self, content: str, message: Message) -> dict[int, list[str]]:
        """Who is mentioned, as Zulip sees it: aloud, by their present name, outside quotes and code."""
        spoken = re.sub(r"(`{3,}|~{3,})[^\n]*\n.*?(?:\n\1|\Z)", "", content, flags=re.DOTALL)
        spoken = re.sub(r"`[^`\n]*`", "", spoken)
        spoken = "\n".join(line for line in spoken.splitlines() if not line.startswith(">"))
        flags: dict[int, list[str]] = {}
        for name, user_id in re.findall(r"@\*\*([^*|\n]+)(?:\|(\d+))?\*\*", spoken):
            for user, data in self.users.items():
                if data["full_name"].casefold() == name.casefold() and user_id in ("", str(user)):
                    flags.setdefault(user, []).append("mentioned")
        for name in re.findall(r"@\*([^*\n]+)\*(?!\*)", spoken):
            for user in self.groups.get(name, ()):
                flags.setdefault(user, []).append("mentioned")
        if message.channel_id and re.search(r"@\*\*(?:all|everyone|channel|stream)\*\*", spoken):
            for user in self.channels[message.channel_id].members - {message.sender}:
                flags.setdefault(user, []).extend(["stream_wildcard_mentioned", "wildcard_mentioned"])
        if message.channel_id and "@**topic**" in spoken:
            place = (message.channel_id, message.topic)
            for user in {one.sender for one in self.messages.values() if (one.channel_id, one.topic) == place}:
                if user != message.sender:
                    flags.setdefault(user, []).extend(["topic_wildcard_mentioned", "wildcard_mentioned"])
        return {user: list(dict.fromkeys(found)) for user, found in flags.items()}
