"""What is coming: "hvad skal jeg huske i denne måned?", "hvornår er næste budgetopfølgning?"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.contracts import Answer, Attachment, Claim, Context, Json, Question
from bot.pattern import Pattern
from handlers.danish import words
from handlers.danish.calendar import long_time
from handlers.danish.dates import COPENHAGEN, cut
from handlers.danish.stretches import Stretch, find_stretch
from handlers.handbook import Handbook
from handlers.reminders.plan import Plan, Reminder
from handlers.reminders.planner import events_between, picture
from handlers.reminders.schedule import Event, coming, next_event
from handlers.reminders.texts import checklist, events_list, heading, join, section_link, source_of
from handlers.reminders.topics import find_named, names_title

_WHO = r"(?:jeg|vi|man|sekretariatet)"
_REMEMBER = Pattern(
    rf"(?:og )?(?:hvad|hvilke ting) (?:skal|boer|maa) {_WHO} (?:huske|naa|have styr paa|vaere opmaerksom paa)"
    r"(?: at (?:goere|faa gjort|naa))?(?: her)?(?: (?:i|den|de) )?(?: ?(?:kommende|naermeste) (?:tid|dage|uger))?"
    r"|what (?:do|should|must) (?:i|we) (?:need to |have to )?remember(?: to do)?|what(?: i)?s (?:coming up|next)"
)
_REMINDERS = Pattern(
    r"(?:vis |se |list |alle |faste |kommende |naeste |hvilke |hvad er de |hvornaar (?:er|kommer) (?:den |de )?)*"
    r"(?:paamindelser(?:ne)?|paamindelse|reminders|upcoming reminders|naeste (?:frister?|deadlines?))"
    r"(?: (?:er|har|kommer|ligger|findes) (?:der|vi|du)?(?: af)?)?"
    r"|hvad (?:er|kommer|ligger|venter) der af (?:kommende )?(?:paamindelser|frister|runder|deadlines)"
)
_TASKS = Pattern(
    r"(?:hvilke|hvad for|hvad er der af|er der|any|which|what) (?:nogen )?"
    r"(?:faste|tilbagevendende|kommende|aarlige|kvartalsvise|maanedlige)? ?"
    r"(?:opgaver|runder|frister|deadlines|ting|tasks)(?: \w+){0,4}"
)
_PROGRAMME = Pattern(
    rf"hvad (?:er|ligger|kommer|sker|skal|venter|staar)(?: der| {_WHO})?(?: (?:goere|lave|naa))?"
    r"(?: (?:paa|i) (?:planen|programmet|dagsordenen|listen|aarshjulet))?(?: for)?"
    r"(?: af (?:opgaver|frister|paamindelser|runder))?"
    rf"|er der noget(?: (?:{_WHO} skal (?:huske|naa|goere)|paa (?:planen|programmet)))?"
    r"|what do (?:i|we) (?:need|have) to do"
)
_WHEEL = Pattern(
    r"(?:vis |tegn |se |lav |maa jeg se |hvordan ser |send |show |the )*"
    r"(?:mig |os |et |vores |sekretariatets |aarets )*"
    r"(?:hvad (?:er|staar|ligger) der (?:i|paa) )?(?:aarshjul(?:et)?|year wheel|annual wheel)"
    r"(?: ud| som billede| for| i)*"
)
_WHEN = Pattern(r"\b(?:hvornaar|naar|hvilken dag|hvilken dato|when)\b")
_TAKES_PLACE = Pattern(
    r"\b(?:hvornaar|naar|dag|dato|when) (?:er|skal|falder|kommer|ligger|har|holder|laver|foelger|is|do|are|should)\b"
)
_NEXT = Pattern(r"\b(?:naeste|next|igen|kommende)\b")
_ALSO = Pattern(r"(?:og|hvad med|and|what about)(?: (?:i|for|den|det|saa|the))*")
_FOLLOW_UP = Pattern(r"\b(?:foelge op|foelger \w+ op|opfoelgning\w*|gennemgaa\w*|gennemgang\w*|eftersyn\w*|runde\w*)\b")


class Agenda:
    """Answers what is coming from the plan."""

    def __init__(self, plan: Plan, handbook: Handbook) -> None:
        self._plan = plan
        self._handbook = handbook

    def claim(self, question: Question, context: Context) -> Claim | None:
        """Its claim for questions about what comes when."""
        today = question.now.astimezone(COPENHAGEN).date()
        stretch = find_stretch(question.text, today)
        rest = cut(question.text, (stretch.start, stretch.end)) if stretch else question.text
        said = " ".join(words(rest))
        if _WHEEL.fullmatch(said):
            return Claim(0.9, lambda: self._wheel(stretch, question.now))
        sure = _how_sure(said, stretch)
        if sure:
            return Claim(sure, lambda: self._coming(stretch, question.now))
        subjects, unnamed = find_named(self._plan, question.text)
        if context.last and "reminders" in context.last.memory:
            if stretch and _ALSO.fullmatch(said):
                return Claim(0.9, lambda: self._coming(stretch, question.now))
            if subjects and _ALSO.fullmatch(unnamed):
                return Claim(0.9, lambda: self._next(subjects, question.now))
        if subjects and _WHEN.search(said):
            if _NEXT.search(said):
                return Claim(0.85, lambda: self._next(subjects, question.now))
            by_title = any(names_title(reminder, said) for reminder in subjects)
            if _TAKES_PLACE.search(said) and (by_title or _FOLLOW_UP.search(said)):
                return Claim(0.65, lambda: self._next(subjects, question.now))
        return None

    def _coming(self, stretch: Stretch | None, now: datetime) -> Answer:
        """What falls due in a stretch of days; without one, the next time of each reminder."""
        today = now.astimezone(COPENHAGEN).date()
        nearest = coming(self._plan, now)
        if not self._plan.reminder:
            return _answer("Der står ingen påmindelser i planen.", [])
        if stretch is None:
            return _answer(f"Det næste i planen:\n\n{events_list(nearest, now)}", nearest)
        events = events_between(self._plan, stretch.first, stretch.last)
        ahead = [event for event in events if event.at.astimezone(UTC) > now.astimezone(UTC)]
        past = [event for event in events if event not in ahead]
        parts = []
        if ahead:
            parts.append(f"Det skal I huske {stretch.name}:\n\n{events_list(ahead, now)}")
            if len(ahead) == 1:
                parts.append(self._how(ahead[0].reminder))
        if past:
            parts.append(f"Det er allerede sendt {stretch.name}:\n\n{events_list(past, now)}")
        if not events:
            parts.append(f"Planen har ingen påmindelser {stretch.name}.")
        if not ahead and nearest and stretch.last >= today:
            event = nearest[0]
            parts.append(f"Den næste er {heading(event)}, {long_time(event.at, today)}.")
        return _answer("\n\n".join(filter(None, parts)), events or nearest[:1])

    def _next(self, subjects: Sequence[Reminder], now: datetime) -> Answer:
        """When reminders fall due next, and what is to be done then."""
        today = now.astimezone(COPENHAGEN).date()
        events = [event for reminder in subjects if (event := next_event(reminder, now))]
        if not events:
            return _answer(f"Der kommer ikke flere af {join([f'»{reminder.title}«' for reminder in subjects])}.", [])
        lines = [f"{heading(event)} er {long_time(event.at, today)}." for event in events]
        if len(events) == 1:
            lines.append(self._how(events[0].reminder))
        return _answer("\n\n".join(filter(None, lines)), events, self._handbook)

    def _wheel(self, stretch: Stretch | None, now: datetime) -> Answer:
        """The year as a picture and as a list: this year, or the one that the question names."""
        today = now.astimezone(COPENHAGEN).date()
        year = stretch.first.year if stretch else today.year
        events = events_between(self._plan, date(year, 1, 1), date(year, 12, 31))
        png = picture(self._plan, year, today)
        past = [event for event in events if event.at.astimezone(UTC) <= now.astimezone(UTC)]
        ahead = [event for event in events if event not in past]
        parts = [f"Årshjul {year}:" if events else f"Planen har ingen påmindelser i {year}."]
        if ahead:
            parts.append(events_list(ahead, now))
        if past:
            parts.append(f"Passeret:\n\n{events_list(past, now)}")
        if year == today.year and not ahead and (nearest := coming(self._plan, now)):
            parts.append(f"Det næste er:\n\n{events_list(nearest, now)}")
        answer = _answer("\n\n".join(parts), events)
        return replace(answer, attachments=(Attachment(f"årshjul-{year}.png", "image/png", png),))

    def _how(self, reminder: Reminder) -> str:
        section = self._handbook.section(reminder.section)
        points = "\n".join(f"- {point}" for point in checklist(reminder, section))
        where = f"Sådan gør du: {section_link(section)}" if section else ""
        return "\n\n".join(filter(None, [points, where]))


def as_data(events: Iterable[Event]) -> list[Json]:
    """The events for scripts."""
    return [{"id": event.reminder.id, "title": event.reminder.title, "next": event.at.isoformat()} for event in events]


def _how_sure(said: str, stretch: Stretch | None) -> float:
    """How sure it is that the words, without the stretch of days, ask what is coming; 0 when they do not."""
    if _REMEMBER.fullmatch(said) or _REMINDERS.fullmatch(said):
        return 0.85
    if stretch and _TASKS.fullmatch(said):
        return 0.8
    if stretch and _PROGRAMME.fullmatch(said):
        return 0.6
    return 0.0


def _answer(text: str, events: list[Event], handbook: Handbook | None = None) -> Answer:
    sections = [section for event in events if handbook and (section := handbook.section(event.reminder.section))]
    return Answer(
        "reminder",
        text,
        sources=tuple(map(source_of, sections)),
        data={"reminders": as_data(events)},
        memory={"reminders": [event.reminder.id for event in events]},
    )
