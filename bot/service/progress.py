"""How far a copy of the bot has come in what was said."""

from __future__ import annotations

import threading
from collections import OrderedDict

_REMEMBERED = 2_000


class Progress:
    """Questions in hand, and the place up to which everything has been handled."""

    def __init__(self, place: int) -> None:
        self._lock = threading.Lock()
        self._seen = place
        self._in_hand: set[int] = set()
        self._known: OrderedDict[int, None] = OrderedDict()

    @property
    def place(self) -> int:
        """Every question up to and including this message id has been handled."""
        with self._lock:
            return min(self._in_hand) - 1 if self._in_hand else self._seen

    @property
    def seen(self) -> int:
        """The highest message id heard of."""
        return self._seen

    def see(self, message_id: int) -> None:
        """Notes a message that needs no handling, or has been taken in hand."""
        with self._lock:
            self._seen = max(self._seen, message_id)

    def begin(self, message_id: int) -> bool:
        """Takes a question in hand. False: it has been already (events come twice after some failures)."""
        with self._lock:
            if message_id in self._known:
                return False
            self._known[message_id] = None
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
            self._in_hand.add(message_id)
            self._seen = max(self._seen, message_id)
            return True

    def end(self, message_id: int) -> None:
        """Notes that a question has been handled: what it leads to is in the outbox."""
        with self._lock:
            self._in_hand.discard(message_id)
