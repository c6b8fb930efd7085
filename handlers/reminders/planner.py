"""What will be sent when, for the command line: as lines, as a calendar file and as a picture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.contracts import UserError
from handlers.danish.calendar import long_time
from handlers.danish.dates import COPENHAGEN, add_months, find_day, local
from handlers.handbook import Handbook
from handlers.reminders.calendar_file import calendar_file
from handlers.reminders.plan import Plan
from handlers.reminders.schedule import Event, schedule
from handlers.reminders.texts import period_name

_LONGEST = 60
"""Years that are listed at most."""


class Planner:
    """The plan laid out in time.

    `first` and `last` are dates as people write them ("2027-01-31", "den 3. maj"), both included; without them it is
    the coming year from `now`. Every method raises UserError for what is no date.
    """

    def __init__(self, plan: Plan, handbook: Handbook) -> None:
        self._plan = plan
        self._handbook = handbook

    def lines(
        self, now: datetime, first: str | None = None, last: str | None = None, *, as_json: bool = False
    ) -> Iterator[str]:
        """One line a reminder, for people; or as JSON with id, title, period and the moment in ISO 8601."""
        events = events_between(self._plan, *_days(now, first, last))
        for event in events:
            yield json.dumps(_as_data(event), ensure_ascii=False) if as_json else _as_text(event)
        if not events and not as_json:
            yield "Der er ingen påmindelser i den tid."

    def save_calendar(self, file: Path, now: datetime, first: str | None = None, last: str | None = None) -> None:
        """Writes an iCalendar file that Outlook and Nextcloud read. Raises UserError when it cannot be written."""
        _write(file, calendar_file(events_between(self._plan, *_days(now, first, last)), self._handbook, now))

    def save_picture(self, file: Path, now: datetime, first: str | None = None) -> None:
        """Writes the year of `first` (else this year) as a wheel, a PNG. Raises UserError when it cannot be written."""
        today = now.astimezone(COPENHAGEN).date()
        _write(file, picture(self._plan, _day(first, today).year if first else today.year, today))


def events_between(plan: Plan, first: date, last: date) -> list[Event]:
    """All that falls due from `first` to `last`, both included, oldest first."""
    instant = timedelta(microseconds=1)
    return schedule(plan, local(first, time()) - instant, local(last + timedelta(days=1), time()) - instant)


def picture(plan: Plan, year: int, today: date) -> bytes:
    """The year as a wheel, a PNG."""
    from handlers.reminders.wheel import year_wheel  # here, for only pictures need the drawing library

    return year_wheel(events_between(plan, date(year, 1, 1), date(year, 12, 31)), year, today)


def _as_data(event: Event) -> dict[str, str]:
    return {
        "id": event.reminder.id,
        "title": event.reminder.title,
        "period": event.period,
        "at": event.at.isoformat(),
    }


def _as_text(event: Event) -> str:
    return f"{long_time(event.at)}: {event.reminder.title} for {period_name(event.period)}"


def _days(now: datetime, first: str | None, last: str | None) -> tuple[date, date]:
    today = now.astimezone(COPENHAGEN).date()
    begin = _day(first, today) if first else today
    end = _day(last, today) if last else add_months(begin, 12)
    if end < begin:
        raise UserError(f"Den sidste dag ({end}) ligger før den første ({begin}).")
    if end.year - begin.year > _LONGEST:
        raise UserError(f"Vælg højst {_LONGEST} år ad gangen.")
    return begin, end


def _day(text: str, today: date) -> date:
    found = find_day(text, today)
    if found is None:
        raise UserError(f"»{text}« er ikke en dato. Skriv fx 2027-01-31.")
    return found.day


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise UserError(f"{file} kan ikke skrives ({error.strerror}).") from None
