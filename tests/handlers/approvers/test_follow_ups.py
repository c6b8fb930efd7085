"""Remarks on the last answer: another account, who checks, is it really them, whom to ask, where it stands."""

from __future__ import annotations

import pytest

from bot.contracts import Turn
from tests.handlers.approvers.conftest import Conversation, approvals, products


def account(talk: Conversation, text: str) -> list[str]:
    return [entry["account"]["number"] for entry in approvals(talk.ask(text))]


def test_another_suffix_is_the_same_products_account(talk: Conversation) -> None:
    assert account(talk, "hvem godkender OS2iot på konto 00005?") == ["XG-9212045350-00005"]
    assert account(talk, "og 00008?") == ["XG-9212045350-00008"]


def test_the_product_of_a_suffix_may_follow(talk: Conversation) -> None:
    talk.ask("hvad er konto 00005?")
    assert account(talk, "OS2iot") == ["XG-9212045350-00005"]


@pytest.mark.parametrize(
    "text", ["og hvem kontrollerer?", "hvem tjekker den så", "hvem er det så?", "hvem skal jeg så spørge?"]
)
def test_a_question_without_a_product_is_about_the_last_one(talk: Conversation, text: str) -> None:
    talk.ask("hvem godkender OS2mo?")
    assert products(talk.ask(text)) == ["OS2mo"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("hvem godkender for Syddjurs?", None),
        ("hvem skal godkende en faktura på konferencebilletter", []),
        ("hvem godkender os2web", []),
    ],
)
def test_a_question_with_a_subject_of_its_own_is_not_about_the_last_product(
    talk: Conversation, text: str, wanted: list[str] | None
) -> None:
    talk.ask("hvem godkender OS2mo?")
    named = products(talk.ask(text))
    assert "OS2mo" not in named
    assert wanted is None or named == wanted


@pytest.mark.parametrize("question", ["hvem godkender OS2sync?", "hvem godkender OS2banan?"])
def test_where_the_list_has_nobody_the_secretariat_is_asked(talk: Conversation, question: str) -> None:
    talk.ask(question)
    answer = talk.ask("hvem skal jeg så spørge?")
    assert "Spørg sekretariatet: faktura@os2.eu" in answer.text
    assert products(answer) == []


@pytest.mark.parametrize("question", ["hvem godkender OS2mo?", "hvad godkender Syddjurs?", "hvem godkender OS2banan?"])
@pytest.mark.parametrize("text", ["hvor står det?", "hvor står det henne", "where does it say so?"])
def test_it_is_told_where_the_answer_stands(talk: Conversation, question: str, text: str) -> None:
    talk.ask(question)
    assert "os2_faktura_godkender.md" in talk.ask(text).text


@pytest.mark.parametrize("text", ["nej, forkert", "det passer ikke", "er du sikker?"])
def test_whoever_doubts_is_shown_the_list_and_whom_to_ask(talk: Conversation, text: str) -> None:
    talk.ask("hvem godkender OS2mo?")
    answer = talk.ask(text)
    assert "Spørg sekretariatet" in answer.text
    assert answer.sources


def test_no_to_the_products_offered_asks_for_the_product(talk: Conversation) -> None:
    talk.ask("hvem godkender OS2kel?")
    answer = talk.ask("nej")
    assert answer.asks
    assert products(talk.ask("kitos")) == ["OS2kitos"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("godkender Syddjurs OS2mo?", "Nej, Syddjurs godkender ikke for OS2mo."),
        ("godkender syddjurs kle", "Ja, Syddjurs er ekstern godkender for OS2kle."),
        ("er det Favrskov, der godkender rollekataloget?", "Ja, Favrskov er ekstern godkender for OS2rollekatalog."),
        ("er Aarhus ekstern godkender for OS2iot?", "Nej, Aarhus er intern godkender for OS2iot."),
        ("må Odense godkende OS2kitos?", "Nej, Odense godkender ikke for OS2kitos."),
        ("godkender sekretariatet OS2iot?", "Ja, OS2-sekretariatet er ekstern godkender for OS2iot."),
    ],
)
def test_yes_or_no_comes_first(talk: Conversation, question: str, said: str) -> None:
    answer = talk.ask(question)
    assert answer.text.startswith(said)
    assert len(products(answer)) == 1


@pytest.mark.parametrize(
    ("text", "said"), [("er det ikke Favrskov?", "Nej, Favrskov"), ("er det så Ballerup?", "Ja, Ballerup")]
)
def test_yes_or_no_about_the_last_product(talk: Conversation, text: str, said: str) -> None:
    talk.ask("hvem godkender OS2mo?")
    assert talk.ask(text).text.startswith(said)


def test_a_name_alone_answers_what_another_capability_asked(talk: Conversation) -> None:
    talk.turns.append(Turn("tag: møde", "tag", {}, ("det var drift", "det var udvikling")))
    assert talk.confidence("OS2iot") == 0


@pytest.mark.parametrize(
    "text", ["hvem er du?", "hvem skal jeg spørge om ferie?", "er Aarhus med i OS2?", "hvor står reglerne for ferie?"]
)
def test_another_matter_is_left_to_others(talk: Conversation, text: str) -> None:
    talk.ask("hvem godkender OS2mo?")
    assert talk.confidence(text) < 0.5


def test_another_purpose_or_product_asks_for_its_account(talk: Conversation) -> None:
    talk.ask("hvilken konto til hosting af OS2mo?")
    assert account(talk, "og udvikling?") == ["XG-9212045370-00008"]
    assert account(talk, "og hosting af OS2iot?") == ["XG-9212045350-00005"]


def test_a_purpose_alone_is_no_follow_up_to_another_question(talk: Conversation) -> None:
    talk.ask("hvem godkender OS2mo?")
    assert talk.confidence("og udvikling?") == 0


@pytest.mark.parametrize("text", ["hvem kontrollerer OS2iot?", "hvem tjekker for iot"])
def test_who_checks_a_product_is_in_the_list(talk: Conversation, text: str) -> None:
    assert talk.confidence(text) > 0.6
    assert products(talk.ask(text)) == ["OS2iot"]
