"""Leantime is read and written over real HTTP, and nothing is lost when it is away."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread
from typing import Any

import pytest

from bot.contracts import Context, Delete, Direct, Record
from bot.leantime import WAITING, Leantime, LeantimeError, ProjectNames, TodoDesk
from tests.conversation import NOW


class Double(HTTPServer):
    """A Leantime on loopback: one project and its tickets."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tickets: list[dict[str, Any]] = []
        self.broken = False
        self.answers = Event()
        self.answers.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Double

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.answers.wait(5)
        if self.headers["x-api-key"] != "rigtig":
            self.send_error(401)
            return
        if self.server.broken:
            self._say({"jsonrpc": "2.0", "id": asked["id"], "error": {"code": -32000, "message": "no"}})
            return
        match asked["method"].rsplit(".", 2)[1:]:
            case ["Projects", "getAll"]:
                result: Any = [{"id": 4, "name": "OS2 iot"}]
            case ["Tickets", "getAll"]:
                result = self.server.tickets
            case _:
                self.server.tickets.append({"id": len(self.server.tickets) + 1, **asked["params"]["values"]})
                result = [len(self.server.tickets)]
        self._say({"jsonrpc": "2.0", "id": asked["id"], "result": result})

    def _say(self, answer: object) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class Kept:
    def __init__(self, **todos: Mapping[str, Any]) -> None:
        self.records = {key: Record(dict(value), 8, NOW) for key, value in todos.items()}

    def all(self, collection: str) -> Mapping[str, Record]:
        return self.records if collection == WAITING else {}


TODO = {"title": "Rydde op", "project": "OS2iot", "tag": "Drift"}


@pytest.fixture
def double() -> Iterator[Double]:
    server = Double()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_todo_is_created_with_its_tag_in_the_project_however_spaced(double: Double) -> None:
    Leantime(double.url, "rigtig").create("Rydde op", "OS2iot", "Drift")
    (ticket,) = double.tickets
    assert (ticket["headline"], ticket["projectId"], ticket["tags"]) == ("Rydde op", 4, "Drift")


def test_the_same_todo_is_not_created_twice(double: Double) -> None:
    for _ in range(2):
        Leantime(double.url, "rigtig").create("Rydde op", "OS2iot", "Drift")
    assert len(double.tickets) == 1


def test_an_unknown_project_is_named(double: Double) -> None:
    with pytest.raises(LeantimeError, match="intet projekt, der hedder OS2sol"):
        Leantime(double.url, "rigtig").create("Rydde op", "OS2sol", "Drift")


def test_a_wrong_key_is_told(double: Double) -> None:
    with pytest.raises(LeantimeError, match="afviser API-nøglen"):
        Leantime(double.url, "forkert").projects()


def test_a_refusal_is_told(double: Double) -> None:
    double.broken = True
    with pytest.raises(LeantimeError, match="afviste det"):
        Leantime(double.url, "rigtig").projects()


def test_nobody_there_is_told() -> None:
    with pytest.raises(LeantimeError, match="svarer ikke"):
        Leantime("http://127.0.0.1:9", "rigtig").projects()


def test_what_waits_is_created_announced_and_forgotten(double: Double) -> None:
    (said,) = TodoDesk(Leantime(double.url, "rigtig")).due(NOW, NOW, Context((), Kept(a=TODO)))
    assert said.place == Direct((8,))
    assert "er oprettet i Leantime under OS2iot" in said.text
    assert said.effects == (Delete(WAITING, "a"),)


def test_what_could_not_be_created_is_kept_and_tried_again(double: Double) -> None:
    double.broken = True
    desk, kept = TodoDesk(Leantime(double.url, "rigtig")), Context((), Kept(a=TODO))
    (said,) = desk.due(NOW, NOW, kept)
    assert "jeg prøver igen" in said.text
    assert said.effects == ()
    assert desk.due(NOW, NOW + timedelta(minutes=1), kept) == []
    double.broken = False
    (said,) = desk.due(NOW, NOW + timedelta(minutes=6), kept)
    assert "er oprettet" in said.text


def known(names: ProjectNames) -> tuple[str, ...]:
    """The names as soon as there are some; they are read in the background."""
    deadline = time.monotonic() + 5
    while not names() and time.monotonic() < deadline:
        time.sleep(0.01)
    return names()


def test_the_names_of_the_projects_are_read_in_the_background(double: Double) -> None:
    double.answers.clear()
    names = ProjectNames(Leantime(double.url, "rigtig"))
    assert names() == ()
    double.answers.set()
    assert known(names) == ("OS2 iot",)


def test_names_once_read_are_kept_when_leantime_goes_away(double: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.leantime._FRESH", timedelta(0))
    names = ProjectNames(Leantime(double.url, "rigtig"))
    known(names)
    double.broken = True
    assert known(names) == ("OS2 iot",)


def test_without_leantime_there_are_no_names_and_nobody_waits() -> None:
    names = ProjectNames(Leantime("http://127.0.0.1:9", "rigtig"))
    assert (names(), names()) == ((), ())
