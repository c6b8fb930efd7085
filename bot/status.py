"""`haandbogsbot status`: how the running bot is, read from its database."""

from __future__ import annotations

import sys
import time
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.service.pace import USUAL
from bot.settings import COPENHAGEN, Settings
from bot.storage import copies, outbox
from bot.storage.copies import Copy
from bot.storage.database import DatabaseError, open_database

OK, FAILED, WRONG_SETTINGS = 0, 1, 2


def status(settings: Settings) -> int:
    """Prints the state of every copy of the bot and of the outbox. Exit status 1 when no copy is at work."""
    if settings.database_url is None and not (settings.state / "haandbogsbot.sqlite").exists():
        print(f"Botten har ikke kørt endnu: der er ingen database i mappen {settings.state}.")
        return FAILED
    try:
        with open_database(settings).connect() as connection:
            found = copies.everyone(connection)
            lines = [*(_about(copy) for copy in found), *_about_outbox(connection)]
    except (DatabaseError, SQLAlchemyError) as error:
        print(str(error) if isinstance(error, DatabaseError) else "Databasen kan ikke læses.", file=sys.stderr)
        return WRONG_SETTINGS
    print("\n".join(lines))
    return OK if any(_is_alive(copy) for copy in found) else FAILED


def _is_alive(copy: Copy) -> bool:
    return time.time() - copy.seen_at < USUAL.dead_after


def _about(copy: Copy) -> str:
    if _is_alive(copy):
        connection = "forbundet til Zulip" if copy.state.get("connected") else "uden forbindelse til Zulip"
        heard = _when(copy.state.get("last_event", 0.0))
        in_hand = copy.state.get("in_hand", 0)
        return (
            f"Kopi {copy.id} kører, {connection}, hørte sidst fra serveren {heard} og har {in_hand} spørgsmål i hånden."
        )
    if not copy.seen_at:
        return f"Kopi {copy.id} er stoppet, som den skulle."
    return f"Kopi {copy.id} er ikke set siden {_when(copy.seen_at)}."


def _about_outbox(connection: Connection) -> list[str]:
    counts = outbox.counts(connection)
    lines = [
        f"Udbakken: {counts.get('written', 0)} venter, {counts.get('sent', 0)} er sendt,"
        f" {counts.get('failed', 0)} blev afvist."
    ]
    return lines + [f"Afvist: {entry.key}: {entry.error}" for entry in outbox.failures(connection)]


def _when(moment: float) -> str:
    return datetime.fromtimestamp(moment, COPENHAGEN).strftime("%d.%m.%Y kl. %H.%M.%S") if moment else "aldrig"
