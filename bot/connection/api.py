"""Calls to the Zulip server, over the official client's connections, with failures told apart by what is known.

The client's own `call_endpoint` retries by itself, which could say things twice; and it does not tell a call that was
never made from one whose answer was lost. See `../shared/zulip-api/NOTES.md` for how the server behaves.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, Retry, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError

if TYPE_CHECKING:
    import zulip

CALL_SECONDS = 30.0
"""Time-out of a call; Zulip itself gives up on one after 20 s."""
POLL_SECONDS = 90.0
"""Time-out of a poll for events; the server sends a heartbeat every 45-55 s."""
_FORM = "application/x-www-form-urlencoded"
_ONCE = Retry(total=False, redirect=False)


class CallError(Exception):
    """A call failed. The message is for the log: it holds no key and no message text."""


class NotMadeError(CallError):
    """The call never reached the server: it may simply be made again."""


class LimitedError(NotMadeError):
    """The server asked us to wait (429); the next call of the kind waits by itself."""


class LostError(CallError):
    """Nobody knows whether the server did what it was asked: time-out, 5xx, connection cut."""

    def __init__(self, message: str, over: bool) -> None:
        super().__init__(message)
        self.over = over
        """The server has finished with the call; if its result cannot be seen now, it never will."""


class RefusedError(CallError):
    """The server said no (4xx). `code` is Zulip's error code, `reason` its sentence."""

    def __init__(self, status: int, code: str, reason: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.reason = reason


class SignInError(RefusedError):
    """The server does not accept the bot's key (401)."""


class StoppedError(CallError):
    """The bot is stopping; no more calls are made."""


class Api:
    """One Zulip account's calls. Any number of threads may use it."""

    def __init__(self, client: zulip.Client, stopping: threading.Event) -> None:
        client.ensure_session()
        session = cast(requests.Session, client.session)
        self._base = client.base_url + "v1/"
        self._stopping = stopping
        self._open_at = {"events": 0.0, "other": 0.0}
        # whatever the session adds to a call (key, proxies, certificates) is the same for each: it is asked once, and
        # calls go straight to the connections; the session's own work took more time than all the rest of a call
        found = session.merge_environment_settings(client.base_url, {}, None, None, None)
        adapter = HTTPAdapter(pool_maxsize=64)
        any_call = session.prepare_request(requests.Request("GET", self._base))
        self._headers = cast(dict[str, str], dict(any_call.headers))
        self._connections = adapter.get_connection_with_tls_context(
            any_call, found["verify"], proxies=found["proxies"], cert=found["cert"]
        )
        self._address = adapter.request_url(any_call, found["proxies"])

    @property
    def is_open(self) -> bool:
        """Whether the server lets calls in: it has not asked for a wait that is still going on."""
        return self._open_at["other"] <= time.monotonic()

    def get(self, path: str, timeout: float = CALL_SECONDS, **parameters: object) -> dict[str, Any]:
        """GET; see `call`. It changes nothing, so a lost answer only means that it may be made again."""
        try:
            return self.call("GET", path, parameters, timeout)
        except LostError as error:
            raise NotMadeError(str(error)) from None

    def post(self, path: str, **parameters: object) -> dict[str, Any]:
        """POST; see `call`."""
        return self.call("POST", path, parameters)

    def call(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, object],
        timeout: float = CALL_SECONDS,
        file: tuple[str, bytes, str] | None = None,
    ) -> dict[str, Any]:
        """Makes a call and returns the server's answer. Waits first if the server has asked for it.

        `file` is a name, content and media type to upload. Raises a CallError.
        """
        kind = "events" if path == "events" else "other"  # the event server counts its calls apart from the others
        if self._stopping.wait(max(0.0, self._open_at[kind] - time.monotonic())):
            raise StoppedError("stopping")
        form = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in parameters.items()
            if value is not None
        }
        url, body, headers = self._address + path, None, self._headers
        if method == "GET":
            url += f"?{urlencode(form)}"
        else:
            body, content_type = self._upload(form, file) if file else (urlencode(form).encode(), _FORM)
            headers = {**headers, "Content-Type": content_type}
        try:
            response = self._connections.urlopen(
                method,
                url,
                body,
                headers,
                retries=_ONCE,
                redirect=False,
                assert_same_host=False,  # through a proxy
                timeout=Timeout(min(10.0, timeout), timeout),
            )
        except ConnectTimeoutError as error:  # also when the connection is refused, or the server's name not found
            raise NotMadeError(_name(error)) from None
        except (HTTPError, OSError) as error:
            raise LostError(_name(error), over=False) from None
        return self._judge(response, kind)

    def _upload(self, form: Mapping[str, str], file: tuple[str, bytes, str]) -> tuple[bytes, str]:
        """The body of a call with a file, and its content type."""
        call = requests.Request("POST", self._base, data=form, files={"filename": file}).prepare()
        return cast(bytes, call.body), cast(str, call.headers["Content-Type"])

    def _judge(self, response: BaseHTTPResponse, kind: str) -> dict[str, Any]:
        try:
            body = json.loads(response.data)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            body = {}
        status = response.status
        if status == 429:
            self._open_at[kind] = time.monotonic() + _retry_after(response, body)
            raise LimitedError("429")
        if 300 <= status < 400:
            raise NotMadeError(str(status))  # a proxy, or a server being moved, sends us elsewhere: our key stays here
        if status >= 500 or (status < 300 and not body):
            # Zulip's own 500 comes when it is done; a 502 from the proxy in front says nothing
            raise LostError(str(status), over=status == 500 and bool(body))
        if status >= 400:
            kind_of_error = SignInError if status == 401 else RefusedError
            raise kind_of_error(status, str(body.get("code", "")), str(body.get("msg", "")))
        return cast(dict[str, Any], body)


def _retry_after(response: BaseHTTPResponse, body: Mapping[str, Any]) -> float:
    """Seconds to wait, from the body or the header (both are floats); a second when neither can be read."""
    for value in (body.get("retry-after"), response.headers.get("Retry-After")):
        try:
            return min(max(float(value), 0.0), 600.0)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            continue
    return 1.0


def _name(error: Exception) -> str:
    return type(error).__name__
