"""Danish words for numbers, weekdays and months, as pieces of regular expressions; and dates written out.

The pieces match with re.IGNORECASE in text as it was typed, so that what is found can be cut out of it.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from handlers.danish.numbers import NUMBERS
from handlers.danish.words import fold

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
_ENGLISH_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH_MONTHS = {"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "october": 10}
_ENGLISH_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("første", "anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende")
_ENGLISH_ORDINALS = ("first", "second", "third", "fourth", "fifth")

_weekday_numbers = {name: number for names in (WEEKDAYS, _ENGLISH_WEEKDAYS) for number, name in enumerate(names)}
_month_numbers = {name: number for number, name in enumerate(MONTHS, start=1)} | _ENGLISH_MONTHS
_number_values = {name: value for value, name in enumerate(_ENGLISH_NUMBERS)} | NUMBERS
_number_values |= {"en": 1, "et": 1, "én": 1, "ét": 1, "to": 2, "a": 1, "an": 1}
_ordinal_values = {name: value for names in (_ORDINALS, _ENGLISH_ORDINALS) for value, name in enumerate(names, start=1)}
_ordinal_values |= {"andet": 2, "sidste": -1, "seneste": -1, "last": -1, "næstsidste": -2}


def _any(names: dict[str, int]) -> str:
    """An alternative of all names, longest first, in both spellings of æ, ø and å."""
    spelled = {*names, *(fold(name) for name in names)}
    return "|".join(sorted(map(re.escape, spelled), key=len, reverse=True))


WEEKDAY = rf"(?:{_any(_weekday_numbers)})"
MONTH = rf"(?:{_any(_month_numbers)}|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\b\.?"
NUMBER = rf"(?:\d{{1,3}}|{_any(_number_values)})"
ORDINAL = rf"(?:\d{{1,2}}\.|{_any(_ordinal_values)})"

_folded_weekdays = {fold(name): number for name, number in _weekday_numbers.items()}
_folded_numbers = {fold(name): value for name, value in _number_values.items()}
_folded_ordinals = {fold(name): value for name, value in _ordinal_values.items()}


def weekday_number(word: str) -> int:
    """0 for Monday. Takes what WEEKDAY matches."""
    return _folded_weekdays[fold(word)]


def month_number(word: str) -> int:
    """1 for January. Takes what MONTH matches."""
    start = fold(word)[:3]
    return next(number for name, number in _month_numbers.items() if name.startswith(start))


def number_value(word: str) -> int:
    """Takes what NUMBER matches."""
    return int(word) if word.isdigit() else _folded_numbers[fold(word)]


def ordinal_value(word: str) -> int:
    """1 for the first, -1 for the last. Takes what ORDINAL matches."""
    return int(word[:-1]) if word[:-1].isdigit() else _folded_ordinals[fold(word)]


def long_date(day: date, today: date | None = None) -> str:
    """ "torsdag den 3. december", and the year unless it is today's."""
    written = f"{WEEKDAYS[day.weekday()]} den {day.day}. {MONTHS[day.month - 1]}"
    return written if today and day.year == today.year else f"{written} {day.year}"


def long_time(moment: datetime, today: date | None = None) -> str:
    """ "torsdag den 3. december kl. 9.00"."""
    return f"{long_date(moment.date(), today)} kl. {moment.hour}.{moment.minute:02}"
