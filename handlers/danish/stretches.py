"""Stretches of days in Danish text: "denne måned", "i november", "1. kvartal 2027", "uge 45", "de næste 14 dage"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.pattern import Pattern
from handlers.danish.calendar import MONTH, MONTHS, NUMBER, long_date, month_number, number_value
from handlers.danish.dates import add_months, find_day, week_monday

_DAY = timedelta(days=1)
_YEAR = r"(?:\s+(?:i\s+)?(2[01]\d\d))?"
_KIND = r"(uge|måned|maaned|kvartal|år|aar|week|month|quarter|year)(?:en|et|s)?"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days from `first` to `last`, what to call them ("i november 2027"), and where in the text they stand."""

    first: date
    last: date
    name: str
    start: int = 0
    end: int = 0


def find_stretch(text: str, today: date) -> Stretch | None:
    """The stretch of days that a text names; None when it names none."""
    for pattern, read in _FORMS:
        match = pattern.search(text)
        if match:
            try:
                first, last, name = read(match, today)
            except (ValueError, OverflowError):
                continue
            return Stretch(first, last, name, *match.span())
    day = find_day(text, today)
    return Stretch(day.day, day.day, long_date(day.day, today), day.start, day.end) if day else None


_Days = tuple[date, date, str]


def _relative(match: re.Match[str], today: date) -> _Days:
    """ "denne måned", "næste uge", "i dette kvartal", "sidste år"."""
    which = match[1].lower()
    step = 1 if which.startswith(("n", "k")) else -1 if which.startswith(("s", "f", "l")) else 0
    return _around(match[2], today, step)


def _around(kind: str, today: date, step: int) -> _Days:
    match kind.lower()[0]:
        case "u" | "w":
            monday = today + (7 * step - today.weekday()) * _DAY
            return monday, monday + 6 * _DAY, f"i uge {monday.isocalendar().week}"
        case "m":
            return _month(add_months(today.replace(day=1), step))
        case "k" | "q":
            first = add_months(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), 3 * step)
            return _quarter(first.year, (first.month + 2) // 3)
    return _year(today.year + step)


def _month(first: date) -> _Days:
    return first, add_months(first, 1) - _DAY, f"i {MONTHS[first.month - 1]} {first.year}"


def _quarter(year: int, number: int) -> _Days:
    first = date(year, 3 * number - 2, 1)
    return first, add_months(first, 3) - _DAY, f"i {number}. kvartal {year}"


def _year(year: int) -> _Days:
    return date(year, 1, 1), date(year, 12, 31), f"i {year}"


def _named_month(match: re.Match[str], today: date) -> _Days:
    month = month_number(match[1])
    year = int(match[2]) if match[2] else today.year + (month < today.month)
    return _month(date(year, month, 1))


def _named_quarter(match: re.Match[str], today: date) -> _Days:
    number = int(match[1] or match[2])
    year = match[3]
    return _quarter(int(year) if year else today.year + (number < (today.month + 2) // 3), number)


def _named_week(match: re.Match[str], today: date) -> _Days:
    monday = week_monday(int(match[1]), today, int(match[2]) if match[2] else None)
    return monday, monday + 6 * _DAY, f"i uge {match[1]} i {monday.isocalendar().year}"


def _next_few(match: re.Match[str], today: date) -> _Days:
    number = number_value(match[1] or "en")
    kind = match[2].lower()[0]
    last = add_months(today, number) if kind == "m" else today + number * (7 if kind in "uw" else 1) * _DAY
    return today, last, f"frem til {long_date(last, today)}"


_FORMS: tuple[tuple[Pattern, Callable[[re.Match[str], date], _Days]], ...] = tuple(
    (Pattern(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (
            rf"\b(?:i\s+|in\s+)?(?:de\s+|the\s+)?(?:næste|naeste|kommende|next)\s+({NUMBER})\s+(dage|uger|måneder|maaneder|days|weeks|months)\b",
            _next_few,
        ),
        (
            rf"\b(?:i\s+|in\s+|til\s+)?(denne|dette|indeværende|indevaerende|næste|naeste|kommende|sidste|forrige|this|next|last)\s+{_KIND}\b",
            _relative,
        ),
        (
            r"\b(?:i|in)\s+(år|aar|ugen|måneden|maaneden|kvartalet)\b"
            r"|\b(?:resten\s+af|rest\s+of\s+the)\s+(?:året|aaret|year)\b",
            lambda match, today: _around(match[1] or "år", today, 0),
        ),
        (r"\b(?:i\s+)?(?:([1-4])\.\s*kvartal|[kq]([1-4]))\b(?:\s+(?:i\s+)?(2[01]\d\d))?", _named_quarter),
        (rf"\b(?:i\s+|in\s+)?({MONTH}){_YEAR}(?!\s*\d)", _named_month),
        (r"\b(?:i\s+)?uge\s+(\d{1,2})\b(?:\s+(?:i\s+)?(2[01]\d\d))?", _named_week),
        (r"(?<![\d-])\b(?:(?:i|for|in)\s+)?(2[01]\d\d)\b(?![\d-])", lambda match, _: _year(int(match[1]))),
    )
)
