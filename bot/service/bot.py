"""One running copy of the bot: its parts put together, started, kept at work and stopped."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError

from bot.connection.api import Api, CallError
from bot.connection.people import People
from bot.contracts import Announcer, UserError
from bot.dispatcher import Dispatcher
from bot.service.announcing import Announcing
from bot.service.answering import Answering
from bot.service.health import HealthServer
from bot.service.hearing import Hearing
from bot.service.listening import Listener, register
from bot.service.membership import Membership
from bot.service.metrics import Metrics
from bot.service.noting import Noting
from bot.service.progress import Progress
from bot.service.sending import Sender
from bot.service.workplace import Workplace
from bot.settings import COPENHAGEN, Settings
from bot.storage import outbox, retention
from bot.storage.copies import Copy
from bot.storage.database import read

log = logging.getLogger(__name__)

STOP_SECONDS = 8.0
"""How long what is in hand may take once the bot is told to stop."""
REFRESH_SECONDS = 60.0
"""How often it is looked whether the handbook's pages have changed."""
_UNHEALTHY_SECONDS = 180.0  # without a sign of life from the server


@dataclass(frozen=True)
class Mind:
    """What answers questions, what speaks unasked, and how both take in what has changed (it may raise a UserError)."""

    dispatcher: Dispatcher
    announcers: Sequence[Announcer]
    refresh: Callable[[], bool] = lambda: False


class RunningBot:
    """A copy of the bot at work, from `start` to `stop`."""

    def __init__(
        self,
        settings: Settings,
        mind: Mind,
        api: Api,
        membership: Membership,
        bot_id: int,
    ) -> None:
        """Takes up work where the bot left off. Raises a CallError when the server cannot be reached."""
        self._mind = mind
        registered = register(api)
        place = membership.join(registered["max_message_id"])
        self._at = Workplace(
            settings=settings,
            engine=membership.engine,
            api=api,
            people=People(settings.administrators),
            metrics=Metrics(),
            membership=membership,
            progress=Progress(place),
            noting=Noting(membership.engine, membership.alone),
            bot_id=bot_id,
        )
        self._stopping = threading.Event()
        self._sender = Sender(self._at)
        self._hearing = Hearing(self._at, Answering(self._at, mind.dispatcher, self._sender))
        self._listener = Listener(self._at, self._hearing, self._stopping)
        self._announcing = Announcing(self._at, mind.announcers, self._sender)
        self._listener.take_queue(registered)
        self._started_at = time.time()
        self._taking_over: set[str] = set()
        self._health: HealthServer | None = None
        self._scheduler = BackgroundScheduler(timezone=COPENHAGEN)

    def start(self) -> None:
        """Starts hearing, answering, sending and announcing. Raises OSError when the health port is taken."""
        if self._at.settings.health_port:
            self._health = HealthServer(
                self._at.settings.health_host, self._at.settings.health_port, self._state, self._at.metrics.registry
            )
        for gone in self._at.membership.beat(self._at.progress.place, self._state()):
            self._take_over(gone)  # before anything new is said
        threading.Thread(target=self._listener.run, name="listener", daemon=True).start()
        now, pace = datetime.now(COPENHAGEN), self._at.membership.pace
        for job, when in (
            (self._beat, {"trigger": "interval", "seconds": pace.beat}),
            (self._announcing.look, {"trigger": "interval", "seconds": pace.look, "next_run_time": now}),
            (self._refresh, {"trigger": "interval", "seconds": REFRESH_SECONDS}),
            (self._clean_up, {"trigger": "cron", "hour": "3", "minute": "20", "next_run_time": now}),
        ):
            self._scheduler.add_job(job, max_instances=1, coalesce=True, misfire_grace_time=None, **when)
        self._scheduler.start()
        log.info("started", extra={"copy": self._at.copy, "place": self._at.progress.place})

    def stop(self) -> bool:
        """Finishes what is in hand, within ten seconds; says whether all was. The rest is done at the next start."""
        self._stopping.set()
        self._scheduler.shutdown(wait=False)
        deadline = time.monotonic() + STOP_SECONDS
        answered = self._hearing.lanes.finish(STOP_SECONDS)
        sent = self._sender.lanes.finish(max(0.0, deadline - time.monotonic()))
        self._at.noting.finish()
        self._listener.close()
        self._at.membership.leave(self._at.progress.place)
        if self._health:
            self._health.close()
        log.info("stopped", extra={"all_done": answered and sent})
        return answered and sent

    def _beat(self) -> None:
        for gone in self._at.membership.beat(self._at.progress.place, self._state()):
            if gone.id not in self._taking_over:  # on a thread of its own: a copy that does not beat is taken for dead
                self._taking_over.add(gone.id)
                threading.Thread(target=self._take_over, args=(gone,), name="take over", daemon=True).start()

    def _take_over(self, gone: Copy) -> None:
        """Finishes what another copy (or our predecessor) left, however often it must be tried."""
        while not self._stopping.is_set():
            try:
                self._finish_work_of(gone)
                break
            except (CallError, SQLAlchemyError) as error:
                log.warning("not taken over yet", extra={"copy": gone.id, "reason": type(error).__name__})
                self._stopping.wait(1.0)
        self._taking_over.discard(gone.id)

    def _finish_work_of(self, gone: Copy) -> None:
        """Sends what a copy had written, and hears what it had not answered."""
        with self._at.engine.begin() as connection:
            left = [
                entry
                for entry in outbox.unsent(connection, gone.id)
                if outbox.hand_over(connection, entry.key, gone.id, self._at.copy)
            ]
        at_the_latest = self._at.membership.at_work_until(gone)
        for entry in left:
            self._sender.post(replace(entry, copy=self._at.copy), unsure_since=at_the_latest)
        if self._at.membership.others_heard(gone):
            self._listener.catch_up(gone.place, self._at.progress.seen)
        self._at.membership.finish(gone)
        log.info("took over", extra={"copy": gone.id, "unsent": len(left), "place": gone.place})

    def _refresh(self) -> None:
        try:
            if self._mind.refresh():
                log.info("handbook changed")
        except UserError as error:
            log.warning("handbook not refreshed", extra={"reason": type(error).__name__})

    def _clean_up(self) -> None:
        with self._at.engine.begin() as connection:
            deleted = retention.clean_up(connection, time.time())
        log.info("cleaned up", extra={"deleted": deleted})

    def _state(self) -> dict[str, Any]:
        self._at.noting.finish()
        with read(self._at.engine) as connection:
            depth = outbox.depth(connection)
        self._at.metrics.outbox_depth.set(depth)
        self._at.metrics.connected.set(self._listener.connected)
        return {
            "alive": True,
            "healthy": time.time() - self._listener.last_heard < _UNHEALTHY_SECONDS,
            "connected": self._listener.connected,
            "last_event": self._listener.last_heard,
            "started": self._started_at,
            "outbox": depth,
            "in_hand": self._hearing.lanes.depth,
        }
