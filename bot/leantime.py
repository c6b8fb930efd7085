"""Leantime, where time is registered: reads its projects, and creates the to-dos that users asked for.

JSON-RPC 2.0 over HTTP with an API key (docs.leantime.io, "API"). A to-do waits in the records until Leantime has it, so
that nothing is lost when Leantime cannot be reached.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from bot.contracts import Announcement, Context, Delete, Direct, Json, Record
from bot.markup import escape

WAITING = "leantime-todo"
"""Collection of the to-dos that are to be created: {"title", "project", "tag"}, each its owner's."""

_SECONDS = 10.0
_RETRY = timedelta(minutes=5)
_FRESH = timedelta(hours=1)
"""For so long the names of the projects are good."""
_NEW = 3  # Leantime's status of a new ticket
_log = logging.getLogger(__name__)


class LeantimeError(Exception):
    """Leantime could not be reached or refused; the message is a sentence for the user."""


class Leantime:
    """Calls Leantime's interface."""

    def __init__(self, url: str, key: str) -> None:
        self._url = f"{url.rstrip('/')}/api/jsonrpc"
        self._key = key

    def projects(self) -> dict[str, int]:
        """The projects that the key may see: name to number.

        Raises LeantimeError.
        """
        found = self._call("leantime.rpc.Projects.Projects.getAll", {})
        return _numbers(found, "name")

    def todos(self, project: int) -> dict[str, int]:
        """The to-dos of a project: title to number.

        Raises LeantimeError.
        """
        found = self._call("leantime.rpc.Tickets.Tickets.getAll", {"searchCriteria": {"currentProject": project}})
        return _numbers(found, "headline")

    def create(self, title: str, project: str, tag: str) -> None:
        """Creates a to-do, unless one of that title is there already (made by a call that seemed lost, perhaps).

        Raises LeantimeError.
        """
        number = next((number for name, number in self.projects().items() if _same(name, project)), None)
        if number is None:
            raise LeantimeError(f"Leantime har intet projekt, der hedder {project}.")
        if title in self.todos(number):
            return
        values = {"headline": title, "type": "task", "projectId": number, "status": _NEW, "tags": tag}
        made = self._call("leantime.rpc.Tickets.Tickets.addTicket", {"values": values})
        if made is False or (isinstance(made, dict) and made.get("status") == "error"):
            raise LeantimeError("Leantime ville ikke oprette to-do'en.")

    def _call(self, method: str, params: Mapping[str, Any]) -> Any:
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
        headers = {"x-api-key": self._key, "Content-Type": "application/json", "Accept": "application/json"}
        request = Request(self._url, body, headers)  # noqa: S310 - the address is a setting, checked to be http(s)
        try:
            with urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
                answer = json.load(response)
        except (URLError, TimeoutError, OSError, ValueError) as error:
            code = getattr(error, "code", None)
            if code in (401, 403):
                raise LeantimeError("Leantime afviser API-nøglen.") from error
            raise LeantimeError("Leantime svarer ikke lige nu.") from error
        if not isinstance(answer, dict) or "error" in answer or "result" not in answer:
            _log.warning("leantime refused %s", method)
            raise LeantimeError("Leantime afviste det.")
        return answer["result"]


class ProjectNames:
    """The names of Leantime's projects, for whom they help; nobody ever waits for Leantime."""

    def __init__(self, leantime: Leantime) -> None:
        self._leantime = leantime
        self._names: tuple[str, ...] = ()
        self._good_until = 0.0  # by the monotonic clock
        self._reading = threading.Lock()

    def __call__(self) -> tuple[str, ...]:
        """The names as last read; empty until they are known. When they are old, they are read in the background."""
        if time.monotonic() >= self._good_until and self._reading.acquire(blocking=False):
            threading.Thread(target=self._read, name="leantime projects", daemon=True).start()
        return self._names

    def _read(self) -> None:
        try:
            self._names = tuple(self._leantime.projects())
            self._good_until = time.monotonic() + _FRESH.total_seconds()
        except LeantimeError as error:
            _log.warning("leantime projects not read", extra={"reason": str(error)})
            self._good_until = time.monotonic() + _RETRY.total_seconds()
        finally:
            self._reading.release()


class TodoDesk:
    """Creates the waiting to-dos and tells those who asked for them how it went; an `Announcer`."""

    def __init__(self, leantime: Leantime) -> None:
        self._leantime = leantime
        self._not_before: dict[str, datetime] = {}

    def due(self, after: datetime, now: datetime, context: Context) -> Sequence[Announcement]:
        """An announcement for each to-do that was created, and one for each that is delayed."""
        found = []
        for key, record in context.records.all(WAITING).items():
            if now >= self._not_before.get(key, now) and isinstance(record.value, dict):
                found.append(self._create(key, record, record.value, now))
        return found

    def _create(self, key: str, record: Record, todo: Mapping[str, Json], now: datetime) -> Announcement:
        title, project, tag = (str(todo.get(name) or "") for name in ("title", "project", "tag"))
        place = Direct((record.owner,))
        try:
            self._leantime.create(title, project, tag)
        except LeantimeError as error:
            self._not_before[key] = now + _RETRY
            text = f"{escape(str(error))} To-do'en »{escape(title)}« er ikke glemt; jeg prøver igen."
            return Announcement(f"leantime:{key}:delayed", record.at, text, place)
        self._not_before.pop(key, None)
        text = f"»{escape(title)}« er oprettet i Leantime under {escape(project)} med tagget {escape(tag)}."
        return Announcement(f"leantime:{key}:done", now, text, place, effects=(Delete(WAITING, key),))


def _numbers(found: Any, title: str) -> dict[str, int]:
    """Title to number of what Leantime lists; what is no such row is left out."""
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    return {str(row[title]): int(row["id"]) for row in rows if title in row and str(row.get("id")).isdecimal()}


def _same(name: str, other: str) -> bool:
    return "".join(name.split()).casefold() == "".join(other.split()).casefold()
