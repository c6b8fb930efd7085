"""Shows people that the bot is at work on their question, when it takes a moment."""

from __future__ import annotations

import threading
import time

from bot.connection.api import Api, CallError
from bot.contracts import Direct, Place, Topic

PATIENCE_SECONDS = 1.0
"""How long a question may take before anybody is told; a call for every question would eat up the rate limit."""
_REPEAT_SECONDS = 10.0  # the server forgets a notice after 15


class TypingNotices:
    """Watches the questions being answered, and tells of those that take long."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._lock = threading.Lock()
        self._at_work: dict[int, tuple[float, Place]] = {}
        threading.Thread(target=self._watch, name="typing", daemon=True).start()

    def start(self, message_id: int, place: Place) -> None:
        """A question is being answered."""
        with self._lock:
            self._at_work[message_id] = (time.monotonic() + PATIENCE_SECONDS, place)

    def stop(self, message_id: int) -> None:
        """The question has been answered. (The notice ends by itself when the answer arrives.)"""
        with self._lock:
            self._at_work.pop(message_id, None)

    def _watch(self) -> None:
        while True:
            time.sleep(0.25)
            for place in self._due():
                self._tell(place)

    def _due(self) -> list[Place]:
        now = time.monotonic()
        with self._lock:
            due = [(message_id, place) for message_id, (at, place) in self._at_work.items() if at <= now]
            for message_id, place in due:
                self._at_work[message_id] = (now + _REPEAT_SECONDS, place)
        return [place for _, place in due]

    def _tell(self, place: Place) -> None:
        try:
            if isinstance(place, Direct):
                self._api.post("typing", op="start", to=list(place.user_ids))
            elif isinstance(place, Topic):
                self._api.post("typing", type="stream", op="start", stream_id=place.channel_id, topic=place.topic)
        except CallError:
            pass  # a courtesy: never worth a second try
