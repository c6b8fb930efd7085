"""The schema: made, kept in step with its migrations, and refused when it is from the future."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from bot.settings import load
from bot.storage.database import DatabaseError, insert_once, open_database, read, replace
from bot.storage.schema import marks, metadata


def test_the_migrations_lead_to_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    with open_database(load(state=tmp_path)).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_what_is_kept_survives_the_next_start(tmp_path: Path) -> None:
    with open_database(load(state=tmp_path)).begin() as connection:
        assert insert_once(connection, marks, name="prøve", at=1.0)
    with open_database(load(state=tmp_path)).begin() as connection:
        assert not insert_once(connection, marks, name="prøve", at=2.0)


def test_a_database_from_a_newer_version_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with open_database(load(state=tmp_path)).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="nyere udgave af Håndbogsbot \\(skema 9999\\)"):
        open_database(load(state=tmp_path))


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(DatabaseError, match="kan ikke oprettes"):
        open_database(load(state=tmp_path / "fil" / "mappe"))


def test_a_broken_database_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "haandbogsbot.sqlite").write_text("slet ikke en database, men noget helt andet" * 100)
    with pytest.raises(DatabaseError, match="kan ikke åbnes"):
        open_database(load(state=tmp_path))


def test_transactions_side_by_side_wait_for_each_other(tmp_path: Path) -> None:
    engine = open_database(load(state=tmp_path))
    with engine.begin() as connection:
        replace(connection, marks, name="antal", at=0.0)

    def count() -> None:
        for _ in range(50):
            with engine.begin() as connection:
                replace(connection, marks, name="antal", at=(connection.scalar(select(marks.c.at)) or 0.0) + 1.0)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with read(engine) as connection:
        assert connection.scalar(select(marks.c.at)) == 8 * 50


def test_a_transaction_that_fails_leaves_the_database_to_the_next(tmp_path: Path) -> None:
    engine = open_database(load(state=tmp_path))
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:
        replace(connection, marks, name="prøve", at=1 / 0)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(marks.insert().values(name="prøve", at=None))
    with engine.begin() as connection:
        assert insert_once(connection, marks, name="prøve", at=1.0)
