"""Times are understood however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.tags.daylog import times


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("9-10.15 møde", 540, 615),
        ("9.30–10 møde", 570, 600),
        ("kl. 8 til 9 mails", 480, 540),
        ("fra 8 til halv ti", 480, 570),
        ("halv ti-10", 570, 600),
        ("9 til kvart over ti", 540, 615),
        ("kvart i 9 - 10", 525, 600),
        ("0800-0945 x", 480, 585),
        ("08:00 - 08:45 x", 480, 525),
        ("11-1 x", 660, 780),
        ("1-2 pm x", 60, 840),
        ("møde 10-11", 600, 660),
        ("kvarter i ni til ti x", 525, 600),
        ("fem over ni til ti minutter i ti", 545, 590),
        ("fra ni til ti", 540, 600),
        ("22-01 nedbrud", 1320, 1500),
    ],
)
def test_from_and_to(text: str, begins: int, ends: int) -> None:
    (span,) = times.spans(text)
    assert (span.begins, span.ends, span.minutes) == (begins, ends, ends - begins)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("mails 45 min", 45),
        ("1½ t artikel", 90),
        ("artikel 1 1/2 time", 90),
        ("frokost, en halv time", 30),
        ("½ time", 30),
        ("et kvarter", 15),
        ("tre kvarter med KL", 45),
        ("trekvart time", 45),
        ("1t 15m review", 75),
        ("1h30 kode", 90),
        ("2 timer og 20 minutter", 140),
        ("en time og et kvarter", 75),
        ("to og en halv time", 150),
        ("halvanden time", 90),
        ("et par timer", 120),
        ("en god times tid", 60),
        ("2 x 25 min cykel", 50),
        ("half an hour", 30),
        ("3h wrote", 180),
        ("2,5t", 150),
        ("mail 0,75", 45),
        ("to en halv time rejse", 150),
        ("5 kvarter", 75),
        ("7.4 timer ferie", 444),
        ("1:30 kode", 90),
        ("00:45 mails", 45),
        ("2 gange 30 min", 60),
        ("1,25 styregruppe", 75),
    ],
)
def test_how_long(text: str, minutes: int) -> None:
    (span,) = times.spans(text)
    assert span.minutes == minutes


@pytest.mark.parametrize(
    "text",
    [
        "møde med 2-3 kommuner",
        "version 2.3 af OS2iot",
        "udløber 1/11",
        "uge 29 og 30",
        "fem kommuner",
        "opgave 7",
        "mødet kl. 3:30",
        "",
    ],
)
def test_other_numbers_are_no_time(text: str) -> None:
    assert times.spans(text) == []


@pytest.mark.parametrize(
    ("minutes", "hours"), [(1, 0.25), (7, 0.25), (15, 0.25), (22, 0.25), (23, 0.5), (38, 0.75), (52, 0.75), (68, 1.25)]
)
def test_the_nearest_quarter_and_never_none(minutes: int, hours: float) -> None:
    assert times.quarters(minutes) == hours


@given(st.integers(1, 960))
def test_rounding_moves_no_time_by_more_than_a_quarter(minutes: int) -> None:
    hours = times.quarters(minutes)
    assert (hours * 4).is_integer()
    assert abs(hours * 60 - minutes) <= (7.5 if minutes > 7 else 14)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert all(span.minutes is not None and span.minutes > 0 for span in times.spans(text))


@pytest.mark.parametrize(
    ("text", "left"),
    [("mails 9-10:30 møde", "9-10:30"), ("os2iot, 2 timer", "2 timer"), ("møde med 2-3 kommuner", ""), ("mails", "")],
)
def test_what_looks_like_a_further_time_is_found(text: str, left: str) -> None:
    assert times.unread(text) == left
