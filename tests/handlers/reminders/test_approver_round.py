"""The approver list's yearly round, due on Monday 1 February 2027 at 9, on a list with flaws."""

# ruff: noqa: E501 - table rows are as wide as the handbook's
from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.contracts import Answer, Asker
from handlers.danish.dates import COPENHAGEN
from handlers.handbook import HandbookReader
from tests.handlers.reminders.office import COLLEAGUE, OTHER, Office

LIST = "docs/godkendere.md"
PAGE = """\
---
title: Fakturagodkender
---

# Hvem godkender

| PSP-element   | Projektnavn     | Intern godkender                               | Ekstern godkender                                  |
|---------------|-----------------|------------------------------------------------|----------------------------------------------------|
| XG-9212045220 | OS2bil          | OS2-sekretariat [os2@os2.example](mailto:os2@os2.example) | Ida Ask [idas@syddjurs.example](mailto:idas@syddjurs.example) |
| XG-9212045230 | OS2bog          | OS2-sekretariat [os2@os2.example](mailto:os2@os2.example) | Ole Elm [olel@syddjurs.example](mailto:olel@syddjurs.example)   |
| XG-9212045240 | OS2rollekatalog | Eva Eg [eveg@aarhus.example](mailto:eveg@aarhus.example)  | Eva Eg [eveg@aarhus.example](mailto:eveg@aarhus.example) |
| XG-9212045250 | OS2mo           | OS2-sekretariat [os2@os2.example](mailto:os2@os2.example) | Ingen |

Slut.
"""
ACCOUNTS = """\
# Kontoplaner

| Produkt         | Kontonummer   |
|-----------------|---------------|
| OS2bil          | XG-9212045220 |
| OS2bog          | XG-9212045230 |
| OS2rollekatalog | XG-9212045240 |
| OS2mo           | XG-9212045250 |
| OS2tog          | XG-9212045260 |
"""
REPOSITORY = "https://git.example/os2/handbook"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / LIST).write_text(PAGE, encoding="utf-8", newline="")
    (tmp_path / "docs" / "konti.md").write_text(ACCOUNTS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def office(folder: Path) -> Office:
    return opened(folder)


def opened(folder: Path) -> Office:
    """An office in which the round has begun."""
    handbook = HandbookReader(folder, "https://handbook.example", REPOSITORY).read()
    office = Office(handbook, folder=folder, now=datetime(2027, 2, 1, 8, 59, tzinfo=COPENHAGEN))
    office.until("2027-02-01T09:01")
    return office


def patched(answer: Answer, folder: Path) -> str:
    """The list's page after `git apply` of the attached patch."""
    [attachment] = answer.attachments
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "apply", "-"], cwd=folder, check=True, input=attachment.content)
    return (folder / LIST).read_bytes().decode()


def test_it_opens_with_the_list_as_it_is_and_what_is_wrong_with_it(office: Office) -> None:
    said = office.said["reminder:godkenderliste:2027"].text

    assert "**0 af 4** produkter er bekræftet" in said
    assert "| ☐ | OS2bil | OS2-sekretariat os2@os2.example | Ida Ask idas@syddjurs.example |  |" in said
    assert "- OS2rollekatalog Eva Eg er både intern og ekstern" in said
    assert "- OS2mo mangler en ekstern godkender: der står »Ingen«" in said
    assert "- OS2tog står i kontoplanen, men ikke i listen" in said
    assert not office.said["reminder:godkenderliste:2027"].choices


def test_one_product_is_confirmed_and_shown_with_who_did_it(office: Office) -> None:
    office.ask("bekræft OS2bil")

    assert "| ✅ | OS2bil |" in office.revised[-1].text
    assert "En Kollega den 1. februar |" in office.revised[-1].text


@pytest.mark.parametrize(
    "text", ["alle i Syddjurs er rigtige", "Alle fra Syddjurs stemmer.", "bekræft alle i syddjurs"]
)
def test_all_of_a_municipality_are_confirmed_at_once(office: Office, text: str) -> None:
    answer = office.ask(text)

    assert answer.text.startswith("✅ OS2bil og OS2bog er bekræftet. 2 mangler: OS2rollekatalog og OS2mo.")


def test_a_municipality_that_is_not_in_the_list_is_told(office: Office) -> None:
    assert office.ask("alle i Viborg er rigtige").text == "Ingen i listen er fra Viborg."


@pytest.mark.parametrize(
    "text",
    [
        "OS2mo: ny ekstern Bo Bøg bobg@ballerup.example",
        "os2mo: ekstern er Bo Bøg, bobg@ballerup.example",
        "OS2mo ny ekstern godkender: Bo Bøg <bobg@ballerup.example>",
        "mo: ny ekstern godkender Bo Bøg (bobg@ballerup.example)",
    ],
)
def test_a_new_approver_is_noted_and_confirms_the_product(office: Office, text: str) -> None:
    answer = office.ask(text)

    assert "✅ OS2mo: ekstern godkender bliver Bo Bøg bobg@ballerup.example." in answer.text
    assert "| ✅ | OS2mo | OS2-sekretariat os2@os2.example | Bo Bøg bobg@ballerup.example |" in office.revised[-1].text


def test_several_approvers_and_additions_and_removals(office: Office) -> None:
    office.ask("OS2mo: ny ekstern Bo Bøg bobg@ballerup.example og Li Lind lili@ballerup.example")
    office.ask("OS2bil: tilføj ekstern Bo Bøg bobg@ballerup.example")
    office.ask("OS2bog: ingen ekstern")
    text = office.revised[-1].text

    assert "Bo Bøg bobg@ballerup.example og Li Lind lili@ballerup.example" in text
    assert "Ida Ask idas@syddjurs.example og Bo Bøg bobg@ballerup.example" in text
    assert "Ole Elm" not in text


def test_a_change_that_looks_wrong_is_noted_with_a_remark(office: Office) -> None:
    answer = office.ask("OS2mo: ny intern Bo Bøg xyz@ballerup.example")

    assert "Bemærk: " in answer.text
    assert "mailadressen xyz@ballerup.example ligner ikke navnet Bo Bøg" in answer.text


def test_a_change_without_a_person_is_asked_about(office: Office) -> None:
    assert office.ask("OS2mo: ny ekstern").asks


def test_at_the_end_git_takes_the_patch_and_only_the_changed_cells_differ(office: Office, folder: Path) -> None:
    office.ask("alle i Syddjurs er rigtige", by=OTHER)
    office.ask("OS2mo: ny ekstern Bo Bøg bobg@ballerup.example")
    answer = office.ask("færdig")
    after = patched(answer, folder)

    changed = [(old, new) for old, new in zip(PAGE.split("\n"), after.split("\n"), strict=True) if old != new]
    assert len(changed) == 1
    assert changed[0][1].startswith("| XG-9212045250 | OS2mo           | OS2-sekretariat [os2@os2.example]")
    assert "Bo Bøg [bobg@ballerup.example](mailto:bobg@ballerup.example)" in changed[0][1]
    assert answer.attachments[0].name == "godkenderliste-2027.patch"


def test_a_page_with_windows_line_ends_is_patched_too(folder: Path) -> None:
    (folder / LIST).write_bytes(PAGE.replace("\n", "\r\n").encode())
    office = opened(folder)
    office.ask("OS2mo: ny ekstern Bo Bøg bobg@ballerup.example")

    assert "Bo Bøg" in patched(office.ask("færdig"), folder)


def test_the_end_says_who_confirmed_what_and_offers_a_prepared_change_request(office: Office) -> None:
    office.ask("alle i Syddjurs er rigtige", by=OTHER)
    office.ask("OS2mo: ny ekstern Bo Bøg bobg@ballerup.example")
    said = office.ask("færdig").text
    request = next(part for part in said.replace(")", "(").split("(") if "/issues/new?" in part)
    body = parse_qs(urlsplit(request).query)["body"][0]

    assert "- En Anden: OS2bil og OS2bog\n- En Kollega: OS2mo\n- ikke bekræftet: OS2rollekatalog" in said
    assert "- OS2mo, ekstern: Ingen → Bo Bøg bobg@ballerup.example" in body
    assert f"{REPOSITORY}/edit/main/{LIST}" in said


def test_nothing_is_changed_in_the_handbook_by_the_round_itself(office: Office, folder: Path) -> None:
    office.ask("OS2mo: ny ekstern Bo Bøg bobg@ballerup.example")
    office.ask("færdig")

    assert (folder / LIST).read_text(encoding="utf-8") == PAGE


def test_without_changes_there_is_no_patch(office: Office) -> None:
    office.ask("alle er rigtige")
    answer = office.ask("færdig")

    assert "Der er intet at rette i listen." in answer.text
    assert answer.attachments == ()


def test_a_list_that_changed_meanwhile_is_not_patched_wrongly(office: Office, folder: Path) -> None:
    office.ask("OS2mo: ny ekstern Bo Bøg bobg@ballerup.example")
    (folder / LIST).write_text("# Helt anderledes\n", encoding="utf-8")
    answer = office.ask("færdig")

    assert answer.attachments == ()
    assert "Jeg kunne ikke lave rettelsesfilen" in answer.text


def test_the_first_to_confirm_a_product_stands(office: Office) -> None:
    office.ask("bekræft OS2bil")
    office.ask("alle er rigtige", by=OTHER)

    assert "- En Kollega: OS2bil\n- En Anden: OS2bog, OS2rollekatalog og OS2mo" in office.ask("færdig").text


def test_those_it_is_not_for_change_nothing(folder: Path) -> None:
    office = opened(folder)
    [reminder] = [reminder for reminder in office.plan.reminder if reminder.round == "approvers"]
    known = {"a": Asker(1, "økonomiansvarlig"), "b": Asker(2, "sekretariatschef"), "c": Asker(3, "sekretariatet")}
    office.people = {**known, COLLEAGUE.email: COLLEAGUE}

    assert "Det kan kun de" in office.ask("alle er rigtige").text
    assert "Det kan kun de" in office.ask("OS2mo: ny ekstern Bo Bøg bobg@ballerup.example").text
    assert not office.revised
    assert "bekræftet" in office.ask("alle er rigtige", by=Asker(4, "økonomiansvarlig")).text
    assert reminder.people


@pytest.mark.parametrize(
    "text", ["hvem er ekstern godkender for OS2mo?", "alle mine opgaver er ok", "er alle i Syddjurs med?", "OS2mo"]
)
def test_questions_are_left_to_others(office: Office, text: str) -> None:
    assert office.claim(text) is None


@pytest.mark.parametrize("text", ["alle i Syddjurs er rigtige", "OS2bil: ny ekstern Ib Ny ib@syddjurs.example"])
def test_before_it_opens_nothing_is_taken_and_the_next_round_is_named(folder: Path, text: str) -> None:
    handbook = HandbookReader(folder, "https://handbook.example", REPOSITORY).read()
    office = Office(handbook, folder=folder, now=datetime(2027, 1, 14, 9, tzinfo=COPENHAGEN))
    said = office.ask(text)

    assert not said.answered
    assert "ingen er åbne" in said.text
    assert "mandag den 1. februar" in said.text
    assert not office.records["runder"]


@pytest.mark.parametrize("text", ["har OS2bil ingen ekstern godkender?", "hvem er ekstern godkender for OS2bil"])
def test_before_it_opens_questions_are_left_to_others(folder: Path, text: str) -> None:
    handbook = HandbookReader(folder, "https://handbook.example", REPOSITORY).read()

    assert Office(handbook, folder=folder).claim(text) is None


def test_a_handbook_without_a_list_says_so(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# Tom\n\nIntet.\n")
    office = opened(tmp_path)

    assert "ingen liste over godkendere" in office.said["reminder:godkenderliste:2027"].text
