"""Puts what the bot says into Zulip's dress: one message's content, and its buttons."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from bot import markup
from bot.connection.people import People
from bot.contracts import Choice
from bot.pattern import Pattern

LATE_SECONDS = 3600.0
"""An announcement that leaves later than this after its time says so."""
HEADING_LIMIT = 300
"""Longest text, in characters, that goes into the heading of buttons."""

_FORMATTED = Pattern(r"[\n|`<$~]|\]\(|@_?\*|#\*\*")


def content(text: str, choices: Sequence[Choice] = (), links: Sequence[str] = ()) -> str:
    """An answer as a message: text, then files, then what one may choose; cut to what Zulip takes.

    No mention in it notifies anybody, whoever wrote it.
    """
    numbered = "\n".join(f"{number}. {markup.escape(choice.label)}" for number, choice in enumerate(choices, 1))
    tail = markup.silence("".join(f"\n\n{part}" for part in ("\n".join(links), numbered) if part))
    body = markup.silence(text.replace("\x00", "").rstrip())
    whole = markup.shorten(body, max(markup.MESSAGE_LIMIT - 1 - len(tail), 0)) + tail
    safe = f"\u200b{whole}" if whole.startswith("/") else whole  # "/poll" and "/todo" would become widgets
    return markup.shorten(safe).rstrip()


def buttons(text: str, choices: Sequence[Choice]) -> str | None:
    """The choices as a zform widget; None when there are none, or the text does not go with buttons.

    The web app shows the widget instead of the message's content, and its heading as plain text; so only a text that
    is a plain line loses nothing. Apps that do not draw widgets show the content, which has the choices as well.
    """
    heading = text.strip()
    if not choices or len(heading) > HEADING_LIMIT or _FORMATTED.search(heading):
        return None
    return json.dumps(
        {
            "widget_type": "zform",
            "extra_data": {
                "type": "choices",
                "heading": re.sub(r"\*+", "", heading),
                "choices": [
                    {
                        "type": "multiple_choice",
                        "short_name": str(number),
                        "long_name": choice.label,
                        "reply": choice.reply,
                    }
                    for number, choice in enumerate(choices, 1)
                ],
            },
        },
        ensure_ascii=False,
    )


def mentions(whom: Sequence[str], people: People) -> str:
    """The line that notifies those whom an announcement is for; a name that Zulip does not know is written out."""
    return " ".join(_mention(one, people) for one in whom)


def lateness(due_at: float | None, now: float) -> str:
    """A line that owns up to an announcement's being late (times in seconds since 1970); empty when it is not."""
    if due_at is None or now - due_at < LATE_SECONDS:
        return ""
    return f"*Forsinket: skulle være sendt {markup.time(datetime.fromtimestamp(due_at, UTC))}.*\n\n"


def topic(title: str) -> str:
    """A topic as Zulip takes it: one line, not empty, cut as Zulip itself cuts it."""
    line = " ".join(markup.clean(title).split()) or "Håndbogsbot"
    return line if len(line) <= markup.TOPIC_LIMIT else line[: markup.TOPIC_LIMIT - 3] + "..."


def _mention(whom: str, people: People) -> str:
    if found := people.find(whom):
        return markup.mention(found.name, found.id)
    return f"@*{markup.name(whom)}*" if people.is_group(whom) else markup.escape(whom)
