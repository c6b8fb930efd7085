"""Lines of a day log that lean on their neighbours: "fortsat", "referat derefter", "forberedelse"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers.danish import FUNCTION_STEMS, stems
from handlers.tags.daylog.lines import Line

_BACK = frozenset(
    stems(
        """fortsat fortsatte fortsætte fortsættelse videre samme ditto dito igen mere derefter bagefter efterfølgende
        resten referat referatet opsamling opfølgning efterbehandling efterarbejde noter renskrev renskrivning
        færdiggørelse færdig afrunding continued cont same afterwards minutes notes followup wrap"""
    )
)
"""Words that go on with what was done before: minutes have the purpose of the meeting."""
_AHEAD = frozenset(
    stems("forberedelse forberedelser forberede forberedte klargøring klargjorde optakt prep preparation")
)
"""Words that lead up to what was done next."""
_FILLERS = frozenset(
    stems(
        """opgaver opgave opgaverne møde mødet arbejde arbejdet arbejdede ting tingene sagen lidt skrev lavede sendte
        gjorde tid time bare kort hurtig hurtigt hele efter før work tasks meeting wrote"""
    )
)


def support(position: int, lines: Sequence[Line], is_work: Callable[[int], bool]) -> int | None:
    """The position of the line that a line leans on; None for a line that stands by itself.

    Only lines of the same day count that stand by themselves and are work.
    """
    if not leans(lines[position].what):
        return None
    before = range(position - 1, -1, -1)
    after = range(position + 1, len(lines))
    order = (after, before) if set(stems(lines[position].what)) & _AHEAD else (before,)
    return next((place for places in order for place in places if _carries(place, position, lines, is_work)), None)


def leans(what: str) -> bool:
    """Whether a description says only that it belongs to another."""
    said = set(stems(what))
    return bool(said & (_BACK | _AHEAD)) and said <= _BACK | _AHEAD | _FILLERS | FUNCTION_STEMS


def _carries(place: int, position: int, lines: Sequence[Line], is_work: Callable[[int], bool]) -> bool:
    return lines[place].day == lines[position].day and not leans(lines[place].what) and is_work(place)
