"""Days and moments in Danish text: "i morgen", "om 14 dage", "på fredag kl. 10", "den 3.", "uge 45".

English is understood where it is easy. What stands without a year or a month means the next such day. Times are
local times in Denmark.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.pattern import Pattern
from handlers.danish.calendar import MONTH, NUMBER, WEEKDAY, month_number, number_value, weekday_number
from handlers.danish.clock import find_clock
from handlers.danish.workdays import add_working_days

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
START_OF_DAY = time(9)
"""The time of a day that is named without one."""
_DAY = timedelta(days=1)

_WEEKDAY_BEFORE = Pattern(rf"(?:\b(?:på|paa|on)\s+)?\b(?P<day>{WEEKDAY})(?:\s*,\s*|\s+)$", re.IGNORECASE)
_ON = r"(?:\b(?:på|paa|den|d\.|on|the)\s+){0,2}"
_NEXT = r"(?:næste|naeste|next|kommende)"
_YEAR = r"(?:[ ,]+(?:i\s+)?(2[01]\d\d)\b)?"
_SPAN_WORDS = (
    r"hverdage?|arbejdsdage?|dage?|days?|uger?|uges|weeks?|måneder|maaneder|måned|maaned|months?|år|aar|years?"
)


@dataclass(frozen=True, slots=True)
class When:
    """A moment that a text names."""

    at: datetime
    has_clock: bool
    """Whether the text gave a time of day; without one it is `START_OF_DAY`."""
    rest: str
    """The text without the words that name the moment."""
    has_day: bool = True
    """Whether the text gave a day; without one it is the next time that clocks show this."""
    misnamed: str = ""
    """See `Day.misnamed`."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text names, and where in the text it stands."""

    day: date
    start: int
    end: int
    misnamed: str = ""
    """The weekday that the text gives the day, as written, where it is another: "mandag" for a Tuesday."""


def local(day: date, clock: time) -> datetime:
    """The moment at which clocks in Denmark show this time.

    Where the change to summer time skips it, an hour later; where the change back shows it twice, the first.
    """
    return datetime.combine(day, clock, COPENHAGEN).astimezone(UTC).astimezone(COPENHAGEN)


def find_moment(text: str, now: datetime) -> When | None:
    """The moment that a text names, None when it names none. It may have passed ("i dag kl. 8")."""
    now = now.astimezone(COPENHAGEN)
    soon = _IN_HOURS.search(text)
    if soon and _hours(soon):
        at = (now.astimezone(UTC) + _hours(soon)).astimezone(COPENHAGEN)  # not by the clock, which may change
        return When(at, True, cut(text, soon.span()))
    today = now.date()
    day = find_day(text, today)
    clock = find_clock(text if day is None else _blank(text, day))
    if clock is None:
        if day is None:
            return None
        return When(_start_of(day.day, now), False, cut(text, (day.start, day.end)), misnamed=day.misnamed)
    if day is None:
        at = local(today, clock.time)
        at = at if at > now else local(today + _DAY, clock.time)
        return When(at, True, cut(text, (clock.start, clock.end)), has_day=False)
    if day.day == today + 7 * _DAY and _bare_weekday(text, day) and local(today, clock.time) > now:
        day = Day(today, day.start, day.end)
    rest = cut(text, (day.start, day.end), (clock.start, clock.end))
    return When(local(day.day, clock.time), True, rest, misnamed=day.misnamed)


def find_day(text: str, today: date) -> Day | None:
    """The first kind of day that a text names; None when it names none, or a day that does not exist (31 February)."""
    for pattern, read in _DAYS:
        for match in pattern.finditer(text):
            try:
                day = read(match, today)
            except (ValueError, OverflowError):
                continue
            if day is not None:
                return _with_weekday(text, Day(day, match.start(), match.end()))
    return None


def _with_weekday(text: str, day: Day) -> Day:
    """The day together with a weekday in front of it: "mandag den 3. maj"."""
    said = _WEEKDAY_BEFORE.search(text[: day.start])
    if said is None:
        return day
    wrong = weekday_number(said["day"]) != day.day.weekday()
    return Day(day.day, said.start(), day.end, misnamed=said["day"] if wrong else "")


def cut(text: str, *spans: tuple[int, int]) -> str:
    """The text without what stands in the spans, and without the gaps that leaves."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return re.sub(r"\s+([,.:;!?])", r"\1", " ".join(text.split())).strip(" ,;:-")


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the month's last day where it is shorter."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_weekday(weekday: int, today: date) -> date:
    """The next such weekday after today (0 is Monday)."""
    return today + ((weekday - today.weekday() - 1) % 7 + 1) * _DAY


def week_monday(week: int, today: date, year: int | None = None) -> date:
    """The Monday of an ISO week: of the year given, else of the next such week that has not ended.

    Raises ValueError for a week that does not exist.
    """
    if year is not None:
        return date.fromisocalendar(year, week, 1)
    monday = date.fromisocalendar(today.isocalendar().year, week, 1)
    return monday if monday + 6 * _DAY >= today else date.fromisocalendar(today.isocalendar().year + 1, week, 1)


def _start_of(day: date, now: datetime) -> datetime:
    """When to remind of a day: in the morning, or in an hour or two when that has passed."""
    at = local(day, START_OF_DAY)
    if day == now.date() and at <= now:
        return (now + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    return at


def _blank(text: str, day: Day) -> str:
    """The text with the day's figures out of the way, of the same length: "den 3. kl. 10". Its words stay."""
    return text[: day.start] + re.sub(r"[\d./-]", "_", text[day.start : day.end]) + text[day.end :]


def _bare_weekday(text: str, day: Day) -> bool:
    return re.fullmatch(WEEKDAY, text[day.start : day.end].strip(), re.IGNORECASE) is not None


def _hours(match: re.Match[str]) -> timedelta:
    if match["quarter"]:
        return timedelta(minutes=15)
    if match["half"]:
        return timedelta(minutes=30)
    number = number_value(match["number"])
    return timedelta(hours=number) if match["unit"].lower()[0] in "th" else timedelta(minutes=number)


_IN_HOURS = Pattern(
    rf"\b(?:om|in)\s+(?:(?P<quarter>et\s+kvarter)|(?P<half>en\s+halv\s+time|half\s+an\s+hour)"
    rf"|(?P<number>{NUMBER})\s+(?P<unit>timer?|hours?|min(?:ut(?:ter)?|utes?)?\b\.?))\b",
    re.IGNORECASE,
)


def _in_days(match: re.Match[str], today: date) -> date:
    number = number_value(match[1])
    if not number:
        raise ValueError("no days")
    match match[2].lower()[0:2]:
        case "hv" | "ar":
            return add_working_days(today, number)
        case "da":
            return today + number * _DAY
        case "ug" | "we":
            return today + 7 * number * _DAY
        case "må" | "ma" | "mo":
            return add_months(today, number)
    return add_months(today, 12 * number)


def _dated(year: str | None, month: int, day: int, today: date) -> date:
    """The date; without a year the next such day."""
    if year:
        return date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    for candidate in (today.year, *range(today.year + 1, today.year + 9)):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue  # 29 February comes every four years, or eight
        if found >= today:
            return found
    raise ValueError("no such day")


def _day_of_month(match: re.Match[str], today: date) -> date:
    day = int(match[1])
    if not 1 <= day <= 31:
        raise ValueError("no such day")
    for months in range(12):
        first = add_months(today.replace(day=1), months)
        if day <= monthrange(first.year, first.month)[1] and first.replace(day=day) >= today:
            return first.replace(day=day)
    raise ValueError("no such day")


def _weekday(match: re.Match[str], today: date) -> date:
    weekday = weekday_number(match["day"])
    if match["week"]:
        return _in_week(match["day"], match["week"], match["year"], today)
    monday = today - today.weekday() * _DAY
    if match["next"] or match["in_next"]:
        return monday + (7 + weekday) * _DAY
    return next_weekday(weekday, today)


def _in_week(weekday: str, week: str, year: str | None, today: date) -> date:
    return week_monday(int(week), today, int(year) if year else None) + weekday_number(weekday) * _DAY


def _next_period(match: re.Match[str], today: date) -> date:
    if match[1].lower().startswith(("u", "w")):
        return today + (7 - today.weekday()) * _DAY
    if match[1].lower().startswith("m"):
        return add_months(today.replace(day=1), 1)
    return date(today.year + 1, 1, 1)


_DAYS: tuple[tuple[Pattern, Callable[[re.Match[str], date], date | None]], ...] = tuple(
    (Pattern(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (r"\bi\s*overmorgen\b|\bthe day after tomorrow\b", lambda _, today: today + 2 * _DAY),
        (r"\bi\s?morgen\b|\btomorrow\b", lambda _, today: today + _DAY),
        (r"\b(?:i\s?dag|today|i\s(?=formiddag|eftermiddag|aften)|senere)\b", lambda _, today: today),
        (rf"\b(?:om|in)\s+({NUMBER})\s+({_SPAN_WORDS})\b(?:\s+tid\b)?", _in_days),
        (
            r"(?<!\d)(2[01]\d\d)-(\d{1,2})-(\d{1,2})(?!\d)",
            lambda match, _: date(int(match[1]), int(match[2]), int(match[3])),
        ),
        (
            rf"{_ON}(?<!\d)(\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?:of\s+)?({MONTH}){_YEAR}",
            lambda match, today: _dated(match[3], month_number(match[2]), int(match[1]), today),
        ),
        (
            rf"{_ON}\b({MONTH})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?![\d.:]){_YEAR}",
            lambda match, today: _dated(match[3], month_number(match[1]), int(match[2]), today),
        ),
        (
            rf"{_ON}(?<![\d/.])(\d{{1,2}})(?:[./](0?[1-9]|1[0-2])[./-](20\d\d|\d\d)|/(0?[1-9]|1[0-2]))(?![\d/:])",
            lambda match, today: _dated(match[3], int(match[2] or match[4]), int(match[1]), today),
        ),
        (
            r"\b(?:den|d\.|på|paa)\s*(\d{1,2})\.(0?[1-9]|1[0-2])(?![\d/:])",
            lambda match, today: _dated(None, int(match[2]), int(match[1]), today),
        ),
        (
            # a day this late in the month is no time of day: "27.11"
            r"(?<![\d.,/])(2[4-9]|3[01])\.(0?[1-9]|1[0-2])(?![\d/:%]|[.,]\d|\s*(?:kr|timer?|pct|procent)\b)",
            lambda match, today: _dated(None, int(match[2]), int(match[1]), today),
        ),
        (
            rf"\b(?:i\s+)?(?:uge|week)\s+(?P<week>\d{{1,2}})\s*,?\s+(?P<day>{WEEKDAY})\b",
            lambda match, today: _in_week(match["day"], match["week"], None, today),
        ),
        (
            rf"{_ON}(?:\b(?P<next>{_NEXT})\s+)?\b(?P<day>{WEEKDAY})"
            rf"(?:\s+i\s+(?P<in_next>{_NEXT}\s+uge)|,?\s+(?:i\s+)?uge\s+(?P<week>\d{{1,2}})"
            r"(?:[ ,]+(?:i\s+)?(?P<year>2[01]\d\d))?)?\b",
            _weekday,
        ),
        (
            rf"\b(?:i\s+|in\s+)?(?:uge|week)\s+(\d{{1,2}})\b{_YEAR}",
            lambda match, today: week_monday(int(match[1]), today, int(match[2]) if match[2] else None),
        ),
        (rf"\b(?:den|d\.|the)\s*(\d{{1,2}})(?:\.|st\b|nd\b|rd\b|th\b)(?!\d|\s*{MONTH})", _day_of_month),
        (rf"\b(?:i\s+)?{_NEXT}\s+(uge|week|måned|maaned|month|år|aar|year)\b", _next_period),
    )
)
