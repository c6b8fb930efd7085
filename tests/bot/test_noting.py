"""What has been sent is noted: soon by itself, at once for whoever asks, and whatever ids the server gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.contracts import Direct
from bot.service.noting import Noting
from bot.settings import load
from bot.storage import outbox
from bot.storage.database import open_database, read
from bot.storage.outbox import Entry, Sent, State
from tests.bot.running import until


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(load(state=tmp_path))


def sent(engine: Engine, key: str, message_id: int) -> Sent:
    """An entry that has been written and sent."""
    entry = Entry(key, Direct((10,)), "hemmeligt")
    with engine.begin() as connection:
        assert outbox.write(connection, entry, "copy")
    return Sent(entry, message_id, editable=True, at=1.0)


def found(engine: Engine, key: str) -> tuple[State, str, int | None]:
    with read(engine) as connection:
        entry = outbox.find(connection, key)
    assert entry is not None
    return entry.state, entry.text, entry.message_id


def test_what_has_been_sent_is_noted_without_its_text(engine: Engine) -> None:
    noting = Noting(engine, alone=True)
    noting.add(sent(engine, "a", 7))
    noting.finish()
    assert found(engine, "a") == (State.SENT, "", 7)


def test_nobody_need_ask_for_it(engine: Engine) -> None:
    Noting(engine, alone=True).add(sent(engine, "a", 7))
    until(lambda: found(engine, "a") == (State.SENT, "", 7))


def test_an_id_that_the_server_gives_anew_keeps_nothing_from_being_noted(engine: Engine) -> None:
    noting = Noting(engine, alone=True)
    for key, message_id in (("a", 7), ("b", 7), ("c", 8)):
        noting.add(sent(engine, key, message_id))
    noting.finish()
    assert [found(engine, key)[::2] for key in "abc"] == [(State.SENT, 7), (State.SENT, None), (State.SENT, 8)]
