"""What the command line shows and writes. Now is 19 August 2026."""

from __future__ import annotations

import io
import json
from pathlib import Path

import icalendar
import pytest
from PIL import Image

from bot.contracts import UserError
from handlers.handbook import Handbook
from handlers.reminders import Planner
from handlers.reminders.calendar_file import calendar_file
from handlers.reminders.plan import Plan
from handlers.reminders.planner import picture
from handlers.reminders.schedule import next_event
from handlers.reminders.wheel import HEIGHT, WIDTH
from tests.conversation import NOW
from tests.handlers.reminders.plans import reminder, shipped


@pytest.fixture
def planner(handbook: Handbook) -> Planner:
    return Planner(shipped(), handbook)


def test_a_line_has_the_period_and_the_moment_with_its_offset(planner: Planner) -> None:
    [line] = planner.lines(NOW, "2027-04-01", "2027-04-30", as_json=True)

    assert json.loads(line) == {
        "id": "budget",
        "title": "Budgetopfølgning",
        "period": "2027-K1",
        "at": "2027-04-14T09:00:00+02:00",
    }


def test_both_ends_are_included(planner: Planner) -> None:
    assert len(list(planner.lines(NOW, "2027-04-14", "2027-04-14", as_json=True))) == 1
    assert not list(planner.lines(NOW, "2027-04-15", "2027-06-30", as_json=True))


def test_without_dates_it_is_the_coming_year_in_words(planner: Planner) -> None:
    lines = list(planner.lines(NOW))

    assert lines[0] == "onsdag den 14. oktober 2026 kl. 9.00: Budgetopfølgning for 3. kvartal 2026"
    assert len(lines) == 5


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("snart", None, "»snart« er ikke en dato"),
        (None, "2027-02-30", "»2027-02-30« er ikke en dato"),
        ("2027-02-01", "2027-01-01", "ligger før"),
        ("2027-01-01", "2127-01-01", "højst 60 år"),
    ],
)
def test_wrong_dates_are_told_in_a_sentence(planner: Planner, first: str | None, last: str | None, says: str) -> None:
    with pytest.raises(UserError, match=says):
        list(planner.lines(NOW, first, last))


def test_the_calendar_file_is_read_back_with_every_event_at_its_moment(planner: Planner, tmp_path: Path) -> None:
    planner.save_calendar(tmp_path / "plan.ics", NOW, "2027-01-01", "2027-12-31")
    calendar = icalendar.Calendar.from_ical((tmp_path / "plan.ics").read_bytes())
    written = [(str(event["SUMMARY"]), event.decoded("DTSTART").isoformat()) for event in calendar.walk("VEVENT")]
    expected = [json.loads(line) for line in planner.lines(NOW, "2027-01-01", "2027-12-31", as_json=True)]

    assert not calendar.errors
    assert len({str(event["UID"]) for event in calendar.walk("VEVENT")}) == len(written) == len(expected)
    assert written[0] == ("Budgetopfølgning for 4. kvartal 2026", "2027-01-15T08:00:00+00:00")


def test_the_calendar_file_keeps_every_character_and_breaks_no_long_line_apart(handbook: Handbook) -> None:
    title = 'æøå\\"; og, 🎉 ' * 9
    event = next_event(
        reminder("hver mandag", title=json.dumps(title, ensure_ascii=False), checklist='["a, b", "c; d"]'), NOW
    )
    assert event is not None
    content = calendar_file([event], handbook, NOW)
    [read] = icalendar.Calendar.from_ical(content).walk("VEVENT")

    assert str(read["SUMMARY"]).startswith(title)
    assert str(read["DESCRIPTION"]) == "- a, b\n- c; d"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_file_that_cannot_be_written_is_told(planner: Planner, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="kan ikke skrives"):
        planner.save_calendar(tmp_path / "ingen" / "plan.ics", NOW)


def _pixels(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_the_picture_is_opaque_and_dark_with_light_text(planner: Planner, tmp_path: Path) -> None:
    planner.save_picture(tmp_path / "plan.png", NOW)
    image = Image.open(tmp_path / "plan.png")
    grey = image.convert("L").tobytes()

    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (WIDTH, HEIGHT))
    assert sorted(grey)[len(grey) // 4] < 60  # the ground
    assert max(grey) > 230  # the text


def test_the_picture_shows_what_the_plan_says() -> None:
    day = NOW.date()
    empty = _pixels(picture(Plan(), 2026, day))
    spring = _pixels(picture(Plan(reminder=(reminder("den 2. februar"),)), 2026, day))
    autumn = _pixels(picture(Plan(reminder=(reminder("den 2. september"),)), 2026, day))
    right, left = (WIDTH * 3 // 4, 0, WIDTH, HEIGHT - 60), (0, 0, WIDTH // 4, HEIGHT)

    assert spring.crop(right) != empty.crop(right)
    assert spring.crop(left) == empty.crop(left)
    assert autumn.crop(left) != empty.crop(left)
    assert autumn.crop(right) == empty.crop(right)


def test_a_crowded_year_with_long_titles_can_be_drawn() -> None:
    crowd = tuple(
        reminder(rule, id=f'"r{number}"', title=f'"{"Meget lang titel " * 9}"')
        for number, rule in enumerate(["hver dag", "hver mandag", *["sidste hverdag i måneden"] * 5])
    )

    assert _pixels(picture(Plan(reminder=crowd), 2028, NOW.date())).size == (WIDTH, HEIGHT)
