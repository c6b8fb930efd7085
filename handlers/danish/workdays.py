"""Danish working days: Monday to Friday, public holidays left out.

Source of the holidays: the `holidays` package (Denmark, public holidays by law). It knows the movable ones, and that
Store Bededag was abolished from 2024. Days off by agreement only (Grundlovsdag, Christmas Eve) are working days here.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)


@lru_cache(maxsize=256)
def public_holidays(year: int) -> dict[date, str]:
    """The Danish public holidays of a year, with their Danish names."""
    import holidays  # here, for it takes half a second, and most questions need no calendar

    return dict(holidays.country_holidays("DK", years=year, language="da"))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in public_holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(day: date, number: int) -> date:
    """The `number`th working day after the day; before it when the number is negative; the day itself for 0."""
    step = _DAY if number > 0 else -_DAY
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day
