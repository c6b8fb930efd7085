"""Patches of the approver list are taken by git, and change nothing but the cell they are about."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from handlers.approvers import Change, PatchError, Person, Register, patch
from handlers.handbook import HandbookReader

PAGE = "docs/godkendere.md"
SOURCE = """---
title: Godkendere
---

# Godkendere

| PSP | Produkt | Intern godkender | Ekstern godkender |
|-----|---------|------------------|-------------------|
| XG-1000000010 | OS2alfa | Bo Bi [bo@b.example](mailto:bo@b.example)   | Anna [a@a.example](mailto:a@a.example) |
| XG-1000000020 | OS2beta | Bo Bi [bo@b.example](mailto:bo@b.example) |  |
XG-1000000030 | OS2gamma | Bo Bi bo@b.example | Ingen
"""
NEW = Person("Ny Næstved", "ny@naestved.example")


def git(folder: Path, *arguments: str, sent: str = "") -> str:
    command = ["git", "-c", "user.name=Test", "-c", "user.email=test@test.example", *arguments]
    done = subprocess.run(command, cwd=folder, input=sent.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def repository(folder: Path, source: str) -> Register:
    page = folder / PAGE
    page.parent.mkdir(parents=True)
    page.write_bytes(source.encode())
    git(folder, "init", "-q", ".")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "start")
    return Register.of(HandbookReader(folder, "https://haandbog.example").read())


def applied(folder: Path, changed: str) -> str:
    git(folder, "apply", "--check", "-", sent=changed)
    git(folder, "apply", "-", sent=changed)
    return (folder / PAGE).read_bytes().decode()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("product", ["OS2alfa", "OS2beta", "OS2gamma"])
def test_git_takes_the_patch_and_the_list_then_names_the_new_person(tmp_path: Path, product: str, ending: str) -> None:
    source = SOURCE.replace("\n", ending)
    register = repository(tmp_path, source)
    row = register.by_product(product)[0]
    after = applied(tmp_path, patch(source, [Change(row, "external", (NEW,))]))
    read = Register.of(HandbookReader(tmp_path, "https://haandbog.example").read())
    assert read.by_product(product)[0].external.persons == (NEW,)
    assert [r.internal for r in read.rows] == [r.internal for r in register.rows]
    changed = [
        number
        for number, pair in enumerate(zip(source.split("\n"), after.split("\n"), strict=True))
        if pair[0] != pair[1]
    ]
    assert changed == [row.line - 1]


def test_several_changes_make_one_patch(tmp_path: Path) -> None:
    register = repository(tmp_path, SOURCE)
    two = (NEW, Person("Mia Mo", "mia@m.example"))
    changes = [
        Change(register.rows[0], "internal", (NEW,)),
        Change(register.rows[0], "external", two),
        Change(register.rows[1], "external", (NEW,)),
    ]
    applied(tmp_path, patch(SOURCE, changes))
    rows = Register.of(HandbookReader(tmp_path, "https://haandbog.example").read()).rows
    assert (rows[0].internal.persons, rows[0].external.persons) == ((NEW,), two)
    assert rows[1].external.persons == (NEW,)


def test_a_page_without_a_last_line_end_is_patched(tmp_path: Path) -> None:
    source = SOURCE.rstrip("\n")
    register = repository(tmp_path, source)
    after = applied(tmp_path, patch(source, [Change(register.rows[2], "external", (NEW,))]))
    assert after.endswith("Ny Næstved [ny@naestved.example](mailto:ny@naestved.example)") or after.endswith(" ")


def test_a_name_cannot_open_a_new_column(tmp_path: Path) -> None:
    register = repository(tmp_path, SOURCE)
    odd = Person("Bo | Bi\nCi", "bo@b.example")
    applied(tmp_path, patch(SOURCE, [Change(register.rows[0], "external", (odd,))]))
    row = Register.of(HandbookReader(tmp_path, "https://haandbog.example").read()).rows[0]
    assert [who.email for who in row.external.persons] == ["bo@b.example"]
    assert row.internal.persons == register.rows[0].internal.persons


def test_no_change_is_an_empty_patch(tmp_path: Path) -> None:
    register = repository(tmp_path, SOURCE)
    assert patch(SOURCE, []) == ""
    row = register.rows[0]
    assert patch(SOURCE, [Change(row, "external", row.external.persons)]) == ""


def test_a_page_that_has_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    register = repository(tmp_path, SOURCE)
    with pytest.raises(PatchError, match="OS2alfa"):
        patch(
            SOURCE.replace("# Godkendere\n", "# Godkendere\n\nNyt afsnit.\n"),
            [Change(register.rows[0], "external", (NEW,))],
        )


def test_the_patch_fits_a_handbook_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    folder = tmp_path / "haandbog"
    (folder / "docs").mkdir(parents=True)
    (folder / PAGE).write_text(SOURCE, encoding="utf-8")
    git(tmp_path, "init", "-q", ".")
    git(tmp_path, "add", ".")
    row = Register.of(HandbookReader(folder, "https://haandbog.example").read()).rows[0]
    assert "ny@naestved.example" in applied(folder, patch(SOURCE, [Change(row, "external", (NEW,))]))
