"""Who approved before and what has changed, from a real git repository."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.approvers import ApproverCapability
from handlers.handbook import HandbookReader, PageHistory, page_history
from tests.handlers.approvers.conftest import Conversation

HEAD = """---
title: Godkendere
---

# Hvem godkender

| PSP | Projekt | Intern godkender | Ekstern godkender |
|---|---|---|---|
"""
ALFA = "| XG-1000000010 | OS2alfa | Bo Bi bobi@b.example | {} |\n"
BETA = "| XG-1000000020 | OS2beta | Bo Bi bobi@b.example | Ida Ib ida@i.example |\n"
OLD, NEW = "Gry Gl gry@g.example", "Ny Ny ny@n.example"


def git(folder: Path, *arguments: str, day: str = "2025-01-01") -> None:
    when = f"{day}T12:00:00+01:00"
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)}
    identity = ("-c", "user.name=Test", "-c", "user.email=test@test.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, env={**os.environ, **dates}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def commit(folder: Path, source: str, day: str, path: str = "docs/liste.md") -> None:
    page = folder / path
    page.parent.mkdir(exist_ok=True)
    page.write_text(source, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", day, day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A list that began in 2024, had one person replaced in February 2026 and a product added in June 2026."""
    folder = tmp_path / "handbook"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main", ".")
    commit(folder, HEAD + ALFA.format(OLD), "2024-05-01", "docs/gammel_liste.md")
    git(folder, "mv", "docs/gammel_liste.md", "docs/liste.md")
    git(folder, "commit", "-q", "-m", "omdøbt", day="2025-03-01")
    commit(folder, HEAD + ALFA.format(NEW), "2026-02-10")
    commit(folder, HEAD + ALFA.format(NEW) + BETA, "2026-06-20")
    return folder


def talk(folder: Path, year: int = 2026) -> Conversation:
    handbook = HandbookReader(folder, "https://haandbog.example").read()
    capability = ApproverCapability(handbook, history=partial(page_history, folder))
    return Conversation(capability, now=datetime(year, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/Copenhagen")))


def test_who_approved_in_a_past_year_is_told(repository: Path) -> None:
    answer = talk(repository).ask("hvem godkendte for OS2alfa i 2025?")
    assert "gry@g.example" in answer.text
    assert "ny@n.example" not in answer.text
    assert "fra 1. maj 2024 til 10. februar 2026" in answer.text


def test_a_product_that_was_not_in_the_list_then_is_said_to_be_so(repository: Path) -> None:
    answer = talk(repository).ask("hvem godkendte for OS2beta i 2025?")
    assert "stod ikke i listen i 2025" in answer.text
    assert not answer.answered


def test_changes_since_a_month_are_told_with_their_products(repository: Path) -> None:
    text = talk(repository).ask("hvad er ændret i godkenderlisten siden januar?").text
    assert "**ekstern** Gry Gl → Ny Ny: OS2alfa" in text
    assert "**kommet til**: OS2beta" in text
    assert "20. juni 2026" in text
    assert "OS2alfa" not in talk(repository).ask("hvad er ændret i godkenderlisten siden marts?").text


def test_the_last_change_is_told_when_asked_for(repository: Path) -> None:
    text = talk(repository).ask("hvornår blev godkenderlisten sidst opdateret?").text
    assert "sidst ændret 20. juni 2026" in text
    assert "OS2beta" in text
    assert "Gry" not in text


def test_a_row_older_than_a_year_shows_its_age(repository: Path) -> None:
    assert "uændret" not in talk(repository, 2026).ask("hvem godkender OS2alfa?").text
    text = talk(repository, 2027).ask("hvem godkender OS2alfa?").text
    assert "uændret siden 10. februar 2026" in text
    assert "sidst rettet 20. juni 2026" in text


def test_a_row_that_is_changed_but_not_committed_has_no_age(repository: Path) -> None:
    (repository / "docs/liste.md").write_text(HEAD + ALFA.format("Jo Ju jo@j.example") + BETA, encoding="utf-8")
    text = talk(repository, 2028).ask("hvem godkender OS2alfa?").text
    assert "jo@j.example" in text
    assert "uændret" not in text


def test_a_new_psp_number_does_not_make_the_persons_look_new(repository: Path) -> None:
    commit(repository, (HEAD + ALFA.format(NEW) + BETA).replace("XG-10", "XG-20"), "2027-06-01")
    text = talk(repository, 2027).ask("hvem godkender OS2alfa?").text
    assert "Rækken er uændret siden 10. februar 2026." in text
    assert "nyt PSP-nummer til 2 produkter" in talk(repository, 2027).ask("hvad er ændret i godkenderlisten?").text


def test_a_shallow_checkout_does_not_take_its_first_commit_for_the_beginning(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")
    shallow = talk(tmp_path / "shallow", 2028)
    assert "uændret" not in shallow.ask("hvem godkender OS2alfa?").text
    answer = shallow.ask("hvem godkendte for OS2alfa i 2025?")
    assert "før historikken begynder" in answer.text or not answer.answered
    assert "Længere tilbage end 20. juni 2026" in answer.text


def test_without_git_nothing_is_guessed(tmp_path: Path) -> None:
    (tmp_path / "liste.md").write_text(HEAD + ALFA.format(NEW), encoding="utf-8")
    plain = talk(tmp_path, 2028)
    assert page_history(tmp_path, "liste.md") == PageHistory()
    assert "uændret" not in plain.ask("hvem godkender OS2alfa?").text
    answer = plain.ask("hvem godkendte for OS2alfa i 2025?")
    assert not answer.answered
    assert "ny@n.example" not in answer.text


def test_history_is_read_when_first_needed_and_only_once(repository: Path) -> None:
    asked: list[str] = []

    def load(page: str) -> PageHistory:
        asked.append(page)
        return page_history(repository, page)

    capability = ApproverCapability(HandbookReader(repository, "https://haandbog.example").read(), history=load)
    conversation = Conversation(capability)
    conversation.ask("hvilke produkter mangler en ekstern godkender?")
    assert asked == []
    conversation.ask("hvem godkender OS2alfa?")
    conversation.ask("hvem godkendte for OS2alfa i 2025?")
    assert asked == ["docs/liste.md"]
