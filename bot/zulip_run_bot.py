"""The bot for `zulip-run-bot -r haandbogsbot` and the botserver: the same capabilities, in Zulip's own bot frame.

The frame keeps nothing between runs, ends after 20 answers in 5 seconds, and loses what is said while it is away;
`haandbogsbot run` does not. It is here for trying the bot out where the frame is already in use.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

from bot import settings
from bot.app import App
from bot.connection import reading, writing
from bot.contracts import Answer, Asker, Question
from bot.permissions import allowed
from bot.session import Session
from bot.settings import COPENHAGEN
from bot.storage import places

__version__ = version("haandbogsbot")


class HaandbogsbotHandler:
    """What `zulip_bots` wants of a bot: `usage`, `initialize` and `handle_message`."""

    def initialize(self, bot_handler: Any) -> None:
        """Reads the handbook. The frame calls it once, before the first message."""
        self._session = Session(App(settings.load()).dispatcher)
        self._bot = bot_handler

    def usage(self) -> str:
        """What the bot is for."""
        return "Svarer på spørgsmål om sekretariatets håndbog: slår op, foreslår tags og finder godkendere."

    def handle_message(self, message: Mapping[str, Any], bot_handler: Any) -> None:
        """Answers a message. The frame has already checked that it is for the bot."""
        answer = self._answer(message)
        if answer.text.strip():
            widget = writing.buttons(answer.text, answer.choices)
            bot_handler.send_reply(message, writing.content(answer.text, answer.choices), widget)

    def _answer(self, message: Mapping[str, Any]) -> Answer:
        bot_id, sender = self._bot.user_id, message["sender_id"]
        place = reading.place(message, bot_id)
        question = Question(
            text=reading.text(message["content"], bot_id, self._bot.full_name),
            asker=Asker(sender, message["sender_full_name"], message["sender_email"]),
            place=place,
            now=datetime.fromtimestamp(message["timestamp"], COPENHAGEN),
            message_id=message["id"],
            conversation=places.conversation(place, sender),
        )
        return allowed(question, self._session.ask(question))


handler_class = HaandbogsbotHandler
