"""Times as people write them in a day log: "9-10.15", "kl. 8 til halv ti", "1½ t", "tre kvarter", "1t 15m"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.pattern import Pattern

_DAY = 24 * 60
_NUMBERS = """
    en 1, et 1, a 1, an 1, one 1, to 2, two 2, tre 3, three 3, fire 4, four 4, fem 5, five 5, seks 6, six 6, syv 7,
    seven 7, otte 8, eight 8, ni 9, nine 9, ti 10, ten 10, elleve 11, tolv 12, femten 15, tyve 20, femogtyve 25,
    tredive 30, fyrre 40, femogfyrre 45, halvtreds 50, halvanden 1.5, halvandet 1.5, halvtredje 2.5, par 2
"""
_WORDS = {word: float(value) for word, value in (pair.split() for pair in _NUMBERS.split(","))}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))

_PAST = {"kvart": 15, "kvarter": 15, "fem": 5, "ti": 10, "tyve": 20, "femogtyve": 25}
_CLOCK = r"""(?:(?:kl\b\.?|klokken|ca\.?|at)\s*)*(?:
    halv\s+(?P<Xhalf>\d{1,2}|WORD)\b
  | (?P<Xpast>kvart(?:er)?|fem|tyve|femogtyve|(?:ti|5|10|20|25)(?=\s+min))(?:\s+min\w*\.?)?
    \s+(?P<Xside>over|i)\s+(?P<Xfull>\d{1,2}|WORD)\b
  | (?P<Xhour>[01]?\d|2[0-4])(?:\s*[:.]\s*(?P<Xminute>[0-5]\d))?(?![\d/])(?:\s*(?P<Xhalf_day>[ap]m)\b)?
  | (?P<Xfour>[0-2]\d[0-5]\d)(?!\d))""".replace("WORD", _WORD)
_FROM = _CLOCK.replace("X", "a")
_HOURS = "et|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv"
_FROM_OR_WORD, _UP_TO_OR_WORD = (rf"(?:{_CLOCK}|(?P<Xword>{_HOURS})\b)".replace("X", side) for side in "ab")
_FLAGS = re.IGNORECASE | re.VERBOSE
_RANGE = Pattern(
    rf"""(?<![\w/])(?<!\d[.,])(?:fra\s+|from\s+|mellem\s+)?{_FROM_OR_WORD}
    \s*(?:-{{1,2}}|–|—|−|→|til|to|until|frem\ til)\s*{_UP_TO_OR_WORD}(?![\w%½]|[.,]\d)""",
    _FLAGS,
)
_UNITS = r"(?:t|timer?|time|h|min\w*|m|kvarter)\b"
_START = Pattern(rf"^\W*(?:fra\s+|from\s+)?{_FROM}\s*(?:[:–-]\s+|\s+|$)(?!{_UNITS})", _FLAGS)
_BEGAN = Pattern(
    rf"^\W*(?:jeg\s+)?(?:startede|mødte|begyndte|started|ind)\s+(?:dagen\s+)?{_FROM}(?:\s+(?:med|with))?", _FLAGS
)
_UNTIL = Pattern(rf"\b(?:indtil|frem\ til|til|until|till)\s+{_FROM}(?=\s*(?:$|[,.;)]|og\b|så\b))", _FLAGS)

_AMOUNT = rf"(?:\d+(?:[.,]\d+)?(?:½|\ ?1/2)?|½|(?:{_WORD})\b)"
_NOT_INSIDE = r"(?<![\w.:])(?<!\d,)"
_HOUR = r"(?:timers?|time|times|hours?|hrs?|h|t)"
_MINUTE = r"(?:minutters?|minuts?|minutes?|mins?|m)\b\.?"
_AND = r"\s*(?:og|,|and|\+)?\s*"
_ABOUT = r"(?:god|godt|lille|knap|små|gode|stive|hele|lange)"
_DURATIONS = [
    Pattern(pattern, _FLAGS)
    for pattern in (
        # 2 x 25 min
        rf"{_NOT_INSIDE}(?P<times>\d)\s*(?:[x×*]|gange)\s*(?P<minutes>\d+)\s*{_MINUTE}",
        # 1:30, no time of day: so early nobody works
        r"(?<![\w.,:/-])(?<!kl\ )(?<!kl\.\ )(?<!klokken\ )(?<!til\ )(?<!fra\ )(?<!-\ )"
        r"(?P<hours>0?[0-5]):(?P<minutes>[0-5]\d)(?![\w:/]|\s*(?:[-–—]|til\b))",
        # 1t 15m, 1h30, 2 timer og 20 minutter
        rf"{_NOT_INSIDE}(?P<hours>{_AMOUNT})\s*{_HOUR}\.?{_AND}(?P<minutes>\d{{1,2}})\s*(?:{_MINUTE}|(?![\w.,:]))",
        # en time og et kvarter
        rf"{_NOT_INSIDE}(?P<hours>{_AMOUNT})\s*{_HOUR}\b{_AND}(?P<quarters>{_WORD}|\d)\s+kvarters?\b",
        # to og en halv time, to en halv time
        rf"{_NOT_INSIDE}(?P<hours>{_AMOUNT})\s+(?:(?:og|and)\s+)?(?:en|et|a)\s+(?P<half>halv|half)\s*{_HOUR}\b",
        # en halv time, half an hour, a half hour
        rf"\b(?:(?:en|et|den|a)\s+)?(?:{_ABOUT}\s+)?(?P<half>halve?)\s+times?(?:\s+tid)?\b",
        r"\b(?:a\s+)?(?P<half>half)\s+(?:an\s+)?hour\b",
        # trekvart time, tre kvarter, et kvarter, a quarter of an hour
        r"\b(?P<three_quarters>trekvart|tre\ kvart)(?:er)?(?:\s+times?)?\b",
        rf"{_NOT_INSIDE}(?:(?P<quarters>{_AMOUNT})\s+)?(?:{_ABOUT}\s+)?(?P<quarter>kvarter)s?(?:\s+tid)?\b",
        r"\b(?:a\s+)?(?P<quarter>quarter)\ of\ an\ hour\b",
        # et par timer, 1½ t, 1,5 time, en god time, 3h
        rf"{_NOT_INSIDE}(?:et\s+)?(?P<hours>{_AMOUNT})\s*(?:{_ABOUT}\s+)?{_HOUR}\b\.?(?:\s*tid\b)?",
        rf"{_NOT_INSIDE}(?P<minutes>{_AMOUNT})\s*{_MINUTE}",
    )
]
_TRAILING_BARE = Pattern(r"(?:[\s|:;=(–-]|^)(\d{1,2}[.,](?:00?|25|50?|75)|\d{1,2}½|½)\s*[|)]?\s*$")
_LEADING_BARE = Pattern(r"^\W*(\d{1,2},(?:00?|25|50?|75)|\d{1,2}½|½)\s+(?=[^\W\d])")
_BREAKS = "-*•·–(|.,:;)/\t"
_BEFORE_AMOUNTS = Pattern(r"\b(?:med|om|af|for|på|til|ca\.?|version|uge|side|with|about)\s*$", re.IGNORECASE)
_AFTER_DAY = Pattern(r"\b(?:(?:man|tirs|ons|tors|fre|lør|søn|i\s+)dag|i\s+går)$", re.IGNORECASE)
_EARLIEST = 5 * 60
_LONGEST = 16 * 60


@dataclass(frozen=True, slots=True)
class Span:
    """A time in a text: minutes since midnight for a range, and its length in minutes."""

    start: int
    """Where it begins and ends (exclusive) in the text."""
    end: int
    minutes: int | None
    begins: int | None = None
    ends: int | None = None


def spans(text: str) -> list[Span]:
    """The ranges and durations in a text, in order; a duration beside its own range ("9-10 (1 t)") is left out."""
    found = [*_ranges(text)]
    for pattern in _DURATIONS:
        for match in pattern.finditer(text):
            minutes = _length(match)
            if 0 < minutes <= _LONGEST and not any(_overlap(match, span) for span in found):
                found.append(Span(match.start(), match.end(), minutes))
    if not found:
        found += _bare(text)
    return sorted(found, key=lambda span: span.start)


def start(text: str) -> Span | None:
    """The time of day that a line begins with, where it says nothing about the end."""
    match = _START.match(text)
    minute = _minute(match, "a") if match else None
    return Span(match.start(), match.end(), None, begins=minute) if match and minute is not None else None


def until(text: str) -> Span | None:
    """The time of day up to which something went on ("mails til halv ti")."""
    match = _UNTIL.search(text)
    minute = _minute(match, "a") if match else None
    return Span(match.start(), match.end(), None, ends=minute) if match and minute is not None else None


def began(text: str) -> Span | None:
    """The time of day at which a day began ("startede 8 med mails")."""
    match = _BEGAN.match(text)
    minute = _minute(match, "a") if match else None
    return Span(match.start(), match.end(), None, begins=minute) if match and minute is not None else None


def quarters(minutes: int) -> float:
    """Hours in quarters, as the handbook registers time: the nearest quarter, and never less than one."""
    return max(1, (minutes + 7) // 15) / 4


def clock(minute: int) -> str:
    """A time of day as Danes write it: 9.30."""
    return f"{minute // 60 % 24 if minute > _DAY else minute // 60}.{minute % 60:02}"


def unread(text: str) -> str:
    """What in a description still looks like a time, such as a second range; empty when nothing does."""
    match = next((match for match in _RANGE.finditer(text) if not _amounts(match, text)), None)
    if match is None:
        match = next(
            (match for pattern in _DURATIONS for match in pattern.finditer(text) if match[0][0].isdigit()), None
        )
    return match.group().strip() if match else ""


def _ranges(text: str) -> Iterator[Span]:
    matches = list(_RANGE.finditer(text))
    sure = [span for match in matches if _is_time(match, text) and (span := _range(match)) is not None]
    for match in matches:
        span = _range(match)
        if span is not None and (span in sure or (not _amounts(match, text) and _fits_between(span, sure))):
            yield span


def _range(match: re.Match[str]) -> Span | None:
    """The span of a range; without a length when it ends before it begins ("10-9")."""
    begins, ends = _minute(match, "a"), _minute(match, "b")
    if begins is None or ends is None:
        return None
    if ends <= begins and begins <= 12 * 60 and ends + 12 * 60 > begins and ends < 8 * 60:
        ends += 12 * 60  # 11-1 and 12.30-2 are meant after noon
    if begins >= 18 * 60 and ends <= 8 * 60:
        ends += _DAY  # 22-01 goes over midnight
    if begins < ends and ends - begins <= _LONGEST:
        return Span(match.start(), match.end(), ends - begins, begins, ends)
    backwards = ends < begins and ends >= _EARLIEST and not match.string[: match.start()].strip(_BREAKS + " ")
    return Span(match.start(), match.end(), None, begins, ends) if backwards else None


def _fits_between(span: Span, sure: Sequence[Span]) -> bool:
    """Whether a range without any mark of a time goes on from, or leads up to, those that have one."""
    begins, ends = span.begins or 0, span.ends or 0
    return (
        bool(sure)
        and begins >= _EARLIEST
        and all(
            begins >= (other.ends or 0) if other.start < span.start else ends <= (other.begins or 0) for other in sure
        )
    )


def _amounts(match: re.Match[str], text: str) -> bool:
    """Whether two numbers with a dash count something: "møde med 10-12 kommuner"."""
    return _BEFORE_AMOUNTS.search(text[: match.start()]) is not None


def _is_time(match: re.Match[str], text: str) -> bool:
    """Whether two numbers with a dash are times: "2-3 kommuner" in the middle of a line is none."""
    said = match.group().lower()
    if any(match[f"{side}{part}"] for side in "ab" for part in ("minute", "half", "side", "four")):
        return True
    before, after = text[: match.start()].rstrip(" "), text[match.end() :].lstrip(" ")
    if match["aword"] or match["bword"]:
        return not before or re.search(r"\bkl\b|klokken|fra\b|mellem", said) is not None
    if re.search(r"\bkl\b|klokken|fra|mellem|til|[ap]m", said):
        return True
    if _AFTER_DAY.search(before):
        return True
    return not before or before[-1] in _BREAKS or not after or after[0] in _BREAKS


def _bare(text: str) -> Iterator[Span]:
    """A decimal number at the beginning or end of a line, for hours."""
    for pattern in (_TRAILING_BARE, _LEADING_BARE):
        match = pattern.search(text)
        if match:
            minutes = round(_amount(match[1]) * 60)
            if 0 < minutes <= _LONGEST:
                yield Span(match.start(1), match.end(1), minutes)
                return


def _minute(match: re.Match[str], name: str) -> int | None:
    """Minutes since midnight of a time of day."""
    if match[f"{name}half"]:
        hour, minute = _hour(match[f"{name}half"]) - 1, 30
    elif match[f"{name}full"]:
        past = match[f"{name}past"].lower()
        hour, minute = _hour(match[f"{name}full"]), int(past) if past.isdigit() else _PAST[past]
        if match[f"{name}side"].lower() == "i":
            hour, minute = hour - 1, 60 - minute
    elif match.groupdict().get(f"{name}word"):
        hour, minute = _hour(match[f"{name}word"]), 0
    elif match[f"{name}four"]:
        hour, minute = int(match[f"{name}four"][:2]), int(match[f"{name}four"][2:])
    else:
        hour, minute = int(match[f"{name}hour"]), int(match[f"{name}minute"] or 0)
        if match[f"{name}half_day"]:
            hour = hour % 12 + (12 if match[f"{name}half_day"].lower() == "pm" else 0)
    total = hour * 60 + minute
    return total if 0 <= total <= _DAY else None


def _hour(text: str) -> int:
    return int(text) if text.isdigit() else int(_WORDS[text.lower()])


def _amount(text: str) -> float:
    """The number that digits, a fraction or a word stand for."""
    text = text.lower().strip()
    if text in _WORDS:
        return _WORDS[text]
    half = text.endswith("½") or "½" in text or text.endswith("1/2")
    digits = re.sub(r"½| ?1/2$", "", text).strip().replace(",", ".")
    return (float(digits) if digits else 0.0) + (0.5 if half else 0.0)


def _length(match: re.Match[str]) -> int:
    """The minutes of a duration."""
    part = match.groupdict()
    minutes = _amount(part.get("hours") or "0") * 60 + _amount(part.get("minutes") or "0")
    if part.get("quarters") or part.get("quarter"):
        minutes += _amount(part.get("quarters") or "1") * 15
    minutes += 45 if part.get("three_quarters") else 30 if part.get("half") else 0
    return round(minutes) * int(part.get("times") or 1)


def _overlap(match: re.Match[str], span: Span) -> bool:
    return match.start() < span.end and span.start < match.end()
