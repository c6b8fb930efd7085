"""`haandbogsbot corrections`: the review of what users put right, on the database that `run` works on."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.contracts import Delete, Effect, Put, Record, Records, Reviewed, UserError
from bot.settings import COPENHAGEN, Settings
from bot.storage import memory
from bot.storage.database import DatabaseError, open_database

OK, WRONG_SETTINGS = 0, 2


def corrections(
    settings: Settings, kinds: Mapping[str, Reviewed], action: str, numbers: Sequence[str], kind: str | None
) -> int:
    """Does `action`: "list", "accept" or "reject" the numbers, or "export" the kind, which is None otherwise.

    Raises UserError for a number that is not known.
    """
    if settings.database_url is None and not (settings.state / "haandbogsbot.sqlite").exists():
        print(f"Botten har ikke kørt endnu: der er ingen database i mappen {settings.state}.", file=sys.stderr)
        return WRONG_SETTINGS
    try:
        engine = open_database(settings)
        records = memory.StoredRecords(engine)
        match action:
            case "list":
                print("\n".join(_listed(records, kinds)))
            case "export" if kind is not None:
                print(kinds[kind].export(records), end="")
            case _:
                effects = [_decided(action, number, records, kinds) for number in dict.fromkeys(numbers)]
                with engine.begin() as connection:
                    memory.carry_out(connection, effects, datetime.now(COPENHAGEN))
                said = "gælder nu for alle" if action == "accept" else "er glemt"
                print(f"1 rettelse {said}." if len(effects) == 1 else f"{len(effects)} rettelser {said}.")
    except (DatabaseError, SQLAlchemyError) as error:
        print(str(error) if isinstance(error, DatabaseError) else "Databasen kan ikke læses.", file=sys.stderr)
        return WRONG_SETTINGS
    return OK


def _listed(records: Records, kinds: Mapping[str, Reviewed]) -> Iterator[str]:
    """Every correction, oldest first within its kind, with the number by which it is accepted or rejected."""
    states = []
    for kind in kinds.values():
        for number, record in sorted(records.all(kind.collection).items(), key=lambda item: (item[1].at, item[0])):
            lines = [_printable(line) for line in kind.described(record)]
            if lines:
                states.append(_accepted(record))
                yield f"{number}  {'gælder' if states[-1] else 'venter'}  {lines[0]}"
                yield from (f"    {line}" for line in lines[1:])
    waiting = len(states) - sum(states)
    yield f"{waiting} venter, {sum(states)} gælder for alle." if states else "Ingen har rettet noget endnu."


def _accepted(record: Record) -> bool:
    return isinstance(record.value, dict) and record.value.get("accepted") is True


def _decided(action: str, number: str, records: Records, kinds: Mapping[str, Reviewed]) -> Effect:
    """The effect that makes a correction count for everybody ("accept") or forgets it."""
    for kind in kinds.values():
        record = records.all(kind.collection).get(number)
        if record is not None and action == "reject":
            return Delete(kind.collection, number)
        if record is not None and isinstance(record.value, dict):
            return Put(kind.collection, number, {**record.value, "accepted": True}, owner=record.owner)
    raise UserError(f"Der er ingen rettelse {number}. »haandbogsbot corrections list« viser dem alle.")


def _printable(text: str) -> str:
    """A user's text as one harmless line: nothing in it steers the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))
