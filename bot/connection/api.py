"""Calls to the Zulip server, over the official client's session, with failures told apart by what is known.

The client's own `call_endpoint` retries by itself, which could say things twice; and it does not tell a call that was
never made from one whose answer was lost. See `../shared/zulip-api/NOTES.md` for how the server behaves.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import requests
from requests.adapters import HTTPAdapter

if TYPE_CHECKING:
    import zulip

CALL_SECONDS = 30.0
"""Time-out of a call; Zulip itself gives up on one after 20 s."""
POLL_SECONDS = 90.0
"""Time-out of a poll for events; the server sends a heartbeat every 45-55 s."""


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
        self._session = cast(requests.Session, client.session)
        self._base = client.base_url + "v1/"
        self._stopping = stopping
        self._open_at = {"events": 0.0, "other": 0.0}
        # proxies and certificates come from the environment once, not anew for each call
        found = self._session.merge_environment_settings(client.base_url, {}, None, None, None)
        self._session.proxies, self._session.verify, self._session.cert = (
            found["proxies"],
            found["verify"],
            found["cert"],
        )
        self._session.trust_env = False
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=64, max_retries=0))

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
        try:
            response = self._session.request(
                method,
                self._base + path,
                params=form if method == "GET" else None,
                data=form if method != "GET" else None,
                files={"filename": file} if file else None,
                timeout=(min(10.0, timeout), timeout),
            )
        except requests.ConnectTimeout as error:
            raise NotMadeError(_name(error)) from None
        except requests.ConnectionError as error:
            if _never_connected(error):
                raise NotMadeError(_name(error)) from None
            raise LostError(_name(error), over=False) from None
        except requests.RequestException as error:
            raise LostError(_name(error), over=False) from None
        return self._judge(response, kind)

    def _judge(self, response: requests.Response, kind: str) -> dict[str, Any]:
        try:
            body = response.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            body = {}
        if response.status_code == 429:
            self._open_at[kind] = time.monotonic() + _retry_after(response, body)
            raise LimitedError("429")
        if response.status_code >= 500 or (response.ok and not body):
            # Zulip's own 500 comes when it is done; a 502 from the proxy in front says nothing
            raise LostError(str(response.status_code), over=response.status_code == 500 and bool(body))
        if not response.ok:
            kind_of_error = SignInError if response.status_code == 401 else RefusedError
            raise kind_of_error(response.status_code, str(body.get("code", "")), str(body.get("msg", "")))
        return body


def _retry_after(response: requests.Response, body: Mapping[str, Any]) -> float:
    """Seconds to wait, from the body or the header (both are floats); a second when neither can be read."""
    for value in (body.get("retry-after"), response.headers.get("Retry-After")):
        try:
            return min(max(float(value), 0.0), 600.0)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            continue
    return 1.0


def _never_connected(error: requests.ConnectionError) -> bool:
    """Whether the connection was refused, or the server's name not found, so that nothing was sent."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ in ("NewConnectionError", "ConnectTimeoutError", "NameResolutionError")


def _name(error: Exception) -> str:
    return type(error).__name__
