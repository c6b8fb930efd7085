"""Reading the approver list, whatever order, headers and gaps its table has."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.approvers import AccountPlan, ApproverCapability, Person, Register
from handlers.danish import words
from handlers.handbook import Handbook, HandbookReader
from tests.handlers.approvers.conftest import Conversation, Write, products

SHARED = Path(__file__).parents[4] / "shared"

LIST = """# Hvem godkender

| Ekstern godkender | Projekt | Intern godkender | PSP |
|---|---|---|---|
| Anna And [a@a.example](mailto:a@a.example) | OS2alfa | Bo Bi [bo@b.example](mailto:bo@b.example) | XG-1000000010 |
| {cell} | OS2beta | Bo Bi bo@b.example | XG-1000000020 |
"""


def external(handbook: Write, cell: str) -> tuple[tuple[Person, ...], str]:
    """Who stands as external approver of OS2beta when its cell reads so, and the placeholder if nobody does."""
    row = Register.of(handbook({"liste.md": LIST.replace("{cell}", cell)})).by_product("OS2beta")[0]
    return row.external.persons, row.external.placeholder


def test_columns_are_known_by_their_headers_in_any_order(handbook: Write) -> None:
    row = Register.of(handbook({"x.md": LIST.replace("{cell}", "")})).by_product("os2 ALFA")[0]
    assert (row.product, row.psp) == ("OS2alfa", "XG-1000000010")
    assert row.internal.persons == (Person("Bo Bi", "bo@b.example"),)
    assert row.external.persons == (Person("Anna And", "a@a.example"),)
    assert row.line == 5


def test_a_table_of_another_kind_is_no_approver_list(handbook: Write) -> None:
    assert Register.of(handbook({"x.md": "# Telefoner\n\n| Navn | Telefon |\n|---|---|\n| Anna | 12 |\n"})).rows == ()


@pytest.mark.parametrize(
    ("cell", "persons"),
    [
        (
            "Ida Ib [ida@i.example](mailto:ida@i.example), Jo Ju [jo@j.example](mailto:jo@j.example)",
            (Person("Ida Ib", "ida@i.example"), Person("Jo Ju", "jo@j.example")),
        ),
        (
            "Ida Ib ida@i.example og Jo Ju jo@j.example",
            (Person("Ida Ib", "ida@i.example"), Person("Jo Ju", "jo@j.example")),
        ),
        ("[Ida Ib](mailto:ida@i.example)", (Person("Ida Ib", "ida@i.example"),)),
        ("**Ida Ib**<br>ida@i.example", (Person("Ida Ib", "ida@i.example"),)),
        ("ida@i.example", (Person("", "ida@i.example"),)),
        ("Ida Ib, Jo von Ju", (Person("Ida Ib", ""), Person("Jo von Ju", ""))),
        ("Ida Ib, ida@i.example", (Person("Ida Ib", "ida@i.example"),)),
    ],
)
def test_a_cell_may_hold_several_persons_in_several_forms(
    handbook: Write, cell: str, persons: tuple[Person, ...]
) -> None:
    assert external(handbook, cell) == (persons, "")


@pytest.mark.parametrize(
    "cell", ["Ingen", "Ny på vej", "Koordinationsgruppen", "Ny på vej, spørg ida@i.example", "?", "afventer valg"]
)
def test_a_placeholder_is_nobody(handbook: Write, cell: str) -> None:
    assert external(handbook, cell) == ((), cell)


def test_a_blank_cell_is_nobody_without_a_placeholder(handbook: Write) -> None:
    assert external(handbook, "") == ((), "")


def test_a_row_with_fewer_cells_than_the_header_is_read(handbook: Write) -> None:
    head = "# G\n\n| PSP | Produkt | Intern | Ekstern |\n|---|---|---|---|\n"
    source = head + "| XG-1000000010 | OS2alfa | Bo Bi bo@b.example |\n"
    row = Register.of(handbook({"x.md": source})).rows[0]
    assert (row.internal.persons[0].name, row.external.persons) == ("Bo Bi", ())


def test_the_embedded_list_is_read_whole(embedded: Handbook) -> None:
    register = Register.of(embedded)
    assert len(register.rows) == 29
    assert {row.product for row in register.rows if not row.external.persons} == {"OS2sync", "OS2planCO2"}
    assert [len(row.external.persons) for row in register.by_product("OS2faktor")] == [2]


def test_two_plans_give_the_same_suffix_two_meanings(embedded: Handbook) -> None:
    plan = AccountPlan.of(embedded)
    association = plan.association
    assert association is not None
    own, shared = plan.with_suffix(association.psp, "00010"), plan.with_suffix("XG-9212045350", "10")
    assert own is not None
    assert shared is not None
    assert (own.number, own.name) == ("XG-9212045210-00010", "OS2 Rejser og møder")
    assert (shared.number, shared.name[:13]) == ("XG-9212045350-00010", "Arrangementer")


def test_an_account_that_neither_plan_has_is_none(embedded: Handbook) -> None:
    assert AccountPlan.of(embedded).with_suffix("XG-9212045350", "00017") is None


@pytest.mark.parametrize(
    ("said", "suffix"),
    [("hosting", "00005"), ("domænet", "00005"), ("udviklingstimer", "00008"), ("forplejning", "00010")],
)
def test_an_account_is_found_by_words_of_its_name(embedded: Handbook, said: str, suffix: str) -> None:
    assert [account.suffix for account in AccountPlan.of(embedded).about("XG-9212045350", words(said))] == [suffix]


@pytest.mark.skipif(not (SHARED / "handbook-history").is_dir(), reason="the shared folder is not here")
@pytest.mark.parametrize(
    ("date", "rows", "shared_accounts", "placeholders"),
    [
        ("2025-10-09", 25, 10, {"", "Ingen", "Ny på vej", "Koordinationsgruppen"}),
        ("2025-12-01", 27, 10, {"", "Ingen", "Ny på vej", "Koordinationsgruppen"}),
        ("2026-02-12", 29, 10, {"", "Ingen"}),
        ("2026-06-25", 29, 11, {"", "Ingen"}),
    ],
)
def test_earlier_versions_of_the_real_handbook_are_read(
    date: str, rows: int, shared_accounts: int, placeholders: set[str]
) -> None:
    handbook = HandbookReader(SHARED / "handbook-history" / date, "https://haandbog.example").read()
    register, plan = Register.of(handbook), AccountPlan.of(handbook)
    assert (len(register.rows), len(plan.own), len(plan.shared)) == (rows, 17, shared_accounts)
    assert {row.external.placeholder for row in register.rows} == placeholders
    assert plan.association is not None
    assert all(plan.accounts_of(row.psp) for row in register.rows)


@pytest.mark.skipif(not (SHARED / "handbook-history").is_dir(), reason="the shared folder is not here")
@pytest.mark.parametrize(
    "folder", [*sorted((SHARED / "handbook-history").glob("*")), SHARED / "handbook"], ids=lambda path: path.name
)
def test_every_product_of_every_version_is_found_by_name_and_by_number(folder: Path) -> None:
    handbook = HandbookReader(folder, "https://haandbog.example").read()
    talk = Conversation(ApproverCapability(handbook))
    for row in Register.of(handbook).rows:
        for question in (f"hvem godkender {row.product.lower()}?", row.psp, f"psp {row.psp[-5:]}"):
            talk.turns.clear()
            assert products(talk.ask(question)) == [row.product], question
