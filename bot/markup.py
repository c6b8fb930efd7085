"""Zulip's Markdown, written safely. Everything that did not come from the bot itself goes through `escape`.

Rules: Zulip help "Format your messages using Markdown" and `../shared/zulip-api/NOTES.md` (limits, widgets).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.pattern import Pattern

MESSAGE_LIMIT = 10_000
"""Code points that Zulip takes in a message; it cuts the rest silently."""
TOPIC_LIMIT = 60
_LONGEST_FENCE = 40  # code points kept free for closing blocks when a text is cut

_BREAK = "\u200b"  # a zero-width space inside a token takes its meaning away; Zulip knows no backslash escape for these
_MEANINGFUL = Pattern(
    r"@(?=_?\*)|#(?=\*\*)|<(?=time:)|!(?=(?:avatar|gravatar|modal_link)\()|`(?=``)|~(?=~~)|\$(?=\$)|\](?=[:\[])"
)
_LINK = Pattern(r"!?\[([^\[\]\n]*)\]\(([^()\s]*)\)|\]\(")
_ADDRESS = Pattern(
    r"(?:https?://|www\.)?([\w-]+(?:\.[\w-]+)*\.(?!md\b|py\b|pdf\b|png\b|txt\b|html\b|docx\b|xlsx\b)[a-z]{2,})\b", re.I
)
_TABLE_RULE = Pattern(r"^(?=[^\n]*\|)[ \t>|:-]+$", re.MULTILINE)  # the line that makes a table of the one above
_BLOCK_START = Pattern(r"^(?=[ \t]*[>#])|^[ \t]+", re.MULTILINE)
_PERHAPS_MEANINGFUL = Pattern(r"[@#<!`~$\]|>\n\t/]")
"""Text with none of these inside, and no space before it, is safe: each of the patterns above needs one."""
_UNSEEN = Pattern(
    r"[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
_UNLINKABLE = Pattern(r"^(?!https?://|mailto:|/|#)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def clean(text: str) -> str:
    """The text composed (NFC), without control, zero-width and direction characters and soft hyphens."""
    composed = unicodedata.normalize("NFC", text)
    return composed if composed.isprintable() else _UNSEEN.sub("", composed)  # printable: nearly all of it


def escape(text: str) -> str:
    """Foreign text that can mention nobody, open no block or table, and start no widget.

    Emphasis in it stays, and so do links, unless they name another address than the one they lead to.
    """
    safe = clean(text)
    if not (_PERHAPS_MEANINGFUL.search(safe) or safe.startswith(" ")):
        return safe
    safe = _LINK.sub(_honest, safe)
    safe = _TABLE_RULE.sub(lambda match: _BREAK + match.group(), safe)
    safe = _MEANINGFUL.sub(lambda match: match.group() + _BREAK, safe)
    safe = _BLOCK_START.sub(_BREAK, safe)
    return _BREAK + safe if safe.startswith("/") else safe


def _honest(match: re.Match[str]) -> str:
    """A link as it is, or with its brackets parted from its address when the one belies the other."""
    label, url = match.group(1), match.group(2)
    whole = match.group()
    if url is None or _UNLINKABLE.match(url) or whole.startswith("!"):
        return whole.replace("](", f"]{_BREAK}(")
    host = re.sub(r"^(?:(?:https?:)?//(?:[^/?#]*@)?|mailto:[^@]*@)(?:www\.)?|[:/?#].*$", "", url.casefold())
    named = [found.casefold().removeprefix("www.") for found in _ADDRESS.findall(label)]
    honest = all(host == one or host.endswith(f".{one}") for one in named)
    return whole if honest else whole.replace("](", f"]{_BREAK}(")


def literal(text: str) -> str:
    """Foreign text on one line that shows exactly as it is: as inline code, with back quotes replaced."""
    return "`" + " ".join(clean(text).replace("`", "'").split()) + "`" if text.strip() else ""


def cell(text: str) -> str:
    """Text for a table cell: one line, no bar that would open a new column.

    Zulip knows no escape for a bar (zulip/zulip issue 27476), so it is drawn with its look-alike, also in mentions.
    """
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
    """A block that opens when clicked. The body's own blocks must be closed."""
    title = " ".join(re.sub(r"[`~{}]", " ", clean(title)).split())
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", body)), default=0))
    return f"{fence}spoiler {title}\n{body}\n{fence}"


def link(label: str, url: str) -> str:
    """A link; nothing in the label or the address can break out of it, and it leads to the web or to mail only."""
    label = " ".join(escape(label).replace("[", "(").replace("]", ")").replace("`", "'").split())
    address = re.sub(r"[\s()<>\\]", lambda match: f"%{ord(match.group()):02X}", clean(url))
    return label if _UNLINKABLE.match(address) else f"[{label}]({address})"


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
    """The text, cut at a line end with a note where it is longer than `limit` code points; open blocks are closed."""
    if len(text) <= limit:
        return text
    note = "\n\n*(forkortet)*"
    head = text[: limit - len(note) - _LONGEST_FENCE]
    head = head[: head.rfind("\n") if "\n" in head[limit // 2 :] else len(head)]
    return head + _closing(head) + note


def _closing(text: str) -> str:
    """What closes the block that a text was cut in; empty when it was in none."""
    open_fences: list[str] = []
    for mark, title in re.findall(r"^[ ]*(`{3,}|~{3,})[ ]*(.*)$", text, re.MULTILINE):
        if open_fences and mark == open_fences[-1] and not title:
            open_fences.pop()
        else:
            open_fences.append(mark)
    closing = "".join(f"\n{mark}" for mark in reversed(open_fences))
    return closing if len(closing) <= _LONGEST_FENCE else ""
