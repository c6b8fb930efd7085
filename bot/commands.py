"""What the commands of the command line do. Each says what is wrong in a sentence, never in a stack trace."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from datetime import datetime
from typing import TextIO

from bot import batch, settings
from bot.app import App, check, reviewed
from bot.contracts import UserError
from bot.session import Session
from bot.settings import COPENHAGEN, Settings, SettingsError

FAILED = 1
"""Exit status when the command could not do its work."""
WRONG_SETTINGS = 2
"""Exit status for wrong or missing settings and options."""


def run(options: argparse.Namespace) -> int:
    """Runs the command of these options (see `cli`) and returns its exit status."""
    try:
        configured = settings.load(handbook=options.handbook)
        return int(_COMMANDS[options.command](options, configured) or 0)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return WRONG_SETTINGS
    except UserError as error:
        print(error, file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader of our output has gone; writing more would only raise again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return FAILED


def _chat(_options: argparse.Namespace, configured: Settings) -> None:
    from rich.console import Console  # only the chat draws

    from bot.terminal import Chat

    console = Console()
    with console.status("Læser håndbogen ..."):
        app = App(configured)
        app.keep()
    Chat(Session(app.dispatcher), app.handbook.title, console).run()


def _ask(options: argparse.Namespace, configured: Settings) -> int | None:
    app = App(configured)
    if options.json:
        lines = [json.dumps({"id": 1, "text": " ".join(options.question)})] if options.question else sys.stdin
        app.keep()  # before anybody confirms an answer: no user's word is kept with the handbook
        _print_all(batch.run(app, lines), sys.stdout)
        return None
    text = " ".join(options.question) or sys.stdin.read()
    if not text.strip():
        print('Skriv et spørgsmål, fx: haandbogsbot ask "hvem godkender for OS2iot?"', file=sys.stderr)
        return WRONG_SETTINGS
    from rich.console import Console

    from bot.terminal import Chat

    answer = Chat(Session(app.dispatcher), app.handbook.title, Console()).ask(text)
    app.keep()  # after the answer: nobody waits for it
    return 0 if answer.answered else FAILED


def _check(_options: argparse.Namespace, configured: Settings) -> int:
    marks = {"info": " ", "warning": "!", "error": "✗"}
    findings = check(App(configured))
    _print_all((f"{marks[finding.level]} {finding.text}" for finding in findings), sys.stdout)
    return FAILED if any(finding.level == "error" for finding in findings) else 0


def _reminders(options: argparse.Namespace, configured: Settings) -> None:
    planner = App(configured).planner
    now = datetime.now(COPENHAGEN)
    if options.ics:
        planner.save_calendar(options.ics, now, options.first, options.last)
    if options.picture:
        planner.save_picture(options.picture, now, options.first)
    if options.json or not (options.ics or options.picture):
        _print_all(planner.lines(now, options.first, options.last, as_json=options.json), sys.stdout)


def _corrections(options: argparse.Namespace, configured: Settings) -> int:
    from bot.corrections import corrections  # the database is for those who need it

    numbers, kind = getattr(options, "number", ()), getattr(options, "kind", None)
    return corrections(configured, reviewed(), options.action, numbers, kind)


def _run(_options: argparse.Namespace, configured: Settings) -> int:
    from bot.run import run  # Zulip and the database are for the long-running bot only

    return run(configured)


def _status(_options: argparse.Namespace, configured: Settings) -> int:
    from bot.status import status

    return status(configured)


def _print_all(lines: Iterable[str], out: TextIO) -> None:
    for line in lines:
        print(line, file=out, flush=True)


_COMMANDS = {
    "chat": _chat,
    "ask": _ask,
    "check": _check,
    "reminders": _reminders,
    "corrections": _corrections,
    "run": _run,
    "status": _status,
}
