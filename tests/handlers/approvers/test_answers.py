"""What an answer says: the two steps, what is missing, where it stands, and what follows in a conversation."""

from __future__ import annotations

import pytest

from bot.contracts import Asker
from handlers.approvers import ApproverCapability
from tests.handlers.approvers.conftest import Conversation, Write, approvals, products

TWO_PAGES = {
    "liste.md": """# Hvem godkender

| PSP | Projekt | Intern godkender | Ekstern godkender |
|---|---|---|---|
| XG-1000000010 | OS2alfa | Bo Bi bo@b.example | Bo Bi bo@b.example |
| XG-1000000020 | OS2beta | Bo Bi bo@b.example | {cell} |

## Sådan godkendes en faktura

```mermaid
flowchart TD
    A[Intern får faktura] --> B{I orden?}
    B -->|Ja| C[Betaling godkendes]
    B -->|Nej| D[Spørg ekstern]
    D --> C
```
""",
    "regler.md": "# Faktura\n\nÉn kontrollerer fakturaen, og en anden godkender den.\n",
}


def two_pages(handbook: Write, cell: str = "Ida Ib ida@i.example") -> Conversation:
    pages = {path: source.replace("{cell}", cell) for path, source in TWO_PAGES.items()}
    return Conversation(ApproverCapability(handbook(pages)))


def test_the_answer_says_where_to_send_the_invoice_and_who_approves_then(talk: Conversation) -> None:
    text = talk.ask("hvem godkender OS2rollekatalog?").text
    first, second = text.index("1. Send fakturaen til"), text.index("2. Derefter godkender")
    assert first < text.index("faktura@os2.eu") < second < text.index("godkender1@favrskov.example")
    assert "XG-9212045230" in text


def test_the_list_is_linked_to(talk: Conversation) -> None:
    answer = talk.ask("hvem godkender OS2rollekatalog?")
    assert answer.sources[0].page == "docs/processes/os2_faktura_godkender.md"
    assert answer.sources[0].url in answer.text


def test_several_external_approvers_are_all_named(talk: Conversation) -> None:
    answer = talk.ask("hvem godkender OS2faktor?")
    assert [who["email"] for who in approvals(answer)[0]["external"]] == [
        "godkender2@rksk.example",
        "godkender1@ishoj.example",
    ]
    assert "godkender2@rksk.example eller" in answer.text


def test_more_than_four_products_are_a_table(talk: Conversation) -> None:
    answer = talk.ask("hvem godkender OS2mo, OS2kitos, OS2sofd, OS2nectar og OS2skole?")
    assert len(products(answer)) == 5
    assert answer.text.count("\n| OS2") == 5


def test_a_zulip_user_is_linked_to_without_being_notified(capability: ApproverCapability) -> None:
    people = {"godkender1@favrskov.example": Asker(42, "Fie Favrskov")}
    text = Conversation(capability, people).ask("hvem godkender OS2rollekatalog?").text
    assert "@_**Fie Favrskov|42**" in text
    assert "@**" not in text


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("", "feltet er tomt"),
        ("Ingen", "»Ingen«"),
        ("Ny på vej", "endnu ikke udpeget"),
        ("Koordinationsgruppen", "uden et navn"),
    ],
)
def test_a_missing_external_approver_is_noted_and_both_pages_are_shown(handbook: Write, cell: str, said: str) -> None:
    answer = two_pages(handbook, cell).ask("hvem godkender OS2beta?")
    assert said in approvals(answer)[0]["note"]
    assert approvals(answer)[0]["external"] == []
    assert "/regler.md#" in answer.text or "/regler.md)" in answer.text
    assert "/liste.md#" in answer.text


def test_the_secretariat_as_external_approver_is_explained(talk: Conversation) -> None:
    answer = talk.ask("hvem godkender OS2iot?")
    assert "Sekretariatet er den eksterne" in approvals(answer)[0]["note"]
    assert approvals(answer)[0]["note"] in answer.text


def test_the_same_person_in_both_roles_is_pointed_out(handbook: Write) -> None:
    answer = two_pages(handbook).ask("hvem godkender OS2alfa?")
    assert "Bo Bi står i begge roller" in answer.text
    assert approvals(answer)[0]["note"]


def test_an_ordinary_row_has_no_note(talk: Conversation) -> None:
    assert approvals(talk.ask("hvem godkender OS2mo?"))[0]["note"] == ""


def test_pages_that_disagree_about_two_persons_are_both_shown(handbook: Write) -> None:
    answer = two_pages(handbook).ask("kan den interne godkende en faktura alene?")
    assert {source.page for source in answer.sources} == {"liste.md", "regler.md"}
    assert "> Én kontrollerer fakturaen, og en anden godkender den." in answer.text
    assert "Ja: Betaling godkendes" in answer.text
    assert "ikke enige" in answer.text


def test_pages_that_agree_are_not_said_to_disagree(handbook: Write) -> None:
    strict = (
        TWO_PAGES["liste.md"]
        .replace("B -->|Ja| C[Betaling godkendes]", "B -->|Ja| D")
        .replace("D --> C", "D --> C[Betaling godkendes]")
    )
    answer = Conversation(ApproverCapability(handbook({**TWO_PAGES, "liste.md": strict}))).ask(
        "hvordan godkendes en faktura?"
    )
    assert "ikke enige" not in answer.text


def test_text_from_the_handbook_can_notify_nobody(handbook: Write) -> None:
    answer = two_pages(handbook, "@**all** Ib ida@i.example").ask("hvem godkender OS2beta?")
    assert "@**all**" not in answer.text


def test_text_from_the_user_can_notify_nobody(talk: Conversation) -> None:
    assert "@**all**" not in talk.ask("hvem godkender OS2@**all**banan og OS2banan?").text


def test_a_product_in_the_plan_but_not_in_the_list_is_said_to_be_so(talk: Conversation) -> None:
    answer = talk.ask("hvem godkender fakturaer for Foreningen OS2?")
    assert "men ikke i listen over godkendere" in answer.text
    assert not answer.answered


def test_a_suffix_without_a_product_is_told_for_both_plans(talk: Conversation) -> None:
    text = talk.ask("hvad er konto 00010?").text
    assert "OS2 Rejser og møder" in text
    assert "Arrangementer" in text


@pytest.mark.parametrize(
    "name", ["OS2iot", "os2mo'en", "os2 udoglaer", "flytjord?", "OS2rolekatalog", "og borgerpc'en?"]
)
def test_a_product_alone_gets_its_row_and_its_account(talk: Conversation, name: str) -> None:
    assert talk.confidence(name) > 0.6
    answer = talk.ask(name)
    assert len(products(answer)) == 1
    assert {source.heading for source in answer.sources} > {answer.sources[0].heading}


def test_the_beginning_of_a_name_alone_is_asked_about(talk: Conversation) -> None:
    assert {choice.label for choice in talk.ask("os2sk").choices} >= {"OS2skole", "OS2skoledata"}


def test_an_ordinary_word_that_is_a_name_too_leaves_room_for_the_handbook(talk: Conversation) -> None:
    assert 0 < talk.confidence("display") < 0.5
    assert talk.confidence("OS2mo styregruppemøde") == 0


def test_a_handbook_without_a_list_says_so(handbook: Write) -> None:
    capability = ApproverCapability(handbook({"x.md": "# Hej\n\nVelkommen.\n"}))
    answer = Conversation(capability).ask("hvem godkender OS2iot?")
    assert "ingen tabel" in answer.text
    assert not answer.answered
    assert [finding.level for finding in capability.check()] == ["warning"]


def test_a_product_listed_twice_gives_both_rows(handbook: Write) -> None:
    source = TWO_PAGES["liste.md"].replace("{cell}", "Ida Ib ida@i.example")
    again = source.replace(
        "## Sådan", "| XG-1000000020 | OS2beta | Mia Mo mia@m.example | Ida Ib ida@i.example |\n\n## Sådan"
    ).replace("\n\n| XG-1000000020 | OS2beta | Mia", "\n| XG-1000000020 | OS2beta | Mia")
    answer = Conversation(ApproverCapability(handbook({"liste.md": again}))).ask("hvem godkender OS2beta?")
    assert {entry["internal"][0]["name"] for entry in approvals(answer)} == {"Bo Bi", "Mia Mo"}
    assert "2 rækker" in answer.text


def test_a_name_and_another_products_number_are_both_shown_with_a_warning(talk: Conversation) -> None:
    answer = talk.ask("faktura til OS2iot med psp XG-9212045340, hvem godkender?")
    assert answer.text.startswith("Navn og nummer passer ikke sammen: nummeret er OS2display, ikke OS2iot.")
    assert products(answer) == ["OS2iot", "OS2display"]
    assert "passer ikke" not in talk.ask("faktura til OS2iot med psp XG-9212045350, hvem godkender?").text


@pytest.mark.parametrize("question", ["hvem godkender OS2mo, banan og OS2iot?", "hvem godkender mo, iot og banan"])
def test_an_unknown_name_among_known_ones_is_mentioned(talk: Conversation, question: str) -> None:
    answer = talk.ask(question)
    assert products(answer) == ["OS2mo", "OS2iot"]
    assert "`banan` kan jeg ikke finde" in answer.text


@pytest.mark.parametrize(
    "question", ["hvem godkender OS2mo og tak", "hvem godkender faktura og OS2mo", "hvem godkender OS2mo, hilsen Bo"]
)
def test_an_ordinary_word_beside_a_product_is_not_taken_for_one(talk: Conversation, question: str) -> None:
    assert "kan jeg ikke finde" not in talk.ask(question).text


def test_an_invoice_of_the_associations_own_has_its_account(talk: Conversation) -> None:
    answer = talk.ask("hvem godkender fakturaen på revision?")
    assert answer.asks
    assert "XG-9212045210-00013" in answer.text
    assert approvals(answer) == []


def test_a_number_that_fits_everybody_asks_for_more_of_it(talk: Conversation) -> None:
    answer = talk.ask("XG-9212045")
    assert "Skriv hele nummeret" in answer.text
    assert not answer.choices
    assert products(talk.ask("hvilket produkt er 45380?")) == ["OS2kitos"]


@pytest.mark.parametrize(
    "question",
    [
        "hvem godkender et nyt produkt?",
        "hvem godkender et nyt OS2-produkt",
        "hvem godkender nyhedsbrevet",
        "hvem godkender min ferie?",
    ],
)
def test_what_is_no_invoice_is_the_handbooks(talk: Conversation, question: str) -> None:
    assert talk.confidence(question) < 0.5


def test_whether_one_may_approve_ones_own_invoice_is_the_two_step_rule(handbook: Write) -> None:
    answer = two_pages(handbook).ask("må jeg godkende min egen faktura?")
    assert "En kontrollerer" in answer.text or "Én kontrollerer" in answer.text


# Conversations


def test_another_product_gets_the_same_question(talk: Conversation) -> None:
    talk.ask("hvem er ekstern godkender for OS2rollekatalog?")
    answer = talk.ask("og OS2kitos?")
    assert products(answer) == ["OS2kitos"]
    assert answer.text.startswith("Ekstern godkender")


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("hvad er psp-nummeret?", "XG-9212045270"),
        ("hvem er ekstern?", "Ekstern godkender for **OS2faktor**"),
        ("og den interne?", "Intern godkender for **OS2faktor**"),
        ("hvad med kontonummeret til drift?", "XG-9212045270-00005"),
        ("hvor står det?", "docs/processes/os2_faktura_godkender.md"),
        ("hvad er mailen?", "godkender1@ishoj.example"),
    ],
)
def test_a_further_question_is_about_the_same_product(talk: Conversation, question: str, shown: str) -> None:
    talk.ask("hvem godkender for OS2faktor?")
    assert shown in talk.ask(question).text


def test_a_choice_is_answered_as_it_was_asked(talk: Conversation) -> None:
    asked = talk.ask("hvilken konto til hosting af OS2sk?")
    chosen = next(choice for choice in asked.choices if choice.label == "OS2skoledata")
    assert "XG-9212045390-00005" in talk.ask(chosen.reply).text


def test_a_choice_stands_on_its_own(talk: Conversation, capability: ApproverCapability) -> None:
    asked = talk.ask("hvem godkender OS2sk?")
    for choice in asked.choices:
        assert products(Conversation(capability).ask(choice.reply)) == [choice.label]


def test_yes_takes_the_only_choice(talk: Conversation) -> None:
    talk.ask("hvem godkender OS2kel?")
    assert products(talk.ask("ja tak")) == ["OS2kle"]


def test_the_product_asked_for_may_be_written_alone(talk: Conversation) -> None:
    assert talk.ask("hvem skal have fakturaen?").asks
    assert products(talk.ask("display")) == ["OS2display"]


def test_a_long_list_is_shown_a_page_at_a_time(talk: Conversation) -> None:
    pages = [talk.ask("vis godkenderlisten"), talk.ask("vis mere"), talk.ask("vis mere")]
    shown = [line for page in pages for line in page.text.splitlines() if line.startswith("| OS2")]
    assert len(shown) == len(set(shown)) == 29
    assert [bool(page.choices) for page in pages] == [True, True, False]
    assert talk.confidence("vis mere") == 0


def test_another_subject_ends_the_conversation_about_approvers(talk: Conversation) -> None:
    talk.ask("hvem godkender for OS2faktor?")
    assert talk.confidence("hvilket tag skal jeg bruge til frokost?") == 0
    assert talk.confidence("hvad betyder governance?") == 0
    assert talk.confidence("hvem er du?") == 0
    assert talk.confidence("tak for hjælpen") == 0


def test_a_new_question_after_a_question_back_stands_on_its_own(talk: Conversation) -> None:
    talk.ask("hvem godkender OS2sk?")
    assert talk.confidence("hvad kan man egentlig bruge OS2iot til?") == 0
