"""The calls that the double answers, each as recorded: who is asking, the parameters, and the answer's JSON."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.zulip_double.errors import Refusal
from tests.zulip_double.faults import Faults
from tests.zulip_double.realm import CONTENT_LIMIT, Message, Queue, Realm

VERSION = {"zulip_version": "9.0-dev+git", "zulip_feature_level": 247, "zulip_merge_base": ""}
HEARTBEAT_SECONDS = 50.0
EMOJI = {
    "check": "2705",
    "check_mark": "2714",
    "+1": "1f44d",
    "-1": "1f44e",
    "eyes": "1f440",
    "hourglass": "231b",
    "robot": "1f916",
    "tada": "1f389",
    "working_on_it": "1f6e0",
    "zulip": "zulip",
}
"""Those of Zulip's emoji that the tests and recordings use, with their codes."""

Parameters = Mapping[str, str]


class Endpoints:
    """Answers calls about one realm."""

    def __init__(self, realm: Realm, faults: Faults) -> None:
        self.realm = realm
        self.faults = faults
        self.closing = False
        self._routes: list[tuple[str, re.Pattern[str], Callable[..., dict[str, Any]]]] = [
            (method, re.compile(path), answer)
            for method, path, answer in (
                ("GET", "users/me", self._me),
                ("GET", r"users", self._users),
                ("POST", "register", self._register),
                ("GET", "events", self._events),
                ("DELETE", "events", self._delete_queue),
                ("POST", "messages", self._send),
                ("GET", "messages", self._messages),
                ("GET", r"messages/(\d+)", self._message),
                ("PATCH", r"messages/(\d+)", self._edit),
                ("DELETE", r"messages/(\d+)", self._delete),
                ("POST", r"messages/(\d+)/reactions", self._react),
                ("DELETE", r"messages/(\d+)/reactions", self._unreact),
                ("POST", "typing", self._typing),
                ("GET", "get_stream_id", self._stream_id),
                ("GET", r"streams/(\d+)", self._stream),
            )
        ]

    def answer(self, method: str, path: str, user: int, parameters: Parameters) -> dict[str, Any]:
        """The answer to a call. Raises Refusal."""
        for known, pattern, answer in self._routes:
            if known == method and (match := pattern.fullmatch(path)):
                found = answer(user, parameters, *map(int, match.groups()))
                return {"result": "success", "msg": "", **found}
        raise Refusal("Not found", status=404)

    def upload(self, name: str, content: bytes) -> dict[str, Any]:
        """A file is uploaded."""
        uri = f"/user_uploads/2/{len(self.realm.uploads):02x}/{name.replace(' ', '-')}"
        self.realm.uploads[uri] = content
        return {"result": "success", "msg": "", "uri": uri}

    def _me(self, user: int, _: Parameters) -> dict[str, Any]:
        return {**self.realm.users[user], "max_message_id": self._newest()}

    def _users(self, _user: int, _: Parameters) -> dict[str, Any]:
        return {"members": list(self.realm.users.values())}

    def _register(self, user: int, parameters: Parameters) -> dict[str, Any]:
        event_types = _json_list(parameters, "event_types")
        if event_types and not all(isinstance(kind, str) for kind in event_types):
            raise Refusal("event_types[0] is not a string")
        fetch = _json_list(parameters, "fetch_event_types") or event_types or []
        with self.realm.changed:
            queue = Queue(user, event_types)
            self.realm.queues[queue.id] = queue
            answer: dict[str, Any] = {"queue_id": queue.id, **VERSION, "last_event_id": -1}
            if "message" in fetch:
                answer["max_message_id"] = self._newest()
            if "realm_user" in fetch:
                answer["realm_users"] = list(self.realm.users.values())
                answer["realm_non_active_users"] = []
                answer["cross_realm_bots"] = [
                    {
                        "user_id": 4,
                        "full_name": "Notification Bot",
                        "email": "notification-bot@zulip.com",
                        "is_bot": True,
                    }
                ]
            if "realm_user_groups" in fetch:
                answer["realm_user_groups"] = [
                    {
                        "id": number,
                        "name": name,
                        "description": "",
                        "members": sorted(members),
                        "is_system_group": False,
                    }
                    for number, (name, members) in enumerate(self.realm.groups.items(), 20)
                ]
        return answer

    def _queue(self, user: int, parameters: Parameters) -> Queue:
        queue_id = _required(parameters, "queue_id")
        queue = self.realm.queues.get(queue_id)
        if queue is None or queue.user != user:
            raise Refusal(f"Bad event queue ID: {queue_id}", "BAD_EVENT_QUEUE_ID", queue_id=queue_id)
        return queue

    def _events(self, user: int, parameters: Parameters) -> dict[str, Any]:
        last = int(_required(parameters, "last_event_id"))
        blocking = parameters.get("dont_block") != "true"
        deadline = time.monotonic() + HEARTBEAT_SECONDS
        with self.realm.changed:
            queue = self._queue(user, parameters)
            if last < queue.acknowledged:
                raise Refusal(f"An event newer than {last} has already been pruned!")
            if last >= queue.next_id:
                raise Refusal(f"Event {last} was not in this queue")
            queue.acknowledged = last
            while queue.events and queue.events[0]["id"] <= last:
                queue.events.popleft()
            while blocking and not queue.events:
                left = deadline - time.monotonic()
                if self.closing or queue.id not in self.realm.queues:
                    raise Refusal(f"Bad event queue ID: {queue.id}", "BAD_EVENT_QUEUE_ID", queue_id=queue.id)
                if left <= 0:
                    queue.events.append({"type": "heartbeat", "id": queue.next_id})
                    queue.next_id += 1
                else:
                    self.realm.changed.wait(min(left, 1.0))
            events = list(queue.events)
        if not blocking:
            return {"events": events}
        return {"events": self._disturb(events), "queue_id": queue.id}

    def _disturb(self, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        events = events + [event for event in events if self.faults.hit(self.faults.doubled)]
        if self.faults.hit(self.faults.shuffled):
            self.faults.random.shuffle(events)
        return events

    def _delete_queue(self, user: int, parameters: Parameters) -> dict[str, Any]:
        with self.realm.changed:
            del self.realm.queues[self._queue(user, parameters).id]
            self.realm.changed.notify_all()
        return {}

    def _send(self, user: int, parameters: Parameters) -> dict[str, Any]:
        kind = _required(parameters, "type")
        content = _required(parameters, "content")
        extra: dict[str, Any] = {"client": "ZulipPython" if self.realm.users[user]["is_bot"] else "ZulipMobile"}
        if "widget_content" in parameters:
            _check_widget(parameters["widget_content"])
        with self.realm.changed:
            if kind in ("direct", "private"):
                to = _json_list(parameters, "to") or []
                if not to:
                    raise Refusal("Message must have recipients")
                message_id = self.realm.post_direct(user, tuple(to), content, **extra)
            elif kind == "stream":
                message_id = self._send_to_channel(user, parameters, content, extra)
            else:
                raise Refusal("Invalid type")
            self._add_widget(self.realm.messages[message_id], parameters.get("widget_content"))
        return {"id": message_id}

    def _send_to_channel(self, user: int, parameters: Parameters, content: str, extra: dict[str, Any]) -> int:
        channel = self.realm.channel(_required(parameters, "to").strip('[]"'))
        topic = parameters.get("topic", parameters.get("subject"))
        if topic is None:
            raise Refusal("Missing topic")
        if not topic.strip():
            raise Refusal("Topic can't be empty!")
        if control := re.search(r"[\x00-\x1f]", topic):
            raise Refusal(f"Invalid character in topic, at position {control.start() + 1}!")
        return self.realm.post_to_channel(user, channel, topic, content, **extra)

    def _add_widget(self, message: Message, widget: str | None) -> None:
        if widget is None and not re.match(r"/(poll|todo)(\s|$)", message.content):
            return
        content = widget or json.dumps({"widget_type": message.content.split()[0][1:], "extra_data": {}})
        submessage = {"message_id": message.id, "sender_id": message.sender, "msg_type": "widget", "content": content}
        message.submessages.append({"id": len(message.submessages) + 1, **submessage})

    def _messages(self, user: int, parameters: Parameters) -> dict[str, Any]:
        before, after = (_number(parameters, name) for name in ("num_before", "num_after"))
        if before + after > 5000:
            raise Refusal("Too many messages requested (maximum 5000).")
        with self.realm.changed:
            chosen = self._narrowed(user, parameters)
            anchor = self._anchor(parameters.get("anchor", "newest"))
            include = parameters.get("include_anchor", "true") == "true"
            earlier = [message for message in chosen if message.id < anchor]
            later = [message for message in chosen if message.id > anchor]
            at = [message for message in chosen if message.id == anchor] if include else []
            found = (earlier[-before:] if before else []) + at + later[:after]
            return {
                "messages": [
                    {**self.realm.seen_by(message, user), "flags": message.flags.get(user, ["read", "historical"])}
                    for message in found
                ],
                "found_anchor": bool(at),
                "found_oldest": before >= len(earlier) and before > 0,
                "found_newest": after >= len(later) and after > 0,
                "history_limited": False,
                "anchor": anchor,
            }

    def _anchor(self, anchor: str) -> int:
        if anchor == "newest":
            return 10_000_000_000_000_000
        if anchor in ("oldest", "first_unread"):
            return 0
        if not anchor.isdecimal():
            raise Refusal("Invalid anchor")
        return int(anchor)

    def _narrowed(self, user: int, parameters: Parameters) -> list[Message]:
        narrow = parameters.get("narrow", "[]")
        try:
            terms = json.loads(narrow)
        except ValueError:
            raise Refusal(
                f"Bad value for 'narrow': {narrow}", "REQUEST_VARIABLE_INVALID", var_name="narrow", bad_value=narrow
            ) from None
        in_channel = any(term["operator"] in ("stream", "id") for term in terms if isinstance(term, dict))
        messages = [
            message
            for message in self.realm.messages.values()
            if (self.realm.visible(message, user) if in_channel else user in message.heard_by)
        ]
        for term in terms:
            operator, operand = (term["operator"], term["operand"]) if isinstance(term, dict) else term
            wanted = self._term(user, operator, operand)
            messages = [message for message in messages if wanted(message)]
        return messages

    def _term(self, user: int, operator: str, operand: Any) -> Callable[[Message], bool]:
        if operator == "is" and operand in ("dm", "private"):
            return lambda message: bool(message.to)
        if operator == "is" and operand == "mentioned":
            return lambda message: any("mentioned" in flag for flag in message.flags.get(user, ()))
        if operator == "sender":
            return lambda message: message.sender == operand
        if operator == "dm":
            together = tuple(sorted({user, *operand}))
            return lambda message: message.to == together
        if operator == "id":
            return lambda message: message.id == int(operand)
        if operator == "topic":
            return lambda message: message.topic.casefold() == operand.casefold()
        if operator == "stream":
            return lambda message: message.channel_id == self._narrow_channel(operand)
        reason = f"unknown operator {operator}"
        raise Refusal(f"Invalid narrow operator: {reason}", "BAD_NARROW", desc=reason)

    def _narrow_channel(self, operand: Any) -> int:
        try:
            return self.realm.channel(operand).id
        except Refusal:
            reason = f"unknown stream {operand}"
            raise Refusal(f"Invalid narrow operator: {reason}", "BAD_NARROW", desc=reason) from None

    def _message(self, user: int, _: Parameters, message_id: int) -> dict[str, Any]:
        message = self._accessible(user, message_id)
        data = {**self.realm.seen_by(message, user), "flags": message.flags.get(user, [])}
        return {"message": data, "raw_content": message.content}

    def _accessible(self, user: int, message_id: int) -> Message:
        """By id only what is in one's channels can be reached: not a mention from a foreign private one."""
        message = self.realm.messages.get(message_id)
        if message is not None and message.channel_id:
            channel = self.realm.channels[message.channel_id]
            if channel.private and user not in channel.members:
                message = None
        elif message is not None and user not in message.to:
            message = None
        if message is None:
            raise Refusal("Invalid message(s)")
        return message

    def _edit(self, user: int, parameters: Parameters, message_id: int) -> dict[str, Any]:
        with self.realm.changed:
            message = self._accessible(user, message_id)
            if "topic" in parameters or "stream_id" in parameters:
                mode = parameters.get("propagate_mode", "change_one")
                self.realm.move(user, message_id, parameters.get("topic", ""), parameters.get("stream_id", ""), mode)
                return {}
            content = _required(parameters, "content")
            if message.sender != user:
                raise Refusal("You don't have permission to edit this message")
            if len(content) > CONTENT_LIMIT:
                note = "\n[message truncated]"
                content = content[: CONTENT_LIMIT - len(note)] + note
            self.realm.edit(user, message_id, content)
        return {}

    def _delete(self, user: int, _: Parameters, message_id: int) -> dict[str, Any]:
        with self.realm.changed:
            if self._accessible(user, message_id).sender != user and not self.realm.users[user]["is_admin"]:
                raise Refusal("You don't have permission to delete this message")
            self.realm.delete(message_id)
        return {}

    def _react(self, user: int, parameters: Parameters, message_id: int) -> dict[str, Any]:
        self._accessible(user, message_id)
        name = _required(parameters, "emoji_name")
        if name not in EMOJI:
            raise Refusal(f"Emoji '{name}' does not exist")
        if parameters.get("emoji_code", EMOJI[name]) != EMOJI[name]:
            raise Refusal("Invalid emoji name.")
        self.realm.react(user, message_id, name, EMOJI[name])
        return {}

    def _unreact(self, user: int, parameters: Parameters, message_id: int) -> dict[str, Any]:
        message = self._accessible(user, message_id)
        name = _required(parameters, "emoji_name")
        with self.realm.changed:
            ours = [one for one in message.reactions if one["user_id"] == user and one["emoji_name"] == name]
            if not ours:
                raise Refusal("Reaction doesn't exist.", "REACTION_DOES_NOT_EXIST")
            message.reactions.remove(ours[0])
            who = self.realm.users[user]
            person = {"user_id": user, "email": who["email"], "full_name": who["full_name"]}
            for hearer in message.heard_by:
                event = {**ours[0], "user": person, "message_id": message_id}
                self.realm.tell(hearer, {"type": "reaction", "op": "remove", **event})
        return {}

    def _typing(self, user: int, parameters: Parameters) -> dict[str, Any]:
        kind = parameters.get("type", "direct")
        if parameters.get("op") not in ("start", "stop"):
            raise Refusal("Invalid op")
        if kind == "stream":
            if "stream_id" not in parameters:
                raise Refusal("Missing stream_id")
            channel = self.realm.channels.get(int(parameters["stream_id"]))
            if channel is None or (channel.private and user not in channel.members):
                raise Refusal("Invalid stream ID")
        elif kind != "direct":
            raise Refusal("Invalid type")
        elif not (to := _json_list(parameters, "to")):
            raise Refusal("Empty 'to' list")
        elif not isinstance(to[0], int):
            raise Refusal("to[0] is not an integer")
        self.realm.typing.append({"user": user, **parameters})
        return {}

    def _stream_id(self, _user: int, parameters: Parameters) -> dict[str, Any]:
        name = _required(parameters, "stream")
        for channel in self.realm.channels.values():
            if channel.name == name:
                return {"stream_id": channel.id}
        raise Refusal(f"Invalid stream name '{name}'")

    def _stream(self, user: int, _: Parameters, channel_id: int) -> dict[str, Any]:
        channel = self.realm.channels.get(channel_id)
        if channel is None or (channel.private and user not in channel.members):
            raise Refusal("Invalid stream ID")
        return {"stream": {"stream_id": channel.id, "name": channel.name, "invite_only": channel.private}}

    def _newest(self) -> int:
        return max(self.realm.messages, default=self.realm.next_message_id - 1)


def _required(parameters: Parameters, name: str) -> str:
    if name not in parameters:
        raise Refusal(f"Missing '{name}' argument", "REQUEST_VARIABLE_MISSING", var_name=name)
    return parameters[name]


def _number(parameters: Parameters, name: str) -> int:
    value = _required(parameters, name)
    if not value.isdecimal():
        raise Refusal(f"Bad value for '{name}': {value}", "REQUEST_VARIABLE_INVALID", var_name=name, bad_value=value)
    return int(value)


def _json_list(parameters: Parameters, name: str) -> list[Any] | None:
    if name not in parameters:
        return None
    try:
        found = json.loads(parameters[name])
    except ValueError:
        if name == "to":
            raise Refusal(f"Invalid email '{parameters[name]}'") from None
        raise Refusal(f'Argument "{name}" is not valid JSON.') from None
    return found if isinstance(found, list) else [found]


def _check_widget(content: str) -> None:
    try:
        widget = json.loads(content)
    except ValueError:
        raise Refusal("Widgets: API programmer sent invalid JSON content") from None
    if widget.get("widget_type") != "zform":
        raise Refusal(f"Widgets: unknown widget type: {widget.get('widget_type')}")
    data = widget["extra_data"]
    if "type" not in data:
        raise Refusal("Widgets: zform is missing type field")
    if data["type"] != "choices":
        raise Refusal(f"Widgets: unknown zform type: {data['type']}")
    if "heading" not in data:
        raise Refusal("Widgets: heading key is missing from extra_data")
    for number, choice in enumerate(data["choices"]):
        for name in ("short_name", "long_name", "reply"):
            if name not in choice:
                raise Refusal(f'Widgets: {name} key is missing from extra_data["choices"][{number}]')
