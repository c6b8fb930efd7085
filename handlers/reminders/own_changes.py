"""What becomes of a reminder that is made or changed, and what is wrong with a time for it. Pure functions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.contracts import Question, UserError
from handlers.danish.calendar import MONTHS, WEEKDAYS, long_time, weekday_number
from handlers.danish.dates import COPENHAGEN, local
from handlers.reminders.own import LONGEST, OwnReminder, strong
from handlers.reminders.own_wishes import Wish
from handlers.reminders.timing import Timing

TOO_FAR = "Så langt frem rækker jeg ikke. Vælg en dag inden for ti år."
_FARTHEST = timedelta(days=10 * 366)


def made(wish: Wish, timing: Timing, question: Question, number: int) -> OwnReminder:
    return OwnReminder(
        number=number,
        owner=question.asker.id,
        name=question.asker.name,
        text=wish.text,
        channel=wish.channel,
        topic=wish.topic,
        **_kept(timing, question.now),
    )


def _kept(timing: Timing, now: datetime) -> dict[str, Any]:
    """What an own reminder keeps of a timing."""
    start = timing.first or now.astimezone(COPENHAGEN).date()
    return {
        "at": timing.at,
        "rule": timing.rule,
        "clock": timing.clock,
        "start": start,
        "end": timing.last or date.max,
    }


def changed(own: OwnReminder, wish: Wish, now: datetime) -> OwnReminder:
    """The reminder changed as wished; what is not said stays. Raises UserError where the wish does not fit."""
    timing = wish.timing
    if wish.renames and wish.text:
        return own.model_copy(update={"text": wish.text[:LONGEST]})
    if timing and timing.rule:
        clock = timing.clock if timing.has_clock else (own.at.astimezone(COPENHAGEN).time() if own.at else own.clock)
        return own.model_copy(update=_kept(replace(timing, clock=clock), now))
    if timing and timing.at and not timing.has_day and own.rule:
        return own.model_copy(update={"clock": timing.at.time()})
    if (wish.shift or timing) and own.at is None:
        raise UserError(
            f"{strong(own.text)} gentager sig {own.when(now)}, så den kan jeg ikke flytte til en enkelt dag."
            f" Skriv fx »ret {own.number} til hver tirsdag kl. 9«, eller slet den og lav en ny."
        )
    if wish.shift and own.at:
        return own.model_copy(update={"at": wish.shift.of(own.at)})
    if timing and timing.at and own.at:
        before = own.at.astimezone(COPENHAGEN)
        day = timing.at.date() if timing.has_day else before.date()
        return own.model_copy(update={"at": local(day, timing.at.time() if timing.has_clock else before.time())})
    raise UserError(f"Hvad skal den ændres til? Skriv fx »flyt påmindelse {own.number} til i morgen kl. 9«.")


def wrong_time(timing: Timing, now: datetime) -> str:
    """What is wrong with a time, as a question for another; empty when nothing is."""
    if timing.at is None:
        own = OwnReminder(number=0, owner=0, name="", text="", **_kept(timing, now))
        return f"Der er ingen dage {own.when(now)}. Hvornår skal det være i stedet?" if own.is_over(now) else ""
    if timing.at <= now:
        return f"{long_time(timing.at, now.date()).capitalize()} er allerede passeret. Hvornår skal det være i stedet?"
    return TOO_FAR if timing.at - now > _FARTHEST else ""


def misnamed(at: datetime, weekday: str) -> str:
    """What is wrong with a date under another weekday's name, as a question."""
    day = at.date()
    said = WEEKDAYS[weekday_number(weekday)]
    date_ = f"{day.day}. {MONTHS[day.month - 1]} {day.year}"
    return f"Den {date_} er en {WEEKDAYS[day.weekday()]}, ikke en {said}. Hvilken dag mener du?"


def ways_out(at: datetime, weekday: str, now: datetime) -> tuple[str, ...]:
    """The date that was written, and the nearest day that is the weekday that was written."""
    near = [at.date() + timedelta(days=days) for days in (-3, -2, -1, 1, 2, 3)]
    days = [at.date(), *(day for day in near if day.weekday() == weekday_number(weekday))]
    moments = [local(day, at.time()) for day in days]
    return tuple(long_time(moment) for moment in moments if moment > now)
