"""Times past in a question: "i 2025", "siden marts", "de sidste tre måneder"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from bot.pattern import Pattern
from handlers.danish import fold
from handlers.danish.calendar import MONTH, MONTHS, NUMBER, month_number, number_value

_YEAR = r"(?P<year>20\d\d)"
_DAY = Pattern(rf"(?:\bden )?\b(?P<day>\d{{1,2}})\.? (?P<month>{MONTH})(?: {_YEAR})?", re.IGNORECASE)
_ISO = Pattern(r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_IN_MONTH = Pattern(rf"\b(?P<month>{MONTH})(?:,? {_YEAR})?", re.IGNORECASE)
_IN_YEAR = Pattern(rf"\b{_YEAR}\b")
_LATEST = Pattern(
    rf"\b(?:sidste|seneste|last) (?:(?P<number>{NUMBER}) )?(?P<unit>dage?n?|uger?n?|maaned(?:er)?|kvartal(?:er)?|aar)\b"
)
_DAYS = {"dag": 1, "uge": 7, "maaned": 30, "kvartal": 91, "aar": 365}
_SINCE = Pattern(r"\b(?:siden|since|efter|fra)\b")
_BEFORE = Pattern(r"\b(?:foer|before|inden)\b")
_SINCE_NEW_YEAR = Pattern(r"\b(?:siden nytaar|i aar|this year)\b")
_LAST_YEAR = Pattern(r"\b(?:i fjor|sidste aar|last year)\b")
EARLIEST = date(2000, 1, 1)
"""Before any handbook."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both included."""

    start: date
    end: date
    said: str
    """In Danish, as it can stand in a sentence."""


def find(text: str, today: date) -> Period | None:
    """The period that a text speaks of; None when it speaks of no time past."""
    folded = fold(text)
    for way in (_named, _dated, _latest):
        found = way(folded, today)
        if found is not None:
            return found
    return None


def written(day: date) -> str:
    """ "9. oktober 2025"."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def _named(folded: str, today: date) -> Period | None:
    if _SINCE_NEW_YEAR.search(folded):
        return Period(date(today.year, 1, 1), today, "i år")
    if _LAST_YEAR.search(folded):
        start = date(today.year - 1, 1, 1)
        if _SINCE.search(folded):
            return Period(start, today, f"siden {written(start)}")
        return Period(start, date(today.year - 1, 12, 31), f"i {today.year - 1}")
    return None


def _dated(folded: str, today: date) -> Period | None:
    """A date, a month or a year, alone or after "siden" or "før"."""
    stretch = _stretch(folded, today)
    if stretch is None:
        return None
    start, end, said = stretch
    if start > today:
        return None
    if _SINCE.search(folded):
        return Period(start, today, f"siden {written(start)}")
    if _BEFORE.search(folded):
        return Period(EARLIEST, start - timedelta(days=1), f"før {written(start)}")
    return Period(start, min(end, today), said)


def _stretch(folded: str, today: date) -> tuple[date, date, str] | None:
    match = _ISO.search(folded) or _DAY.search(folded)
    if match:
        month = match["month"]
        number = int(month) if month.isdigit() else month_number(month)
        day = _date(match["year"], number, int(match["day"]), today)
        return (day, day, f"den {written(day)}") if day else None
    match = _IN_MONTH.search(folded)
    if match:
        first = _date(match["year"], month_number(match["month"]), 1, today)
        if first is None:
            return None
        last = first.replace(day=monthrange(first.year, first.month)[1])
        return first, last, f"i {MONTHS[first.month - 1]} {first.year}"
    match = _IN_YEAR.search(folded)
    if match:
        year = int(match["year"])
        return date(year, 1, 1), date(year, 12, 31), f"i {year}"
    return None


def _date(year: str | None, month: int, day: int, today: date) -> date | None:
    """The day; without a year the latest one that is past. None when there is no such day."""
    try:
        found = date(int(year) if year else today.year, month, day)
        return found if year or found <= today else found.replace(year=today.year - 1)
    except ValueError:
        return None


def _latest(folded: str, today: date) -> Period | None:
    match = _LATEST.search(folded)
    if not match:
        return None
    unit = next(name for name in _DAYS if match["unit"].startswith(name))
    number = number_value(match["number"]) if match["number"] else 1
    start = today - timedelta(days=min(number * _DAYS[unit], (today - EARLIEST).days))
    return Period(start, today, f"siden {written(start)}")
