"""The server's refusals."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818 - it is the answer no, not a failure
    """An answer that says no, as Zulip's JSON says it."""

    def __init__(self, message: str, code: str = "BAD_REQUEST", status: int = 400, **details: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"result": "error", "msg": message, "code": code, **details}
