"""The whole bot takes in what changes in the handbook's folder while it runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.app import App
from bot.session import Session
from handlers.handbook import HandbookError
from tests.conversation import question

PAGE = """---
title: Kaffe
---
# Kaffe

## Maskinen {{#maskine}}

Kaffemaskinen står i {place}.

## Godkendere

| PSP-element | Projektnavn | Intern godkender | Ekstern godkender |
|---|---|---|---|
| XG-1000000100 | OS2kaffe | Sekretariatet [post@eksempel.dk](mailto:post@eksempel.dk) | {approver} |
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "køkkenet", "Anna Eksempel [anna@eksempel.dk](mailto:anna@eksempel.dk)")
    return tmp_path


def write(folder: Path, place: str, approver: str) -> None:
    (folder / "kaffe.md").write_text(PAGE.format(place=place, approver=approver), encoding="utf-8")


def test_a_changed_page_changes_the_answers_of_every_capability(folder: Path) -> None:
    app = App(settings.load(handbook=folder))
    session = Session(app.dispatcher)
    assert "køkkenet" in session.ask(question("hvor står kaffemaskinen?")).text
    assert "anna@eksempel.dk" in session.ask(question("hvem godkender for OS2kaffe?")).text

    write(folder, "mødelokalet", "Bo Eksempel [bo@eksempel.dk](mailto:bo@eksempel.dk)")
    assert app.refresh()

    assert "mødelokalet" in session.ask(question("hvor står kaffemaskinen?")).text
    assert "bo@eksempel.dk" in session.ask(question("hvem godkender for OS2kaffe?")).text


def test_nothing_is_done_while_nothing_changes(folder: Path) -> None:
    app = App(settings.load(handbook=folder))
    before = app.dispatcher.capabilities
    assert not app.refresh()
    assert app.dispatcher.capabilities is before


def test_a_folder_that_is_gone_for_a_moment_leaves_the_old_answers(folder: Path) -> None:
    app = App(settings.load(handbook=folder))
    folder.rename(folder.with_name("flyttet"))
    with pytest.raises(HandbookError):
        app.refresh()
    assert "køkkenet" in Session(app.dispatcher).ask(question("hvor står kaffemaskinen?")).text
