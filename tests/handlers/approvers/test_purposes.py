"""Each purpose belongs to the product that it stands with; where that cannot be told, the user chooses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.approvers import ApproverCapability
from handlers.handbook import HandbookReader
from tests.handlers.approvers.conftest import DATA, Conversation, approvals

CAPABILITY = ApproverCapability(HandbookReader(DATA / "handbook", "https://haandbog.example").read())


def accounts(talk: Conversation, question: str) -> dict[str, list[str]]:
    """The suffixes told for each product; empty where the whole plan is shown."""
    found: dict[str, list[str]] = {}
    for entry in approvals(talk.ask(question)):
        suffixes = found.setdefault(entry["product"], [])
        suffixes += [entry["account"]["number"][-5:]] if entry["account"] else []
    return found


@pytest.mark.parametrize(
    "question",
    [
        "hvilke konti til udvikling af OS2mo og hosting af OS2forms?",
        "hvilke konti til hosting af os2forms og udvikling af os2mo?",
        "konto: os2mo udvikling, os2forms hosting",
        "OS2forms: domæne. OS2mo: udviklingstimer. Hvilke konti er det?",
        "kontonumre: 00008 for os2mo og 00005 for os2forms",
        "konto til softwareudvikling på mo samt domænenavn på forms",
        "hvilken konto til udvikling af XG-9212045370 og drift af XG-9212045320?",
    ],
)
def test_a_purpose_belongs_to_the_product_in_its_clause(talk: Conversation, question: str) -> None:
    assert accounts(talk, question) == {"OS2mo": ["00008"], "OS2forms": ["00005"]}


def test_three_products_have_three_purposes(talk: Conversation) -> None:
    found = accounts(talk, "konti til drift af os2iot, forplejning på os2ai og kodevedligehold på os2mo")
    assert found == {"OS2iot": ["00005"], "OS2ai": ["00010"], "OS2mo": ["00011"]}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("konto til hosting af OS2mo og OS2forms", {"OS2mo": ["00005"], "OS2forms": ["00005"]}),
        ("hvilken konto for OS2mo og OS2forms til hosting", {"OS2mo": ["00005"], "OS2forms": ["00005"]}),
        (
            "konti til hosting af OS2mo og OS2iot, udvikling af OS2forms",
            {"OS2mo": ["00005"], "OS2iot": ["00005"], "OS2forms": ["00008"]},
        ),
        (
            "konti til udvikling og drift af OS2mo og forplejning på OS2forms",
            {"OS2mo": ["00005", "00008"], "OS2forms": ["00010"]},
        ),
    ],
)
def test_what_stands_alone_leans_on_its_neighbour(
    talk: Conversation, question: str, found: dict[str, list[str]]
) -> None:
    assert accounts(talk, question) == found


def test_where_it_cannot_be_told_both_accounts_are_shown(talk: Conversation) -> None:
    found = accounts(talk, "konti til udvikling og hosting på OS2mo og OS2forms")
    assert found == {"OS2mo": ["00005", "00008"], "OS2forms": ["00005", "00008"]}
    assert "er en af disse" in talk.ask("konti til udvikling og hosting på OS2mo og OS2forms").text


def test_several_purposes_of_one_product_are_all_shown(talk: Conversation) -> None:
    assert accounts(talk, "konto til udvikling og drift af OS2mo") == {"OS2mo": ["00005", "00008"]}


def test_a_product_with_a_matter_of_its_own_gets_no_account(talk: Conversation) -> None:
    found = accounts(talk, "konto til drift på OS2mo, og hvem godkender OS2iot?")
    assert found == {"OS2mo": ["00005"], "OS2iot": []}


def test_the_association_has_its_own_purpose(talk: Conversation) -> None:
    found = accounts(talk, "konto til revision i foreningen og hosting af OS2forms")
    assert found == {"OS2forms": ["00005"], "Foreningen OS2": ["00013"]}


PURPOSES = {"udvikling": "00008", "hosting": "00005", "forplejning": "00010", "rådgivningstimer": "00009"}
FORMS = ("{purpose} af {product}", "{purpose} på {product}", "{product}: {purpose}", "{product} {purpose}")


@settings(max_examples=150, deadline=None)
@given(
    st.permutations(["OS2mo", "OS2forms", "iot", "OS2kle"]),
    st.permutations(list(PURPOSES)),
    st.sampled_from(FORMS),
    st.sampled_from([", ", " og ", "; ", " samt ", ". "]),
    st.integers(2, 4),
)
def test_in_whatever_order_and_wording_each_product_gets_its_own_account(
    owners: list[str], purposes: list[str], form: str, between: str, count: int
) -> None:
    pairs = list(zip(owners, purposes, strict=True))[:count]
    said = between.join(form.format(product=owner, purpose=purpose) for owner, purpose in pairs)
    found = accounts(Conversation(CAPABILITY), f"hvilke konti: {said}")
    for owner, purpose in pairs:
        suffixes = found[owner if owner.startswith("OS2") else f"OS2{owner}"]
        assert suffixes == [PURPOSES[purpose]]
