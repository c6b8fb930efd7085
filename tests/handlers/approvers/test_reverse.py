"""From a place, a domain or a person back to the products."""

from __future__ import annotations

import pytest

from handlers.approvers import ApproverCapability, Municipalities
from tests.handlers.approvers.conftest import Conversation, Write, products

LIST = """# Hvem godkender

| PSP | Projekt | Intern godkender | Ekstern godkender |
|---|---|---|---|
| XG-1000000010 | OS2alfa | OS2-sekretariatet faktura@os2.eu | Mette Holm meho@rksk.dk |
| XG-1000000020 | OS2beta | Ole Vang ov@ishoej.dk | OS2-sekretariatet faktura@os2.eu |
| XG-1000000030 | OS2gamma | Ole Vang ov@ishoej.dk | Mette Dal meda@htk.dk |
"""


@pytest.fixture
def small(handbook: Write, municipalities: Municipalities) -> Conversation:
    return Conversation(ApproverCapability(handbook({"liste.md": LIST}), municipalities))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("hvad godkender Ringkøbing-Skjern?", ["OS2alfa"]),
        ("hvad godkender ringkøbing", ["OS2alfa"]),
        ("hvilke produkter godkender Ringkjøbing-Skjern Kommune", ["OS2alfa"]),
        ("hvad godkender Ishøjs folk", ["OS2beta", "OS2gamma"]),
        ("hvilke produkter har en godkender i Høje Taastrup", ["OS2gamma"]),
        ("hvilke produkter har en ekstern godkender i ishøj", []),
        ("hvad godkender de hos htk.dk", ["OS2gamma"]),
        ("hvilke fakturaer godkender ov@ishoej.dk", ["OS2beta", "OS2gamma"]),
        ("hvad godkender Mette Holm?", ["OS2alfa"]),
        ("hvad godkender Mette?", ["OS2alfa", "OS2gamma"]),
        ("hvad godkender sekretariatet?", ["OS2alfa", "OS2beta"]),
        ("hvor er sekretariatet ekstern godkender?", ["OS2beta"]),
        ("hvad godkender Odense?", []),
    ],
)
def test_products_are_found_by_whom_approves_them(small: Conversation, question: str, found: list[str]) -> None:
    answer = small.ask(question)
    assert products(answer) == found
    assert answer.answered == bool(found)


def test_an_ordinary_word_is_no_municipality(municipalities: Municipalities) -> None:
    assert municipalities.find("hvad er vejen frem for godkendere") is None
    found = municipalities.find("hvad godkender vejen kommune")
    assert found is not None
    assert found.name == "Vejen"


def test_all_municipalities_are_known(municipalities: Municipalities) -> None:
    assert len(municipalities.all) == 98


def test_an_invoice_from_a_place_is_not_taken_for_one_that_it_approves(small: Conversation) -> None:
    answer = small.ask("hvem godkender regningen fra Ishøj?")
    assert answer.asks
    assert products(answer) == []


def test_the_next_place_gets_the_same_question(small: Conversation) -> None:
    small.ask("hvad godkender Ishøj?")
    assert products(small.ask("og Høje-Taastrup?")) == ["OS2gamma"]
    assert not small.ask("hvad med Odense?").answered


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rksk.dk", ["OS2alfa"]),
        ("Ringkøbing", ["OS2alfa"]),
        ("hvem er fra Ishøj Kommune?", ["OS2beta", "OS2gamma"]),
        ("Mette Holm", ["OS2alfa"]),
    ],
)
def test_a_name_alone_is_looked_up(small: Conversation, text: str, found: list[str]) -> None:
    assert small.confidence(text) > 0.6
    assert products(small.ask(text)) == found


@pytest.mark.parametrize(
    "text", ["Odense", "sekretariatet", "møde i Ishøj", "hvor ligger Ishøj?", "mail til alle i Ishøj"]
)
def test_a_name_that_stands_for_something_else_is_left_to_others(small: Conversation, text: str) -> None:
    assert small.confidence(text) < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "hvor kan jeg finde de interne ting, som sekretariatet laver",
        "hvilke interne møder har sekretariatet?",
        "hvilke eksterne partnere har Ishøj?",
    ],
)
def test_intern_and_ekstern_alone_are_no_approver_question(small: Conversation, text: str) -> None:
    assert small.confidence(text) == 0
