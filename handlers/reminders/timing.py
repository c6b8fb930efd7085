"""When somebody wants to be reminded, and the words about time that could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.pattern import Pattern
from handlers.danish.calendar import MONTH, NUMBER, ORDINAL, WEEKDAY, number_value
from handlers.danish.clock import find_clock
from handlers.danish.dates import COPENHAGEN, START_OF_DAY, add_months, cut, find_day, find_moment, local
from handlers.danish.words import fold
from handlers.danish.workdays import add_working_days
from handlers.reminders.phrases import find_phrase
from handlers.reminders.recurrence import occurrences

_FARTHEST_MONTHS = 12 * 9
"""How far ahead to look for a rule's next day; 29 February may be eight years away."""
_SPAN = r"(?:dag|uge|måned|maaned|kvartal|år|aar)"
_FROM = Pattern(r"\b(?:fra(?:\s+og\s+med)?|startende|begyndende|from|starting)\s+", re.IGNORECASE)
_TO = Pattern(r"\b(?:(?:frem\s+)?til(?:\s+og\s+med)?|indtil|until|to)\s+", re.IGNORECASE)
_SURELY_UNTIL = Pattern(r"frem|og\s+med|indtil|until", re.IGNORECASE)
_DAYS_OF_ONE_MONTH = Pattern(
    rf"\b(\d{{1,2}})\.?\s*(?:-|–|\b((?:frem\s+)?til(?:\s+og\s+med)?)\b)\s*(?:den\s+|d\.\s*)?(\d{{1,2}})\.?\s*({MONTH})",
    re.IGNORECASE,
)
_UNREAD = Pattern(
    rf"(?:\b(?:og|på|paa|den|d\.|fra|til|indtil|i|om)\s+)*(?:"
    rf"\b(?:undtagen|bortset\s+fra|på\s+nær|(?:dog|men)\s+ikke|except)\b.*"
    rf"|\b(?:hver|hvert|every|each)\b(?:\s+(?:{ORDINAL}\s+)?(?:{WEEKDAY}|hverdag|arbejdsdag|{_SPAN})\b"
    r"|(?=\s*(?:$|[,.;:]|(?:om|at|og)\b)))"
    rf"|(?:(?<=\bi )|(?<=\bom )|(?<=\baf )){_SPAN}(?:en|et)\b"
    r"|\b(?:kl\b\.?|klokken)\s*\d[\d.:-]*|\buge\s+\d+"
    rf"|\b{WEEKDAY}(?:en|e)?\b|(?<=\bi ){MONTH}|\b\d{{1,2}}\.?\s*{MONTH}(?:\s+2\d\d\d)?"
    r"|\bi\s?(?:dag|morgen|overmorgen|aften|eftermiddag|formiddag)\b"
    r"|(?<![\d.,/])\d{1,2}[./]\d{1,2}(?![\d%]|[.,/]\d|\s*(?:kr|mio|mia|pct|procent|timer?)\b)"
    rf"|(?<=\bom )(?:{NUMBER})\s+(?:hver|arbejds)?(?:dage?|uger?|måneder|måned|år|timer?|minutter)\b"
    r"|(?<=\bog )\d{1,2}(?:[.:]\d\d)?\s*$"
    r")",
    re.IGNORECASE,
)
_BY = Pattern(
    rf"^\W*(?:med\s+)?({NUMBER})\s+(hverdage?|arbejdsdage?|dage?|uger?|måned(?:er)?|maaned(?:er)?|år|aar"
    r"|timer?|min(?:ut(?:ter)?)?\.?)(?:\s+(frem|fremad|senere|længere\s+ud|tilbage|tidligere|før))?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Timing:
    """When: at one moment, or by a rule at a time of day."""

    at: datetime | None = None
    rule: str = ""
    clock: time = START_OF_DAY
    first: date | None = None
    """For a rule: not before this day."""
    last: date | None = None
    """For a rule: not after this day."""
    has_day: bool = True
    has_clock: bool = True
    misnamed: str = ""
    """The weekday that the text gives the day, where it is another."""


@dataclass(frozen=True, slots=True)
class Shift:
    """So much later, or earlier where `number` is negative; `unit` as it was typed."""

    number: int
    unit: str

    def of(self, at: datetime) -> datetime:
        """The moment moved: by days and more at the same time of day. Raises OverflowError past the last year."""
        at = at.astimezone(COPENHAGEN)
        match fold(self.unit)[:2]:
            case "ti":
                return (at.astimezone(UTC) + timedelta(hours=self.number)).astimezone(COPENHAGEN)
            case "mi":
                return (at.astimezone(UTC) + timedelta(minutes=self.number)).astimezone(COPENHAGEN)
            case "hv" | "ar":
                day = add_working_days(at.date(), self.number)
            case "da":
                day = at.date() + timedelta(days=self.number)
            case "ug":
                day = at.date() + timedelta(weeks=self.number)
            case "ma":
                day = add_months(at.date(), self.number)
            case _:
                day = add_months(at.date(), 12 * self.number)
        return local(day, at.time())


def find_shift(text: str) -> Shift | None:
    """How far a text, as a whole, moves something: "en uge", "med to dage", "1 time tidligere"."""
    match = _BY.match(text)
    if not match:
        return None
    back = match[3] is not None and fold(match[3]) in ("tilbage", "tidligere", "foer")
    return Shift(number_value(match[1]) * (-1 if back else 1), match[2])


def find_timing(text: str, now: datetime) -> tuple[Timing, str] | None:
    """When a text says, and the text without it; None when it does not say."""
    phrase = find_phrase(text)
    if phrase is None:
        moment = find_moment(text, now)
        if moment is None:
            return None
        timing = Timing(at=moment.at, has_day=moment.has_day, has_clock=moment.has_clock, misnamed=moment.misnamed)
        return timing, moment.rest
    rest = cut(text, (phrase.start, phrase.end))
    today = now.astimezone(COPENHAGEN).date()
    first, last = None, None
    repeats = phrase.repeats or len(phrase.rule.months) > 1  # "den 15. januar og juli" is more than once
    if repeats:
        first, last, rest = _bounds(rest, today)
    clock = find_clock(rest)
    at = clock.time if clock else START_OF_DAY
    rest = cut(rest, (clock.start, clock.end)) if clock else rest
    if repeats:
        rule = " ".join(text[phrase.start : phrase.end].split())
        return Timing(rule=rule, clock=at, first=first, last=last, has_clock=clock is not None), rest
    days = occurrences(phrase.rule, today, add_months(today, _FARTHEST_MONTHS), today)
    moments = (local(occurrence.day, at) for occurrence in days)
    has_clock = clock is not None
    return next(((Timing(at=moment, has_clock=has_clock), rest) for moment in moments if moment > now), None)


def unread(text: str) -> tuple[int, int] | None:
    """Where words about time stand in what is left of a text when its time has been taken out."""
    match = _UNREAD.search(text)
    return match.span() if match else None


def _bounds(text: str, today: date) -> tuple[date | None, date | None, str]:
    """The first and the last day between which a rule counts, and the text without them."""
    text = _DAYS_OF_ONE_MONTH.sub(lambda m: f"{m[1]}. {m[4]} {m[2] or 'til'} {m[3]}. {m[4]}", text)
    first, last = None, None
    opening = _FROM.search(text)
    if opening:
        closing = _TO.search(text, opening.end())
        day = find_day(text[opening.end() : closing.start() if closing else None], today)
        if day and not text[opening.end() : opening.end() + day.start].strip() and not day.misnamed:
            first = day.day
            text = cut(text, (opening.start(), opening.end() + day.end))
    for closing in _TO.finditer(text):
        day = find_day(text[closing.end() :], first or today)
        sure = first is not None or _SURELY_UNTIL.search(closing.group())
        if sure and day and not text[closing.end() : closing.end() + day.start].strip() and not day.misnamed:
            last = day.day
            text = cut(text, (closing.start(), closing.end() + day.end))
            break
    return first, last, text
