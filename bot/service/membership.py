"""This copy's view of the others: whose conversations are whose, and who has fallen out of sight."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine

from bot.service.pace import Pace
from bot.storage import copies
from bot.storage.copies import Copy

_KEPT_SECONDS = 60.0  # after its death a copy's place is kept for those who come, or die, soon after


@dataclass(frozen=True, slots=True)
class _Beat:
    """A copy's latest beat: by that copy's clock, and when we noticed it by `time.monotonic`."""

    seen_at: float
    noticed: float
    watched: bool
    """Whether we saw it come, and do not only know from the clocks how old it is."""


class Membership:
    """One copy among those that share the database. Alone on SQLite, where nobody else can be alive.

    Clocks may be set, and two machines' differ: a copy is dead when its beat has not changed for so long by our own
    steady clock. Only the age of what was there when we came is taken from the clocks.
    """

    def __init__(self, engine: Engine, copy: str, pace: Pace) -> None:
        self.engine = engine
        self.copy = copy
        self.pace = pace
        self._beats: dict[str, _Beat] = {}
        self._joined_with: set[str] = set()
        self._finished: set[str] = set()
        self._living = [copy]
        self._last_seen: dict[str, Copy] = {}
        self.alone = engine.dialect.name == "sqlite"
        """Nobody else can be at work on the database: the state folder's lock sees to that."""

    def join(self, newest: int) -> int:
        """Takes up work; returns the place to go on from: `newest` when nobody has ever worked here."""
        with self.engine.begin() as connection:
            # read before being seen: whoever leaves us a conversation has seen us, and then we have seen whom it had
            found = copies.everyone(connection)
            place = min((copy.place for copy in found), default=newest)
            copies.beat(connection, self.copy, place, {})
        self._living = sorted({self.copy, *(copy.id for copy in found if self._alive(copy))})
        self._last_seen = {copy.id: copy for copy in found}
        self._joined_with = {copy.id for copy in found if not self._alive(copy)}
        return place

    def is_ours(self, lane: str) -> bool:
        """Whether this copy answers what is said in a place."""
        return len(self._living) == 1 or copies.owner(lane, self._living) == self.copy

    def beat(self, place: int, state: dict[str, Any]) -> list[Copy]:
        """Says that this copy is alive, and returns those whose work is to be taken over."""
        now = time.time()
        with self.engine.begin() as connection:
            copies.beat(connection, self.copy, place, state)
            found = {copy.id: copy for copy in copies.everyone(connection) if copy.id != self.copy}
            dead = [copy for copy in found.values() if not self._alive(copy)]
            for copy in dead:
                if copy.id in self._finished and now - copy.seen_at > _KEPT_SECONDS:
                    copies.bury(connection, copy.id)
        gone = dead + [self._last_seen[one] for one in self._living if one not in found and one in self._last_seen]
        self._living = sorted({self.copy, *found} - {copy.id for copy in dead})
        self._last_seen = found
        self._finished -= set(self._living)  # it was only slow, and may die another day
        # one that died may have had the work of another that died before it still to do
        earliest = min((copy.place for copy in gone), default=0)
        return [replace(copy, place=earliest) for copy in gone if copy.id not in self._finished]

    def others_heard(self, copy: Copy) -> bool:
        """Whether a copy that is gone was alive when this one joined, so that its place was not gone on from."""
        return copy.id not in self._joined_with

    def finish(self, copy: Copy) -> None:
        """Notes that this copy has done its part of another's work."""
        self._finished.add(copy.id)

    def at_work_until(self, copy: Copy) -> float:
        """The moment (by `time.monotonic`) by which a dead copy had made its last call; now, when we did not see it."""
        beat = self._beats.get(copy.id)
        return min(beat.noticed + self.pace.beat, time.monotonic()) if beat and beat.watched else time.monotonic()

    def leave(self, place: int) -> None:
        """Stops working; whoever comes next goes on from here."""
        with self.engine.begin() as connection:
            copies.stop(connection, self.copy, place)

    def _alive(self, copy: Copy) -> bool:
        if self.alone or copy.stopped:
            return False
        now, known = time.monotonic(), self._beats.get(copy.id)
        if known is None:
            self._beats[copy.id] = _Beat(copy.seen_at, now - max(time.time() - copy.seen_at, 0.0), watched=False)
        elif known.seen_at != copy.seen_at:
            self._beats[copy.id] = _Beat(copy.seen_at, now, watched=True)
        return now - self._beats[copy.id].noticed < self.pace.dead_after
