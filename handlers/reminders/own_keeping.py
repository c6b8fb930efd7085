"""Keeps people's own reminders: makes, lists, changes and deletes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.contracts import Answer, Choice, Claim, Context, Effect, Json, Question, Topic, UserError
from bot.markup import escape
from bot.pattern import Pattern
from handlers.danish import words
from handlers.danish.calendar import long_time
from handlers.danish.dates import COPENHAGEN
from handlers.reminders.own import LIMIT, LONGEST, OwnReminder, free_number, of_person, strong
from handlers.reminders.own_changes import TOO_FAR, changed, made, misnamed, ways_out, wrong_time
from handlers.reminders.own_wishes import Want, Wish, alike, follow_up, understand
from handlers.reminders.plan import Plan
from handlers.reminders.texts import join
from handlers.reminders.timing import Timing, find_timing, unread
from handlers.reminders.topics import about

_QUOTE_IT = "*Hører det med til teksten, så sæt den i »…«.*"
_SHORT_ANSWER = 3
"""Words besides the time that an answer to "Hvornår?" may have."""
_REMEMBERED = 3
"""So many exchanges later a bare time still answers "Hvornår?"."""
_WHEN = ("i morgen kl. 9", "på mandag kl. 9", "om en uge")
_POLITE = {"tak", "please", "igen", "nu", "bare", "lige", "gerne"}
_YES = Pattern(
    r"(?:ja|jo|yes|jep|ok)(?: (?:tak|bare|slet|goer|det|dem|den|alle|sammen|please|delete|them|paamindelser|mine))*"
)
_NO = Pattern(r"(?:nej|no|behold|stop|fortryd|vent)(?: (?:tak|behold|dem|det|den|alle|ikke|slet|keep|them))*")


class OwnKeeper:
    """Answers what people want with their own reminders."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def claim(self, question: Question, context: Context) -> Claim | None:
        """Its claim for what makes, lists, changes or deletes the asker's own reminders, and what answers its own."""
        memory = context.last.memory if context.last else {}
        if "confirm" in memory and (agreed := _yes_or_no(question.text)) is not None:
            return Claim(0.95, lambda: self._confirmed(agreed, _numbers(memory["confirm"]), question, context))
        further = follow_up(question.text, question.now)
        if isinstance(memory.get("asked"), dict):
            dropped = further is not None and further.want in (Want.DROP, Want.DELETE)
            if dropped or _yes_or_no(question.text) is False:
                return Claim(0.95, lambda: _said("Så lader vi den ligge."))
        elif further and (numbers := _numbers(memory.get("own"))):
            meant = _about(further, numbers)
            bare = find_timing(question.text, question.now) is not None
            return Claim(0.9 if bare else 0.95, lambda: self._answer(meant, question, context))
        wish = understand(question.text, question.now)
        if wish is None or (wish.just_spoken_of and not wish.named):
            return self._answer_to_ours(question, context)
        spoken_of = context.last is not None and context.last.intent == "reminder"
        if not wish.named and not spoken_of:
            return None
        return Claim(0.9 if wish.want is Want.NEW else 0.85, lambda: self._answer(wish, question, context))

    def _answer_to_ours(self, question: Question, context: Context) -> Claim | None:
        """What answers our "Hvornår?" or "Hvad skal jeg minde dig om?"; a bare time also after another question."""
        recent = context.turns[: -_REMEMBERED - 1 : -1]
        back = next((number for number, turn in enumerate(recent) if turn.intent == "reminder"), 0)
        asked = recent[back].memory.get("asked") if recent else None
        if not isinstance(asked, dict):
            return None
        text = str(asked.get("text", ""))
        place = str(asked.get("channel", "")), str(asked.get("topic", ""))
        when = find_timing(question.text, question.now)
        if text and when and len(words(when[1])) <= (0 if back else _SHORT_ANSWER):
            span = unread(when[1])
            left = when[1][span[0] : span[1]].strip() if span else ""
            wish = Wish(Want.NEW, text, timing=when[0], unread=left, channel=place[0], topic=place[1])
        elif not text and question.text.strip() and not back:
            left = str(asked.get("unread", ""))
            wish = Wish(
                Want.NEW,
                question.text.strip(),
                timing=_timing(asked),
                unread=left,
                channel=place[0],
                topic=place[1],
            )
        else:
            return None
        return Claim((0.8 if back else 0.95) if text else 0.7, lambda: self._answer(wish, question, context))

    def _answer(self, wish: Wish, question: Question, context: Context) -> Answer:
        mine = of_person(question.asker.id, context)
        match wish.want:
            case Want.NEW:
                return self._new(wish, question, mine)
            case Want.LIST:
                return self._list(question, mine)
            case Want.FOR_ANOTHER:
                return _refused(
                    "Jeg kan kun minde dig selv, ikke andre. Skriv fx »mind mig om at spørge Bo på fredag«."
                )
        everything = wish.everything and not wish.numbers
        if everything and wish.want is Want.DELETE and len(mine) > 1:
            return self._ask_to_delete_all(mine)
        meant = mine if everything else [own for own in mine if _is_meant(own, wish)]
        if not meant:
            return self._none(wish, question, mine)
        one = not wish.numbers or (wish.just_spoken_of and not wish.everything)
        if (one and len(meant) > 1) or _says_more(wish, meant):
            return self._which(wish, question, meant)
        if wish.want is Want.CHANGE:
            return self._change(wish, question, meant)
        lines = "\n".join(_line(own, question.now) for own in meant)
        return _said(f"Slettet:\n\n{lines}{_lacking(wish, meant)}", *(own.delete() for own in meant))

    def _ask_to_delete_all(self, mine: list[OwnReminder]) -> Answer:
        choices = (Choice("Ja, slet dem", "ja, slet dem"), Choice("Nej, behold dem", "nej, behold dem"))
        text = f"Skal jeg slette alle dine {len(mine)} påmindelser? Det kan ikke fortrydes."
        memory: dict[str, Json] = {"confirm": [own.number for own in mine]}
        return Answer("reminder", text, answered=False, asks=True, choices=choices, memory=memory)

    def _confirmed(self, agreed: bool, numbers: Sequence[int], question: Question, context: Context) -> Answer:
        """Deletes those that were asked about; what has been made since stays."""
        if not agreed:
            return _said("Så beholder du dem.")
        gone = [own for own in of_person(question.asker.id, context) if own.number in numbers]
        return _said(f"Slettet: {_counted(len(gone))}.", *(own.delete() for own in gone))

    def _new(self, wish: Wish, question: Question, mine: list[OwnReminder]) -> Answer:
        wishes = [wish]
        while wishes[-1].also:
            wishes.append(replace(wishes[-1].also, channel=wish.channel, topic=wish.topic))
        new: list[OwnReminder] = []
        for each in wishes:
            flaw = _flaw(each, question.now, len(mine) + len(new))
            if flaw and len(wishes) > 1:
                return _refused(
                    f"{flaw.text}\n\nJeg har ikke oprettet nogen af dem endnu. Skriv dem gerne hver for sig."
                )
            if flaw:
                return flaw
            if each.timing:  # without one there was a flaw
                new.append(made(each, each.timing, question, free_number([*mine, *new])))
        text = "\n\n".join(_confirmation(own, question) for own in new)
        if not question.asker.id:
            text += " *(Her i terminalen kan jeg ikke sende den; det kan jeg på Zulip.)*"
        return _said(text, *(own.put() for own in new), spoken_of=new)

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
        return _said(text, spoken_of=shown)

    def _change(self, wish: Wish, question: Question, meant: list[OwnReminder]) -> Answer:
        if wish.unread:
            return _refused(f"{_not_read(wish.unread)} Skriv fx »flyt {meant[0].number} til på fredag kl. 10«.")
        if wish.timing and wish.timing.at and wish.timing.misnamed:
            at, weekday = wish.timing.at, wish.timing.misnamed
            ways = ways_out(at, weekday, question.now)
            numbers = join([str(own.number) for own in meant])
            choices = tuple(Choice(way, f"flyt påmindelse {numbers} til {way}") for way in ways)
            return Answer("reminder", misnamed(at, weekday), answered=False, asks=True, choices=choices)
        after = []
        for own in meant:
            try:
                moved = changed(own, wish, question.now)
            except (UserError, OverflowError, ValueError) as error:
                return _refused(str(error) if isinstance(error, UserError) else TOO_FAR)
            flaw = wrong_time(_timing_of(moved), question.now)
            if flaw:
                return _refused(flaw)
            after.append(moved)
        lines = "\n".join(_line(own, question.now) for own in after)
        text = f"Ændret:\n\n{lines}{_lacking(wish, meant)}"
        return _said(text, *(own.put() for own in after), spoken_of=after)

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


def _about(wish: Wish, numbers: tuple[int, ...]) -> Wish:
    """A follow-up as a wish about the reminders spoken of."""
    if wish.want is Want.DROP:
        return replace(wish, want=Want.DELETE, everything=True, numbers=numbers)
    return replace(wish, numbers=numbers)


def _is_meant(own: OwnReminder, wish: Wish) -> bool:
    return own.number in wish.numbers if wish.numbers else alike(own.text, wish.text)


def _says_more(wish: Wish, meant: Sequence[OwnReminder]) -> bool:
    """Whether a message to delete by number says something else too, which the reminder does not."""
    if wish.want is not Want.DELETE or not wish.numbers or not set(words(wish.text)) - _POLITE:
        return False
    return not any(alike(own.text, wish.text) for own in meant)


def _lacking(wish: Wish, meant: Sequence[OwnReminder]) -> str:
    missing = [str(number) for number in wish.numbers if number not in {own.number for own in meant}]
    return f"\n\nDu har ingen påmindelse nr. {join(missing, 'eller')}." if missing else ""


def _flaw(wish: Wish, now: datetime, taken: int) -> Answer | None:
    """What must be asked or refused before a reminder can be made; `taken` is how many there are."""
    if taken >= LIMIT:
        return _refused(
            f"Du har allerede {LIMIT} påmindelser, og det er det højeste. Slet en først (»mine påmindelser«)."
        )
    if len(wish.text) > LONGEST:
        return _refused(f"Teksten er for lang. Skriv den med højst {LONGEST} tegn.")
    if not wish.text:
        return _asks("Hvad skal jeg minde dig om?", wish)
    when = f"Hvornår skal jeg minde dig om {strong(wish.text)}?"
    if wish.unread:
        return _asks(f"{_not_read(wish.unread)} {when}\n\n{_QUOTE_IT}", wish)
    if wish.timing is None:
        return _asks(when, wish)
    at, weekday = wish.timing.at, wish.timing.misnamed
    if at and weekday:
        return _asks(misnamed(at, weekday), wish, ways_out(at, weekday, now))
    wrong = wrong_time(wish.timing, now)
    return _asks(wrong, wish) if wrong else None


def _not_read(words_of_time: str) -> str:
    return f"Jeg er i tvivl om tidspunktet, for jeg forstår ikke »{escape(words_of_time)}«."


def _numbers(value: Json) -> tuple[int, ...]:
    """The numbers of reminders that a turn remembers."""
    return tuple(number for number in value if isinstance(number, int)) if isinstance(value, list) else ()


def _yes_or_no(text: str) -> bool | None:
    """Whether somebody agrees; None when they talk about something else."""
    said = " ".join(words(text))
    if _YES.fullmatch(said):
        return True
    return False if _NO.fullmatch(said) else None


def _timing_of(own: OwnReminder) -> Timing:
    last = None if own.end == date.max else own.end
    return Timing(at=own.at, rule=own.rule, clock=own.clock, first=own.start, last=last)


def _timing(asked: Mapping[str, Json]) -> Timing | None:
    """The time that was given with a question that lacked its text."""
    at, rule = asked.get("at"), asked.get("rule")
    if isinstance(at, str) and at:
        return Timing(at=datetime.fromisoformat(at), misnamed=str(asked.get("misnamed", "")))
    if not (isinstance(rule, str) and rule):
        return None
    first, last = (date.fromisoformat(str(asked[key])) if asked.get(key) else None for key in ("first", "last"))
    return Timing(rule=rule, clock=time.fromisoformat(str(asked["clock"])), first=first, last=last)


def _confirmation(own: OwnReminder, question: Question) -> str:
    where = f" i #{escape(own.channel)}" if own.channel else ""
    first = next(own.moments(question.now, question.now + timedelta(days=400)), None)
    today = question.now.astimezone(COPENHAGEN).date()
    verb = "skriver" if own.channel else "minder dig om"
    lines = [f"Jeg {verb} {strong(own.text)}{where} {own.when(question.now)}."]
    if own.rule and first:
        lines.append(f"Første gang er {long_time(first, today)}.")
    return " ".join(lines)


def _line(own: OwnReminder, now: datetime) -> str:
    where = f" i #{escape(own.channel)}" if own.channel else ""
    return f"- **{own.number}** {escape(own.text)}: {own.when(now)}{where}"


def _counted(number: int) -> str:
    return "1 påmindelse" if number == 1 else f"{number} påmindelser"


def _said(text: str, *effects: Effect, spoken_of: Sequence[OwnReminder] = ()) -> Answer:
    """`spoken_of` are those that "den" means in what is said next."""
    memory: dict[str, Json] = {"own": [own.number for own in spoken_of]} if spoken_of else {}
    return Answer("reminder", text, effects=effects, memory=memory)


def _refused(text: str) -> Answer:
    return Answer("reminder", text, answered=False)


def _asks(text: str, wish: Wish, ways: Sequence[str] = _WHEN) -> Answer:
    """Asks for what is missing, and remembers what was said; `ways` are times to choose between."""
    timing = wish.timing
    asked: dict[str, Json] = {"text": wish.text, "channel": wish.channel, "topic": wish.topic}
    if not wish.text and timing:
        asked |= {
            "at": timing.at.isoformat() if timing.at else "",
            "misnamed": timing.misnamed,
            "unread": wish.unread,
            "rule": timing.rule,
            "clock": timing.clock.isoformat(),
            "first": timing.first.isoformat() if timing.first else "",
            "last": timing.last.isoformat() if timing.last else "",
        }
    choices = tuple(Choice(when, when) for when in ways) if wish.text else ()
    return Answer("reminder", text, answered=False, asks=True, choices=choices, memory={"asked": asked})
