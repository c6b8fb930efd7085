"""Days and moments that people write. All is said on a Wednesday, 19 August 2026, at 10.30."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.danish.calendar import long_date
from handlers.danish.dates import COPENHAGEN, find_day, find_moment
from handlers.danish.stretches import find_stretch
from tests.conversation import NOW


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("i dag", "2026-08-19"),
        ("i morgen", "2026-08-20"),
        ("imorgen", "2026-08-20"),
        ("i overmorgen", "2026-08-21"),
        ("om 14 dage", "2026-09-02"),
        ("om tre uger", "2026-09-09"),
        ("om en uges tid", "2026-08-26"),
        ("om en måned", "2026-09-19"),
        ("om 3 hverdage", "2026-08-24"),
        ("om et år", "2027-08-19"),
        ("på fredag", "2026-08-21"),
        ("fredag", "2026-08-21"),
        ("på onsdag", "2026-08-26"),
        ("næste fredag", "2026-08-28"),
        ("tirsdag i næste uge", "2026-08-25"),
        ("i næste uge", "2026-08-24"),
        ("næste måned", "2026-09-01"),
        ("uge 45", "2026-11-02"),
        ("uge 2", "2027-01-11"),
        ("torsdag i uge 45", "2026-11-05"),
        ("uge 53 2026", "2026-12-28"),
        ("fredag uge 45", "2026-11-06"),
        ("uge 45, fredag", "2026-11-06"),
        ("fredag, uge 45 2027", "2027-11-12"),
        ("27.11", "2026-11-27"),
        ("fredag den 27. november", "2026-11-27"),
        ("torsdag d. 3/9", "2026-09-03"),
        ("den 3.", "2026-09-03"),
        ("d. 31.", "2026-08-31"),
        ("den 3. marts", "2027-03-03"),
        ("3. dec.", "2026-12-03"),
        ("den 19. august", "2026-08-19"),
        ("24. december 2028", "2028-12-24"),
        ("29. februar", "2028-02-29"),
        ("d. 12/12", "2026-12-12"),
        ("1/2-27", "2027-02-01"),
        ("5.10.2026", "2026-10-05"),
        ("2027-01-31", "2027-01-31"),
        ("loerdag", "2026-08-22"),
        ("tomorrow", "2026-08-20"),
        ("in two weeks", "2026-09-02"),
        ("next Monday", "2026-08-24"),
        ("December 3rd", "2026-12-03"),
        ("the 3rd of March", "2027-03-03"),
    ],
)
def test_a_day_is_understood(text: str, day: str) -> None:
    found = find_day(text, NOW.date())

    assert found is not None
    assert found.day.isoformat() == day
    assert text[found.start : found.end].strip() == text


@pytest.mark.parametrize(
    "text",
    ["den 31. februar", "uge 60", "2027-02-29", "45/13", "hej", "den 0.", "om lidt", "om 0 dage", "12.11", "27.11 kr."],
)
def test_what_is_no_day_is_not_taken_for_one(text: str) -> None:
    assert find_day(text, NOW.date()) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("på fredag kl. 10", "2026-08-21T10:00"),
        ("i morgen kl 9.30", "2026-08-20T09:30"),
        ("i morgen 14:15", "2026-08-20T14:15"),
        ("halv ti i morgen", "2026-08-20T09:30"),
        ("i morgen klokken halv 3", "2026-08-20T14:30"),
        ("kvart over elleve", "2026-08-19T11:15"),
        ("i morgen kvart i ni", "2026-08-20T08:45"),
        ("kl. 3", "2026-08-19T15:00"),
        ("kl. 03:00", "2026-08-20T03:00"),
        ("kl. 8", "2026-08-20T08:00"),
        ("kl 0830", "2026-08-20T08:30"),
        ("kl. 1430", "2026-08-19T14:30"),
        ("kl. 930", "2026-08-20T09:30"),
        ("i morgen kl 9-10", "2026-08-20T09:00"),
        ("i morgen kl. 9.30 til 11", "2026-08-20T09:30"),
        ("den 3. dec kl. 13.00–14.30", "2026-12-03T13:00"),
        ("kl. 12", "2026-08-19T12:00"),
        ("onsdag kl. 14", "2026-08-19T14:00"),
        ("onsdag kl. 9", "2026-08-26T09:00"),
        ("fredag eftermiddag", "2026-08-21T14:00"),
        ("i eftermiddag", "2026-08-19T14:00"),
        ("i morgen tidlig", "2026-08-20T08:00"),
        ("i aften", "2026-08-19T19:00"),
        ("om 2 timer", "2026-08-19T12:30"),
        ("om en halv time", "2026-08-19T11:00"),
        ("om et kvarter", "2026-08-19T10:45"),
        ("om 20 min", "2026-08-19T10:50"),
        ("i morgen", "2026-08-20T09:00"),
        ("i dag", "2026-08-19T12:00"),
        ("tomorrow at 3pm", "2026-08-20T15:00"),
        ("3. marts 2027 kl. 8.15", "2027-03-03T08:15"),
        ("den 3. kl. 10", "2026-09-03T10:00"),
    ],
)
def test_a_moment_is_understood(text: str, moment: str) -> None:
    when = find_moment(text, NOW)

    assert when is not None
    assert when.at.isoformat(timespec="minutes")[:16] == moment
    assert when.rest == ""


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("sende referat på fredag kl. 10", "sende referat"),
        ("på fredag kl. 10 at sende referat", "at sende referat"),
        ("ring til Viborg i morgen om aftalen", "ring til Viborg om aftalen"),
        ("bestil 3 kopper til mødet den 4. maj kl. 9", "bestil 3 kopper til mødet"),
        ("kig på 10 fakturaer i overmorgen kl. 8", "kig på 10 fakturaer"),
    ],
)
def test_what_is_not_about_time_stays(text: str, rest: str) -> None:
    when = find_moment(text, NOW)

    assert when is not None
    assert when.rest == rest


@pytest.mark.parametrize(
    ("text", "misnamed"),
    [
        ("mandag d. 24. november", "mandag"),
        ("tirsdag d. 24. november", ""),
        ("fredag i morgen", "fredag"),
        ("24/11", ""),
    ],
)
def test_a_weekday_that_is_not_the_days_own_is_told(text: str, misnamed: str) -> None:
    day, moment = find_day(text, NOW.date()), find_moment(f"{text} kl. 9", NOW)

    assert day is not None
    assert moment is not None
    assert day.misnamed == moment.misnamed == misnamed


def test_a_time_without_a_day_is_told_from_one_with_a_day() -> None:
    alone, with_day = find_moment("kl. 11", NOW), find_moment("i dag kl. 11", NOW)

    assert alone is not None
    assert with_day is not None
    assert (alone.has_day, with_day.has_day) == (False, True)


def test_a_time_that_has_passed_today_is_today_when_the_text_says_so() -> None:
    when = find_moment("i dag kl. 8", NOW)

    assert when is not None
    assert when.at < NOW


def test_a_change_of_the_clock_between_now_and_then_is_counted_in() -> None:
    when = find_moment("om 2 timer", datetime(2027, 3, 28, 1, 30, tzinfo=COPENHAGEN))

    assert when is not None
    assert when.at.isoformat() == "2027-03-28T04:30:00+02:00"


@pytest.mark.parametrize("text", ["", "kl. 27", "tag en slapper", "faktura 123.456", "4 ud af 5", "version 2.10"])
def test_a_text_without_a_time_has_none(text: str) -> None:
    assert find_moment(text, NOW) is None


@given(st.dates(date(2026, 8, 19), date(2050, 12, 31)))
def test_every_date_that_the_bot_writes_it_reads(day: date) -> None:
    found = find_day(long_date(day).split(" ", 1)[1], NOW.date())

    assert found is not None
    assert found.day == day


@given(st.text(max_size=60))
def test_any_text_can_be_looked_through(text: str) -> None:
    find_moment(text, NOW)
    find_stretch(text, NOW.date())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("denne måned", "2026-08-01", "2026-08-31"),
        ("næste måned", "2026-09-01", "2026-09-30"),
        ("dette kvartal", "2026-07-01", "2026-09-30"),
        ("i forrige kvartal", "2026-04-01", "2026-06-30"),
        ("1. kvartal 2027", "2027-01-01", "2027-03-31"),
        ("K4", "2026-10-01", "2026-12-31"),
        ("i november", "2026-11-01", "2026-11-30"),
        ("i marts", "2027-03-01", "2027-03-31"),
        ("uge 45", "2026-11-02", "2026-11-08"),
        ("denne uge", "2026-08-17", "2026-08-23"),
        ("de næste 14 dage", "2026-08-19", "2026-09-02"),
        ("i år", "2026-01-01", "2026-12-31"),
        ("næste år", "2027-01-01", "2027-12-31"),
        ("i 2028", "2028-01-01", "2028-12-31"),
        ("i morgen", "2026-08-20", "2026-08-20"),
        ("next quarter", "2026-10-01", "2026-12-31"),
    ],
)
def test_a_stretch_of_days_is_understood(text: str, first: str, last: str) -> None:
    stretch = find_stretch(f"hvad sker der {text}?", NOW.date())

    assert stretch is not None
    assert (stretch.first.isoformat(), stretch.last.isoformat()) == (first, last)


def test_two_hours_are_two_hours() -> None:
    assert (find := find_moment("om 2 timer", NOW)) is not None
    assert find.at - NOW == timedelta(hours=2)
