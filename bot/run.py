"""`haandbogsbot run`: checks the settings, connects, works until told to stop."""

from __future__ import annotations

import fcntl
import logging
import os
import signal
import sys
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import IO

import requests
import zulip

from bot.connection.account import Account
from bot.connection.api import Api, CallError, SignInError
from bot.service import log as service_log
from bot.service.bot import Mind, RunningBot
from bot.service.membership import Membership
from bot.service.pace import USUAL, Pace
from bot.settings import Settings
from bot.storage.database import DatabaseError, open_database

log = logging.getLogger(__name__)

OK, FAILED, WRONG_SETTINGS = 0, 1, 2
_MOST_SECONDS = 30.0
_SWITCH_SECONDS = 0.001  # an answer need not wait for the next poll to be put together


def from_handbook(settings: Settings) -> Mind:
    """What answers and announces, as the handbook and the plan have it."""
    from bot.app import App  # after the settings have been checked: reading the handbook takes longest

    app = App(settings)
    app.keep()
    app.warm_up()
    return Mind(app.dispatcher, app.announcers, app.refresh)


def run(
    settings: Settings,
    make_mind: Callable[[Settings], Mind] = from_handbook,
    pace: Pace = USUAL,
) -> int:
    """Runs the bot until SIGTERM or SIGINT, and returns the exit status.

    Status 2 when settings are wrong: a sentence each on standard error, all at once.
    """
    stopping, halted = threading.Event(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    account = Account(settings)
    problems = list(account.problems)
    try:
        lock = _lock(settings)
        membership = Membership(open_database(settings), uuid.uuid4().hex[:12], pace)
    except DatabaseError as error:
        problems.append(str(error))
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return WRONG_SETTINGS
    service_log.configure()
    sys.setswitchinterval(_SWITCH_SECONDS)
    mind = make_mind(settings)
    with lock:
        try:
            bot = _connect(settings, mind, account, membership, stopping, halted)
            if bot is None:
                return OK  # told to stop before the server could be reached
            bot.start()
        except SignInError as error:
            print(f"Zulip lukker ikke botten ind: {error.reason}. Kontrollér nøglefilen.", file=sys.stderr)
            return WRONG_SETTINGS
        except OSError as error:
            print(f"Porten HAANDBOGSBOT_HEALTH_PORT kan ikke bruges: {error.strerror}.", file=sys.stderr)
            return WRONG_SETTINGS
        stopping.wait()
        bot.stop()
        halted.set()
    return OK


def _connect(
    settings: Settings,
    mind: Mind,
    account: Account,
    membership: Membership,
    stopping: threading.Event,
    halted: threading.Event,
) -> RunningBot | None:
    """Connects, however long the server stays away; None when told to stop meanwhile. Raises SignInError."""
    seconds = 0.5
    while not stopping.is_set():
        try:
            api = Api(account.client(), halted)
            bot_id = api.get("users/me")["user_id"]
            return RunningBot(settings, mind, api, membership, bot_id)
        except SignInError:
            raise
        except (CallError, zulip.ZulipError, requests.RequestException, AssertionError) as error:
            log.warning("no connection", extra={"reason": type(error).__name__})
            stopping.wait(seconds)
            seconds = min(seconds * 2, _MOST_SECONDS)
    return None


def _lock(settings: Settings) -> IO[str]:
    """Sees to it that only one bot works on a folder; the operating system drops the lock when the process ends.

    With a PostgreSQL database, which copies share, there is nothing to lock. Raises DatabaseError.
    """
    if settings.database_url is not None:
        return Path(os.devnull).open()
    try:
        settings.state.mkdir(parents=True, exist_ok=True)
        file = (settings.state / "lock").open("w")
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DatabaseError(f"Der kører allerede en bot på mappen {settings.state}.") from None
    except OSError as error:
        raise DatabaseError(f"Mappen {settings.state} kan ikke bruges: {error.strerror}.") from None
    return file
