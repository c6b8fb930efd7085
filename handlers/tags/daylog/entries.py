"""A day log's entries: each line with hours, project, standard task and tag."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.contracts import Json
from handlers.tags.daylog.leaning import support
from handlers.tags.daylog.lines import Line
from handlers.tags.daylog.times import clock, quarters
from handlers.tags.knowledge import Tag
from handlers.tags.suggester import Suggestion

Suggest = Callable[[str, str], Suggestion]
"""From a description and the text around it (which may name the product) to a suggestion."""

_SHORTEST_GAP = 5
"""Minutes: less between two lines is no gap."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One registration."""

    line: str
    what: str
    hours: float | None
    """In quarters; None when the log gives no time."""
    project: str | None
    task: str | None
    tag: str
    second: str | None
    """The second choice, for a line that the bot is not sure of."""
    products: tuple[str, ...] = ()
    begins: int | None = None
    """Minutes since midnight, as in `lines.Line`."""
    ends: int | None = None
    day: str = ""
    heading: str = ""
    """The day and heading as in `lines.Line`."""

    @property
    def is_backwards(self) -> bool:
        """Whether it ends before it begins."""
        return self.begins is not None and self.ends is not None and self.ends < self.begins

    def as_data(self) -> dict[str, Json]:
        """The entry as scripts get it."""
        return {"line": self.line, "hours": self.hours, "project": self.project, "task": self.task, "tag": self.tag}

    def as_memory(self) -> dict[str, Json]:
        """The entry as a follow-up may need it."""
        return {
            **self.as_data(),
            "what": self.what,
            "second": self.second,
            "products": list(self.products),
            "begins": self.begins,
            "ends": self.ends,
            "day": self.day,
            "heading": self.heading,
        }


def remembered(memory: Json) -> list[Entry]:
    """The entries in a conversation's memory; empty when there are none."""
    return [_entry(item) for item in memory if isinstance(item, dict)] if isinstance(memory, list) else []


def entries(lines: Sequence[Line], suggest: Suggest, is_rest: Callable[[Tag], bool]) -> list[Entry]:
    """An entry for each line; the heading above it may name the product that it does not name itself.

    A line without a purpose of its own has that of the line it leans on, over what only interrupts the work.
    """
    own = [suggest(line.what, line.heading) for line in lines]

    def is_work(place: int) -> bool:
        return not is_rest(own[place].best.tag)

    found = []
    for position, line in enumerate(lines):
        leaned_on = support(position, lines, is_work)
        found.append(_entry_of(line, own[position if leaned_on is None else leaned_on]))
    return found


def _entry_of(line: Line, suggestion: Suggestion) -> Entry:
    best, second = suggestion.best, suggestion.candidates[1:2]
    return Entry(
        line=line.text,
        what=line.what,
        hours=quarters(line.minutes) if line.minutes is not None else None,
        project=suggestion.project,
        task=best.task.name if best.task is not None else None,
        tag=best.tag.name,
        second=second[0].tag.name if second and not suggestion.sure else None,
        products=suggestion.products,
        begins=line.begins,
        ends=line.ends,
        day=line.day,
        heading=line.heading,
    )


def days(found: Iterable[Entry]) -> Iterator[tuple[str, list[tuple[int, Entry]]]]:
    """The entries day by day, each with its number in the whole log (from 1)."""
    for day, group in groupby(enumerate(found, 1), key=lambda item: item[1].day):
        yield day, list(group)


def hours(found: Iterable[Entry]) -> float:
    """The sum of the hours known."""
    return sum(entry.hours or 0 for entry in found)


def gaps(found: Sequence[Entry]) -> list[str]:
    """The hours of a day that no line covers ("12.30–13.00"); empty unless the lines say when they were."""
    timed = _timed(found)
    open_ = []
    reached = timed[0][1] if timed else 0
    for begins, ends in timed[1:]:
        if begins - reached >= _SHORTEST_GAP:
            open_.append(f"{clock(reached)}–{clock(begins)}")
        reached = max(reached, ends)
    return open_


def overlaps(found: Sequence[Entry]) -> list[str]:
    """The hours of a day that two lines cover, such as "9.00–9.30"."""
    timed = _timed(found)
    double = []
    reached = timed[0][1] if timed else 0
    for begins, ends in timed[1:]:
        if begins < reached:
            double.append(f"{clock(begins)}–{clock(min(ends, reached))}")
        reached = max(reached, ends)
    return double


def off_total(found: Sequence[Entry], totals: Mapping[str, int]) -> list[tuple[str, float, float]]:
    """The days and headings whose lines, all with a time, do not add up: name, hours found and hours stated."""
    off = []
    for name, minutes in totals.items():
        under = [entry for entry in found if not name or entry.day == name or entry.heading.startswith(name)]
        # a sum below the last of several days may be meant for all of them
        if all(entry.hours is not None for entry in found) and not (_add_up(under, minutes) or _add_up(found, minutes)):
            off.append((name, hours(under), minutes / 60))
    return off


def _add_up(found: Sequence[Entry], minutes: int) -> bool:
    """Whether entries, each rounded to a quarter, give so many minutes."""
    return abs(hours(found) - minutes / 60) <= len(found) / 8


def corrected(entry: Entry, tag: str, task: str | None) -> Entry:
    """The entry with another tag, now certain."""
    return replace(entry, tag=tag, task=task, second=None)


def _timed(found: Sequence[Entry]) -> list[tuple[int, int]]:
    known = ((entry.begins, entry.ends) for entry in found if entry.begins is not None and entry.ends is not None)
    return sorted((begins, ends) for begins, ends in known if begins < ends)


def _entry(item: dict[str, Json]) -> Entry:
    products = item.get("products")
    begins, ends, time = item.get("begins"), item.get("ends"), item.get("hours")
    return Entry(
        line=str(item.get("line") or ""),
        what=str(item.get("what") or ""),
        hours=float(time) if isinstance(time, (int, float)) else None,
        project=_text(item.get("project")),
        task=_text(item.get("task")),
        tag=str(item.get("tag") or ""),
        second=_text(item.get("second")),
        products=tuple(map(str, products)) if isinstance(products, list) else (),
        begins=begins if isinstance(begins, int) else None,
        ends=ends if isinstance(ends, int) else None,
        day=str(item.get("day") or ""),
        heading=str(item.get("heading") or ""),
    )


def _text(value: Json) -> str | None:
    return str(value) if value else None
