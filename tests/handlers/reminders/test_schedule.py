"""What falls due when, over many years."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.danish.dates import COPENHAGEN
from handlers.danish.workdays import add_working_days, is_working_day
from handlers.reminders.plan import Plan
from handlers.reminders.schedule import Event, coming, events_of, next_event, schedule
from tests.handlers.reminders.plans import reminder, shipped

START = datetime(2027, 1, 1, tzinfo=COPENHAGEN)
TWENTY_YEARS_ON = datetime(2047, 1, 1, tzinfo=COPENHAGEN)


def twenty_years(id: str) -> list[Event]:
    return [event for event in schedule(shipped(), START, TWENTY_YEARS_ON) if event.reminder.id == id]


def test_every_quarter_is_followed_up_once_in_twenty_years() -> None:
    quarters = [f"{year}-K{quarter}" for year in range(2027, 2047) for quarter in (1, 2, 3, 4)]

    assert [event.period for event in twenty_years("budget")] == ["2026-K4", *quarters[:-1]]


def test_a_quarter_is_followed_up_on_the_tenth_working_day_after_its_end() -> None:
    for event in twenty_years("budget"):
        year, quarter = int(event.period[:4]), int(event.period[-1])
        after = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
        passed = (after + timedelta(days=n) for n in range((event.at.date() - after).days))
        assert sum(map(is_working_day, passed)) == 9
        assert is_working_day(event.at.date())


def test_the_approver_list_is_refreshed_once_a_year_on_the_first_working_day_of_february() -> None:
    events = twenty_years("godkenderliste")

    assert [event.period for event in events] == [str(year) for year in range(2027, 2047)]
    assert [event.at.date() for event in events] == [add_working_days(date(y, 1, 31), 1) for y in range(2027, 2047)]


def test_every_reminder_comes_at_nine_in_denmark_summer_and_winter() -> None:
    events = schedule(shipped(), START, TWENTY_YEARS_ON)

    assert {event.at.time() for event in events} == {time(9)}
    assert {event.at.utcoffset() for event in events} == {timedelta(hours=1), timedelta(hours=2)}
    for event in events:
        assert event.at.astimezone(UTC).astimezone(COPENHAGEN) == event.at


@given(st.lists(st.integers(0, 20 * 365 * 86400), max_size=30))
def test_asking_in_steps_of_any_length_finds_each_period_once(stops: list[int]) -> None:
    moments = sorted([START, TWENTY_YEARS_ON, *(START.astimezone(UTC) + timedelta(seconds=stop) for stop in stops)])
    plan = shipped()
    in_steps = [event.key for after, until in pairwise(moments) for event in schedule(plan, after, until)]

    assert in_steps == [event.key for event in schedule(plan, moments[0], moments[-1])]


def test_a_reminder_at_an_hour_that_summer_time_skips_comes_an_hour_later() -> None:
    [event] = events_of(
        reminder("hver dag", "02:30"),
        datetime(2027, 3, 28, tzinfo=COPENHAGEN),
        datetime(2027, 3, 28, 23, tzinfo=COPENHAGEN),
    )

    assert event.at.isoformat() == "2027-03-28T03:30:00+02:00"


def test_a_reminder_at_an_hour_that_comes_twice_comes_once() -> None:
    day = datetime(2027, 10, 31, tzinfo=COPENHAGEN)
    [event] = events_of(reminder("hver dag", "02:30"), day, day + timedelta(hours=23))

    assert event.at.isoformat() == "2027-10-31T02:30:00+02:00"
    assert not events_of(event.reminder, event.at, event.at.astimezone(UTC) + timedelta(hours=2))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("den 1. maj", date(2027, 5, 3)),  # a Saturday
        ("den 26. marts", date(2027, 3, 30)),  # Langfredag; Easter Monday is the 29th
        ("hvert år den 29. februar", date(2027, 3, 1)),  # the 28th is a Sunday
        ("sidste hverdag i året", date(2027, 12, 31)),
        ("5 hverdage før den 1. april", date(2027, 3, 22)),  # Easter in between
    ],
)
def test_weekends_holidays_and_short_months_move_the_day(rule: str, expected: date) -> None:
    event = next_event(reminder(rule), START)

    assert event is not None
    assert event.at.date() == expected


def test_start_and_end_bound_a_reminder() -> None:
    bounded = reminder("hver mandag", start="2027-02-02", end="2027-02-22")
    days = [event.at.date().isoformat() for event in events_of(bounded, START, TWENTY_YEARS_ON)]

    assert days == ["2027-02-08", "2027-02-15", "2027-02-22"]
    assert next_event(bounded, TWENTY_YEARS_ON) is None


def test_the_next_leap_day_is_found_even_across_a_century_without_one() -> None:
    event = next_event(reminder("den 29. februar", start="2096-03-01"), datetime(2096, 3, 1, tzinfo=COPENHAGEN))

    assert event is not None
    assert event.period == "2097"


def test_what_is_coming_is_sorted_by_time() -> None:
    plan = Plan(reminder=(reminder("den 1. december"), reminder("den 1. juni", id='"y"')))

    assert [event.reminder.id for event in coming(plan, START)] == ["y", "x"]
