"""However a name or a number is mistyped: the right approvers, a question back, or nothing. Never somebody else's."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.approvers import ApproverCapability, Register
from handlers.handbook import Handbook, HandbookReader
from tests.handlers.approvers.conftest import DATA, Conversation, approvals, products

HANDBOOK = HandbookReader(DATA / "handbook", "https://haandbog.example").read()
REGISTER = Register.of(HANDBOOK)
CAPABILITY = ApproverCapability(HANDBOOK)
LETTERS = "abcdefghijklmnopqrstuvwxyzæøå0123456789 -"
LONG_NAME = 8
"""Letters from which a name is still told from all others with two slips in it."""
FRAMES = (
    "hvem godkender {}?",
    "hvem godkender fakturaer for {}",
    "faktura {}",
    "{} godkender",
    "ekstern godkender på {}?",
)


@st.composite
def mistyped(draw: st.DrawFn) -> tuple[str, str]:
    """A product, and its name with a slip of the pen or (long names) two."""
    product = draw(st.sampled_from([row.product for row in REGISTER.rows]))
    name = product.removeprefix("OS2")
    for _ in range(draw(st.integers(1, 2 if len(name) >= LONG_NAME else 1))):
        name = draw(st.sampled_from([inserted, left_out, replaced, swapped]))(draw, name)
    prefix = draw(st.sampled_from(["OS2", "os2", "OS2 ", "OS2-", ""]))
    return product, prefix + name


def inserted(draw: st.DrawFn, name: str) -> str:
    at = draw(st.integers(0, len(name)))
    return name[:at] + draw(st.sampled_from(LETTERS)) + name[at:]


def left_out(draw: st.DrawFn, name: str) -> str:
    at = draw(st.integers(0, len(name) - 1))
    return name[:at] + name[at + 1 :]


def replaced(draw: st.DrawFn, name: str) -> str:
    at = draw(st.integers(0, len(name) - 1))
    return name[:at] + draw(st.sampled_from(LETTERS)) + name[at + 1 :]


def swapped(draw: st.DrawFn, name: str) -> str:
    at = draw(st.integers(0, max(0, len(name) - 2)))
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


def answered_products(text: str) -> set[str]:
    talk = Conversation(CAPABILITY)
    return set(products(talk.ask(text))) if talk.confidence(text) else set()


@settings(max_examples=250, deadline=None)
@given(mistyped(), st.sampled_from(FRAMES))
def test_a_mistyped_name_never_gives_another_products_approvers(typed: tuple[str, str], frame: str) -> None:
    product, name = typed
    assert answered_products(frame.format(name)) <= {product}


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789 -", min_size=1, max_size=16))
def test_a_number_only_finds_products_whose_number_ends_so(digits: str) -> None:
    talk = Conversation(CAPABILITY)
    text = f"psp {digits}, hvem godkender?"
    typed = [re.sub(r"\D", "", group) for group in (digits, *digits.split())]
    for entry in approvals(talk.ask(text)) if talk.confidence(text) else []:
        number = re.sub(r"\D", "", entry["psp"]) + re.sub(r"^.*-", "", (entry["account"] or {}).get("number", ""))
        assert any(part and (number.endswith(part) or entry["psp"].endswith(part)) for part in typed)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=3))
def test_whatever_is_written_the_capability_does_not_fail(texts: list[str]) -> None:
    talk = Conversation(CAPABILITY)
    talk.ask("hvem godkender OS2iot?")
    for text in texts:
        if talk.confidence(text):
            talk.ask(text)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("hvem godkender OS2ai heatcontol?", {"OS2ai", "OS2aiheatcontrol"}),
        ("hvem godkender OS2skole dta", {"OS2skole", "OS2skoledata"}),
        ("hvem godkender os2 skole ate", {"OS2skole", "OS2skoledata"}),
        ("hvem godkender OS2skle", {"OS2skole", "OS2kle"}),
        ("hvem godkender OS2mot", {"OS2mo"}),
        ("hvem godkender OS2mobilapp", {"OS2mo"}),
        ("hvem godkender OS2sckole og OS2skoldeata til OS2sk", {"OS2skadesøkonomi"}),
    ],
)
def test_between_two_near_products_the_user_chooses(text: str, offered: set[str], embedded: Handbook) -> None:
    answer = Conversation(ApproverCapability(embedded)).ask(text)
    assert offered <= {choice.label for choice in answer.choices}
    assert not set(products(answer)) & offered


@pytest.mark.parametrize("text", ["hvem godkender fakturaer for co nector", "faktura på co-nector, hvem godkender?"])
def test_a_name_that_fell_apart_is_not_taken_for_a_shorter_one(text: str) -> None:
    assert answered_products(text) == set()
