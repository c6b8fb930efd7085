"""Notes in the outbox what has been sent, many entries in one transaction."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.storage import outbox
from bot.storage.outbox import Sent

log = logging.getLogger(__name__)

_GATHER_SECONDS = 0.05


class Noting:
    """What has been sent and is not noted yet.

    The next entry need not wait for the note: should the bot die before it is written, the server is asked. But
    whoever reads in the outbox what has been sent must have it written first (`finish`).
    """

    def __init__(self, engine: Engine, alone: bool) -> None:
        """`alone`: no other copy reads the outbox; where one does, notes are written at once."""
        self._engine = engine
        self._gather_seconds = _GATHER_SECONDS if alone else 0.0
        self._sent: list[Sent] = []
        self._some = threading.Event()
        self._writing = threading.Lock()
        threading.Thread(target=self._work, name="noting", daemon=True).start()

    def add(self, sent: Sent) -> None:
        """An entry has been sent."""
        self._sent.append(sent)
        self._some.set()

    def finish(self) -> None:
        """Returns when all that has been sent until now is noted."""
        with self._writing:
            count = len(self._sent)
            if count:
                self._write(self._sent[:count])
                del self._sent[:count]

    def _work(self) -> None:
        while self._some.wait():
            self._some.clear()
            time.sleep(self._gather_seconds)  # while there is much to note, nobody spends time on waking this thread
            try:
                self.finish()
            except SQLAlchemyError as error:
                log.warning("not noted yet", extra={"reason": type(error).__name__})
                time.sleep(1.0)
                self._some.set()

    def _write(self, sent: list[Sent]) -> None:
        try:
            self._mark(sent)
        except IntegrityError:  # the server gives ids anew that were given before, as after a restore from a backup
            for one in sent:
                try:
                    self._mark([one])
                except IntegrityError:
                    self._mark([replace(one, message_id=None)])

    def _mark(self, sent: list[Sent]) -> None:
        with self._engine.begin() as connection:
            outbox.mark_sent(connection, sent)
