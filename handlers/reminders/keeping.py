"""Keeps rounds: marks them done, ticks off, puts off, and tells what is open and who did it last."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contracts import Answer, Choice, Claim, Context, Effect, Question, Revise, Topic
from bot.markup import escape
from handlers.danish import words
from handlers.danish.calendar import long_date, long_time
from handlers.danish.dates import COPENHAGEN, local
from handlers.danish.workdays import next_working_day
from handlers.handbook import Products
from handlers.reminders.announcer import place_of
from handlers.reminders.guides import Guide
from handlers.reminders.kinds import Guides
from handlers.reminders.plan import Plan, Reminder
from handlers.reminders.replies import Act, Reply, understand
from handlers.reminders.rounds import Mark, Round, all_rounds, effects, may_answer, open_rounds
from handlers.reminders.schedule import next_event
from handlers.reminders.texts import join, none_open, period_name, round_heading, shortened, tick_words

_LONGEST_DELAY = 366
_KEY = "reminder:"


class RoundKeeper:
    """Answers what people say to rounds."""

    def __init__(self, plan: Plan, guides: Guides, products: Products) -> None:
        self._plan = plan
        self._reminders = {reminder.id: reminder for reminder in plan.reminder}
        self._guides = guides
        self._products = products

    def claim(self, question: Question, context: Context) -> Claim | None:
        """Its claim for what finishes, ticks off, puts off or asks about a round."""
        today = question.now.astimezone(COPENHAGEN).date()
        reply = understand(question.text, self._plan, self._products, today)
        if reply is None:
            return None
        if (question.about or "").startswith("own:"):
            return None  # a ✅ on one's own reminder finishes nothing
        aimed = (question.about or "").startswith(_KEY)
        here = any(self._is_here(round_, question) for round_ in open_rounds(context))
        anything = bool(open_rounds(context))
        if not anything and reply.act is Act.TICK and not _asks_whether(question.text):
            meant = [each for each in self._plan.reminder if reply.confirms and each.round == "approvers"]
            said = none_open(meant or self._plan.reminder, context, question.now)
            return Claim(0.75, lambda: _said(said, answered=False))
        sure = _how_sure(reply, aimed, here, anything=anything)
        return Claim(sure, lambda: self._answer(reply, question, context)) if sure else None

    def _answer(self, reply: Reply, question: Question, context: Context) -> Answer:
        if reply.act is Act.MISSING:
            return self._missing(reply, question, context)
        if reply.act is Act.LAST:
            return self._last(reply, context)
        if reply.unclear:
            return self._which_product(reply)
        found = self._meant(reply, question, context)
        if not found:
            if not open_rounds(context):
                return _said(none_open(reply.reminders or self._plan.reminder, context, question.now), answered=False)
            return _said("Der er ikke nogen åben runde, som det passer på. Skriv »hvad mangler?«, så ser du dem.")
        if len(found) > 1:
            return _which_round(found, question.text)
        round_ = found[0]
        reminder = self._reminders[round_.reminder]
        if not may_answer(reminder, question.asker, context.people):
            return _said(
                f"Det kan kun de, som {round_heading(round_)} er til, svare på:"
                f" {join(list(map(escape, reminder.people)))}."
            )
        mark = Mark(name=question.asker.name, person=question.asker.id, at=question.now)
        match reply.act:
            case Act.FINISH:
                return self._finish(round_, reminder, mark)
            case Act.TICK:
                return self._tick(round_, reminder, reply, mark)
            case Act.UNDO:
                return self._undo(round_, reminder, reply)
        return self._put_off(round_, reminder, reply, mark)

    def _meant(self, reply: Reply, question: Question, context: Context) -> list[Round]:
        """The rounds that a reply can be about: those it points to or names, else the open ones here, else all open."""
        everything = [round_ for round_ in all_rounds(context) if round_.reminder in self._reminders]
        if question.about and question.about.startswith(_KEY):
            name = question.about.removeprefix(_KEY)
            return [round_ for round_ in everything if name == round_.key or name.startswith(f"{round_.key}:")]
        if reply.reminders:
            ids = {reminder.id for reminder in reply.reminders}
            everything = [round_ for round_ in everything if round_.reminder in ids]
        if reply.period:
            named = [
                round_ for round_ in everything if reply.period in (round_.period, period_name(round_.period).upper())
            ]
            everything = named or [round_ for round_ in everything if reply.period in round_.period]
        if reply.products:
            everything = [round_ for round_ in everything if self._has(round_, reply.products)]
        if reply.act is Act.UNDO and not reply.products:
            found = [round_ for round_ in everything if round_.done]
        else:
            found = [round_ for round_ in everything if not round_.done]
        if not found and reply.period:
            return everything  # it is said to be done already
        if reply.products and len(found) > 1:
            kind = "approvers" if reply.confirms else "budget"
            found = [round_ for round_ in found if self._reminders[round_.reminder].round == kind] or found
        here = [round_ for round_ in found if self._is_here(round_, question)]
        return here or (found[-1:] if reply.act is Act.UNDO else found)

    def _has(self, round_: Round, products: Sequence[str]) -> bool:
        return set(products) <= set(self._guide(round_).items)

    def _is_here(self, round_: Round, question: Question) -> bool:
        """Whether a round runs in the topic that the question was asked in."""
        reminder = self._reminders.get(round_.reminder)
        place = place_of(reminder) if reminder else None
        asked = question.place
        if not isinstance(asked, Topic) or place is None:
            return False
        return (asked.channel, asked.topic) == (place.channel, place.topic)

    def _guide(self, round_: Round) -> Guide:
        return self._guides.opened_by(self._reminders[round_.reminder])

    def _left(self, round_: Round) -> list[str]:
        return [item for item in self._guide(round_).items if item not in round_.ticks]

    def _finish(self, round_: Round, reminder: Reminder, mark: Mark, before: Round | None = None) -> Answer:
        """`before` is the round as it is kept, where it has just been ticked."""
        if round_.done:
            return _said(f"{round_heading(round_)}.")
        finished = round_.model_copy(update={"done": mark})
        lines = [f"✅ **{escape(round_.title)}** for {period_name(round_.period)} er færdig. Tak!"]
        left = self._left(round_)
        if left:
            lines.append(f"{_counted(left)} blev ikke krydset af: {shortened(left)}.")
        event = next_event(reminder, mark.at)
        if event:
            lines.append(f"Næste gang er {long_time(event.at, mark.at.astimezone(COPENHAGEN).date())}.")
        outcome = self._guide(round_).outcome(finished)
        text = "\n\n".join(filter(None, [" ".join(lines), outcome.text]))
        return Answer(
            "reminder", text, attachments=outcome.attachments, effects=self._kept(before or round_, finished, reminder)
        )

    def _tick(self, round_: Round, reminder: Reminder, reply: Reply, mark: Mark) -> Answer:
        ticked = round_.with_ticks(reply.products, mark)
        left = self._left(ticked)
        names = join(list(map(escape, reply.products)))
        if not left and reminder.round == "budget":
            return self._finish(ticked, reminder, mark, before=round_)
        if not left:
            return _said(f"✅ {names}: det var det sidste. Skriv »færdig«.", *self._kept(round_, ticked, reminder))
        return _said(
            f"✅ {names} er krydset af. {_counted(left)} mangler: {shortened(left)}.",
            *self._kept(round_, ticked, reminder),
        )

    def _undo(self, round_: Round, reminder: Reminder, reply: Reply) -> Answer:
        opened = round_.without_ticks(reply.products).model_copy(update={"done": None})
        what = join(list(map(escape, reply.products))) if reply.products else round_heading(opened)
        return _said(f"{what} er åben igen.", *self._kept(round_, opened, reminder))

    def _put_off(self, round_: Round, reminder: Reminder, reply: Reply, mark: Mark) -> Answer:
        today = mark.at.astimezone(COPENHAGEN).date()
        if reply.until is None:
            return _asks("Til hvornår? Skriv fx »udsæt 3 dage« eller »udsæt til på fredag«.")
        if not 0 < (reply.until - today).days <= _LONGEST_DELAY:
            return _asks(f"{long_date(reply.until, today).capitalize()} går ikke. Vælg en dag i det kommende år.")
        until = local(next_working_day(reply.until), reminder.time)
        later = round_.model_copy(update={"opened": until, "put_off": mark})
        return _said(f"{round_heading(round_)} er udsat. Jeg vender tilbage {long_time(until, today)}.", later.put())

    def _kept(self, before: Round, after: Round, reminder: Reminder) -> tuple[Effect, ...]:
        """Keeps what has changed, and brings the round's message up to date where it has no buttons."""
        guide = self._guides.opened_by(reminder)
        revision = (Revise(after.message, guide.text(reminder, after)),) if guide.items else ()
        return (*effects(before, after), *revision)

    def _missing(self, reply: Reply, question: Question, context: Context) -> Answer:
        wanted = {reminder.id for reminder in reply.reminders}
        found = [round_ for round_ in open_rounds(context) if not wanted or round_.reminder in wanted]
        if not found:
            return _said(none_open(reply.reminders or self._plan.reminder, context, question.now))
        lines = [self._open_line(round_, with_names=len(found) == 1) for round_ in found]
        return _said("Disse runder er åbne:\n\n" + "\n".join(lines))

    def _open_line(self, round_: Round, with_names: bool) -> str:
        since = round_.opened.astimezone(COPENHAGEN).date()
        reminder = self._reminders.get(round_.reminder)
        line = f"- {round_heading(round_)}, {'udsat til' if round_.put_off else 'siden'} {long_date(since)}"
        if reminder is None:
            return line
        left, items = self._left(round_), self._guide(round_).items
        if items:
            line += f"; {len(items) - len(left)} af {len(items)} er krydset af"
            line += f", og det mangler: {shortened(left)}" if with_names and left else ""
        return f"{line} (ansvarlig: {escape(reminder.responsible)})" if reminder.responsible else line

    def _last(self, reply: Reply, context: Context) -> Answer:
        wanted = {reminder.id for reminder in reply.reminders} or _talked_about(context) or set(self._reminders)
        finished = [round_ for round_ in all_rounds(context) if round_.done and round_.reminder in wanted]
        latest = {round_.reminder: round_ for round_ in finished}
        if not latest:
            what = join([f"»{self._reminders[name].title}«" for name in self._reminders if name in wanted], "eller")
            return _said(f"Det ved jeg ikke. Ingen har meldt {what or 'noget'} færdig til mig endnu.", answered=False)
        lines = [
            f"**{escape(round_.title)}** for {period_name(round_.period)} blev meldt færdig"
            f" af {tick_words(round_.done)} {round_.done.at.astimezone(COPENHAGEN).year}."
            for round_ in latest.values()
            if round_.done
        ]
        return _said("\n\n".join(lines))

    def _which_product(self, reply: Reply) -> Answer:
        word = "ikke færdig" if reply.act is Act.UNDO else "færdig"
        choices = tuple(Choice(name, f"{name} {word}") for name in reply.unclear)
        return Answer("reminder", "Hvilket produkt mener du?", answered=False, asks=True, choices=choices)


def _how_sure(reply: Reply, aimed: bool, here: bool, *, anything: bool) -> float:
    """`aimed`: it points to a round's message; `here`: a round runs in this topic; `anything`: some round is open."""
    if aimed or (reply.reminders and reply.period):
        return 0.95
    if reply.act is Act.TICK or reply.products:
        return 0.9 if here else 0.75 if anything else 0.0
    if reply.act in (Act.MISSING, Act.LAST) or reply.reminders:
        return 0.85 if reply.reminders else 0.75
    return 0.9 if here else 0.75 if anything else 0.5


def _asks_whether(text: str) -> bool:
    """Whether a text asks how something is, rather than says so: "er OS2iot færdig"."""
    return text.rstrip().endswith("?") or words(text)[:1] == ["er"]


def _talked_about(context: Context) -> set[str]:
    """The reminders that the latest answer was about."""
    named = context.last.memory.get("reminders") if context.last else None
    return {name for name in named if isinstance(name, str)} if isinstance(named, list) else set()


def _which_round(found: Sequence[Round], text: str) -> Answer:
    choices = tuple(
        Choice(f"{round_.title}, {period_name(round_.period)}", f"{text} {round_.reminder} {round_.period}")
        for round_ in found
    )
    return Answer("reminder", "Hvilken runde mener du?", answered=False, asks=True, choices=choices)


def _counted(left: Sequence[str]) -> str:
    return "1 produkt" if len(left) == 1 else f"{len(left)} produkter"


def _said(text: str, *effects: Effect, answered: bool = True) -> Answer:
    return Answer("reminder", text, answered=answered, effects=effects)


def _asks(text: str) -> Answer:
    return Answer("reminder", text, answered=False, asks=True)
