"""Places (direct messages, topics) as plain data and as keys."""

from __future__ import annotations

from typing import Any

from bot.contracts import Direct, Place, Topic


def as_data(place: Place | None) -> dict[str, Any]:
    """The place as JSON keeps it; an empty object for none."""
    if place is None:
        return {}
    if isinstance(place, Direct):
        return {"user_ids": list(place.user_ids)}
    return {"channel_id": place.channel_id, "channel": place.channel, "topic": place.topic}


def from_data(data: dict[str, Any]) -> Place | None:
    """What `as_data` made."""
    if not data:
        return None
    return Direct(tuple(data["user_ids"])) if "user_ids" in data else Topic(**data)


def lane(place: Place | None) -> str:
    """The key of a place. Zulip's topics are the same whatever their letter case."""
    if place is None:
        return "unplaced"
    if isinstance(place, Direct):
        return "direct:" + ",".join(str(user_id) for user_id in sorted(place.user_ids))
    return f"topic:{place.channel_id}:{place.topic.casefold()}"


def conversation(place: Place, asker_id: int) -> str:
    """The key of a conversation: one per topic and asker, or per direct-message group (`Question.conversation`)."""
    return lane(place) if isinstance(place, Direct) else f"{lane(place)}:{asker_id}"
