"""What reminders say, in Danish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from bot.contracts import Choice, Context, Source
from bot.markup import escape, link
from handlers.danish.calendar import MONTHS, long_time
from handlers.danish.dates import COPENHAGEN
from handlers.handbook import Listing, Section, walk
from handlers.reminders.plan import Reminder
from handlers.reminders.rounds import Mark, Nudge, Round, all_rounds
from handlers.reminders.schedule import Event, next_event

SHOWN_LEFT = 8
"""Items named of those that are left in a round."""
LONGEST_CHECKLIST = 12
"""Points shown of a checklist that is taken from the handbook."""


def period_name(period: str) -> str:
    """A period's name in words: "1. kvartal 2027", "marts 2027", "uge 11 i 2027"; years and days as they are."""
    if match := re.fullmatch(r"(\d{4})-K(\d)", period):
        return f"{match[2]}. kvartal {match[1]}"
    if match := re.fullmatch(r"(\d{4})-U(\d\d)", period):
        return f"uge {int(match[2])} i {match[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d\d)", period):
        return f"{MONTHS[int(match[2]) - 1]} {match[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", period):
        return f"den {int(match[3])}. {MONTHS[int(match[2]) - 1]} {match[1]}"
    return period


def heading(event: Event) -> str:
    """What it is and for when: "**Budgetopfølgning** for 1. kvartal 2027"."""
    return f"**{escape(event.reminder.title)}** for {period_name(event.period)}"


def round_heading(round_: Round) -> str:
    """What round it is, and how it stands."""
    what = f"**{escape(round_.title)}** for {period_name(round_.period)}"
    return f"{what} – ✅ færdig, {tick_words(round_.done)}" if round_.done else what


def tick_words(mark: Mark | None) -> str:
    """Who did it and when: "En Kollega den 3. maj"; empty when nobody has."""
    if mark is None:
        return ""
    at = mark.at.astimezone(COPENHAGEN)
    return f"{escape(mark.name) or 'nogen'} den {at.day}. {MONTHS[at.month - 1]}"


def checklist(reminder: Reminder, section: Section | None) -> list[str]:
    """The points to be done, as Markdown: the plan's own, else the list items of the handbook section it names."""
    if reminder.checklist or section is None:
        return [escape(point) for point in reminder.checklist]
    lists = (block for block in walk(section.blocks) if isinstance(block, Listing))
    return [item.text.markdown for listing in lists for item in listing.items if item.text][:LONGEST_CHECKLIST]


def section_link(section: Section) -> str:
    return link(section.heading or section.page_title, section.url)


def source_of(section: Section) -> Source:
    return Source(section.page, section.heading, section.anchor, section.url)


def done_choices(round_: Round) -> tuple[Choice, ...]:
    """The buttons of a plain reminder."""
    name = f"{round_.reminder} {round_.period}"
    return (Choice("Færdig", f"færdig {name}"), Choice("Udsæt 3 dage", f"udsæt {name} 3 dage"))


def events_list(events: Iterable[Event], now: datetime) -> str:
    """The events as a list, one line each."""
    today = now.astimezone(COPENHAGEN).date()
    return "\n".join(f"- {long_time(event.at, today)}: {heading(event)}" for event in events)


def shortened(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    shown = [escape(name) for name in names[:SHOWN_LEFT]]
    return join([*shown, f"{len(names) - SHOWN_LEFT} mere"] if len(names) > SHOWN_LEFT else shown)


def join(parts: Sequence[str], word: str = "og") -> str:
    """ "a, b og c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}" if parts else ""


def nudge_text(asked: Nudge, left: Sequence[str]) -> str:
    """Asks the responsible or the deputy about a round that nobody has answered; `left` is not ticked off yet."""
    what = round_heading(asked.round)
    since = asked.round.opened.astimezone(COPENHAGEN)
    lines = [
        f"{what} er ikke meldt færdig endnu. Den har været i gang siden den {since.day}. {MONTHS[since.month - 1]}."
    ]
    if left:
        lines.append(f"Det mangler: {shortened(left)}.")
    lines.append(
        "Du er stedfortræder. Vil du tage dig af det? Jeg spørger ikke igen, men den står under »hvad mangler?«."
        if asked.last
        else "Vil du tage dig af det?"
    )
    return "\n\n".join(lines)


def put_off_text(round_: Round) -> str:
    """The line above a round that comes back after it was put off."""
    who = escape(round_.put_off.name) if round_.put_off and round_.put_off.name else "I"
    return f"{who} bad mig vende tilbage til denne i dag:"


def none_open(reminders: Sequence[Reminder], context: Context, now: datetime) -> str:
    """Says that none of these reminders has an open round, which was finished last, and which comes next.

    That nothing is open is no all-clear: perhaps none has ever been announced.
    """
    today = now.astimezone(COPENHAGEN).date()
    names = {reminder.id for reminder in reminders}
    rounds = [round_ for round_ in all_rounds(context) if round_.reminder in names]
    lines = ["Ingen runder er åbne lige nu." if rounds else "Ingen runder er sat i gang endnu, så ingen er åbne."]
    finished = [round_ for round_ in rounds if round_.done]
    if finished:
        lines.append(f"Den seneste er {round_heading(finished[-1])}.")
    events = [event for reminder in reminders if (event := next_event(reminder, now))]
    if events:
        event = min(events, key=lambda event: event.at.astimezone(UTC))
        lines.append(f"Den næste er {heading(event)}, {long_time(event.at, today)}.")
    return " ".join(lines)
