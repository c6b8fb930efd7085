"""A log is taken apart in any of the shapes people paste."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.tags.daylog.lines import read


def found(text: str) -> list[tuple[str, int | None]]:
    return [(line.what, line.minutes) for line in read(text).lines]


@pytest.mark.parametrize(
    "text",
    [
        "9-10 mails\n10-11.30 møde",
        "9-10 mails; 10-11.30 møde",
        "- 9-10 mails\n- 10-11.30 møde",
        "* mails 1 t\n* møde 1,5 t",
        "1. 1t mails\n2. 1½t møde",
        "mails 1 time, møde halvanden time",
        "1h mails, 1.5h møde",
        "i dag: 1h mails, 90 min møde",
        "log: mails 60 min; møde 90 min",
        "mails 1,0\nmøde 1,5",
        "9 mails\n10 møde\n11.30 hjem",
        "| 9-10 | mails |\n|---|---|\n| 10-11.30 | møde |",
        "mails en time, så møde i halvanden time",
        "Startede 9 med mails til 10, derefter møde til halv tolv",
        "kl. 9-10 mails. kl. 10-11.30 møde.",
        "9-10 mails\n\n10-11.30 møde\nI alt 2,5",
    ],
)
def test_the_same_day_in_many_shapes(text: str) -> None:
    assert found(text) == [("mails", 60), ("møde", 90)]


def test_a_heading_goes_with_the_lines_below() -> None:
    assert {line.heading for line in read("OS2iot-dag:\n9-10 fejl\n10-11 møde").lines} == {"OS2iot-dag"}


def test_days_are_kept_apart() -> None:
    lines = read("Mandag d. 3/8\n9-10 mails\nTirsdag:\n9-11 kursus").lines
    assert [(line.day, line.what) for line in lines] == [("Mandag d. 3/8", "mails"), ("Tirsdag", "kursus")]


def test_a_line_without_time_is_kept() -> None:
    assert found("- mails 30 min\n- opfølgning på budget\n- møde 1 t") == [
        ("mails", 30),
        ("opfølgning på budget", None),
        ("møde", 60),
    ]


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for line in read(text).lines:
        assert line.what
