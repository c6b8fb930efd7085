"""The chat in a terminal: the same bot, without Zulip."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime

from rich.console import Console

from bot.contracts import Answer, Asker, Direct, Question
from bot.pattern import Pattern
from bot.session import Session
from bot.settings import COPENHAGEN

LEAVE = {"farvel", "slut", "exit", "quit", "stop"}
"""Messages that end the chat, as does the end of input."""

_GREETING = "Hej! Jeg svarer ud fra håndbogen **{title}**. Spørg løs – *hjælp* viser, hvad jeg kan, og *slut* lukker.\n"
PROMPT = "Du: "
_MENTION = Pattern(r"@_?\*\*(.+?)(?:\|\d+)?\*\*")
_TIME = Pattern(r"<time:([^>]+)>")
_SPOILER = Pattern(r"^(`{3,})spoiler ?(.*)$")
_LINE_END = Pattern(r"(?<=\S)\n(?=\S)")
_ZERO_WIDTH = "\u200b"


def readable(text: str) -> str:
    """Zulip's own Markdown as plain Markdown: names for mentions, local dates for times, spoilers opened."""
    text = _MENTION.sub(r"\1", text.replace(_ZERO_WIDTH, ""))
    text = _TIME.sub(_local_time, text)
    return "\n".join(_open_spoilers(text.split("\n")))


def _local_time(match: re.Match[str]) -> str:
    try:
        return datetime.fromisoformat(match[1]).astimezone(COPENHAGEN).strftime("%d.%m.%Y kl. %H.%M")
    except ValueError:
        return match[1]


def _open_spoilers(lines: Iterable[str]) -> Iterator[str]:
    fence = None
    for line in lines:
        spoiler = _SPOILER.match(line)
        if spoiler and fence is None:
            fence = spoiler[1]
            yield f"**{spoiler[2]}**\n"
        elif line == fence:
            fence = None
        else:
            yield line


class Chat:
    """A conversation on a console; `ask` shows one exchange."""

    def __init__(self, session: Session, title: str, console: Console) -> None:
        self._session = session
        self._title = title
        self._console = console

    def run(self) -> None:
        """Reads messages until the end of input or a word that ends the chat."""
        self._show(_GREETING.format(title=self._title))
        for text in _typed() if sys.stdin.isatty() else map(str.strip, sys.stdin):
            if text.casefold().strip(" .!") in LEAVE:
                break
            if text:
                self.ask(text)
        self._show("Farvel!")

    def ask(self, text: str) -> Answer:
        """Asks the bot and shows its answer, with its choices numbered; a number then picks one."""
        question = Question(text, Asker(0, ""), Direct(()), datetime.now(COPENHAGEN), conversation="terminal")
        answer = self._session.ask(question)
        self._show(readable(answer.text))
        for number, choice in enumerate(answer.choices, start=1):
            self._console.print(f"    {number}  {choice.label}", markup=False, highlight=False)
        if answer.attachments:
            names = ", ".join(attachment.name for attachment in answer.attachments)
            self._console.print(f"    (Bilag i Zulip: {names})", markup=False, highlight=False)
        self._console.print()
        return answer

    def _show(self, markdown: str) -> None:
        if self._console.is_terminal:
            from rich.markdown import Markdown  # a fifth of a second that plain output does not need
            from rich.padding import Padding

            broken = _LINE_END.sub(
                "  \n", markdown
            )  # to Zulip a line end is a line end; to Markdown it takes two spaces
            self._console.print(Padding(Markdown(broken), (0, 0, 0, 2)))
        else:
            self._console.print(markdown, markup=False, highlight=False, soft_wrap=True)


def _typed() -> Iterator[str]:
    """Messages typed at the keyboard, with editing and history; a pasted block is one message."""
    from prompt_toolkit import PromptSession  # a fifth of a second that only the chat needs

    keyboard: PromptSession[str] = PromptSession()
    while True:
        try:
            yield keyboard.prompt(PROMPT).strip()
        except EOFError:
            return
