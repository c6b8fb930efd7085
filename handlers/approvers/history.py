"""How the approver list read before: since when a row stands, who stood there then, what has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from handlers.approvers.register import Party, Row, rows, squashed
from handlers.handbook import PageHistory, Section, Version

Load = Callable[[str], PageHistory]
"""From a page's path to its versions. Called once, when history is first asked for."""


@dataclass(frozen=True, slots=True)
class Spell:
    """The same approvers over a time. `start` is None when they were there before the history begins."""

    row: Row
    start: date | None
    end: date | None
    """The day on which they were replaced; None while they are the list's latest."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One product then and now; None where it was not in the list."""

    before: Row | None
    after: Row | None

    @property
    def product(self) -> str:
        row = self.after or self.before
        return row.product if row else ""


@dataclass(frozen=True)
class _Snapshot:
    day: date
    rows: dict[str, Row]


class ListHistory:
    """The history of the page that the list stands on. Without git it knows nothing, and says so by `known`."""

    def __init__(self, section: Section | None, load: Load | None) -> None:
        self._section = section
        self._load = load

    @property
    def known(self) -> bool:
        return bool(self._snapshots)

    @property
    def begins(self) -> date | None:
        """The day of the oldest version that is known."""
        return self._snapshots[0].day if self._snapshots else None

    @property
    def changed(self) -> date | None:
        """The day on which the list was last changed."""
        return self._snapshots[-1].day if self._snapshots else None

    def unchanged_since(self, row: Row) -> date | None:
        """Since when these persons stand in the row; None when that is not known, or not committed yet."""
        spells = self.spells(row.product)
        if not spells or spells[-1].end is not None or _people(spells[-1].row) != _people(row):
            return None
        return spells[-1].start

    def spells(self, product: str) -> list[Spell]:
        """Who stood at a product, oldest first."""
        found: list[Spell] = []
        for number, snapshot in enumerate(self._snapshots):
            row = snapshot.rows.get(squashed(product))
            latest = found[-1] if found and found[-1].end is None else None
            if latest and (row is None or _people(latest.row) != _people(row)):
                found[-1] = Spell(latest.row, latest.start, snapshot.day)
                latest = None
            if latest is None and row is not None:
                start = snapshot.day if number > 0 or self._page.complete else None
                found.append(Spell(row, start, None))
        return found

    def during(self, product: str, start: date, end: date) -> list[Spell]:
        """Who stood at a product on some day of a period."""
        return [
            spell
            for spell in self.spells(product)
            if (spell.start is None or spell.start <= end) and (spell.end is None or spell.end > start)
        ]

    def differences(self, since: date, now: tuple[Row, ...]) -> list[Difference]:
        """What differs between the list at the beginning of a day and the list as it is now."""
        earlier = [snapshot for snapshot in self._snapshots if snapshot.day < since] or self._snapshots[:1]
        before = earlier[-1].rows if earlier else {}
        after = {squashed(row.product): row for row in now}
        found = [Difference(before.get(key), after.get(key)) for key in dict.fromkeys([*after, *before])]
        return [difference for difference in found if _facts(difference.before) != _facts(difference.after)]

    @cached_property
    def _page(self) -> PageHistory:
        return self._load(self._section.page) if self._load and self._section else PageHistory()

    @cached_property
    def _snapshots(self) -> list[_Snapshot]:
        """The versions of the page in which the list can be read, oldest first."""
        if self._section is None:
            return []
        found = [_snapshot(self._section, version) for version in self._page.versions]
        return [snapshot for snapshot in found if snapshot.rows]


def _snapshot(section: Section, version: Version) -> _Snapshot:
    found = (row for table in version.tables() for row in rows(section, table))
    return _Snapshot(version.at.date(), {squashed(row.product): row for row in found})


def _people(row: Row) -> tuple[tuple[object, ...], ...]:
    return _party(row.internal), _party(row.external)


def _party(party: Party) -> tuple[object, ...]:
    return party.persons or (party.written,)


def _facts(row: Row | None) -> tuple[object, ...] | None:
    return (row.psp, _people(row)) if row else None
