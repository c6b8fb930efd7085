"""Reads messages in Zulip's dress: where they are, whether they speak to the bot, and what they ask."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from bot.contracts import Direct, Place, Topic
from bot.pattern import Pattern

DONE_EMOJI = {"2705": "✅", "2714": "✅"}
"""Reactions that mean "done", by emoji code: check and check_mark; both read as the first."""

_SAID = Pattern(r"^@_\*\*[^*\n]+\*\* \[[^\]\n]*\]\([^)\s]*/near/(\d+)[^)\s]*\):?[ \t]*$", re.MULTILINE)
_FENCE = Pattern(r"^ *(`{3,}|~{3,}) *(quote)? *$", re.IGNORECASE)


def place(message: Mapping[str, Any], bot_id: int) -> Place:
    """Where a message is."""
    if message["type"] == "private":
        everybody = (person["id"] for person in message["display_recipient"])
        return Direct(tuple(sorted(user_id for user_id in everybody if user_id != bot_id)))
    return Topic(message["stream_id"], message["display_recipient"], message["subject"])


def is_mentioned(flags: Collection[str]) -> bool:
    """Whether the bot itself, or a group that it is in, is mentioned aloud; @all and @topic are not for it."""
    return "mentioned" in flags


def text(content: str, bot_id: int, bot_name: str) -> str:
    """What a message asks: without the mention of the bot, and without quotes of earlier messages."""
    asked = _SAID.sub("", _without_quotes(content))
    names = rf"@\*\*(?:{re.escape(bot_name)}(?:\|{bot_id})?|[^*|\n]*\|{bot_id})\*\*[,:;]?"
    return re.sub(rf"[ \t]*{names}[ \t]*", " ", asked, flags=re.IGNORECASE).strip()


def quoted_message(content: str) -> int | None:
    """The id of the message that this one quotes ("said" links to it), if any."""
    said = _SAID.search(content)
    return int(said.group(1)) if said else None


def _without_quotes(content: str) -> str:
    """The text without quote blocks. An unclosed one takes the rest, as when Zulip shows it."""
    kept: list[str] = []
    fence = ""
    for line in content.splitlines():
        mark = _FENCE.match(line)
        if fence:
            if mark and mark.group(1) == fence and not mark.group(2):
                fence = ""
        elif mark and mark.group(2):
            fence = mark.group(1)
        elif not line.startswith(">"):
            kept.append(line)
    return "\n".join(kept)
