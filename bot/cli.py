"""The command line: which commands there are. What they do is in `commands`, which takes longer to bring in."""

from __future__ import annotations

import argparse
import sys
from io import TextIOWrapper
from pathlib import Path

from bot import collector


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without æ, ø and å shows what it can
    options = _parser().parse_args(arguments)
    with collector.paused():
        from bot import commands
    return commands.run(options)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--handbook", type=Path, metavar="MAPPE", help="håndbogens mappe (ellers den indbyggede)")
    parser = argparse.ArgumentParser(prog="haandbogsbot", description="Håndbogen, der svarer.")
    commands = parser.add_subparsers(dest="command", title="kommandoer", metavar="KOMMANDO", required=True)

    def command(name: str, sentence: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[common], help=sentence, description=sentence)

    command("chat", "Snak med botten i terminalen.")
    ask = command("ask", "Stil ét spørgsmål, eller mange på én gang med --json.")
    ask.add_argument("question", nargs="*", metavar="SPØRGSMÅL")
    ask.add_argument("--json", action="store_true", help="ét JSON-objekt pr. linje ind og ud")
    command("check", "Kontrollér indstillinger, håndbog og påmindelsesplan.")
    reminders = command("reminders", "Vis, hvad der bliver sendt hvornår.")
    reminders.add_argument("--from", dest="first", metavar="DATO", help="fra og med denne dag (ellers i dag)")
    reminders.add_argument("--to", dest="last", metavar="DATO", help="til og med denne dag (ellers et år frem)")
    reminders.add_argument("--json", action="store_true", help="ét JSON-objekt pr. linje")
    reminders.add_argument("--ics", type=Path, metavar="FIL", help="skriv en kalenderfil til Outlook eller Nextcloud")
    reminders.add_argument("--picture", type=Path, metavar="FIL", help="tegn årshjulet som PNG")
    corrections = command("corrections", "Gennemgå, hvad brugerne har rettet og bekræftet.")
    actions = corrections.add_subparsers(dest="action", metavar="HANDLING", required=True)
    actions.add_parser("list", help="vis alle rettelser og bekræftelser med deres nummer")
    for action, sentence in (("accept", "lad dem gælde for alle"), ("reject", "glem dem")):
        actions.add_parser(action, help=sentence).add_argument("number", nargs="+", metavar="NUMMER")
    export = actions.add_parser("export", help="skriv de godkendte som eksempler, modellen kan lære af")
    export.add_argument(
        "kind",
        nargs="?",
        choices=("tags", "questions"),
        default="tags",
        help="rettede tags (uden angivelse) eller bekræftede spørgsmål",
    )
    command("run", "Kør botten på en Zulip-server.")
    command("status", "Vis, hvordan det går med den kørende bot.")
    return parser
