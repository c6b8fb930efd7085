"""Draws docs/chat.svg: a real conversation with the bot on the embedded handbook. Run it with `make picture`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from rich.console import Console

from bot import settings
from bot.app import App
from bot.session import Session
from bot.terminal import PROMPT, Chat

QUESTIONS = [
    "hvor tit mødes vi i teamet?",
    "hvem godkender for os2iot?",
    "hvilket tag? ringede med leverandøren om den forsinkede release af os2forms",
    "hvornår er næste budgetopfølgning?",
]


def main() -> None:
    """Asks the questions and writes the picture."""
    console = Console(record=True, width=96, force_terminal=True, file=io.StringIO())
    app = App(settings.load(handbook=settings.data_folder() / "handbook"))
    chat = Chat(Session(app.dispatcher), app.handbook.title, console)
    for question in QUESTIONS:
        console.print(f"[bold green]{PROMPT}[/]{question}\n", highlight=False)
        chat.ask(question)
    target = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "chat.svg")
    target.write_text(console.export_svg(title="haandbogsbot chat"), encoding="utf-8")


if __name__ == "__main__":
    main()
