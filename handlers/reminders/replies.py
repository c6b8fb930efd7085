"""Understands what people say to a round: "færdig", "OS2iot færdig", "udsæt 3 dage", "hvad mangler?"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from bot.pattern import Pattern
from handlers.danish import words
from handlers.danish.calendar import NUMBER, number_value
from handlers.danish.dates import cut, find_day
from handlers.danish.workdays import add_working_days
from handlers.handbook import Products
from handlers.reminders.plan import Plan, Reminder
from handlers.reminders.topics import find_named

_CHECKS = ("✅", "✔️", "✔", "☑️", "☑", ":check:", ":check_mark:")
_PERIOD = Pattern(r"\b2\d{3}(?:-(?:[KU]?\d{1,2})(?:-\d{1,2})?)?(?!\w)|\b[1-4]\. kvartal\b", re.IGNORECASE)
_DELAY = Pattern(
    rf"\b(?:i\s+|med\s+|for\s+)?({NUMBER})\s+(hverdage?|arbejdsdage?|dage?|days?|uger?|weeks?)\b", re.IGNORECASE
)

_FINISHED = r"(?:faerdig(?:e|t|gjort|meldt)?|done|finished|udfoert|klaret|ordnet|gjort|afsluttet|lukket|luk|afslut)"
_CHECKED = (
    r"(?:ok|okay|fulgt op|opfulgt|bekraeft(?:et|es|er)?|confirm(?:ed)?|rigtige?|korrekte?|tjekket|i orden|stemmer"
    r"|passer)"
)
_CONFIRMS = Pattern(r"\b(?:bekraeft\w*|confirm\w*|rigtige?|korrekte?|stemmer|passer)\b")
_FILLER = (
    r"(?:jeg|vi|den|det|de|alt|nu|er|har|faaet|blevet|bliver|som|med|for|paa|om|og|tak|ja|hele|runden|opgaven"
    r"|paamindelsen|kan|meldes?|meld|marker(?:et|es)?|saa|alle|produkter(?:ne)?|the|is|are|all|it|we|i|am|with|that|godkender(?:e|ne)?)"
)
_DONE = Pattern(rf"(?:{_FILLER} )*{_FINISHED}(?: {_FILLER})*")
_TICK = Pattern(rf"(?:{_FILLER} )*(?:{_FINISHED}|{_CHECKED})(?: (?:{_FILLER}|{_FINISHED}|{_CHECKED}))*")
_UNDO = Pattern(
    rf"(?:{_FILLER} )*(?:ikke (?:{_FILLER} )*(?:{_FINISHED}|{_CHECKED})|fortryd|genaabn|undo)(?: {_FILLER})*"
)
_PUT_OFF = Pattern(
    rf"(?:(?:kan|maa|vil|please|can|could) ?(?:du|vi|jeg|i|you|we)? ?(?:godt |lige )*)?"
    rf"(?:udsaet(?:te)?|udskyde?|postpone|snooze)(?: {_FILLER}| til| by| until| i| lige| godt)*"
)
_STATUS = Pattern(
    r"(?:hvor langt er (?:vi|i)|hvordan (?:gaar|ser) det(?: ud)?|(?:hvad er )?status(?:sen)?|er)(?: vi)?(?: naaet)?"
    r"(?: (?:med|paa|for|af|den|der|styr|lavet|gjort|faerdige?|i maal|udfoert|fulgt op))*"
)
_MISSING = Pattern(
    r"(?:og )?(?:hvad|hvilke|hvilket|er der noget(?: vi)?(?: der)?)(?: \w+)? "
    r"(?:mangler|udestaar|er (?:aaben|aabne|aabent|ikke faerdige?))"
    r"(?: (?:der|vi|jeg|stadig|endnu|nu|i|for|med|at|blive|goere|gjort|foelge op|faa gjort))*"
    r"|mangler (?:der|vi) (?:noget|nogen|mere)(?: endnu)?|hvad (?:er|har vi) ikke (?:gjort|naaet|lavet)(?: endnu)?"
    r"|(?:vis )?(?:alle )?(?:aabne|manglende|ikke faerdige|udestaaende) (?:runder|paamindelser|opgaver)"
    r"|what is (?:missing|open|left)"
)
_LAST = Pattern(
    r"(?:hvem|who) (?:gjorde|lavede|tog(?: sig af)?|stod for|ordnede|klarede|gennemfoerte|gennemgik|fulgte op|did"
    r"|meldte|var)(?: \w+){0,5} (?:sidst|sidste (?:gang|aar|kvartal)|seneste gang|senest|last|last time)(?: \w+){0,3}"
    r"|hvornaar (?:gjorde|lavede|fulgte|gennemgik|blev) (?:(?:vi|i|det|den|op|sidst|senest|gjort|lavet) ?)+(?:paa|med)?"
)


class Act(Enum):
    """What somebody wants with a round."""

    FINISH = "finish"
    TICK = "tick"
    UNDO = "undo"
    PUT_OFF = "put off"
    MISSING = "missing"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody says to a round, and the reminders, periods and products that they name."""

    act: Act
    reminders: tuple[Reminder, ...] = ()
    period: str = ""
    """As the plan's periods are named, "2027-K1"; empty when none is named."""
    products: tuple[str, ...] = ()
    confirms: bool = False
    """Whether it says that something is right ("bekræft", "stemmer"), rather than that it is finished."""
    unclear: tuple[str, ...] = ()
    """Products that one word can mean equally well."""
    until: date | None = None
    """The day to come back to it."""


def understand(text: str, plan: Plan, products: Products, today: date) -> Reply | None:
    """What a text says to a round; None when it is about something else."""
    for check in _CHECKS:
        text = text.replace(check, " færdig ")
    named = products.find(text)
    rest = cut(text, *((mention.start, mention.end) for mention in named))
    delayed = _PUT_OFF.match(" ".join(words(rest)))
    until, rest = _until(rest, today) if delayed else (None, rest)
    period = _PERIOD.search(rest)
    rest = cut(rest, period.span()) if period else rest
    reminders, said = find_named(plan, rest)
    act = _act(said, bool(named), bool(reminders), asks=words(text)[:1] == ["er"])
    if act is None:
        return None
    return Reply(
        act,
        reminders,
        period.group().upper() if period else "",
        tuple(mention.names[0] for mention in named if len(mention.names) == 1),
        unclear=tuple(name for mention in named if len(mention.names) > 1 for name in mention.names),
        confirms=_CONFIRMS.search(said) is not None,
        until=until,
    )


def _act(said: str, product: bool, reminder: bool, asks: bool) -> Act | None:
    """`said` are the words without what they name: a product, a reminder. `asks`: they are a question ("er ...")."""
    if product:
        return Act.TICK if _TICK.fullmatch(said) else Act.UNDO if _UNDO.fullmatch(said) else None
    if reminder and _TICK.fullmatch(said) and not asks:
        return Act.FINISH
    if reminder and _STATUS.fullmatch(said):
        return Act.MISSING
    for pattern, act in (
        (_DONE, Act.FINISH),
        (_UNDO, Act.UNDO),
        (_PUT_OFF, Act.PUT_OFF),
        (_MISSING, Act.MISSING),
        (_LAST, Act.LAST),
    ):
        if pattern.fullmatch(said):
            return act
    return None


def _until(text: str, today: date) -> tuple[date | None, str]:
    """The day that a text puts something off to, and the text without it."""
    match = _DELAY.search(text)
    if match and text[: match.start()].rstrip()[-3:].lower() != " om":
        number, unit = number_value(match[1]), match[2].lower()
        rest = cut(text, match.span())
        if unit.startswith(("h", "a")):
            return add_working_days(today, number), rest
        return today + timedelta(days=number * (7 if unit.startswith(("u", "w")) else 1)), rest
    day = find_day(text, today)
    if day is None:
        return None, text
    return None if day.misnamed else day.day, cut(text, (day.start, day.end))  # a contradiction is asked about
