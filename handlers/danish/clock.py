"""Times of day in Danish: "kl. 10", "halv ti", "kvart over 9", "14:30", "fredag eftermiddag"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from bot.pattern import Pattern
from handlers.danish.calendar import NUMBER, number_value

_PARTS_OF_THE_DAY = {"morgen": time(8), "formiddag": time(10), "middag": time(12), "eftermiddag": time(14)}
_PARTS_OF_THE_DAY |= {"aften": time(19), "tidlig": time(8), "morning": time(8), "noon": time(12), "afternoon": time(14)}
_MINUTES = {"kvart": 15, "femogtyve": 25}
_EARLIEST_HOUR = 7
"""An hour below this, written without a leading zero, is meant after noon: nobody meets "kl. 3" at night."""

_AT = r"(?:(?:kl\b\.?|klokken)\s*)"
_HALF = Pattern(rf"\b{_AT}?halv\s+({NUMBER})\b", re.IGNORECASE)
_PAST = Pattern(
    rf"\b{_AT}?(kvart|fem|ti|tyve|femogtyve|5|10|20|25)(?:\s+min(?:ut(?:ter)?)?\.?)?\s+(i|over)\s+({NUMBER})\b(?!\s*(?:dage?|uger?|m))",
    re.IGNORECASE,
)
_UNTIL = r"(?:\s*(?:-|–|\btil\s|\bto\s)\s*\d{1,2}(?:[.:][0-5]\d)?(?![\d/.:]))?"
"""The end of a stretch of hours, which begins at the time that is meant: "kl. 9-10"."""
_NAMED = Pattern(
    rf"\b{_AT}(?:(\d{{1,2}})([0-5]\d)|({NUMBER})(?:\s*[.:]\s*([0-5]\d))?)(?![\d/]|[^\W\d]){_UNTIL}", re.IGNORECASE
)
_AT_ENGLISH = Pattern(
    r"\bat\s+(\d{1,2})(?::([0-5]\d))?(?:\s*o'clock)?(?=\s*(?:$|[.,;!?]|to\b|on\b|about\b|today\b|tomorrow\b))",
    re.IGNORECASE,
)
_DIGITS = Pattern(r"(?<![\d.,/-])(\d{1,2})(?::([0-5]\d)|\.(00|15|30|45|[2-5]\d))(?![\d.,/-]|\.\d)", re.IGNORECASE)
_ENGLISH = Pattern(r"(?:\bat\s+)?(?<![\d.:])(\d{1,2})(?::([0-5]\d))?\s*([ap]m)\b", re.IGNORECASE)
_PART = Pattern(
    r"\b(?:(?:om|i|in the)\s+)?(formiddag|eftermiddag|aften|morning|afternoon)(?:en)?\b"
    r"|\b(?:ved|til|at)\s+(middag|noon)(?:s?tid)?\b|(?<=dag )(morgen)\b|(?<=i morgen )(tidlig)t?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, and where in the text it stands."""

    time: time
    start: int
    end: int


def find_clock(text: str) -> Clock | None:
    """The first time of day in a text; None when there is none, or it is no time ("kl. 27")."""
    for read in (_half, _past, _english, _named, _at, _digits, _part):
        clock = read(text)
        if clock:
            return clock
    return None


def _half(text: str) -> Clock | None:
    match = _HALF.search(text)
    return _clock(match, number_value(match[1]) - 1, 30, match[1]) if match else None


def _past(text: str) -> Clock | None:
    match = _PAST.search(text)
    if not match:
        return None
    minutes = _MINUTES.get(match[1].lower()) or number_value(match[1])
    hour = number_value(match[3])
    if match[2].lower() == "i":
        hour, minutes = hour - 1, 60 - minutes
    return _clock(match, hour, minutes, match[3])


def _named(text: str) -> Clock | None:
    for match in _NAMED.finditer(text):
        written = match[1] or match[3]
        clock = _clock(match, number_value(written), int(match[2] or match[4] or 0), written)
        if clock:
            return clock
    return None


def _at(text: str) -> Clock | None:
    match = _AT_ENGLISH.search(text)
    return _clock(match, int(match[1]), int(match[2] or 0), match[1]) if match else None


def _digits(text: str) -> Clock | None:
    match = _DIGITS.search(text)
    return _clock(match, int(match[1]), int(match[2] or match[3]), "0" + match[1]) if match else None


def _english(text: str) -> Clock | None:
    match = _ENGLISH.search(text)
    return _clock(match, int(match[1]), int(match[2] or 0), match[1], match[3]) if match else None


def _part(text: str) -> Clock | None:
    match = _PART.search(text)
    if not match:
        return None
    word = next(group for group in match.groups() if group).lower()
    return Clock(_PARTS_OF_THE_DAY[word], match.start(), match.end())


def _clock(match: re.Match[str], hour: int, minute: int, written: str, half: str | None = None) -> Clock | None:
    """The time of a match; `written` is the hour as typed, `half` "am" or "pm"."""
    if half:
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    elif hour < _EARLIEST_HOUR and not written.startswith("0") and hour >= 0:
        hour += 12
    if not (0 <= hour < 24 and 0 <= minute < 60):
        return None
    return Clock(time(hour, minute), match.start(), match.end())
