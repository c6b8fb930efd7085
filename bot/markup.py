"""Zulip's Markdown, written safely. Everything that did not come from the bot itself goes through `escape`.

Rules: Zulip help "Format your messages using Markdown" and `../shared/zulip-api/NOTES.md` (limits, widgets).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

MESSAGE_LIMIT = 10_000
"""Code points that Zulip takes in a message; it cuts the rest silently."""
TOPIC_LIMIT = 60

_BREAK = "\u200b"  # a zero-width space inside a token takes its meaning away; Zulip knows no backslash escape for these
_MEANINGFUL = re.compile(
    r"@(?=_?\*)|#(?=\*\*)|<(?=time:)|!(?=(?:avatar|gravatar|modal_link)\()|`(?=``)|~(?=~~)|\$(?=\$)"
)
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b-\x1f\x7f]")


def clean(text: str) -> str:
    """The text composed (NFC), without control characters, zero-width characters and direction marks."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def escape(text: str) -> str:
    """Foreign text that can mention nobody, open no block and start no widget; emphasis in it stays."""
    safe = _MEANINGFUL.sub(lambda match: match.group() + _BREAK, clean(text))
    return _BREAK + safe if safe.startswith("/") else safe


def literal(text: str) -> str:
    """Foreign text on one line that shows exactly as it is: as inline code, with back quotes replaced."""
    return "`" + " ".join(clean(text).replace("`", "'").split()) + "`" if text.strip() else ""


def cell(text: str) -> str:
    """Text for a table cell: one line, no bar that would open a new column."""
    return " ".join(text.replace("|", "∣").split())


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; every row is cut or filled to the header's width."""
    width = len(header)
    lines = [header, ["---"] * width, *([*row, *[""] * width][:width] for row in rows)]
    return "\n".join("| " + " | ".join(cell(text) for text in line) + " |" for line in lines)


def quote(text: str) -> str:
    """The text as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def spoiler(title: str, body: str) -> str:
    """A block that opens when clicked."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", body)), default=0))
    return f"{fence}spoiler {title}\n{body}\n{fence}"


def link(label: str, url: str) -> str:
    """A link; brackets in the label and unsafe characters in the address cannot break out of it."""
    label = escape(label).replace("[", "(").replace("]", ")")
    address = re.sub(r"[\s()<>]", lambda match: f"%{ord(match.group()):02X}", url)
    return f"[{label}]({address})"


def name(text: str) -> str:
    """A person's, channel's or topic's name without what would end it early; Zulip allows none of it in names."""
    return " ".join(re.sub(r"[*|>`\\\"@]", " ", clean(text)).split())


def silent_mention(person: str, user_id: int) -> str:
    """A person's name that links to them without notifying them."""
    return f"@_**{name(person)}|{user_id}**"


def mention(person: str, user_id: int) -> str:
    """A person's name that notifies them. Only for reminders, which the plan addresses to somebody."""
    return f"@**{name(person)}|{user_id}**"


def silence(text: str) -> str:
    """The text with every mention in it, wildcards and groups included, made one that notifies nobody."""
    return re.sub(r"@(?=\*)", "@_", text)


def time(moment: datetime) -> str:
    """A point in time that every reader sees in their own time zone."""
    return f"<time:{moment.isoformat(timespec='minutes')}>"


def shorten(text: str, limit: int = MESSAGE_LIMIT) -> str:
    """The text, cut at a line end with a note where it is longer than `limit` code points."""
    if len(text) <= limit:
        return text
    note = "\n\n*(forkortet)*"
    head = text[: limit - len(note)]
    return head[: head.rfind("\n") if "\n" in head[limit // 2 :] else len(head)] + note
