"""Keeps people's own reminders: makes, lists, changes and deletes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.contracts import Answer, Choice, Claim, Context, Effect, Json, Question, Topic
from bot.markup import escape
from handlers.danish import words
from handlers.danish.calendar import long_time
from handlers.danish.dates import COPENHAGEN
from handlers.reminders.own import LIMIT, LONGEST, OwnReminder, free_number, of_person
from handlers.reminders.own_wishes import Timing, Want, Wish, alike, find_timing, understand
from handlers.reminders.plan import Plan
from handlers.reminders.topics import about

_FARTHEST = timedelta(days=10 * 366)
_SHORT_ANSWER = 3
"""Words besides the time that an answer to "Hvornår?" may have."""
_WHEN = ("i morgen kl. 9", "på mandag kl. 9", "om en uge")


class OwnKeeper:
    """Answers what people want with their own reminders."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def claim(self, question: Question, context: Context) -> Claim | None:
        """Its claim for what makes, lists, changes or deletes the asker's own reminders."""
        wish = understand(question.text, question.now)
        if wish is None:
            return self._answer_to_ours(question, context)
        spoken_of = context.last is not None and context.last.intent == "reminder"
        if not wish.named and not spoken_of:
            return None
        return Claim(0.9 if wish.want is Want.NEW else 0.85, lambda: self._answer(wish, question, context))

    def _answer_to_ours(self, question: Question, context: Context) -> Claim | None:
        """What answers our "Hvornår?" or "Hvad skal jeg minde dig om?"."""
        memory = context.last.memory if context.last else {}
        asked = memory.get("asked")
        if not isinstance(asked, dict):
            return None
        text = str(asked.get("text", ""))
        place = str(asked.get("channel", "")), str(asked.get("topic", ""))
        found = find_timing(question.text, question.now)
        if text and found and len(words(found[1])) <= _SHORT_ANSWER:
            wish = Wish(Want.NEW, text, timing=found[0], channel=place[0], topic=place[1])
        elif not text and question.text.strip():
            wish = Wish(Want.NEW, question.text.strip(), timing=_timing(asked), channel=place[0], topic=place[1])
        else:
            return None
        return Claim(0.95 if text else 0.7, lambda: self._answer(wish, question, context))

    def _answer(self, wish: Wish, question: Question, context: Context) -> Answer:
        mine = of_person(question.asker.id, context)
        match wish.want:
            case Want.NEW:
                return self._new(wish, question, mine)
            case Want.LIST:
                return self._list(question, mine)
        if wish.everything and wish.want is Want.DELETE:
            return _said(f"Slettet: {_counted(len(mine))}.", *(own.delete() for own in mine))
        meant = [own for own in mine if _is_meant(own, wish)]
        if not meant:
            return self._none(wish, question, mine)
        if len(meant) > 1:
            return self._which(wish, question, meant)
        if wish.want is Want.DELETE:
            return _said(f"Slettet:\n\n{_line(meant[0], question.now)}", meant[0].delete())
        return self._change(wish, question, meant[0])

    def _new(self, wish: Wish, question: Question, mine: list[OwnReminder]) -> Answer:
        if len(mine) >= LIMIT:
            return _refused(
                f"Du har allerede {LIMIT} påmindelser, og det er det højeste. Slet en først (»mine påmindelser«)."
            )
        if len(wish.text) > LONGEST:
            return _refused(f"Teksten er for lang. Skriv den med højst {LONGEST} tegn.")
        if not wish.text:
            return _asks("Hvad skal jeg minde dig om?", wish)
        if wish.timing is None:
            return _asks(f"Hvornår skal jeg minde dig om **{escape(wish.text)}**?", wish)
        wrong = _wrong_time(wish.timing, question.now)
        if wrong:
            return _asks(wrong, wish)
        own = OwnReminder(
            number=free_number(mine),
            owner=question.asker.id,
            name=question.asker.name,
            text=wish.text,
            at=wish.timing.at,
            rule=wish.timing.rule,
            clock=wish.timing.clock,
            start=question.now.astimezone(COPENHAGEN).date(),
            channel=wish.channel,
            topic=wish.topic,
        )
        return _said(_confirmation(own, question), own.put())

    def _list(self, question: Question, mine: list[OwnReminder]) -> Answer:
        """All of the asker's reminders; in a channel only those that are posted there anyway."""
        open_place = isinstance(question.place, Topic)
        shown = [own for own in mine if own.channel] if open_place else mine
        lines = [_line(own, question.now) for own in shown]
        if len(shown) < len(mine):
            lines.append("\n*Dine private påmindelser viser jeg kun i en direkte besked.*")
        if not lines:
            return _said("Du har ingen påmindelser. Skriv fx »mind mig om at sende referat på fredag kl. 10«.")
        text = "Dine påmindelser:\n\n" + "\n".join(lines) + "\n\nSkriv fx »slet 1« eller »flyt 1 til i morgen kl. 9«."
        return _said(text)

    def _change(self, wish: Wish, question: Question, own: OwnReminder) -> Answer:
        changes: dict[str, object] = {}
        if wish.timing:
            wrong = _wrong_time(wish.timing, question.now)
            if wrong:
                return _refused(wrong)
            changes = {"at": wish.timing.at, "rule": wish.timing.rule, "clock": wish.timing.clock}
            changes["start"] = question.now.astimezone(COPENHAGEN).date()
        elif wish.text and wish.number is not None:
            changes["text"] = wish.text[:LONGEST]
        if not changes:
            return _refused("Hvad skal den ændres til? Skriv fx »flyt påmindelse 1 til i morgen kl. 9«.")
        changed = own.model_copy(update=changes)
        return _said(f"Ændret:\n\n{_line(changed, question.now)}", changed.put())

    def _none(self, wish: Wish, question: Question, mine: list[OwnReminder]) -> Answer:
        shared = about(self._plan, wish.text)
        if shared:
            title = escape(shared[0].title)
            return _refused(
                f"»{title}« er en af sekretariatets faste påmindelser, så den kan jeg ikke stoppe for dig alene."
                " Den står i påmindelsesplanen (`data/reminders.toml`). Når den kommer, kan du skrive »udsæt 3 dage«."
            )
        if not mine:
            return _refused("Du har ingen påmindelser.")
        if isinstance(question.place, Topic):
            return _refused("Den finder jeg ikke blandt dine påmindelser. Skriv »mine påmindelser« til mig direkte.")
        lines = "\n".join(_line(own, question.now) for own in mine)
        return _refused(f"Den finder jeg ikke blandt dine påmindelser:\n\n{lines}")

    def _which(self, wish: Wish, question: Question, meant: list[OwnReminder]) -> Answer:
        if wish.want is Want.DELETE:
            choices = tuple(Choice(own.text[:60], f"slet påmindelse {own.number}") for own in meant)
            return Answer("reminder", "Hvilken af dem?", answered=False, asks=True, choices=choices)
        lines = "\n".join(_line(own, question.now) for own in meant)
        return _refused(f"Hvilken af dem? Skriv nummeret.\n\n{lines}")


def _is_meant(own: OwnReminder, wish: Wish) -> bool:
    return own.number == wish.number if wish.number is not None else alike(own.text, wish.text)


def _wrong_time(timing: Timing, now: datetime) -> str:
    """What is wrong with a moment, as a question for another; empty when nothing is."""
    if timing.at is None:
        return ""
    if timing.at <= now:
        return f"{long_time(timing.at, now.date()).capitalize()} er allerede passeret. Hvornår skal det være i stedet?"
    return "Så langt frem rækker jeg ikke. Vælg en dag inden for ti år." if timing.at - now > _FARTHEST else ""


def _timing(asked: Mapping[str, Json]) -> Timing | None:
    """The time that was given with a question that lacked its text."""
    at, rule = asked.get("at"), asked.get("rule")
    if isinstance(at, str) and at:
        return Timing(at=datetime.fromisoformat(at))
    clock = datetime.fromisoformat(f"2000-01-01T{asked.get('clock')}").time() if asked.get("clock") else None
    return Timing(rule=rule, clock=clock) if isinstance(rule, str) and rule and clock else None


def _confirmation(own: OwnReminder, question: Question) -> str:
    where = f" i #{escape(own.channel)}" if own.channel else ""
    first = next(own.moments(question.now, question.now + timedelta(days=400)), None)
    today = question.now.astimezone(COPENHAGEN).date()
    lines = [f"Jeg minder dig om **{escape(own.text)}**{where} {own.when(question.now)}."]
    if own.channel:
        lines = [f"Jeg skriver **{escape(own.text)}**{where} {own.when(question.now)}."]
    if own.rule and first:
        lines.append(f"Første gang er {long_time(first, today)}.")
    if not question.asker.id:
        lines.append("*(Her i terminalen kan jeg ikke sende den; det kan jeg på Zulip.)*")
    return " ".join(lines)


def _line(own: OwnReminder, now: datetime) -> str:
    where = f" i #{escape(own.channel)}" if own.channel else ""
    return f"- **{own.number}** {escape(own.text)}: {own.when(now)}{where}"


def _counted(number: int) -> str:
    return "1 påmindelse" if number == 1 else f"{number} påmindelser"


def _said(text: str, *effects: Effect) -> Answer:
    return Answer("reminder", text, effects=effects)


def _refused(text: str) -> Answer:
    return Answer("reminder", text, answered=False)


def _asks(text: str, wish: Wish) -> Answer:
    """Asks for what is missing, and remembers what was said."""
    timing = wish.timing
    asked: dict[str, Json] = {"text": wish.text, "channel": wish.channel, "topic": wish.topic}
    if not wish.text and timing:
        asked |= {
            "at": timing.at.isoformat() if timing.at else "",
            "rule": timing.rule,
            "clock": timing.clock.isoformat(),
        }
    choices = tuple(Choice(when, when) for when in _WHEN) if wish.text else ()
    return Answer("reminder", text, answered=False, asks=True, choices=choices, memory={"asked": asked})
