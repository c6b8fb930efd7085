"""Carries out corrections of a day log: what of them is understood is done, what is not is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.contracts import Asker, Effect
from bot.markup import escape
from bot.pattern import Pattern
from handlers.danish import FUNCTION_STEMS, stem, stems, words
from handlers.handbook import How
from handlers.tags import corrections
from handlers.tags.daylog import times
from handlers.tags.daylog.entries import Entry, corrected
from handlers.tags.daylog.revision import Kind, Revision
from handlers.tags.naming import TagNames
from handlers.tags.suggester import Suggestion
from handlers.tags.time import TimeTags

Read = Callable[[str], list[Entry]]
"""From the text of new lines to their entries."""

_MAKES_SENSE = 0.8
"""From this probability on, words that are not the name of a tag are taken for a description of the work."""
_NOT_BUT = Pattern(r"^ikke\b.*?\bmen\s+", re.IGNORECASE)
_UNTIL = Pattern(r"^(?:sluttede|slut|færdig|gik|varede)\s+(?:kun\s+)?(?:til\s+)?(?=kl|\d|halv|kvart)", re.IGNORECASE)
_SINCE = Pattern(r"^(?:begyndte|startede|fra)\s+(?:ved\s+)?", re.IGNORECASE)
_FILLERS = frozenset(stems("var er skal være projekt projektet tag tagget time timer tid lang kun nok vist"))


@dataclass(slots=True)
class Outcome:
    """What has become of the corrections."""

    entries: list[Entry]
    problems: list[str] = field(default_factory=list)
    """What was not understood or cannot be done, a Danish sentence each."""
    notes: list[str] = field(default_factory=list)
    """What else is to be said."""
    effects: list[Effect] = field(default_factory=list)
    done: bool = False
    """Whether anything was changed."""


class Changes:
    """Carries out corrections of the entries of one log."""

    def __init__(
        self, time_tags: TimeTags, asker: Asker, suggest: Callable[[str, str], Suggestion], read: Read
    ) -> None:
        self._time = time_tags
        self._asker = asker
        self._suggest = suggest
        self._read = read

    def carry_out(self, found: Sequence[Entry], revisions: Sequence[Revision]) -> Outcome:
        """The log after all corrections; the numbers in them are those that it had before."""
        slots: list[list[Entry]] = [[entry] for entry in found]
        outcome = Outcome([])
        for revision in revisions:
            places = self._places(revision, len(found), outcome)
            match revision.kind:
                case Kind.ADD:
                    self._add(revision.to, slots, outcome)
                case Kind.SWAP:
                    _swap(places, slots, outcome)
                case Kind.REMOVE:
                    for place in places:
                        slots[place] = []
                        outcome.done = True
                case Kind.SPLIT:
                    for place in places:
                        slots[place] = self._split(place, slots[place], revision.to, outcome)
                case Kind.CHANGE:
                    for place in places:
                        slots[place] = [self._change(place, entry, revision.to, outcome) for entry in slots[place]]
        outcome.entries = [entry for slot in slots for entry in slot]
        return outcome

    def _places(self, revision: Revision, count: int, outcome: Outcome) -> list[int]:
        if revision.lines is None:
            return list(range(count))
        places = []
        for number in revision.lines:
            place = count - 1 if number < 0 else number - 1
            if 0 <= place < count:
                places.append(place)
            else:
                outcome.problems.append(f"Der er ingen linje {number}.")
        return places

    def _add(self, text: str, slots: list[list[Entry]], outcome: Outcome) -> None:
        added = self._read(text)
        if not added:
            outcome.problems.append(f"Jeg fandt ingen linje i »{escape(text)}«.")
            return
        day = slots[-1][-1].day if slots and slots[-1] else ""
        slots.append([replace(entry, day=entry.day or day) for entry in added])
        outcome.done = True

    def _split(self, place: int, slot: list[Entry], between: str, outcome: Outcome) -> list[Entry]:
        """The line in equal parts: one for each product named, else two."""
        if not slot:
            return slot
        entry = slot[0]
        products = tuple(name for name, _, _ in self._products(between)) or entry.products
        parts = max(2, len(products))
        quarters = round((entry.hours or 0) * 4)
        if 0 < quarters < parts:
            outcome.problems.append(f"Linje {place + 1} er for kort til at blive delt: et kvarter er det mindste.")
            return slot
        outcome.done = True
        outcome.notes.append(f"Linje {place + 1} er delt ligeligt; ret tiderne, hvis de ikke passer.")
        divided = []
        for part in range(parts):
            own = (quarters // parts + (part < quarters % parts)) / 4 if quarters else None
            new = replace(entry, hours=own, begins=None, ends=None)
            if len(products) > 1:
                new = replace(new, project=products[part], products=(products[part],))
            divided.append(new)
        return divided

    def _change(self, place: int, entry: Entry, to: str, outcome: Outcome) -> Entry:
        """The entry with another time, project and tag: all that the words name."""
        said = _NOT_BUT.sub("", to.strip())
        timed, rest = _timed(entry, said)
        new, rest = self._placed(timed or entry, rest)
        named = new is not (timed or entry)
        if not _content(rest):
            if timed is None and not named:
                outcome.problems.append(_unknown(to))
            else:
                outcome.done = True
            return new
        tag = TagNames(self._time.knowledge.tags).exactly(rest)
        if tag is not None:
            outcome.done = True
            new = corrected(new, tag, self._time.task_under(entry.what, tag))
            if tag != entry.tag:
                outcome.effects.append(self._proposal(entry, new))
            return new
        described = self._described(new, rest)
        if described is None:
            known = timed is not None or named
            outcome.done = outcome.done or known
            outcome.problems.append(_not_understood(place + 1, rest) if known else _unknown(to))
            return new
        outcome.done = True
        return described

    def _placed(self, entry: Entry, text: str) -> tuple[Entry, str]:
        """The entry with the project that the words name, and the words that are left."""
        products = self._products(text)
        if products:
            names = tuple(product for product, _, _ in products)
            rest = text
            for _, start, end in reversed(products):
                rest = f"{rest[:start]} {rest[end:]}"
            return replace(entry, project=names[0], products=names), rest
        general = self._time.knowledge.general_project
        plain = text.casefold().strip()
        if general is not None and len(plain) > 3 and plain in general.name.casefold():
            return replace(entry, project=general.name, products=()), ""
        return entry, text

    def _products(self, text: str) -> list[tuple[str, int, int]]:
        """The products surely named, each with its place in the text."""
        tags = TagNames(self._time.knowledge.tags)
        return [
            (mention.names[0], mention.start, mention.end)
            for mention in self._time.knowledge.products.find(text)
            if mention.how >= How.FUZZY and tags.exactly(text[mention.start : mention.end]) is None
        ]

    def _described(self, entry: Entry, more: str) -> Entry | None:
        """The entry with more said about the work; None when that makes no sense.

        What the words say by themselves wins over what the entry said before.
        """
        what = f"{entry.what} {' '.join(more.split())}"
        alone, together = self._suggest(more, ""), self._suggest(what, entry.project or "")
        agree = alone.best.tag == together.best.tag
        clear = alone.sure or (agree and alone.best.share >= _MAKES_SENSE)
        if not clear or not self._time.knows(_content(more)):
            return None
        found = together if agree else alone
        task = found.best.task.name if found.best.task is not None else None
        other = found.candidates[1].tag.name if agree else together.best.tag.name
        return replace(
            entry, what=what, tag=found.best.tag.name, task=task, second=None if together.sure and agree else other
        )

    def _proposal(self, entry: Entry, new: Entry) -> Effect:
        against = self._time.spoken_for(entry.what)
        return corrections.proposal(
            entry.what, new.tag, new.task or "", entry.tag, "" if against == new.tag else against, self._asker
        )


def _swap(places: Sequence[int], slots: list[list[Entry]], outcome: Outcome) -> None:
    """What was done in two lines changes places; each keeps its time of day, where it has one."""
    if len(places) != 2 or not (slots[places[0]] and slots[places[1]]):
        if not outcome.problems:
            outcome.problems.append("Jeg kan bytte om på to linjer; skriv for eksempel »byt 1 og 2«.")
        return
    first, second = slots[places[0]][0], slots[places[1]][0]
    if first.begins is not None and second.begins is not None:
        slots[places[0]], slots[places[1]] = [_at(second, first)], [_at(first, second)]
        outcome.notes.append("Tiderne står, hvor de stod.")
    else:
        slots[places[0]], slots[places[1]] = [second], [first]
    outcome.done = True


def _at(entry: Entry, other: Entry) -> Entry:
    """An entry at the time of another."""
    return replace(entry, hours=other.hours, begins=other.begins, ends=other.ends)


def _timed(entry: Entry, text: str) -> tuple[Entry | None, str]:
    """The entry with the time that the words name (None when they name none), and the words that are left."""
    upto = times.until(_UNTIL.sub("til ", text))
    if upto is not None and upto.ends is not None and entry.begins is not None and upto.ends > entry.begins:
        text = _UNTIL.sub("til ", text)
        return _lasting(entry, entry.begins, upto.ends), f"{text[: upto.start]} {text[upto.end :]}"
    found = [span for span in times.spans(text) if span.minutes is not None]
    if found:
        span = found[0]
        begins = entry.begins if span.begins is None else span.begins
        ends = None if begins is None else begins + (span.minutes or 0)
        new = replace(entry, hours=times.quarters(span.minutes or 0), begins=begins, ends=ends)
        return new, f"{text[: span.start]} {text[span.end :]}"
    since = times.start(_SINCE.sub("", text)) if _SINCE.match(text) else None
    if since is not None and since.begins is not None and entry.ends is not None and since.begins < entry.ends:
        return _lasting(entry, since.begins, entry.ends), _SINCE.sub("", text)[since.end :]
    return None, text


def _lasting(entry: Entry, begins: int, ends: int) -> Entry:
    return replace(entry, hours=times.quarters(ends - begins), begins=begins, ends=ends)


def _content(text: str) -> list[str]:
    """The words that say something."""
    return [word for word in words(text) if stem(word) not in FUNCTION_STEMS | _FILLERS]


def _unknown(to: str) -> str:
    return f"Jeg kender hverken et tag, et projekt eller en tid i »{escape(to)}«."


def _not_understood(number: int, rest: str) -> str:
    return f"I linje {number} forstod jeg ikke »{escape(' '.join(rest.split()))}«."
