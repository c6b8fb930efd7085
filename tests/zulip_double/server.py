"""The double's HTTP side: sign-in, rate limits, faults, and one write for each answer."""

from __future__ import annotations

import base64
import email.parser
import email.policy
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.zulip_double.endpoints import VERSION, Endpoints
from tests.zulip_double.errors import Refusal
from tests.zulip_double.faults import DELAY_SECONDS, Faults
from tests.zulip_double.realm import BOT, Realm

KEY = "k" * 32
"""Everybody's API key."""
BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n"


class RateLimit:
    """So many calls in so many seconds for each user; the event server counts its own."""

    def __init__(self, calls: int = 100_000, seconds: float = 60.0) -> None:
        self.calls = calls
        self.seconds = seconds
        self._made: dict[tuple[int, bool], list[float]] = {}
        self._lock = threading.Lock()

    def wait(self, user: int, events: bool) -> float:
        """Seconds to wait before the next call is let in; 0 lets it in. Calls refused do not count."""
        with self._lock:
            now = time.monotonic()
            made = self._made.setdefault((user, events), [])
            while made and made[0] <= now - self.seconds:
                made.pop(0)
            if len(made) >= self.calls:
                return made[0] + self.seconds - now
            made.append(now)
            return 0.0


class Double:
    """A Zulip server on loopback. `realm` is its content, `faults` what goes wrong, `calls` what was asked."""

    def __init__(self, realm: Realm | None = None, port: int = 0, send_seconds: float = 0.0) -> None:
        self.realm = realm or Realm()
        self.faults = Faults()
        self.limit = RateLimit()
        self.send_seconds = send_seconds
        """How long a message takes to be sent."""
        self.calls: list[dict[str, Any]] = []
        """Every call with its answer, when `recording`."""
        self.recording = False
        self.down = False
        """The application is down: all but events answers 502."""
        self._server: _Server | None = None
        self._port = port

    @property
    def listening(self) -> bool:
        """Whether it has an address yet."""
        return self._port != 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Listens; on the same port again after a stop. What the realm holds outlives the server, its queues do not."""
        with self.realm.changed:
            self.realm.queues.clear()
        self.endpoints = Endpoints(self.realm, self.faults)
        self._server = _Server(("127.0.0.1", self._port), self)
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self) -> None:
        """Is gone: open connections are cut, nothing listens any longer."""
        if self._server is not None:
            self.endpoints.closing = True
            with self.realm.changed:
                self.realm.changed.notify_all()
            self._server.shutdown()
            self._server.server_close()
            self._server.cut_all()
            self._server = None

    @contextmanager
    def running(self) -> Iterator[Double]:
        """Runs for the length of a `with`."""
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def expire_queues(self) -> None:
        """All event queues are gone, with what was in them."""
        with self.realm.changed:
            self.realm.queues.clear()
            self.realm.changed.notify_all()

    def environment(self, user: int = BOT) -> dict[str, str]:
        """The variables with which a user's client finds the server."""
        return {"ZULIP_EMAIL": self.realm.users[user]["email"], "ZULIP_API_KEY": KEY, "ZULIP_SITE": self.url}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], double: Double) -> None:
        self.double = double
        self._open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def cut_all(self) -> None:
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # clients that go away in the middle are what the tests are about


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._handle()

    do_POST = do_PATCH = do_DELETE = do_PUT = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass

    def _handle(self) -> None:
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = unquote(url.path).removeprefix("/api/v1/")
        double = self.server.double
        faults = double.faults
        events = path == "events"
        parameters = dict(parse_qsl(url.query, keep_blank_values=True))
        is_form = (self.headers.get("Content-Type") or "").startswith("application/x-www-form-urlencoded")
        if is_form:
            parameters |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        if faults.hit(faults.cut) or double.endpoints.closing:
            return self._cut()
        if (double.down and not events) or faults.hit(faults.gateway):
            return self._write(502, BAD_GATEWAY.encode(), "text/html")
        if faults.hit(faults.failed):
            return self._json(500, {"result": "error", "msg": "Internal server error"})
        if self.command == "POST" and path == "messages" and faults.hit(faults.delayed):
            threading.Timer(DELAY_SECONDS, self._answer, (path, parameters, body)).start()
            return self._cut()
        status, answer = self._answer(path, parameters, body)
        if double.recording:
            call = {"method": self.command, "path": path, "parameters": parameters}
            double.calls.append({**call, "status": status, "answer": answer})
        changes = self.command != "GET"
        if changes and faults.hit(faults.failed_after):
            return self._json(500, {"result": "error", "msg": "Internal server error"})
        if (changes or events) and faults.hit(faults.cut_after):
            return self._cut()
        return self._json(status, answer)

    def _answer(self, path: str, parameters: dict[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        double = self.server.double
        try:
            if path == "server_settings":
                return 200, {
                    "result": "success",
                    "msg": "",
                    **VERSION,
                    "realm_name": "Zulip Dev",
                    "realm_uri": double.url,
                }
            user = self._sign_in()
            wait = double.limit.wait(user, path == "events")
            if wait or double.faults.hit(double.faults.limited):
                seconds = wait or double.faults.retry_after
                raise Refusal("API usage exceeded rate limit", "RATE_LIMIT_HIT", 429, **{"retry-after": seconds})
            if path == "events" and double.faults.hit(double.faults.expired):
                double.expire_queues()
            if path == "user_uploads":
                return 200, self._upload(body)
            if path == "messages" and self.command == "POST" and double.send_seconds:
                time.sleep(double.send_seconds)
            return 200, double.endpoints.answer(self.command, path, user, parameters)
        except Refusal as refusal:
            return refusal.status, refusal.body

    def _sign_in(self) -> int:
        kind, _, credentials = self.headers.get("Authorization", "").partition(" ")
        if kind != "Basic":
            raise Refusal("Not logged in: API authentication or user session required", "UNAUTHORIZED", 401)
        address, _, key = base64.b64decode(credentials).decode().partition(":")
        for user, data in self.server.double.realm.users.items():
            if data["email"] == address and key == KEY:
                return user
        raise Refusal("Malformed API key" if len(key) != len(KEY) else "Invalid API key", "UNAUTHORIZED", 401)

    def _upload(self, body: bytes) -> dict[str, Any]:
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parsed = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
        files = [part for part in parsed.iter_parts() if part.get_filename()]
        if not files:
            raise Refusal("You must specify a file to upload")
        if len(files) > 1:
            raise Refusal("You may only upload one file at a time")
        name = str(files[0].get_filename())
        return self.server.double.endpoints.upload(name, bytes(files[0].get_payload(decode=True) or b""))

    def _json(self, status: int, answer: dict[str, Any]) -> None:
        self._write(status, json.dumps(answer).encode(), "application/json", answer.get("retry-after"))

    def _write(self, status: int, body: bytes, content_type: str, retry_after: float | None = None) -> None:
        lines = [
            f"HTTP/1.1 {status} {self.responses[status][0]}",
            f"Content-Type: {content_type}",
            f"Content-Length: {len(body)}",
            *([f"Retry-After: {retry_after}"] if retry_after is not None else []),
        ]
        try:
            self.wfile.write("\r\n".join([*lines, "", ""]).encode() + body)
        except OSError:
            self.close_connection = True

    def _cut(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
