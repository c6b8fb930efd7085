"""Understands what people want with their own reminders: new ones, the list, changing and deleting."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.pattern import Pattern
from handlers.danish import stem, words
from handlers.danish.clock import find_clock
from handlers.danish.dates import COPENHAGEN, cut, find_day
from handlers.reminders.phrases import find_phrase
from handlers.reminders.timing import Shift, Timing, find_shift, find_timing, unread

_ASKED = (
    r"^\W*(?:hej\W+|@\S+\s+)?(?:(?:kan|vil|gider|må|can|could|would)\s+(?:du|jeg bede dig|you)\s+"
    r"(?:lige\s+|godt\s+|om\s+at\s+)*)?(?:please\s+)?"
)
_NEW = Pattern(
    _ASKED + r"(?:(?:på)?minde?\s+(?:mig|os)\b|minder\s+du\s+(?:mig|os)\b|huske?\s+mig\s+på\b"
    r"|give?\s+(?:mig\s+)?(?:besked|lyd|et\s+(?:praj|hint|vink|kald))\b|(?:prikke?\s+(?:til|på)|ping(?:e)?|skubbe?\s+til)\s+mig\b"
    r"|(?:sæt|opret|lav|tilføj|læg|start)\s+(?:mig\s+)?(?:en\s+|et\s+)?(?:ny\s+|fast\s+|personlig\s+)*"
    r"(?:påmindelse|reminder)\b(?:\s+(?:op|ind)\b)?"
    r"|(?:jeg\s+(?:vil\s+gerne\s+have|skal\s+have|har\s+brug\s+for))\s+en\s+(?:ny\s+)?påmindelse\b|(?:ny\s+)?påmindelse\s*(?::|(?=(?:hver|på|i\s+morgen|om|den|kl)\b[^:]*:))"
    r"|remind\s+me\b|(?:set|add|create|make)\s+(?:me\s+)?an?\s+reminder\b)",
    re.IGNORECASE,
)
_NAMED = Pattern(r"^\W*påmindelse\s+om\b", re.IGNORECASE)
_FOR_ANOTHER = Pattern(_ASKED + r"(?:på)?minde?\s+(?!mig\b|os\b)[^\W\d]+(?:\s+[^\W\d]+)?\s+om\b", re.IGNORECASE)
_LEADING = Pattern(r"^(?:[\s:,–-]|(?:om|på|at|til|to|that|about|for|lige)\b)+", re.IGNORECASE)
_QUOTES = "\"'»«„“”"
_LIST = Pattern(
    r"(?:vis |se |list |hvilke |hvad er |alle |show )*(?:mine|egne|my)(?: egne| personlige)? (?:paamindelser|reminders)"
    r"|hvilke paamindelser har jeg(?: \w+){0,3}|hvad (?:skal|vil) du (?:minde mig om|huske mig paa)"
    r"|hvad har jeg bedt dig (?:om )?(?:at )?(?:om )?(?:huske|minde)(?: mig)?(?: paa| om)?"
    r"|(?:har jeg|er der) (?:nogen|nogle) (?:egne )?paamindelser"
)
_DELETE = Pattern(
    r"^\W*(?:slet|stop|fjern|afmeld|annuller|annullér|drop|delete|cancel|remove|stop\s+med)\b(?P<what>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_CHANGE = Pattern(r"^\W*(?:ret|ændr|ændre|flyt|udskyd|udsæt|change|move)\b(?P<what>.*)$", re.IGNORECASE | re.DOTALL)
_REMINDER_WORD = Pattern(
    r"\b(?:(?:på|paa)mindelse(?:n|r|rne)?|reminders?|minde mig(?: om)?|reminding me(?: about| of)?)\b",
    re.IGNORECASE,
)
_NUMBERS = Pattern(
    r"^\s*(?:nr\.?|nummer|numrene|#)?\s*(\d{1,2}(?:\s*(?:,|\bog\b|&|\+|-|–|,\s*og\b)\s*(?:nr\.?\s*|#)?\d{1,2})*)\b"
    r"(?!\s*(?:[.:/]\s*\d|dage?\b|uger?\b|timer?\b|minut|hverdage?\b|arbejdsdag|måned|år\b))",
    re.IGNORECASE,
)
_ALL = Pattern(r"^\s*(?:dem\s+)?(?:alle|all)(?:\s+sammen)?\b", re.IGNORECASE)
_IT = Pattern(r"^\s*(?:den|det|dem|it|that|them)\b(?:\s+(?:her|der|igen|alligevel)\b)*", re.IGNORECASE)
_THEM = Pattern(r"^\s*(?:dem|them)\b", re.IGNORECASE)
_RENAMES = Pattern(r"^\W*(?:ret|ændre?|change)\b", re.IGNORECASE)
_AND = Pattern(r"\s*(?:;|,?\s+og\b(?!\s+med\b)|,\s+and\b|\s+and\b)\s*", re.IGNORECASE)
_THEN = Pattern(r"\b(?:om|at|about|to)\b", re.IGNORECASE)
_DANGLING = Pattern(r"(?:\s+(?:inden|senest|til|fra|på|den|og|(?-i:kl)\.?))+$", re.IGNORECASE)
_NO = Pattern(
    r"(?:(?:nej|aah|hov|ups|no|tak|bare|saa|men) )*(?:(?:glem|drop|annuller|stop|fortryd|skip)(?: (?:det|den|igen))*"
    r"|lad (?:det|den) (?:vaere|ligge)|ellers tak|nej tak|det er lige meget|never mind|forget it|cancel)"
    r"(?: (?:alligevel|igen|tak|saa))*"
)
_INSTEAD = Pattern(
    r"^\W*(?:(?:nej|hov|ups|undskyld|vent|no|faktisk|rettelse|hellere|i\s+stedet|jeg\s+(?:mente|mener)|i\s+mean"
    r"|(?:det|den)\s+(?:skal|skulle)\s+(?:være|hellere\s+være)|gør\s+(?:det|den)\s+til)\b\W*)+",
    re.IGNORECASE,
)
_POLITE = {"i", "stedet", "hellere", "tak", "instead", "please", "saa", "gerne"}
_CHANNEL = Pattern(
    r"\s*\b(?:i|in|til|på|to)\s+(?:kanalen\s+)?"
    r"#(?:\*\*(?P<linked>[^*>]+)(?:>(?P<topic>[^*]+))?\*\*|(?P<plain>[\w-]+)(?:\s*>\s*(?P<plain_topic>[^:]+?))?(?=[:\s]|$))",
    re.IGNORECASE,
)
_COLON = Pattern(r"(?<!\d):(?!\d)|(?<=\d):(?=\s)")


class Want(Enum):
    """What somebody wants with their reminders."""

    NEW = "new"
    LIST = "list"
    DELETE = "delete"
    CHANGE = "change"
    DROP = "drop"
    """What was just made, or just asked about, is not wanted after all."""
    FOR_ANOTHER = "for another"
    """A reminder for somebody else, which there is none of."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a message asks for."""

    want: Want
    text: str = ""
    """What to be reminded of, or words of the reminder that is meant."""
    numbers: tuple[int, ...] = ()
    everything: bool = False
    """All of the asker's reminders, or all that are spoken of."""
    just_spoken_of: bool = False
    """Whether it means what the conversation is about: "flyt den til mandag"."""
    timing: Timing | None = None
    shift: Shift | None = None
    unread: str = ""
    """Words about time that were not understood. Then the time that was found may be another than the one meant."""
    renames: bool = False
    """For CHANGE: whether `text` is a new text."""
    channel: str = ""
    topic: str = ""
    named: bool = True
    """Whether the message says that it is about a reminder."""
    also: Wish | None = None
    """A second new reminder in the same message."""


def understand(text: str, now: datetime) -> Wish | None:
    """What a text asks for; None when it is about something else."""
    if _LIST.fullmatch(" ".join(words(text))):
        return Wish(Want.LIST)
    opening = _NEW.match(text)
    if opening:
        return _new(text[opening.end() :], now)
    if _FOR_ANOTHER.match(text):
        return Wish(Want.FOR_ANOTHER)
    for pattern, want in ((_DELETE, Want.DELETE), (_CHANGE, Want.CHANGE)):
        match = pattern.match(text)
        if match:
            return _existing(want, match["what"], now, renames=_RENAMES.match(text) is not None)
    named = _NAMED.match(text)
    if named:
        wish = _new(text[named.end() :], now)
        return wish if wish.timing else None
    return _new(text, now) if _is_dictated(text) else None


def follow_up(text: str, now: datetime) -> Wish | None:
    """What a text asks for right after a reminder was made or asked about: "nej, kl. 11", "glem det"."""
    if _NO.fullmatch(" ".join(words(text))):
        return Wish(Want.DROP, just_spoken_of=True)
    without = _INSTEAD.sub("", text)
    deleted = _DELETE.match(without)
    if deleted and _IT.fullmatch(deleted["what"].rstrip(" .!")):
        several = _THEM.match(deleted["what"]) is not None
        return Wish(Want.DELETE, everything=several, just_spoken_of=True, named=False)
    changed = _CHANGE.match(without)
    if changed and _IT.match(changed["what"]):
        return _existing(Want.CHANGE, changed["what"], now, renames=_RENAMES.match(without) is not None)
    found = find_timing(without, now)
    if found and not set(words(found[1])) - _POLITE:
        return Wish(Want.CHANGE, just_spoken_of=True, timing=found[0], named=False)
    return None


def _is_dictated(text: str) -> bool:
    """Whether a text is a rule with a time of day or a channel, a colon, and what is to be said then."""
    phrase, colon = find_phrase(text), _COLON.search(text)
    if phrase is None or colon is None or not phrase.repeats or text[: phrase.start].strip(" @*"):
        return False
    return find_clock(text[: colon.start()]) is not None or _CHANNEL.search(text) is not None


def _new(text: str, now: datetime) -> Wish:
    channel, topic, text = _place(text)
    return replace(_two(text, now) or _one(text, now), channel=channel, topic=topic)


def _two(text: str, now: datetime) -> Wish | None:
    """Two reminders in one message, each with a text and a time: "om løn på mandag og om ferie på tirsdag"."""
    for joint in _AND.finditer(_outside_quotes(text)):
        first = _one(text[: joint.start()], now)
        if first.text and first.timing and not first.unread:
            second = _two(text[joint.end() :], now) or _one(text[joint.end() :], now)
            if second.text and second.timing:
                return replace(first, also=second)
    return None


def _one(text: str, now: datetime) -> Wish:
    colon = _COLON.search(text)
    before = text[: colon.start()] if colon else ""
    if colon and (found := find_timing(before, now)) and not _LEADING.sub("", found[1]).strip():
        return Wish(Want.NEW, _subject(text[colon.end() :]), timing=found[0])
    masked = _outside_quotes(text)
    if ahead := _time_ahead(masked, now):
        return Wish(Want.NEW, _subject(text[ahead[1] :]), timing=ahead[0])
    found = find_timing(masked, now)
    timing, rest = found if found else (None, masked)
    unclear, rest = _without_unread(rest)
    quoted = re.search(r"»(.+?)«", text)
    subject = quoted[1] if quoted else _subject(rest if found or unclear else text)
    return Wish(Want.NEW, subject, timing=timing, unread=unclear)


def _time_ahead(text: str, now: datetime) -> tuple[Timing, int] | None:
    """The time in front, and where the rest begins, when that names a day of its own: "i morgen om mødet på fredag"."""
    today = now.astimezone(COPENHAGEN).date()
    for then in _THEN.finditer(text):
        found = find_timing(text[: then.start()], now)
        if found and found[0].at and found[0].has_day and not _subject(found[1]):
            return (found[0], then.end()) if find_day(text[then.end() :], today) else None
    return None


def _without_unread(text: str) -> tuple[str, str]:
    """The words about time in what is left of a text, and the text without them."""
    span = unread(text)
    return (text[span[0] : span[1]].strip(), cut(text, span)) if span else ("", text)


def _existing(want: Want, what: str, now: datetime, *, renames: bool) -> Wish | None:
    named = _REMINDER_WORD.search(what)
    rest = what[: named.start()] + what[named.end() :] if named else what
    number = _NUMBERS.match(re.sub(r"^\s*(?:min|mine|den|the|my)\b", "", rest))
    it = _IT.match(rest) if not named and not number else None
    everything = _ALL.match(what) is not None
    if not named and not number and not it and not everything:
        return None
    if number:
        rest = re.sub(r"^\s*(?:min|mine|den|the|my)\b", "", rest)[number.end() :]
    elif it:
        rest = rest[it.end() :]
    numbers = _listed(number[1]) if number else ()
    wish = Wish(
        want, _subject(rest), numbers, everything, named=bool(named), just_spoken_of=bool(it) and not everything
    )
    if want is Want.DELETE:
        return wish
    shift = find_shift(rest) if number or it else None
    if shift:
        return replace(wish, text="", shift=shift)
    found = find_timing(_outside_quotes(rest), now) if not re.match(r"\s*:", rest) else None
    timing, rest = found if found else (None, rest)
    unclear, rest = _without_unread(rest) if found or not renames else ("", rest)
    rest = re.sub(r"\b(?:til|to)\s*$", "", rest)
    return replace(wish, text=_subject(rest), timing=timing, unread=unclear, renames=renames and timing is None)


def _listed(text: str) -> tuple[int, ...]:
    """The numbers of "1, 2 og 4" or "1-3", each once."""
    numbers: list[int] = []
    for first, last in re.findall(r"(\d+)(?:\s*[-–]\s*(\d+))?", text):
        numbers += range(int(first), int(last or first) + 1)
    return tuple(dict.fromkeys(numbers))


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
    text = _LEADING.sub("", text).strip().strip(_QUOTES).strip(" .,:;?–-")
    return _DANGLING.sub("", text)


def alike(text: str, wanted: str) -> bool:
    """Whether the words that somebody names a reminder by are all in its text."""
    have = {stem(word) for word in words(text)}
    asked = [
        stem(word)
        for word in words(wanted)
        if word not in ("om", "at", "den", "min", "mig", "paa", "det", "about", "the")
    ]
    return bool(asked) and all(any(word in known or known in word for known in have) for word in asked)
