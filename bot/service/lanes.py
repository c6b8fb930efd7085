"""Runs tasks on a few threads: those of a lane one by one and in order, lanes side by side, people in turn."""

from __future__ import annotations

import heapq
import logging
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)

Task = Callable[[], float | None]
"""Something to do. Returns None when it is done, or the seconds after which it is to be tried again."""

_MOST_FAILURES = 7  # a task that raises is tried again after 2, 4, 8 ... seconds: the database may be away for a moment


@dataclass(slots=True)
class _Waiting:
    """A task in a lane."""

    person: int
    task: Task
    failures: int = 0

    def run(self) -> float | None:
        """Runs the task; one that raises counts as to be tried again, a few times."""
        try:
            return self.task()
        except Exception as error:
            self.failures += 1
            log.error("task failed", extra={"failure": type(error).__name__, "times": self.failures})
            return None if self.failures > _MOST_FAILURES else 2.0**self.failures


class Lanes:
    """Tasks waiting in lanes, and the threads that run them.

    A lane whose task asks to be tried again keeps its place, but no thread. Of the lanes that can go on, those of the
    person who has waited longest come first, so that nobody's many questions hold up somebody else's one.
    """

    def __init__(self, workers: int, name: str) -> None:
        self._changed = threading.Condition()
        self._lanes: dict[str, deque[_Waiting]] = {}
        self._ready: OrderedDict[int, deque[str]] = OrderedDict()
        self._later: list[tuple[float, str]] = []
        self._running = 0
        self._stopped = False
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True) for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, lane: str, person: int, task: Task) -> None:
        """Adds a task at the end of a lane, on behalf of a person."""
        with self._changed:
            waiting = self._lanes.get(lane)
            if waiting is None:
                self._lanes[lane] = deque([_Waiting(person, task)])
                self._make_ready(lane, person)
                self._changed.notify()
            else:
                waiting.append(_Waiting(person, task))

    def do(self, lane: str, person: int, task: Task) -> None:
        """Does a task on the calling thread, if nothing is before it in its lane; otherwise adds it at the end."""
        with self._changed:
            waiting = self._lanes.setdefault(lane, deque())
            waiting.append(_Waiting(person, task))
            if len(waiting) == 1 and not self._stopped:
                self._run(lane)
                if waiting:
                    self._changed.notify()

    def is_last(self, lane: str) -> bool:
        """Whether nothing waits in a lane behind the task that runs."""
        with self._changed:
            return len(self._lanes.get(lane, ())) <= 1

    @property
    def depth(self) -> int:
        """How many tasks wait or run."""
        with self._changed:
            return sum(map(len, self._lanes.values()))

    def finish(self, seconds: float) -> bool:
        """Waits until nothing that can be done now is left, at most so long; then stops. Says whether all was done."""
        deadline = time.monotonic() + seconds
        while self._busy() and time.monotonic() < deadline:
            time.sleep(0.02)
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
            return not self._lanes

    def _busy(self) -> bool:
        with self._changed:
            return bool(self._ready or self._running)

    def _make_ready(self, lane: str, person: int) -> None:
        self._ready.setdefault(person, deque()).append(lane)

    def _work(self) -> None:
        with self._changed:
            while (lane := self._next()) is not None:
                self._run(lane)

    def _next(self) -> str | None:
        """The lane whose turn it is; None when all is over."""
        while not self._stopped:
            now = time.monotonic()
            while self._later and self._later[0][0] <= now:
                _, lane = heapq.heappop(self._later)
                self._make_ready(lane, self._lanes[lane][0].person)
                self._changed.notify()
            if self._ready:
                person, lanes = self._ready.popitem(last=False)
                lane = lanes.popleft()
                if lanes:
                    self._ready[person] = lanes  # at the end: the others come first
                return lane
            self._changed.wait(self._later[0][0] - now if self._later else None)
        return None

    def _run(self, lane: str) -> None:
        """Runs a lane's first task, and lets others at the lanes meanwhile.

        Nobody is woken for what is to be done next: the thread that did this looks for it itself.
        """
        waiting = self._lanes[lane]
        self._running += 1
        self._changed.release()
        try:
            again = waiting[0].run()
        finally:
            self._changed.acquire()
            self._running -= 1
        if again is not None:
            heapq.heappush(self._later, (time.monotonic() + again, lane))
            return
        waiting.popleft()
        if waiting:
            self._make_ready(lane, waiting[0].person)
        else:
            del self._lanes[lane]
