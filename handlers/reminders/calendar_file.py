"""The plan as an iCalendar file (RFC 5545), for Outlook, Nextcloud and the like."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from handlers.handbook import Handbook
from handlers.reminders.schedule import Event
from handlers.reminders.texts import period_name

_LINE = 75
"""Octets that a line may have (RFC 5545, 3.1); longer ones go on after a line break and a space."""


def calendar_file(events: Iterable[Event], handbook: Handbook, now: datetime) -> bytes:
    """The events, each of half an hour.

    Each stands alone, in UTC: no program has to know Danish holidays or clocks. A second file with the same events
    replaces the first, because an event keeps its UID.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OS2//Haandbogsbot//DA",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Sekretariatets årshjul",
        *(line for event in events for line in _event(event, handbook, now)),
        "END:VCALENDAR",
    ]
    return b"".join(_fold(line) + b"\r\n" for line in lines)


def _event(event: Event, handbook: Handbook, now: datetime) -> list[str]:
    section = handbook.section(event.reminder.section)
    link = [f"URL:{section.url}"] if section else []
    points = "\n".join(f"- {point}" for point in event.reminder.checklist)
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(event.key)}@haandbogsbot",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(event.at)}",
        "DURATION:PT30M",
        "TRANSP:TRANSPARENT",
        f"SUMMARY:{_text(f'{event.reminder.title} for {period_name(event.period)}')}",
        *([f"DESCRIPTION:{_text(points)}"] if points else []),
        *link,
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A text value with its meaningful characters escaped (RFC 5545, 3.3.11)."""
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def _fold(line: str) -> bytes:
    """The line in UTF-8, folded between characters."""
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        encoded = character.encode()
        if len(piece) + len(encoded) > _LINE - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += encoded
    return b"\r\n ".join([*pieces, piece])
