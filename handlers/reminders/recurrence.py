"""What repeats: rules, the periods they divide the year into, and the day that a rule picks in each period.

Everything is a pure function of the rule and the calendar. Days are local days in Denmark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from handlers.danish.workdays import add_working_days, is_working_day, next_working_day

_DAY = timedelta(days=1)
_FEW_HOLIDAYS = timedelta(days=31)
"""More than moving past weekends and holidays can ever add to a shift of twice its length."""


class Cycle(Enum):
    """How often: a rule picks one day in each of these."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Unit(Enum):
    """What a rule counts within its period."""

    DAY = "day"
    WORKING_DAY = "working day"
    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with its name: "2027-03-15", "2027-U11", "2027-03", "2027-K1" or "2027"."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The day on which a rule falls in a period. With a shift it may lie outside the period."""

    period: str
    day: date


@dataclass(frozen=True, slots=True)
class Rule:
    """The `number`th `unit` of every period, moved by `shift`, and then to the next working day.

    `number` counts from 1; -1 is the last. Where a period has too few (31 February, a fifth Monday), the last counts.
    """

    cycle: Cycle
    number: int = 1
    unit: Unit = Unit.DAY
    months: frozenset[int] = frozenset()
    """For MONTH: only these months (1-12). A rule with one month is a yearly one, so its periods are named by year."""
    every: int = 1
    """Only every second, third ... period, counted from the one in which the rule starts."""
    parity: int | None = None
    """For WEEK: only odd (1) or even (0) ISO week numbers."""
    shift: int = 0
    shift_unit: Unit = Unit.DAY
    moves: bool = True
    """Whether a day that is not a working day moves to the next one."""


def occurrences(rule: Rule, first: date, last: date, start: date | None = None) -> Iterator[Occurrence]:
    """Where the rule falls from `first` to `last`, both included, in order of time.

    `start` is the day from which every second, third ... period is counted; a rule with `every` needs it.
    """
    margin = timedelta(days=2 * abs(rule.shift)) + _FEW_HOLIDAYS
    for period in periods(rule.cycle, _earlier(first, margin), _later(last, margin)):
        if _chosen(rule, period, start):
            day = _pick(rule, period)
            if day is not None and first <= day <= last:
                yield Occurrence(_name(rule, period), day)


def periods(cycle: Cycle, first: date, last: date) -> Iterator[Period]:
    """The periods of a cycle that have a day from `first` to `last`."""
    day = first
    while day <= last:
        period = period_of(cycle, day)
        yield period
        if period.last == date.max:
            return
        day = period.last + _DAY


def period_of(cycle: Cycle, day: date) -> Period:
    """The period of a cycle that a day lies in."""
    match cycle:
        case Cycle.DAY:
            return Period(day.isoformat(), day, day)
        case Cycle.WEEK:
            year, week, weekday = day.isocalendar()
            monday = day - (weekday - 1) * _DAY
            return Period(f"{year}-U{week:02}", monday, monday + 6 * _DAY)
        case Cycle.MONTH:
            return Period(f"{day:%Y-%m}", day.replace(day=1), _month_end(day.year, day.month))
        case Cycle.QUARTER:
            quarter = (day.month + 2) // 3
            return Period(
                f"{day.year}-K{quarter}", date(day.year, 3 * quarter - 2, 1), _month_end(day.year, 3 * quarter)
            )
        case Cycle.YEAR:
            return Period(f"{day.year}", date(day.year, 1, 1), date(day.year, 12, 31))


def _month_end(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - _DAY


def _chosen(rule: Rule, period: Period, start: date | None) -> bool:
    if rule.months and period.first.month not in rule.months:
        return False
    if rule.parity is not None and period.first.isocalendar().week % 2 != rule.parity:
        return False
    if rule.every == 1:
        return True
    if start is None:
        raise ValueError("every second or third period needs a start")
    return (_ordinal(rule.cycle, period.first) - _ordinal(rule.cycle, start)) % rule.every == 0


def _ordinal(cycle: Cycle, day: date) -> int:
    """A number that grows by one from period to period."""
    match cycle:
        case Cycle.DAY:
            return day.toordinal()
        case Cycle.WEEK:
            return (day.toordinal() - 1) // 7  # 1 January of the year 1 was a Monday
        case Cycle.MONTH:
            return 12 * day.year + day.month
        case Cycle.QUARTER:
            return 4 * day.year + (day.month + 2) // 3
        case Cycle.YEAR:
            return day.year


def _name(rule: Rule, period: Period) -> str:
    return period.name[:4] if rule.cycle is Cycle.MONTH and len(rule.months) == 1 else period.name


def _pick(rule: Rule, period: Period) -> date | None:
    """The rule's day in a period; None when the period has none (a weekend, for "every working day")."""
    day = _nth(rule.number, rule.unit, period)
    if day is None:
        return None
    if rule.shift_unit is Unit.WORKING_DAY:
        day = add_working_days(day, rule.shift)
    else:
        day += rule.shift * _DAY
    return next_working_day(day) if rule.moves else day


def _nth(number: int, unit: Unit, period: Period) -> date | None:
    if unit is Unit.DAY:
        day = period.first + (number - 1) * _DAY if number > 0 else period.last + (number + 1) * _DAY
        return min(max(day, period.first), period.last)
    step, day = (_DAY, period.first) if number > 0 else (-_DAY, period.last)
    found = None
    wanted = abs(number)
    while period.first <= day <= period.last and wanted:
        if is_working_day(day) if unit is Unit.WORKING_DAY else day.weekday() == unit.value:
            found = day
            wanted -= 1
        day += step
    return found


def _earlier(day: date, by: timedelta) -> date:
    return day - by if day - date.min > by else date.min


def _later(day: date, by: timedelta) -> date:
    return day + by if date.max - day > by else date.max
