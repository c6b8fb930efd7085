"""Every kind of rule, for any years: one day a period, the right one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.danish.workdays import add_working_days, is_working_day, next_working_day
from handlers.reminders.recurrence import Cycle, Occurrence, Rule, Unit, occurrences, period_of, periods

DAY = timedelta(days=1)
days = st.dates(date(2000, 1, 1), date(2079, 12, 31))
cycles = st.sampled_from(Cycle)
weekdays = st.sampled_from([unit for unit in Unit if isinstance(unit.value, int)])
long_cycles = st.sampled_from([Cycle.MONTH, Cycle.QUARTER, Cycle.YEAR])
ordinals = st.integers(1, 5) | st.integers(-5, -1)


def found(rule: Rule, first: date, last: date, start: date | None = None) -> list[Occurrence]:
    return list(occurrences(rule, first, last, start))


@given(cycles, days)
def test_a_period_holds_the_day_it_is_the_period_of(cycle: Cycle, day: date) -> None:
    period = period_of(cycle, day)

    assert period.first <= day <= period.last
    assert period_of(cycle, period.first) == period_of(cycle, period.last) == period


@given(cycles, days, st.integers(0, 800))
def test_periods_follow_each_other_without_gap_or_overlap(cycle: Cycle, first: date, length: int) -> None:
    chain = list(periods(cycle, first, first + length * DAY))

    assert chain[0].first <= first
    assert chain[-1].last >= first + length * DAY
    assert all(before.last + DAY == after.first for before, after in pairwise(chain))
    assert len({period.name for period in chain}) == len(chain)


@given(st.integers(1, 31), days)
def test_a_monthly_rule_falls_once_a_month_on_its_day_or_the_last_and_then_on_the_next_working_day(
    number: int, day: date
) -> None:
    for occurrence in found(Rule(Cycle.MONTH, number), day, day + 400 * DAY):
        month = period_of(Cycle.MONTH, date.fromisoformat(f"{occurrence.period}-01"))
        assert occurrence.day == next_working_day(min(month.first + (number - 1) * DAY, month.last))


@given(long_cycles, ordinals, st.sampled_from(Unit), days)
def test_no_period_is_left_out_or_comes_twice(cycle: Cycle, number: int, unit: Unit, day: date) -> None:
    last = day + 1500 * DAY
    names = [occurrence.period for occurrence in found(Rule(cycle, number, unit), day, last)]
    inner = [
        period.name for period in periods(cycle, day, last) if day <= period.first and period.last + 10 * DAY <= last
    ]

    assert len(set(names)) == len(names)
    assert set(inner) <= set(names)


@given(cycles, ordinals, st.sampled_from(Unit), days)
def test_a_rule_that_moves_falls_on_working_days_only(cycle: Cycle, number: int, unit: Unit, day: date) -> None:
    assert all(is_working_day(occurrence.day) for occurrence in found(Rule(cycle, number, unit), day, day + 300 * DAY))


@given(cycles, ordinals, st.sampled_from(Unit), days, st.integers(0, 300), st.integers(-20, 20), st.sampled_from(Unit))
def test_a_window_shows_what_a_wider_one_shows_there(
    cycle: Cycle, number: int, unit: Unit, day: date, length: int, shift: int, shift_unit: Unit
) -> None:
    rule = Rule(cycle, number, unit, shift=shift, shift_unit=shift_unit)
    last = day + length * DAY
    wider = found(rule, day - 500 * DAY, last + 500 * DAY)

    assert found(rule, day, last) == [occurrence for occurrence in wider if day <= occurrence.day <= last]


@given(st.sampled_from([Cycle.WEEK, Cycle.MONTH, Cycle.QUARTER, Cycle.YEAR]), days, st.integers(2, 4))
def test_every_second_or_third_period_counts_from_the_start(cycle: Cycle, start: date, every: int) -> None:
    last = start + 3000 * DAY
    chosen = [occurrence.period for occurrence in found(Rule(cycle, every=every, moves=False), start, last, start)]
    chain = list(periods(cycle, start, last))[::every]

    assert chosen == [period.name for period in chain if start <= period.first]


@given(weekdays, days)
def test_a_weekly_rule_that_stays_falls_on_its_weekday_every_week(weekday: Unit, day: date) -> None:
    falls = [occurrence.day for occurrence in found(Rule(Cycle.WEEK, unit=weekday, moves=False), day, day + 200 * DAY)]

    assert all(fall.weekday() == weekday.value for fall in falls)
    assert all(after - before == 7 * DAY for before, after in pairwise(falls))


@pytest.mark.parametrize("parity", [0, 1])
@given(weekdays, days)
def test_even_and_odd_weeks_are_those_of_the_calendar(parity: int, weekday: Unit, day: date) -> None:
    rule = Rule(Cycle.WEEK, unit=weekday, parity=parity, moves=False)

    assert all(occurrence.day.isocalendar().week % 2 == parity for occurrence in found(rule, day, day + 900 * DAY))


@given(st.sampled_from([Cycle.MONTH, Cycle.QUARTER, Cycle.YEAR]), days)
def test_the_last_working_day_has_no_working_day_after_it_in_its_period(cycle: Cycle, day: date) -> None:
    for occurrence in found(Rule(cycle, -1, Unit.WORKING_DAY), day, day + 500 * DAY):
        period = period_of(cycle, occurrence.day)
        after = (occurrence.day + n * DAY for n in range(1, (period.last - occurrence.day).days + 1))
        assert is_working_day(occurrence.day)
        assert not any(is_working_day(later) for later in after)


@given(st.integers(1, 28), st.integers(1, 12), st.integers(1, 30), days)
def test_working_days_before_a_date_are_counted_back_from_it(day: int, month: int, number: int, first: date) -> None:
    rule = Rule(Cycle.MONTH, day, months=frozenset({month}), shift=-number, shift_unit=Unit.WORKING_DAY)
    for occurrence in found(rule, first, first + 800 * DAY):
        target = date(int(occurrence.period), month, day)
        between = (occurrence.day + n * DAY for n in range((target - occurrence.day).days))
        assert sum(map(is_working_day, between)) == number


@given(days, st.integers(-60, 60))
def test_adding_working_days_counts_each_of_them(day: date, number: int) -> None:
    end = add_working_days(day, number)
    low, high = sorted((day, end))
    passed = (low + n * DAY for n in range(1, (high - low).days)) if number else iter(())

    assert number == 0 or is_working_day(end)
    assert number == 0 or sum(map(is_working_day, passed)) == abs(number) - 1


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 5, 5), False),  # Store Bededag, for the last time
        (date(2024, 4, 26), True),  # where it would have been
        (date(2027, 3, 25), False),  # Skærtorsdag
        (date(2027, 3, 29), False),  # anden påskedag
        (date(2027, 5, 6), False),  # Kristi himmelfartsdag
        (date(2027, 5, 17), False),  # anden pinsedag
        (date(2026, 12, 24), True),  # a day off by agreement, not by law
        (date(2026, 12, 25), False),
        (date(2027, 1, 1), False),
    ],
)
def test_holidays_are_the_danish_ones(day: date, works: bool) -> None:
    assert is_working_day(day) is works
