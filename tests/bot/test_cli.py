"""The commands, run as a user runs them: in a process of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from bot.contracts import Json, Put
from bot.settings import COPENHAGEN, load
from bot.storage import memory
from bot.storage.database import open_database
from handlers.handbook import confirmed
from handlers.tags import corrections


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import sys; from bot.cli import main; sys.exit(main())", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60, check=False)


def test_a_chat_greets_answers_and_leaves() -> None:
    done = run("chat", stdin="hej\nslut\nhvem er du?\n")
    assert done.returncode == 0
    assert "Farvel!" in done.stdout
    assert "Håndbogsbot** og svarer" not in done.stdout  # it had left before that question
    assert done.stderr == ""


def test_a_terminal_that_lacks_danish_letters_is_shown_what_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = run("ask", "hvad kan du?")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


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


def test_what_is_corrected_in_one_conversation_of_a_batch_changes_no_other() -> None:
    asked = "tag: skar papir til skilte"
    talk = [{"text": asked, "conversation": "a"}, {"text": "nej, det er transport", "conversation": "a"}]
    lines = [*talk, *({"text": asked, "conversation": name} for name in ("a", "b")), {"text": asked}]
    done = run("ask", "--json", stdin="\n".join(map(json.dumps, lines)))
    first, corrected, *later = [json.loads(line)["tag"]["name"] for line in done.stdout.splitlines()]
    assert corrected == "Transport"
    assert later == ["Transport", first, first]


def test_no_word_of_a_batch_is_kept_with_the_handbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAANDBOGSBOT_CACHE", str(tmp_path))
    talk = [
        "hvor ofte holder vi teammøde med zebrafisk?",
        "det var svaret",
        "hvor ofte holder vi teammøde med zebrafisk?",
    ]
    lines = [json.dumps({"text": text, "conversation": "a"}) for text in talk]
    assert "Tak!" in run("ask", "--json", stdin="\n".join(lines)).stdout
    (snapshot,) = tmp_path.glob("*.snapshot")
    assert b"zebrafisk" not in snapshot.read_bytes()


@pytest.fixture
def corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a bot that two corrections and a confirmation wait in; its settings are in the environment."""
    monkeypatch.setenv("HAANDBOGSBOT_STATE", str(tmp_path))
    values = {
        "8-tea": {"text": "kogte te\x1b[31m", "tag": "Pause", "task": "", "instead_of": "Transport", "against": ""},
        "9-bus": {"text": "bus", "tag": "Pause", "task": "", "instead_of": "Transport", "against": "Transport"},
    }
    puts = [Put(corrections.COLLECTION, key, {**value, "accepted": False}) for key, value in values.items()]
    place = {"page": "docs/kaffe.md", "anchor": "bønner", "heading": "Bønner", "fingerprint": "00c0ffee"}
    confirmation: dict[str, Json] = {"question": "hvor er kaffen", **place, "accepted": False}
    puts.append(Put(confirmed.COLLECTION, "q8-coffee", confirmation))
    with open_database(load()).begin() as connection:
        memory.carry_out(connection, puts, datetime.now(COPENHAGEN))
    return tmp_path


@pytest.mark.usefixtures("corrected")
def test_corrections_are_listed_with_what_speaks_against_them() -> None:
    done = run("corrections", "list")
    assert done.returncode == 0
    assert "8-tea  venter  »kogte te" in done.stdout
    assert "håndbogens egne ord peger på Transport" in done.stdout
    assert "q8-coffee  venter  »hvor er kaffen«: docs/kaffe.md › Bønner" in done.stdout
    assert "3 venter, 0 gælder for alle." in done.stdout
    assert "\x1b" not in done.stdout  # nothing that a user wrote steers the terminal


@pytest.mark.usefixtures("corrected")
def test_an_accepted_correction_counts_for_all_and_is_exported_as_data() -> None:
    assert "1 rettelse gælder nu for alle." in run("corrections", "accept", "9-bus").stdout
    assert "9-bus  gælder" in run("corrections", "list").stdout
    assert run("corrections", "export").stdout == "## Pause\nbus\n"


@pytest.mark.usefixtures("corrected")
def test_an_accepted_confirmation_is_exported_by_itself() -> None:
    run("corrections", "accept", "q8-coffee")
    exported = "# page: docs/kaffe.md\n## bønner | Bønner | 00c0ffee\nhvor er kaffen\n"
    assert run("corrections", "export", "questions").stdout == exported
    assert run("corrections", "export").stdout == ""


@pytest.mark.usefixtures("corrected")
def test_rejected_corrections_are_forgotten() -> None:
    assert "3 rettelser er glemt." in run("corrections", "reject", "9-bus", "8-tea", "q8-coffee").stdout
    assert "Ingen har rettet noget endnu." in run("corrections", "list").stdout


@pytest.mark.usefixtures("corrected")
def test_an_unknown_correction_changes_nothing_and_is_named() -> None:
    done = run("corrections", "accept", "8-tea", "9-tog")
    assert done.returncode == 1
    assert done.stderr.startswith("Der er ingen rettelse 9-tog.")
    assert "0 gælder for alle" in run("corrections", "list").stdout


def test_without_a_database_there_are_no_corrections_to_review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAANDBOGSBOT_STATE", str(tmp_path))
    done = run("corrections", "list")
    assert done.returncode == 2
    assert "ingen database" in done.stderr
    assert not list(tmp_path.iterdir())
