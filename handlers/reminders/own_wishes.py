"""Understands what people want with their own reminders: new ones, the list, changing and deleting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum

from handlers.danish import stem, words
from handlers.danish.clock import find_clock
from handlers.danish.dates import COPENHAGEN, START_OF_DAY, add_months, cut, find_moment, local
from handlers.reminders.phrases import find_phrase
from handlers.reminders.recurrence import occurrences

_ASKED = (
    r"^\W*(?:hej\W+|@\S+\s+)?(?:(?:kan|vil|gider|må|can|could|would)\s+(?:du|jeg bede dig|you)\s+"
    r"(?:lige\s+|godt\s+|om\s+at\s+)*)?(?:please\s+)?"
)
_NEW = re.compile(
    _ASKED + r"(?:(?:på)?minde?\s+(?:mig|os)\b|minder\s+du\s+(?:mig|os)\b|huske?\s+mig\s+på\b"
    r"|give?\s+mig\s+(?:besked|et\s+(?:praj|hint|vink))\b"
    r"|(?:sæt|opret|lav|tilføj|læg|start)\s+(?:mig\s+)?(?:en\s+|et\s+)?(?:ny\s+|fast\s+|personlig\s+)*"
    r"(?:påmindelse|reminder)\b(?:\s+(?:op|ind)\b)?"
    r"|(?:jeg\s+(?:vil\s+gerne\s+have|skal\s+have|har\s+brug\s+for))\s+en\s+(?:ny\s+)?påmindelse\b|(?:ny\s+)?påmindelse\s*:"
    r"|remind\s+me\b|(?:set|add|create|make)\s+(?:me\s+)?an?\s+reminder\b)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^\W*påmindelse\s+om\b", re.IGNORECASE)
_LEADING = re.compile(r"^(?:[\s:,–-]|(?:om|på|at|til|to|that|about|for|lige)\b)+", re.IGNORECASE)
_QUOTES = "\"'»«„“”"
_LIST = re.compile(
    r"(?:vis |se |list |hvilke |hvad er |alle |show )*(?:mine|egne|my)(?: egne| personlige)? (?:paamindelser|reminders)"
    r"|hvilke paamindelser har jeg(?: \w+){0,3}|hvad (?:skal|vil) du minde mig om"
)
_DELETE = re.compile(
    r"^\W*(?:slet|stop|fjern|afmeld|annuller|annullér|drop|delete|cancel|remove|stop\s+med)\b(?P<what>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_CHANGE = re.compile(r"^\W*(?:ret|ændr|ændre|flyt|udskyd|udsæt|change|move)\b(?P<what>.*)$", re.IGNORECASE | re.DOTALL)
_REMINDER_WORD = re.compile(
    r"\b(?:(?:på|paa)mindelse(?:n|r|rne)?|reminders?|minde mig(?: om)?|reminding me(?: about| of)?)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"^\s*(?:nr\.?|nummer|#)?\s*(\d{1,2})\b(?!\s*(?:[.:/]\s*\d|dage|uger|timer|minutter|hverdage))", re.IGNORECASE
)
_ALL = re.compile(r"^\s*(?:alle|all)\b", re.IGNORECASE)
_CHANNEL = re.compile(
    r"\s*\b(?:i|in|til|på|to)\s+(?:kanalen\s+)?"
    r"#(?:\*\*(?P<linked>[^*>]+)(?:>(?P<topic>[^*]+))?\*\*|(?P<plain>[\w-]+)(?:\s*>\s*(?P<plain_topic>[^:]+?))?(?=[:\s]|$))",
    re.IGNORECASE,
)
_COLON = re.compile(r"(?<!\d):(?!\d)|(?<=\d):(?=\s)")


_FARTHEST_MONTHS = 12 * 9
"""How far ahead to look for a rule's next day; 29 February may be eight years away."""


class Want(Enum):
    """What somebody wants with their reminders."""

    NEW = "new"
    LIST = "list"
    DELETE = "delete"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Timing:
    """When: at one moment, or by a rule at a time of day."""

    at: datetime | None = None
    rule: str = ""
    clock: time = START_OF_DAY


@dataclass(frozen=True, slots=True)
class Wish:
    """What a message asks for."""

    want: Want
    text: str = ""
    """What to be reminded of, or words of the reminder that is meant."""
    number: int | None = None
    everything: bool = False
    timing: Timing | None = None
    channel: str = ""
    topic: str = ""
    named: bool = True
    """Whether the message says that it is about a reminder."""


def understand(text: str, now: datetime) -> Wish | None:
    """What a text asks for; None when it is about something else."""
    if _LIST.fullmatch(" ".join(words(text))):
        return Wish(Want.LIST)
    opening = _NEW.match(text)
    if opening:
        return _new(text[opening.end() :], now)
    for pattern, want in ((_DELETE, Want.DELETE), (_CHANGE, Want.CHANGE)):
        match = pattern.match(text)
        if match:
            return _existing(want, match["what"], now)
    named = _NAMED.match(text)
    if named:
        wish = _new(text[named.end() :], now)
        return wish if wish.timing else None
    return _new(text, now) if _is_dictated(text) else None


def find_timing(text: str, now: datetime) -> tuple[Timing, str] | None:
    """When a text says, and the text without it; None when it does not say."""
    phrase = find_phrase(text)
    if phrase is None:
        moment = find_moment(text, now)
        return (Timing(at=moment.at), moment.rest) if moment else None
    rest = cut(text, (phrase.start, phrase.end))
    clock = find_clock(rest)
    at = clock.time if clock else START_OF_DAY
    rest = cut(rest, (clock.start, clock.end)) if clock else rest
    if phrase.repeats:
        return Timing(rule=" ".join(text[phrase.start : phrase.end].split()), clock=at), rest
    today = now.astimezone(COPENHAGEN).date()
    days = occurrences(phrase.rule, today, add_months(today, _FARTHEST_MONTHS), today)
    moments = (local(occurrence.day, at) for occurrence in days)
    return next(((Timing(at=moment), rest) for moment in moments if moment > now), None)


def _is_dictated(text: str) -> bool:
    """Whether a text is a rule with a time of day or a channel, a colon, and what is to be said then."""
    phrase, colon = find_phrase(text), _COLON.search(text)
    if phrase is None or colon is None or not phrase.repeats or text[: phrase.start].strip(" @*"):
        return False
    return find_clock(text[: colon.start()]) is not None or _CHANNEL.search(text) is not None


def _new(text: str, now: datetime) -> Wish:
    channel, topic, text = _place(text)
    colon = _COLON.search(text)
    before = text[: colon.start()] if colon else ""
    if colon and (found := find_timing(before, now)) and not _LEADING.sub("", found[1]).strip():
        return Wish(Want.NEW, _subject(text[colon.end() :]), timing=found[0], channel=channel, topic=topic)
    found = find_timing(_outside_quotes(text), now)
    timing, rest = found if found else (None, text)
    quoted = re.search(r"»(.+?)«", text)
    return Wish(Want.NEW, quoted[1] if quoted else _subject(rest), timing=timing, channel=channel, topic=topic)


def _existing(want: Want, what: str, now: datetime) -> Wish | None:
    named = _REMINDER_WORD.search(what)
    rest = what[: named.start()] + what[named.end() :] if named else what
    number = _NUMBER.match(re.sub(r"^\s*(?:min|mine|den|the|my)\b", "", rest))
    if not named and not number:
        return None
    rest = rest[number.end() :] if number else rest
    everything = bool(named and _ALL.match(what))
    found = find_timing(rest, now) if want is Want.CHANGE else None
    timing, rest = found if found else (None, rest)
    rest = re.sub(r"\b(?:til|to)\s*$", "", rest)
    return Wish(want, _subject(rest), int(number[1]) if number else None, everything, timing, named=bool(named))


def _place(text: str) -> tuple[str, str, str]:
    """The channel and topic that a text names, and the text without them."""
    match = _CHANNEL.search(text)
    if not match:
        return "", "", text
    topic = match["topic"] or match["plain_topic"] or ""
    return (match["linked"] or match["plain"]).strip(), topic.strip(), text[: match.start()] + text[match.end() :]


def _outside_quotes(text: str) -> str:
    """What the time is looked for in: words in »...« are the reminder's own."""
    return re.sub(r"»(.+?)«", lambda match: "»" + "_" * len(match[1]) + "«", text)


def _subject(text: str) -> str:
    return _LEADING.sub("", text).strip().strip(_QUOTES).strip(" .,:;?–-")


def alike(text: str, wanted: str) -> bool:
    """Whether the words that somebody names a reminder by are all in its text."""
    have = {stem(word) for word in words(text)}
    asked = [
        stem(word)
        for word in words(wanted)
        if word not in ("om", "at", "den", "min", "mig", "paa", "det", "about", "the")
    ]
    return bool(asked) and all(any(word in known or known in word for known in have) for word in asked)
