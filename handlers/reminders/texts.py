"""What reminders say, in Danish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.contracts import Choice, Source
from bot.markup import escape, link
from handlers.danish.calendar import MONTHS, long_time
from handlers.danish.dates import COPENHAGEN
from handlers.handbook import Handbook, Listing, Section, walk
from handlers.reminders.plan import Reminder
from handlers.reminders.schedule import Event

LONGEST_CHECKLIST = 12
"""Points shown of a checklist that is taken from the handbook."""


def period_name(period: str) -> str:
    """A period's name in words: "1. kvartal 2027", "marts 2027", "uge 11 i 2027"; years and days as they are."""
    if match := re.fullmatch(r"(\d{4})-K(\d)", period):
        return f"{match[2]}. kvartal {match[1]}"
    if match := re.fullmatch(r"(\d{4})-U(\d\d)", period):
        return f"uge {int(match[2])} i {match[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d\d)", period):
        return f"{MONTHS[int(match[2]) - 1]} {match[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", period):
        return f"den {int(match[3])}. {MONTHS[int(match[2]) - 1]} {match[1]}"
    return period


def heading(event: Event) -> str:
    """What it is and for when: "**Budgetopfølgning** for 1. kvartal 2027"."""
    return f"**{escape(event.reminder.title)}** for {period_name(event.period)}"


def reminder_text(event: Event, handbook: Handbook) -> str:
    """The message of a plain reminder: title, checklist and where the handbook says how."""
    reminder = event.reminder
    section = handbook.section(reminder.section)
    lines = [heading(event)]
    points = checklist(reminder, section)
    if points:
        lines += ["", "Det skal gøres:", *(f"- {point}" for point in points)]
    if section:
        lines += ["", f"Sådan gør du: {section_link(section)}"]
    return "\n".join(lines)


def checklist(reminder: Reminder, section: Section | None) -> list[str]:
    """The points to be done, as Markdown: the plan's own, else the list items of the handbook section it names."""
    if reminder.checklist or section is None:
        return [escape(point) for point in reminder.checklist]
    lists = (block for block in walk(section.blocks) if isinstance(block, Listing))
    return [item.text.markdown for listing in lists for item in listing.items if item.text][:LONGEST_CHECKLIST]


def section_link(section: Section) -> str:
    return link(section.heading or section.page_title, section.url)


def source_of(section: Section) -> Source:
    return Source(section.page, section.heading, section.anchor, section.url)


def done_choices(event_key: str) -> tuple[Choice, ...]:
    """The buttons of a plain reminder; `event_key` is `Event.key`."""
    name = event_key.replace(":", " ", 1)
    return (Choice("Færdig", f"færdig {name}"), Choice("Udsæt 3 dage", f"udsæt {name} 3 dage"))


def events_list(events: Iterable[Event], now: datetime) -> str:
    """The events as a list, one line each."""
    today = now.astimezone(COPENHAGEN).date()
    return "\n".join(f"- {long_time(event.at, today)}: {heading(event)}" for event in events)


def join(parts: Sequence[str], word: str = "og") -> str:
    """ "a, b og c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}" if parts else ""
