"""PSP elements and account numbers, whole and in part, however they are typed."""

from __future__ import annotations

import pytest

from handlers.approvers.numbers import Number, find

KNOWN = ("9212045210", "9212045220", "9212045350", "9212045450")


def read(text: str) -> list[tuple[str, str]]:
    return [(number.psp, number.suffix) for number in find(text, KNOWN)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("XG-9212045350", [("9212045350", "")]),
        ("xg9212045350", [("9212045350", "")]),
        ("psp 92 12 04 53 50", [("9212045350", "")]),
        ("Xg 9212-045-350, tak", [("9212045350", "")]),
        ("psp-element: 9212045350.", [("9212045350", "")]),
        ("9212045350 på fakturaen", [("9212045350", "")]),
        ("ender på 5350", [("5350", "")]),
        ("psp 5350 og 5450", [("5350", ""), ("5450", "")]),
        ("psp 5350, 5450", [("5350", ""), ("5450", "")]),
        ("psp 350 450", [("350", ""), ("450", "")]),
        ("5350", [("5350", "")]),
        ("XG-9999999999", [("9999999999", "")]),
        ("XG-9212045350-00005", [("9212045350", "00005")]),
        ("xg 9212045350 00005", [("9212045350", "00005")]),
        ("XG921204535000005", [("9212045350", "00005")]),
        ("XG-9212045350-5", [("9212045350", "5")]),
        ("5350-00005", [("5350", "00005")]),
        ("konto 00010 i foreningen", [("", "00010")]),
        ("konto 10", [("", "10")]),
        ("endelsen 00004", [("", "00004")]),
        ("XG-9212045xxx-00005", [("", "00005")]),
    ],
)
def test_a_number_is_read(text: str, found: list[tuple[str, str]]) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "faktura nr. 5350 på OS2iot",
        "regning på 5.350 kr",
        "en faktura på 12500,-",
        "EAN 5790002750595",
        "CVR 41849983",
        "ring på tlf. 12 34 53 50",
        "fakturaen er fra den 12.11.2026",
        "hvem godkendte i 2025",
        "OS2planCO2",
        "mødet kl. 10.30",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert read(text) == []


def test_a_digit_too_many_is_an_unknown_number_and_not_an_account() -> None:
    assert find("XG-92120453500", KNOWN) == (Number("xg-92120453500", "92120453500"),)
