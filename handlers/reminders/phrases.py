"""Rules as people write them: "hver mandag", "den 15. i hver måned", "10 hverdage efter kvartalets udløb"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.pattern import Pattern
from handlers.danish.calendar import (
    MONTH,
    NUMBER,
    ORDINAL,
    WEEKDAY,
    month_number,
    number_value,
    ordinal_value,
    weekday_number,
)
from handlers.danish.words import fold
from handlers.reminders.recurrence import Cycle, Rule, Unit

EXAMPLES = (
    "hver mandag", "hver anden onsdag", "den 15. i hver måned", "sidste hverdag i måneden", "hvert år den 1. februar",
    "10 hverdage efter kvartalets udløb", "5 hverdage før den 1. maj",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """A rule found in a text, and where it stands."""

    rule: Rule
    repeats: bool
    """False where the words mean the next time only: "sidste hverdag i måneden", without "hver"."""
    start: int
    end: int


def parse_rule(text: str) -> Rule:
    """The rule that a text is. Raises ValueError, with a Danish sentence, for anything else."""
    text = " ".join(text.split())
    for phrase in _phrases(text):
        if not text[: phrase.start].strip() and not text[phrase.end :].strip(" ."):
            return phrase.rule
    examples = ", ".join(f"»{example}«" for example in EXAMPLES)
    raise ValueError(f"reglen »{text}« forstår jeg ikke. Skriv den som en af disse: {examples}")


def find_phrase(text: str) -> Phrase | None:
    """The rule in a text; None where there is none, or only a date ("den 1. maj"), which happens once."""
    for phrase in _phrases(text):
        if phrase.repeats or not _is_plain_date(phrase.rule):
            return phrase
    return None


def _phrases(text: str) -> list[Phrase]:
    found = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            rule = read(match)
            if rule is not None:
                found.append(_shifted(text, Phrase(rule, bool(_REPEATS.search(match.group())), *match.span())))
    return found


def _shifted(text: str, phrase: Phrase) -> Phrase:
    """The phrase with "5 hverdage før" in front of it, if that stands there."""
    match = _SHIFT.search(text[: phrase.start])
    if not match:
        return phrase
    number = number_value(match["number"]) * (1 if fold(match["way"]) == "efter" else -1)
    kind = fold(match["unit"])[:2]
    number *= 7 if kind == "ug" else 1
    unit = Unit.WORKING_DAY if kind in ("hv", "ar") else Unit.DAY
    return replace(phrase, rule=replace(phrase.rule, shift=number, shift_unit=unit), start=match.start())


def _is_plain_date(rule: Rule) -> bool:
    return rule.unit is Unit.DAY and len(rule.months) == 1 and not rule.shift


def _every_day(match: re.Match[str]) -> Rule | None:
    """ "hver mandag", "hver anden onsdag", "hver uge om tirsdagen", "hver hverdag", "hver fredag i lige uger"."""
    every = _every(match["other"])
    word = match["unit"] if not match["weekday"] else match["weekday"]
    parity = None if not match["parity"] else int(fold(match["parity"]) == "ulige")
    if every is None:
        return None
    if fold(word)[:2] in ("hv", "ar", "wo"):
        return Rule(Cycle.DAY, unit=Unit.WORKING_DAY, every=every)
    if fold(word) in ("dag", "day"):
        return Rule(Cycle.DAY, every=every, moves=False)
    weekday = Unit.MONDAY if fold(word) in ("uge", "week") else Unit(weekday_number(word))
    return Rule(Cycle.WEEK, unit=weekday, every=every, parity=parity)


def _nth_of_span(match: re.Match[str]) -> Rule | None:
    """ "den 15. i hver måned", "sidste hverdag i måneden", "første mandag i hvert kvartal"."""
    every = _every(match["other"])
    if every is None:
        return None
    return Rule(_cycle(match["span"]), _number(match["number"]), _unit(match["unit"]), every=every)


def _every_nth_of_span(match: re.Match[str]) -> Rule | None:
    """ "hver sidste fredag i måneden"; None for "hver anden fredag i måneden", which may be every second Friday."""
    number = _number(match["number"])
    return Rule(_cycle(match["span"]), number, _unit(match["unit"])) if number <= 1 else None


def _nth_of_month(match: re.Match[str]) -> Rule | None:
    """ "første hverdag i september", "sidste fredag i maj hvert år"."""
    months = frozenset({month_number(match["month"])})
    return Rule(Cycle.MONTH, _number(match["number"]), _unit(match["unit"]), months)


def _dates(match: re.Match[str]) -> Rule | None:
    """ "den 1. februar", "den 15. januar, april og juli", "hvert år den 1. maj"."""
    months = frozenset(month_number(word) for word in re.findall(MONTH, match["months"], re.IGNORECASE))
    day = int(match["day"])
    return Rule(Cycle.MONTH, day, months=months) if 1 <= day <= 31 else None


def _end_of_span(match: re.Match[str]) -> Rule | None:
    """ "kvartalets udløb", "udgangen af måneden": the last day; mostly with so many days before or after it."""
    return Rule(_cycle(match["span"] or match["of"]), -1)


def _every_span(match: re.Match[str]) -> Rule | None:
    """ "hver måned", "hvert andet år", "kvartalsvis", "ugentligt": the first day."""
    every = _every(match["other"])
    if match["adverb"]:
        cycle = {"d": Cycle.DAY, "u": Cycle.WEEK}.get(fold(match["adverb"])[0]) or _cycle(match["adverb"])
        return Rule(cycle, moves=cycle is not Cycle.DAY)
    return None if every is None else Rule(_cycle(match["span"]), every=every)


def _every(word: str | None) -> int | None:
    """How many periods from one time to the next; None for what is no such number ("hver sidste", "hver første")."""
    if not word:
        return 1
    every = 2 if fold(word) == "other" else ordinal_value(word)
    return every if every > 1 else None


def _number(word: str) -> int:
    return ordinal_value(word) or 1


def _unit(word: str | None) -> Unit:
    if word is None or fold(word) in ("dag", "day"):
        return Unit.DAY
    return Unit.WORKING_DAY if fold(word)[:2] in ("hv", "ar", "wo") else Unit(weekday_number(word))


def _cycle(word: str) -> Cycle:
    match fold(word)[0]:
        case "m":
            return Cycle.MONTH
        case "k" | "q":
            return Cycle.QUARTER
    return Cycle.YEAR


_EVERY = r"(?:hvert|hver|every|each)"
_WORKDAY = r"(?:hverdag|arbejdsdag|working\s?day|workday)"
_SPAN = r"(?P<span>måned|maaned|kvartal|år|aar|month|quarter|year)"
_OTHER = rf"(?:(?P<other>{ORDINAL}|other)\s+)?"
_YEARLY = rf"(?:\s+{_EVERY}\s+(?:år|aar|year)\b)?"
_NTH = (
    rf"(?:\b(?:på|paa|den|d\.|the|on)\s+){{0,2}}(?<!\w)(?P<number>{ORDINAL})"
    rf"(?:\s*(?P<unit>{_WORKDAY}|{WEEKDAY}|dag|day)\b)?"
)
_IN = r"(?:i|af|in|of)(?:\s+the)?"

_REPEATS = Pattern(rf"\b{_EVERY}\b|lig|kvartalsvis", re.IGNORECASE)
_SHIFT = Pattern(
    rf"\b(?P<number>{NUMBER})\s+(?P<unit>hverdage?|arbejdsdage?|dage?|uger?)\s+(?P<way>før|foer|inden|efter)\s+$",
    re.IGNORECASE,
)
_FORMS: tuple[tuple[Pattern, Callable[[re.Match[str]], Rule | None]], ...] = tuple(
    (Pattern(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (rf"\b{_EVERY}\s+{_NTH}\s+{_IN}\s+{_SPAN}(?:en|et)?\b", _every_nth_of_span),
        (
            rf"\b{_EVERY}\s+{_OTHER}(?P<unit>{_WORKDAY}|{WEEKDAY}|dag|day|uge|week)\b"
            rf"(?:\s+(?:på|paa|om|on)\s+(?P<weekday>{WEEKDAY})(?:en)?\b)?(?:\s+i\s+(?P<parity>ulige|lige)\s+uger\b)?",
            _every_day,
        ),
        (rf"{_NTH}\s+{_IN}\s+(?:{_EVERY}\s+)?{_OTHER}{_SPAN}(?:en|et)?\b", _nth_of_span),
        (rf"\b{_EVERY}\s+{_OTHER}{_SPAN}\s+{_NTH}", _nth_of_span),
        (rf"(?:\b{_EVERY}\s+(?:år|aar|year)\s+)?{_NTH}\s+{_IN}\s+(?P<month>{MONTH}){_YEARLY}", _nth_of_month),
        (
            rf"(?:\b{_EVERY}\s+(?:år|aar|year)\s+)?(?:\b(?:den|d\.|the)\s+)?(?<!\d)(?P<day>\d{{1,2}})\.?\s*"
            rf"(?P<months>{MONTH}(?:(?:\s*,\s*|\s+og\s+|\s+and\s+){MONTH})*){_YEARLY}(?!\s*2\d\d\d)",
            _dates,
        ),
        (
            rf"\b(?:{_EVERY}\s+)?(?P<span>måned|maaned|kvartal|år|aar)(?:s|ets|ens)\s+(?:udløb|udloeb|slutning|udgang)\b"
            rf"|\b(?:udløb|udloeb|slutning|udgang)(?:et|en)\s+(?:af|på|paa)\s+(?:{_EVERY}\s+)?"
            r"(?P<of>måned|maaned|kvartal|år|aar)(?:en|et)?\b",
            _end_of_span,
        ),
        (
            rf"\b{_EVERY}\s+{_OTHER}{_SPAN}\b|\b(?P<adverb>dagligt?|ugentligt?|månedligt?|maanedligt?|kvartalsvist?|årligt?|aarligt?)\b",
            _every_span,
        ),
    )
)
