"""A bot that does nothing but answer, for zulip-run-bot."""

from __future__ import annotations

from typing import Any

__version__ = "1"


class NothingHandler:
    """Says "svar" to everything."""

    def usage(self) -> str:
        """What it is for."""
        return "measures"

    def handle_message(self, message: dict[str, Any], bot_handler: Any) -> None:
        """Answers."""
        bot_handler.send_reply(message, "svar")


handler_class = NothingHandler
