"""`haandbogsbot corrections`: the review of what users corrected, on the database that `run` works on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from bot.contracts import Effect, Records
from bot.settings import COPENHAGEN, Settings
from bot.storage import memory
from bot.storage.database import DatabaseError, open_database

OK, WRONG_SETTINGS = 0, 2


class Reviewer(Protocol):
    """What knows the corrections; the machine only brings it the records and carries out its effects."""

    def lines(self, records: Records) -> Iterable[str]: ...
    def accept(self, records: Records, numbers: Sequence[str]) -> Sequence[Effect]: ...
    def reject(self, records: Records, numbers: Sequence[str]) -> Sequence[Effect]: ...
    def export(self, records: Records) -> str: ...


def corrections(settings: Settings, reviewer: Reviewer, action: str, numbers: Sequence[str]) -> int:
    """Does `action` ("list", "accept", "reject" or "export"). Raises UserError for a number that is not known."""
    if settings.database_url is None and not (settings.state / "haandbogsbot.sqlite").exists():
        print(f"Botten har ikke kørt endnu: der er ingen database i mappen {settings.state}.", file=sys.stderr)
        return WRONG_SETTINGS
    try:
        engine = open_database(settings)
        records = memory.StoredRecords(engine)
        match action:
            case "list":
                print("\n".join(reviewer.lines(records)))
            case "export":
                print(reviewer.export(records), end="")
            case _:
                decide, said = {
                    "accept": (reviewer.accept, "gælder nu for alle"),
                    "reject": (reviewer.reject, "er glemt"),
                }[action]
                effects = decide(records, tuple(dict.fromkeys(numbers)))
                with engine.begin() as connection:
                    memory.carry_out(connection, effects, datetime.now(COPENHAGEN))
                print(f"1 rettelse {said}." if len(effects) == 1 else f"{len(effects)} rettelser {said}.")
    except (DatabaseError, SQLAlchemyError) as error:
        print(str(error) if isinstance(error, DatabaseError) else "Databasen kan ikke læses.", file=sys.stderr)
        return WRONG_SETTINGS
    return OK
