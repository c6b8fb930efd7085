"""Calls to the server: what goes out, and what is known when something else than an answer comes back."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import zulip

from bot.connection.api import Api, NotMadeError

SETTINGS = {"result": "success", "msg": "", "zulip_version": "9.0", "zulip_feature_level": 247}


class Answering(BaseHTTPRequestHandler):
    """Answers sign-in as Zulip does, and everything else as the server that it is of says."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status = 200 if "server_settings" in self.path else self.server.status  # type: ignore[attr-defined]
        self.server.asked.append((self.path, self.headers))  # type: ignore[attr-defined]
        body = json.dumps(SETTINGS).encode()
        self.send_response(status)
        self.send_header("Location", "http://127.0.0.1:9/andetsteds")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def server(status: int = 200) -> Iterator[Any]:
    """A server that answers with a status, and keeps what it was `asked`: addresses and headers."""
    running: Any = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    running.status, running.asked = status, []
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running
    running.shutdown()
    running.server_close()


def api(site: str) -> Api:
    return Api(zulip.Client(email="bot@eksempel.dk", api_key="k" * 32, site=site), threading.Event())


def test_a_redirect_is_not_followed_so_that_nothing_was_said_and_the_key_stays_here() -> None:
    with server(302) as found:
        with pytest.raises(NotMadeError):
            api(f"http://127.0.0.1:{found.server_port}").post("messages", content="hej")
        assert [path for path, _ in found.asked] == ["/api/v1/server_settings", "/api/v1/messages"]


def test_a_server_that_is_not_there_has_not_been_asked() -> None:
    with server() as found:
        calls = api(f"http://127.0.0.1:{found.server_port}")
    with pytest.raises(NotMadeError):
        calls.post("messages", content="hej")


def test_calls_go_through_the_environments_proxy_with_the_bots_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with server() as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.server_port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        api("http://chat.eksempel.invalid").get("users/me", navn="Åse Ø")
        address, headers = proxy.asked[-1]
    assert address == "http://chat.eksempel.invalid/api/v1/users/me?navn=%C3%85se+%C3%98"
    assert headers["Authorization"].startswith("Basic ")
    assert headers["User-Agent"].startswith("ZulipPython")
