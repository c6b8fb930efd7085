"""What was read of handbook and data is kept for the next start, and never trusted when it does not fit."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from bot import snapshot
from bot.app import App
from bot.session import Session
from bot.settings import load
from bot.snapshot import Snapshot
from tests.bot.test_app import write
from tests.conversation import question


@pytest.fixture
def kept(tmp_path: Path) -> Snapshot[dict[str, int]]:
    snapshot = Snapshot(tmp_path / "cache", dict, "bog")
    snapshot.save({"sider": 3})
    return snapshot


def file_of(folder: Path) -> Path:
    (file,) = (folder / "cache").iterdir()
    return file


def test_what_was_saved_is_there_at_the_next_start(kept: Snapshot[dict[str, int]], tmp_path: Path) -> None:
    assert kept.load() == {"sider": 3}
    assert Snapshot(tmp_path / "cache", dict, "en anden bog").load() is None


@pytest.mark.usefixtures("kept")
def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    assert file_of(tmp_path).stat().st_mode & 0o077 == 0


def test_other_code_or_data_makes_a_new_one(kept: Snapshot[dict[str, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_made_of", lambda: b"x" * 32)
    assert kept.load() is None


def test_one_that_others_may_write_is_not_read(kept: Snapshot[dict[str, int]], tmp_path: Path) -> None:
    file_of(tmp_path).chmod(0o666)
    assert kept.load() is None


def test_a_damaged_one_is_passed_over(kept: Snapshot[dict[str, int]], tmp_path: Path) -> None:
    file = file_of(tmp_path)
    file.write_bytes(file.read_bytes()[:-4])
    assert kept.load() is None
    file.write_bytes(b"")
    assert kept.load() is None


def test_another_thing_under_its_name_is_passed_over(kept: Snapshot[dict[str, int]], tmp_path: Path) -> None:
    file = file_of(tmp_path)
    file.write_bytes(file.read_bytes()[:32] + pickle.dumps(["noget andet"]))
    assert kept.load() is None


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("ingen mappe", encoding="utf-8")
    blocked = Snapshot(tmp_path / "cache", dict, "bog")
    blocked.save({"sider": 3})
    assert blocked.load() is None


def test_a_page_that_has_changed_since_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "haandbog"
    folder.mkdir()
    settings = load(handbook=folder, cache=tmp_path / "cache")
    write(folder, "køkkenet", "Anna Eksempel [anna@eksempel.dk](mailto:anna@eksempel.dk)")
    App(settings).keep()
    assert file_of(tmp_path).is_file()
    write(folder, "mødelokalet ovenpå", "Bo Eksempel [bo@eksempel.dk](mailto:bo@eksempel.dk)")
    session = Session(App(settings).dispatcher)
    assert "mødelokalet ovenpå" in session.ask(question("hvor står kaffemaskinen?")).text
    assert "bo@eksempel.dk" in session.ask(question("hvem godkender for OS2kaffe?")).text
