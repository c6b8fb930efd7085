"""What is said to reminders that exist: right after one was made, and to several.

It is Wednesday 14 April 2027, 8.59.
"""

from __future__ import annotations

import pytest

from bot.contracts import Turn
from handlers.handbook import Handbook
from handlers.reminders.own import COLLECTION
from handlers.reminders.plan import Plan
from tests.handlers.reminders.office import COLLEAGUE, Office


@pytest.fixture
def office(handbook: Handbook) -> Office:
    """With the reminders 1 referat, 2 gave and 3 kage, each tomorrow at 9."""
    office = Office(handbook, Plan())
    for text in ("referat", "gave", "kage"):
        office.ask(f"mind mig om {text} i morgen")
    return office


def numbers(office: Office) -> list[str]:
    return sorted(key.removeprefix("8:") for key in office.records[COLLECTION])


@pytest.mark.parametrize("text", ["slet den", "nej, slet den igen", "nej, glem det", "fortryd", "drop det alligevel"])
def test_the_one_just_made_is_deleted(office: Office, text: str) -> None:
    office.ask(text)

    assert numbers(office) == ["1", "2"]


@pytest.mark.parametrize("text", ["nej, glem det", "glem det", "ellers tak", "nej", "slet den"])
def test_what_was_asked_about_can_be_dropped(office: Office, text: str) -> None:
    office.ask("mind mig om at ringe hjem")

    assert office.ask(text).text == "Så lader vi den ligge."
    assert numbers(office) == ["1", "2", "3"]


@pytest.mark.parametrize("text", ["flyt den til mandag", "nej, kl. 11", "slet den", "nej, glem det"])
def test_without_a_reminder_in_the_conversation_it_is_left_to_others(handbook: Handbook, text: str) -> None:
    assert Office(handbook, Plan()).claim(text) is None


def test_which_of_two_that_were_just_made_is_asked(office: Office) -> None:
    office.ask("mind mig om løn på fredag og om ferie på mandag")
    asked = office.ask("slet den")

    assert [choice.reply for choice in asked.choices] == ["slet påmindelse 4", "slet påmindelse 5"]
    assert len(numbers(office)) == 5


def test_both_that_were_just_made_are_deleted_together(office: Office) -> None:
    office.ask("mind mig om løn på fredag og om ferie på mandag")
    office.ask("slet dem")

    assert numbers(office) == ["1", "2", "3"]


def test_a_time_answers_also_after_another_question(office: Office) -> None:
    office.ask("mind mig om at ringe hjem")
    office.turns[COLLEAGUE.id].append(Turn("hvem godkender?", "approver", {}))

    assert "**ringe hjem** fredag den 16. april" in office.ask("på fredag").text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("slet 1 og 2", ["3"]),
        ("slet påmindelse 1, 2 og 3", []),
        ("slet 1-2", ["3"]),
        ("slet nr. 3 tak", ["1", "2"]),
    ],
)
def test_several_are_deleted_by_their_numbers(office: Office, text: str, left: list[str]) -> None:
    office.ask(text)

    assert numbers(office) == left


def test_a_number_that_is_not_there_is_told(office: Office) -> None:
    assert "Du har ingen påmindelse nr. 9." in office.ask("slet 1 og 9").text


def test_a_message_that_says_more_than_a_number_is_asked_about(office: Office) -> None:
    asked = office.ask("slet 1 og den om te")

    assert asked.asks
    assert numbers(office) == ["1", "2", "3"]


@pytest.mark.parametrize("text", ["slet alle", "slet alle mine påmindelser", "slet dem alle"])
def test_all_are_deleted_only_after_a_yes(office: Office, text: str) -> None:
    office.ask("mine påmindelser")
    asked = office.ask(text)

    assert asked.text.startswith("Skal jeg slette alle dine 3 påmindelser?")
    assert numbers(office) == ["1", "2", "3"]
    assert office.ask("nej").text == "Så beholder du dem."
    assert numbers(office) == ["1", "2", "3"]

    office.ask(text)
    office.ask("ja")
    assert numbers(office) == []


@pytest.mark.parametrize("text", ["flyt 1 et andet sted hen", "udskyd 1 lidt", "flyt 1"])
def test_moving_never_changes_the_text(office: Office, text: str) -> None:
    assert not office.ask(text).answered
    assert "- **1** referat: torsdag den 15. april kl. 9.00" in office.ask("mine påmindelser").text


def test_several_are_moved_together(office: Office) -> None:
    said = office.ask("flyt 1 og 3 til mandag").text

    assert "referat: mandag den 19. april kl. 9.00" in said
    assert "kage: mandag den 19. april kl. 9.00" in said


def test_a_repeated_one_keeps_its_rule_when_only_the_time_of_day_is_changed(office: Office) -> None:
    office.ask("mind mig om plan hver mandag")

    assert "plan: hver mandag kl. 11.00" in office.ask("nej, kl. 11").text


@pytest.mark.parametrize("text", ["flyt den til onsdag", "flyt den en uge"])
def test_a_repeated_one_does_not_silently_become_a_single_one(office: Office, text: str) -> None:
    office.ask("mind mig om plan hver mandag")

    assert "gentager sig hver mandag" in office.ask(text).text
    assert "plan: hver mandag kl. 9.00" in office.ask("mine påmindelser").text


def test_a_move_to_a_date_under_another_weekdays_name_is_asked_about(office: Office) -> None:
    asked = office.ask("flyt 1 til mandag den 20. april")

    assert "ikke en mandag" in asked.text
    assert "referat: mandag den 19. april kl. 9.00" in office.ask(asked.choices[1].reply).text


@pytest.mark.parametrize(
    "text", ["hvad har jeg bedt dig huske?", "hvad skal du minde mig om?", "har jeg nogen påmindelser?"]
)
def test_the_list_can_be_asked_for(office: Office, text: str) -> None:
    assert "- **2** gave" in office.ask(text).text


@pytest.mark.parametrize("text", ["mind Bo om mødet på fredag", "kan du minde en kollega om mødet"])
def test_others_are_not_reminded_and_that_is_said(office: Office, text: str) -> None:
    assert office.ask(text).text.startswith("Jeg kan kun minde dig selv")
    assert len(numbers(office)) == 3
