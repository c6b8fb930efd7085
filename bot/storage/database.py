"""Opens the database and brings its schema up to date."""

from __future__ import annotations

import json
import sqlite3
import threading
from functools import cache
from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.sql.dml import ReturningInsert

from bot.settings import Settings

_MIGRATIONS = Path(__file__).parent / "migrations"
_MOST_CONNECTIONS = 40  # kept open: as many as there are threads, so that none waits for one, or opens one for a moment
_WAIT_SECONDS = 30.0  # for SQLite's write lock
_UPGRADE_LOCK = 0x05201DA1  # any number that nobody else takes an advisory lock on


class DatabaseError(Exception):
    """The database cannot be used; the message is one sentence for the user."""


def open_database(settings: Settings) -> Engine:
    """The database of these settings, with the newest schema.

    Raises DatabaseError when it cannot be reached, or comes from a newer version of the bot.
    """
    engine = _engine(settings)
    try:
        with engine.begin() as connection:
            _upgrade(connection)
    except SQLAlchemyError as error:
        raise DatabaseError(f"Databasen kan ikke åbnes ({type(error).__name__}): {_reason(error)}.") from None
    return engine


def insert_once(connection: Connection, table: Table, **values: object) -> bool:
    """Inserts the row, unless one with its primary key is there; says whether it did."""
    return connection.execute(_insert_once(table, connection.dialect.name), values).first() is not None


def replace(connection: Connection, table: Table, **values: object) -> None:
    """Inserts the row, or replaces the one with its primary key."""
    insert = (sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)).values(values)
    key = [column.name for column in table.primary_key]
    others = {name: value for name, value in values.items() if name not in key}
    connection.execute(insert.on_conflict_do_update(index_elements=key, set_=others))


def read(engine: Engine) -> Connection:
    """A connection that only reads, a statement at a time; it waits for nobody and holds nobody up."""
    return engine.connect().execution_options(reading=True)


@cache
def _insert_once(table: Table, dialect: str) -> ReturningInsert[Any]:
    """The statement, made once: putting it together takes longer than carrying it out."""
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    return insert.on_conflict_do_nothing().returning(next(iter(table.primary_key)))


def _engine(settings: Settings) -> Engine:
    if settings.database_url is None:
        try:
            settings.state.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseError(f"Mappen {settings.state} kan ikke oprettes: {error.strerror}.") from None
        engine = create_engine(
            f"sqlite:///{settings.state / 'haandbogsbot.sqlite'}",
            json_serializer=_json,
            connect_args={"timeout": _WAIT_SECONDS, "factory": _InLine},
            pool_size=_MOST_CONNECTIONS,
            pool_use_lifo=True,  # few are used as long as few are enough
        )
        _prepare_sqlite(engine)
        return engine
    try:
        url = make_url(settings.database_url.get_secret_value())
        # psycopg 3 is the driver that the extra `postgres` brings; a plain postgresql:// address would ask for another
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            json_serializer=_json,
            pool_size=_MOST_CONNECTIONS,
            pool_pre_ping=True,
        )
    except (ArgumentError, ModuleNotFoundError):
        raise DatabaseError(
            "HAANDBOGSBOT_DATABASE_URL skal se sådan ud: postgresql://bruger:kode@vært/database"
            " (og pakken psycopg skal være installeret)."
        ) from None


class _InLine(sqlite3.Connection):
    """A connection whose transactions wait in line for those of the others in this process.

    SQLite itself would have them look again after 1, 2, 5 ... 100 ms whether it is their turn, and nobody writes then.
    """

    line: threading.Lock
    _writes = False

    def begin(self) -> None:
        """Begins a transaction, with the database's write lock."""
        if not self.line.acquire(timeout=_WAIT_SECONDS):
            raise sqlite3.OperationalError("database is locked")
        try:
            self.execute("BEGIN IMMEDIATE")
        except BaseException:
            self.line.release()
            raise
        self._writes = True

    def commit(self) -> None:
        super().commit()
        self._end()

    def rollback(self) -> None:
        super().rollback()
        self._end()

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        if self._writes:
            self._writes = False
            self.line.release()


def _prepare_sqlite(engine: Engine) -> None:
    """Write-ahead log, and transactions that take the write lock when they begin (as SQLAlchemy's manual advises)."""
    line = threading.Lock()

    @event.listens_for(engine, "connect")
    def configure(connection: _InLine, _record: object) -> None:
        connection.line = line
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -256")  # KiB a connection: there are many, and rows are read once

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("reading"):
            try:
                cast(_InLine, connection.connection.driver_connection).begin()
            except sqlite3.Error as error:
                raise OperationalError("BEGIN IMMEDIATE", None, error) from error


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _UPGRADE_LOCK})
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in known:
        raise DatabaseError(
            f"Databasen er fra en nyere udgave af Håndbogsbot (skema {found})."
            " Installér den udgave, eller brug en anden database."
        )
    command.upgrade(config, "head")


def _reason(error: SQLAlchemyError) -> str:
    """The driver's own words, first line; they hold no password."""
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().splitlines()[0].rstrip(".") if str(cause).strip() else "ukendt fejl"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
