"""The real bot on the embedded handbook: as `haandbogsbot run`, on zulip-run-bot, and as seen from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import load
from bot.status import status
from tests.bot.running import Process, answers, bot, process, texts, until
from tests.zulip_double import Double
from tests.zulip_double.realm import BOT, HAMLET

COMMANDS = Path(sys.executable).parent


@pytest.fixture
def double() -> Iterator[Double]:
    with Double().running() as running:
        yield running


def test_haandbogsbot_run_answers_from_the_handbook_and_stops(double: Double, tmp_path: Path) -> None:
    running = Process(double, tmp_path / "state", (str(COMMANDS / "haandbogsbot"), "run"), {})
    running.start()
    double.realm.say(HAMLET, "Hvilke tags findes der?", to=[BOT])
    double.realm.say(HAMLET, "@**Håndbog** hej", channel="sekretariat", topic="ferie")
    answers(double, 2, 30)
    assert running.stop() == 0
    assert all(message.content for message in double.realm.said_by(BOT))


def test_zulip_run_bot_finds_it_in_the_registry(double: Double) -> None:
    environment = {**os.environ, **double.environment()}
    running = subprocess.Popen(
        [str(COMMANDS / "zulip-run-bot"), "-r", "haandbogsbot", "--quiet"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        until(lambda: double.realm.queues, 30)
        double.realm.say(HAMLET, "Hvilke tags findes der?", to=[BOT])
        assert answers(double, 1)[0].to == (HAMLET, BOT)
    finally:
        running.terminate()
        running.wait()


def look(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_its_health_and_figures_can_be_read_from_outside(double: Double, tmp_path: Path) -> None:
    with bot(double, tmp_path / "state", HAANDBOGSBOT_HEALTH_PORT="18080"):
        double.realm.say(HAMLET, "hej", to=[BOT])
        answers(double, 1)
        status_code, body = look(18080, "/healthz")
        health = json.loads(body)
        _, figures = look(18080, "/metrics")
        nothing, _ = look(18080, "/andet")
    assert (status_code, health["alive"], health["connected"], health["outbox"]) == (200, True, True, 0)
    assert health["last_event"] > health["started"] - 5
    assert "haandbogsbot_questions_total 1.0" in figures
    assert nothing == 404


def test_status_tells_from_the_database_how_it_is(
    double: Double, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load(state=tmp_path / "state")
    assert status(settings) == 1
    with process(double, tmp_path / "state"):
        double.realm.say(HAMLET, "hej", to=[BOT])
        texts(double, 1)
        until(lambda: status(settings) == 0)
        told = capsys.readouterr().out
    assert status(settings) == 1
    stopped = capsys.readouterr().out
    assert "Botten har ikke kørt endnu" in told
    assert "kører, forbundet til Zulip" in told
    assert "er stoppet, som den skulle" in stopped
    assert "Udbakken: 0 venter, 1 er sendt, 0 blev afvist." in stopped
