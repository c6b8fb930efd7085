"""What the yearly round is told to look at."""

from __future__ import annotations

import pytest

from handlers.approvers import AccountPlan, ApproverCapability, Register, find_flaws
from handlers.handbook import Handbook
from tests.handlers.approvers.conftest import Conversation, Write

PLAN = """# Konti

| Produkt | Konto |
|---|---|
| OS2alfa | XG-1000000010 |
| OS2beta | XG-1000000020 |
"""
HEAD = "# Hvem godkender\n\n| PSP | Projekt | Intern | Ekstern |\n|---|---|---|---|\n"
ALFA = "| XG-1000000010 | OS2alfa | Bo Bi bobi@b.example | Ida Ib ida@i.example |\n"
BETA = "| XG-1000000020 | OS2beta | Bo Bi bobi@b.example | Ida Ib ida@i.example |\n"


def flaws(handbook: Handbook) -> list[tuple[str, str]]:
    return [(flaw.product, flaw.said) for flaw in find_flaws(Register.of(handbook), AccountPlan.of(handbook))]


def test_a_list_in_order_has_no_flaws(handbook: Write) -> None:
    assert flaws(handbook({"liste.md": HEAD + ALFA + BETA, "plan.md": PLAN})) == []


@pytest.mark.parametrize(
    ("beta", "product", "said"),
    [
        ("| XG-1000000020 | OS2beta | Bo Bi bobi@b.example | |", "OS2beta", "feltet er tomt"),
        ("| XG-1000000020 | OS2beta | Bo Bi bobi@b.example | Ny på vej |", "OS2beta", "»Ny på vej«"),
        (
            "| XG-1000000020 | OS2beta | Bo Bi bobi@b.example | Bo Bi bobi@b.example |",
            "OS2beta",
            "både intern og ekstern",
        ),
        (
            "| XG-1000000099 | OS2beta | Bo Bi bobi@b.example | Ida Ib ida@i.example |",
            "OS2beta",
            "XG-1000000020 i kontoplanen",
        ),
        ("| XG-1000000020 | OS2beta | Bo Bi bobi@b.example | Ida Ib kurt@i.example |", "OS2beta", "ligner ikke navnet"),
        ("| XG-1000000020 | OS2beta | Bo Bi bobi@b.example | Ida Ib |", "OS2beta", "ingen mailadresse"),
        ("| XG-1000000020 | OS2beta | Bo Bi bobi@b.example | Ib Idasen ida@i.example |", "OS2beta", "flere navne"),
        (
            "| XG-1000000010 | OS2beta | Bo Bi bobi@b.example | Ida Ib ida@i.example |",
            "OS2beta",
            "samme PSP-nummer som OS2alfa",
        ),
        ("| XG-1000000010 | OS2alfa | Bo Bi bobi@b.example | Ida Ib ida@i.example |", "OS2alfa", "to gange"),
        ("", "OS2beta", "i kontoplanen, men ikke i listen"),
        (
            "| XG-1000000030 | OS2gamma | Bo Bi bobi@b.example | Ida Ib ida@i.example |",
            "OS2gamma",
            "ikke i kontoplanen",
        ),
    ],
)
def test_a_flaw_is_told_with_its_product(handbook: Write, beta: str, product: str, said: str) -> None:
    found = flaws(handbook({"liste.md": HEAD + ALFA + beta + "\n", "plan.md": PLAN}))
    assert [name for name, sentence in found if said in sentence] == [product]


@pytest.mark.parametrize("mail", ["iib@i.example", "ida.ib@i.example", "b12345@i.example", "idaib@i.example"])
def test_a_usual_mail_address_fits_its_name(handbook: Write, mail: str) -> None:
    beta = f"| XG-1000000030 | OS2gamma | Bo Bi bobi@b.example | Ida Irene Ib {mail} |\n"
    assert not [said for _, said in flaws(handbook({"liste.md": HEAD + beta})) if "ligner" in said]


def test_the_embedded_list_lacks_two_external_approvers(talk: Conversation, capability: ApproverCapability) -> None:
    text = talk.ask("hvad er der galt med godkenderlisten?").text
    assert "**OS2sync** mangler en ekstern godkender" in text
    assert "**OS2planCO2** mangler en ekstern godkender" in text
    warnings = [finding.text for finding in capability.check() if finding.level == "warning"]
    assert len(warnings) == 2
