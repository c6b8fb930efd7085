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
        "9-10 mails,10-11:30 møde",
        "9-10 mails 10-11:30 møde",
        "9-10 mails.10-11:30 møde",
        "mails 9-10 møde 10-11:30",
        "9-10\tmails\n10-11.30\tmøde",
        "1) 9-10 mails 2) 10-11.30 møde",
        "1. 9-10 mails 2. 10-11.30 møde",
        "1: 9-10 mails\n2: 10-11.30 møde",
        "- [x] 9-10 mails\n- [ ] 10-11.30 møde",
        "1:00 mails; 1:30 møde",
        "1:00 mails, 1:30 møde",
        "9:00 mails, 10:00 møde, 11:30 hjem",
        "| Tid | Opgave |\n|---|---|\n| 9-10 | mails |\n| 10-11.30 | møde |",
        "I dag har jeg brugt en time på mails og halvanden time på møde",
        "Mails fra ni til ti. Derefter møde i halvanden time.",
        "kl. 9-10 mails, derefter møde til 11.30",
        "I alt 2,5 timer: 1 t mails, resten møde",
        "1 t mails, resten møde, i alt 2,5",
        "mandag 2,5 timer: 1 t mails, resten af dagen på møde",
        "9-11.30 mails, heraf 1,5 time møde",
        "9-11.30 mails minus halvanden times møde",
    ],
)
def test_the_same_day_in_many_shapes(text: str) -> None:
    assert [(what.lower(), minutes) for what, minutes in found(text)] == [("mails", 60), ("møde", 90)]


def test_a_heading_goes_with_the_lines_below() -> None:
    assert {line.heading for line in read("OS2iot-dag:\n9-10 fejl\n10-11 møde").lines} == {"OS2iot-dag"}


def test_days_are_kept_apart() -> None:
    lines = read("Mandag d. 3/8\n9-10 mails\nTirsdag:\n9-11 kursus").lines
    assert [(line.day, line.what) for line in lines] == [("Mandag d. 3/8", "mails"), ("Tirsdag", "kursus")]


@pytest.mark.parametrize("between", [", ", "; ", ". ", " og "])
def test_days_are_kept_apart_in_one_line(between: str) -> None:
    lines = read(f"mandag 8-12 kursus{between}Tirsdag 8-10 mails").lines
    assert [(line.day, line.what, line.minutes) for line in lines] == [
        ("mandag", "kursus", 240),
        ("Tirsdag", "mails", 120),
    ]


def test_a_line_without_time_is_kept() -> None:
    assert found("- mails 30 min\n- opfølgning på budget\n- møde 1 t") == [
        ("mails", 30),
        ("opfølgning på budget", None),
        ("møde", 60),
    ]


@pytest.mark.parametrize(
    "text", ["10-11 møde med 2-3 kommuner", "8-12 telefonrunde til 10-12 medlemmer", "8-9 1:1 med leder"]
)
def test_other_numbers_in_a_line_are_no_lines_of_their_own(text: str) -> None:
    assert len(found(text)) == 1


def test_several_parts_are_taken_off_the_line_they_are_said_to_be_of() -> None:
    assert found("8-16 kontor, heraf 2 timer møde og 1 time telefon") == [
        ("kontor", 300),
        ("møde", 120),
        ("telefon", 60),
    ]


def test_a_part_may_have_the_product_of_the_whole() -> None:
    assert read("9-12 os2iot (heraf 1 time telefon med leverandør)").lines[1].heading == "os2iot"


@pytest.mark.parametrize(
    ("text", "totals"),
    [
        ("mandag 7,5 timer:\n9-12 mails\n12-16 møde", {"mandag": 450}),
        ("Mandag (7,5 t)\n- 3 t mails\nTirsdag (7 t)\n- 6 t kursus", {"Mandag": 450, "Tirsdag": 420}),
        ("OS2iot 3 timer:\n- 1 t møde\n- 2 t kode", {"OS2iot": 180}),
        ("3 timer os2iot: 1 time møde, 2 timer kode", {"os2iot": 180}),
        ("9-10 mails\n10-11 møde\nI alt 2,0", {"": 120}),
        ("1 time: mails, 2 timer: møde, 1 time: pause", {}),
    ],
)
def test_a_total_is_no_line_but_is_remembered(text: str, totals: dict[str, int]) -> None:
    log = read(text)
    assert log.totals == totals
    assert all(line.minutes not in totals.values() for line in log.lines if len(log.lines) > 1)


def test_what_remains_of_a_day_of_unknown_length_has_no_time() -> None:
    assert found("2 t mails og resten af dagen på os2iot") == [("mails", 120), ("os2iot", None)]


def test_a_night_goes_on_after_midnight() -> None:
    assert [(line.begins, line.ends) for line in read("22-01 nedbrud; 01-02 rapport").lines] == [
        (1320, 1500),
        (1500, 1560),
    ]


def test_a_line_that_ends_before_it_begins_has_no_length() -> None:
    (line,) = read("10-9 møde").lines
    assert (line.what, line.minutes, line.is_timed) == ("møde", None, True)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for line in read(text).lines:
        assert line.what
