"""The commands, run as a user runs them: in a process of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60, check=False)


def test_a_chat_greets_answers_and_leaves() -> None:
    done = run("chat", stdin="hej\nslut\nhvem er du?\n")
    assert done.returncode == 0
    assert "Farvel!" in done.stdout
    assert "Håndbogsbot** og svarer" not in done.stdout  # it had left before that question
    assert done.stderr == ""


def test_a_chat_ends_with_its_input() -> None:
    assert run("chat", stdin="hej\n").returncode == 0


def test_one_question_is_answered_in_plain_text_where_there_is_no_terminal() -> None:
    done = run("ask", "hvad kan du?")
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "Håndbogsbot" in done.stdout


def test_no_question_is_met_with_an_example() -> None:
    done = run("ask")
    assert done.returncode == 2
    assert "haandbogsbot ask" in done.stderr


def test_a_batch_answers_every_line_in_order() -> None:
    lines = [{"id": "b", "text": "hej"}, {"id": 7, "text": "hjælp"}]
    done = run("ask", "--json", stdin="\n".join(map(json.dumps, lines)))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["b", 7]
    assert [answer["intent"] for answer in answers] == ["chatter", "help"]


def test_every_batch_answer_has_every_field() -> None:
    (answer,) = [json.loads(line) for line in run("ask", "--json", stdin='{"text": "hej"}').stdout.splitlines()]
    assert set(answer) == {
        *("id", "intent", "answered", "asks", "text", "choices", "sources"),
        *("tag", "entries", "approvals", "reminders"),
    }


def test_a_broken_batch_line_is_said_to_be_broken_and_the_others_are_answered() -> None:
    done = run("ask", "--json", stdin='nonsense\n{"id": 2, "text": "hej"}\n')
    broken, good = (json.loads(line) for line in done.stdout.splitlines())
    assert "Linje 1" in broken["text"]
    assert not broken["answered"]
    assert good["intent"] == "chatter"


@pytest.mark.parametrize("command", [["ask", "hej"], ["check"], ["chat"]])
def test_a_missing_handbook_is_one_sentence_and_no_trace(command: list[str]) -> None:
    done = run(*command, "--handbook", "/findes/ikke")
    assert done.returncode == 1
    assert done.stderr.strip() == "Håndbogens mappe findes ikke: /findes/ikke"


def test_check_reports_a_page_that_cannot_be_read_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# Forside\n\nVelkommen.\n", encoding="utf-8")
    (tmp_path / "ødelagt.md").write_bytes(b"\xff\xfe\xff")
    done = run("check", "--handbook", str(tmp_path))
    assert "ødelagt.md: er ikke UTF-8-tekst" in done.stdout


def test_wrong_settings_are_named_each_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAANDBOGSBOT_SITE_URL", "ikke en adresse")
    done = run("ask", "hej")
    assert done.returncode == 2
    assert "HAANDBOGSBOT_SITE_URL" in done.stderr
    assert "Traceback" not in done.stderr
