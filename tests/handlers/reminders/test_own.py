"""People's own reminders. It is Wednesday 14 April 2027, 8.59."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contracts import Asker, Direct, Topic
from handlers.danish.dates import COPENHAGEN
from handlers.handbook import Handbook
from handlers.reminders.own import COLLECTION, LIMIT, LONGEST
from handlers.reminders.own_wishes import understand
from handlers.reminders.plan import Plan
from tests.conversation import NOW
from tests.handlers.reminders.office import COLLEAGUE, OTHER, Office

TOPIC = Topic(4, "intern", "snak")


@pytest.fixture
def office(handbook: Handbook) -> Office:
    return Office(handbook, Plan())


@pytest.mark.parametrize(
    ("text", "about", "when"),
    [
        ("mind mig om at sende referat på fredag kl. 10", "sende referat", "fredag den 16. april kl. 10.00"),
        ("Mind mig på fredag kl. 10 om at sende referat", "sende referat", "fredag den 16. april kl. 10.00"),
        ("husk mig på mødet i morgen kl. halv ti", "mødet", "torsdag den 15. april kl. 9.30"),
        ("kan du minde mig om frokost kl. 12?", "frokost", "onsdag den 14. april kl. 12.00"),
        ("sæt en påmindelse om sommerfest den 3.", "sommerfest", "mandag den 3. maj kl. 9.00"),
        ("påmindelse: ring hjem om 14 dage", "ring hjem", "onsdag den 28. april kl. 9.00"),
        ("mind mig om lønsedler sidste hverdag i måneden", "lønsedler", "fredag den 30. april kl. 9.00"),
        ("mind mig om budget i uge 45", "budget", "mandag den 8. november kl. 9.00"),
        ("mind mig om »mødet i morgen« om 2 timer", "mødet i morgen", "onsdag den 14. april kl. 10.59"),
        ("mind mig om at 3 kolleger kommer i morgen", "3 kolleger kommer", "torsdag den 15. april kl. 9.00"),
        ("remind me to call the bank tomorrow at 3pm", "call the bank", "torsdag den 15. april kl. 15.00"),
        ("giv mig et praj i morgen om posten", "posten", "torsdag den 15. april kl. 9.00"),
        ("minder du mig om posten kl. 15?", "posten", "onsdag den 14. april kl. 15.00"),
        ("påmindelse om tandlæge i morgen kl. 13", "tandlæge", "torsdag den 15. april kl. 13.00"),
        ("mind mig om at ringe til KL i morgen", "ringe til KL", "torsdag den 15. april kl. 9.00"),
        ("mind mig i morgen om møde med KL", "møde med KL", "torsdag den 15. april kl. 9.00"),
        ("mind mig om tidsregistrering hver fredag kl. 14", "tidsregistrering", "hver fredag kl. 14.00"),
    ],
)
def test_a_wish_is_understood_and_confirmed_with_its_time(office: Office, text: str, about: str, when: str) -> None:
    said = office.ask(text).text

    assert f"**{about}**" in said
    assert when in said


def test_it_is_said_once_to_its_owner_alone_and_then_forgotten(office: Office) -> None:
    office.ask("mind mig om at sende referat på fredag kl. 10")
    [said] = office.until("2027-05-14T12:00")

    assert said.text == "⏰ Husk: **sende referat**"
    assert said.place == Direct((COLLEAGUE.id,))
    assert said.at.isoformat() == "2027-04-16T10:00:00+02:00"
    assert not office.records[COLLECTION]


def test_one_that_was_missed_while_the_bot_was_down_is_said_late(office: Office) -> None:
    office.ask("mind mig om at sende referat på fredag kl. 10")
    [said] = office.until("2027-05-14T12:00", look_only_now=True)

    assert said.at.date().isoformat() == "2027-04-16"


def test_one_whose_time_had_come_before_it_was_answered_is_said_late(office: Office) -> None:
    office.ask("mind mig om at sende referat på fredag kl. 10")
    office.now += timedelta(days=4)  # the server was away, and others had been looked for meanwhile
    [said] = office.until("2027-04-20T12:00")

    assert said.at.date().isoformat() == "2027-04-16"


def test_its_buttons_put_it_off(office: Office) -> None:
    office.ask("mind mig om at sende referat på fredag kl. 10")
    [said] = office.until("2027-04-16T10:00")
    answer = office.ask(said.choices[0].reply)

    assert answer.text == "Jeg minder dig om **sende referat** fredag den 16. april kl. 11.00."


def test_a_repeated_one_comes_every_time_and_stays(office: Office) -> None:
    office.ask("mind mig om tidsregistrering hver anden fredag kl. 14")
    days = [said.at.date().isoformat() for said in office.until("2027-05-15T12:00")]

    assert days == ["2027-04-16", "2027-04-30", "2027-05-14"]
    assert len(office.records[COLLECTION]) == 1


def test_after_a_pause_a_repeated_one_is_said_only_once(office: Office) -> None:
    office.ask("mind mig om kaffe hver dag kl. 9")
    [said] = office.until("2027-05-15T12:00", look_only_now=True)

    assert said.at.date().isoformat() == "2027-05-15"


def test_one_for_a_channel_is_posted_there_and_says_who_asked_for_it(office: Office) -> None:
    answer = office.ask("hver mandag kl. 9 i #sekretariat: ugens plan")
    [said] = office.until("2027-04-19T12:00")

    assert "Jeg skriver **ugens plan** i #sekretariat hver mandag kl. 9.00. Første gang er mandag" in answer.text
    assert said.place == Topic(0, "sekretariat", "påmindelser")
    assert said.text == "⏰ ugens plan\n\n*Fast påmindelse fra @_**En Kollega|8**.*"


def test_a_topic_can_be_named(office: Office) -> None:
    office.ask("mind os om kage den 16. i #**fest udvalg>kage**")
    [said] = office.until("2027-04-16T12:00")

    assert said.place == Topic(0, "fest udvalg", "kage")


def test_nobody_is_mentioned_by_what_somebody_writes(office: Office) -> None:
    office.ask("mind mig om @**all** i morgen")
    [said] = office.until("2027-04-15T12:00")

    assert "@**all**" not in said.text


def test_what_is_missing_is_asked_for_and_the_answer_completes_it(office: Office) -> None:
    asked = office.ask("mind mig om at ringe til banken")
    assert asked.asks
    assert asked.text == "Hvornår skal jeg minde dig om **ringe til banken**?"

    assert "torsdag den 15. april kl. 14.00" in office.ask("i morgen kl 14").text


def test_the_text_can_be_given_last(office: Office) -> None:
    assert office.ask("sæt en påmindelse i morgen kl. 14").text == "Hvad skal jeg minde dig om?"

    assert "**ring til banken** torsdag den 15. april kl. 14.00" in office.ask("ring til banken").text


def test_a_time_that_has_passed_is_asked_about(office: Office) -> None:
    asked = office.ask("mind mig om morgenmad i dag kl. 8")

    assert asked.asks
    assert "er allerede passeret" in asked.text
    assert "**morgenmad** torsdag" in office.ask("i morgen").text


def test_the_list_shows_ones_own_only(office: Office) -> None:
    office.ask("mind mig om referat i morgen")
    office.ask("mind mig om gaven i morgen", by=OTHER)

    assert "- **1** referat: torsdag den 15. april kl. 9.00" in office.ask("mine påmindelser").text
    assert "gaven" not in office.ask("mine påmindelser").text
    assert {record.owner for record in office.records[COLLECTION].values()} == {COLLEAGUE.id, OTHER.id}


def test_in_a_channel_private_ones_are_not_shown(office: Office) -> None:
    office.ask("mind mig om gaven i morgen")
    said = office.ask("mine påmindelser", place=TOPIC).text

    assert "gaven" not in said
    assert "direkte besked" in said
    assert "gaven" not in office.ask("slet påmindelsen om kaffe", place=TOPIC).text


@pytest.mark.parametrize(
    "text", ["slet påmindelse 2", "slet 2", "slet påmindelsen om gaven", "stop min påmindelse om gave"]
)
def test_one_is_deleted_by_number_or_by_its_words(office: Office, text: str) -> None:
    office.ask("mind mig om referat i morgen")
    office.ask("mind mig om gaven i morgen")
    office.ask("mine påmindelser")
    office.ask(text)

    assert list(office.records[COLLECTION]) == ["8:1"]


def test_all_are_deleted_only_when_that_is_confirmed(office: Office) -> None:
    office.ask("mind mig om referat i morgen")
    office.ask("mind mig om gaven i morgen")

    asked = office.ask("slet alle mine påmindelser")

    assert asked.asks
    assert len(office.records[COLLECTION]) == 2
    assert office.ask(asked.choices[0].reply).text == "Slettet: 2 påmindelser."
    assert not office.records[COLLECTION]


def test_when_several_fit_it_asks_which(office: Office) -> None:
    office.ask("mind mig om møde i Viborg i morgen")
    office.ask("mind mig om møde i Odense i overmorgen")
    answer = office.ask("slet påmindelsen om møde")

    assert [choice.reply for choice in answer.choices] == ["slet påmindelse 1", "slet påmindelse 2"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("flyt påmindelse 1 til i morgen kl. 14", "referat: torsdag den 15. april kl. 14.00"),
        ("udskyd påmindelsen om referat til næste mandag", "referat: mandag den 19. april kl. 10.00"),
        ("flyt 1 en uge", "referat: fredag den 23. april kl. 10.00"),
        ("flyt 1 to dage tilbage", "referat: onsdag den 14. april kl. 10.00"),
        ("udskyd påmindelse 1 med 3 hverdage", "referat: onsdag den 21. april kl. 10.00"),
        ("flyt påmindelse 1 en time", "referat: fredag den 16. april kl. 11.00"),
        ("flyt den 1 uge", "referat: fredag den 23. april kl. 10.00"),
        ("flyt den en måned", "referat: søndag den 16. maj kl. 10.00"),
        ("flyt 1 til kl. 13", "referat: fredag den 16. april kl. 13.00"),
        ("flyt den til mandag", "referat: mandag den 19. april kl. 10.00"),
        ("udskyd den til mandag kl. 8", "referat: mandag den 19. april kl. 8.00"),
        ("nej, kl. 11", "referat: fredag den 16. april kl. 11.00"),
        ("hov, jeg mente på tirsdag", "referat: tirsdag den 20. april kl. 10.00"),
        ("hellere kl. halv ti", "referat: fredag den 16. april kl. 9.30"),
        ("kl. 12 i stedet", "referat: fredag den 16. april kl. 12.00"),
        ("ændr påmindelse 1 til hver tirsdag kl. 8", "referat: hver tirsdag kl. 8.00"),
        ("ret påmindelse 1: send referat", "send referat: fredag den 16. april kl. 10.00"),
    ],
)
def test_one_is_changed(office: Office, text: str, line: str) -> None:
    office.ask("mind mig om referat på fredag kl. 10")

    assert line in office.ask(text).text
    assert line in office.ask("mine påmindelser").text


def test_a_change_without_a_change_is_asked_about(office: Office) -> None:
    office.ask("mind mig om referat på fredag kl. 10")

    assert "Hvad skal den ændres til?" in office.ask("flyt påmindelse 1").text


def test_what_is_said_at_the_old_time_after_a_change_is_nothing(office: Office) -> None:
    office.ask("mind mig om referat på fredag kl. 10")
    office.ask("flyt påmindelse 1 til på mandag kl. 8")

    assert [said.at.isoformat() for said in office.until("2027-04-30T12:00")] == ["2027-04-19T08:00:00+02:00"]


def test_the_shared_plan_cannot_be_stopped_by_one_person(handbook: Handbook) -> None:
    said = Office(handbook).ask("stop påmindelsen om budget").text

    assert "»Budgetopfølgning« er en af sekretariatets faste påmindelser" in said


def test_there_is_a_limit_a_person(office: Office) -> None:
    for number in range(LIMIT):
        office.ask(f"mind mig om ting {number} i morgen")
    said = office.ask("mind mig om endnu en ting i morgen").text

    assert f"Du har allerede {LIMIT} påmindelser" in said
    assert len(office.records[COLLECTION]) == LIMIT
    assert "Jeg minder dig" in office.ask("mind mig om gaven i morgen", by=OTHER).text


def test_a_text_that_is_too_long_is_refused(office: Office) -> None:
    assert f"højst {LONGEST} tegn" in office.ask(f"mind mig om {'a' * (LONGEST + 1)} i morgen").text


def test_numbers_of_deleted_ones_are_used_again(office: Office) -> None:
    for text in ("et", "to", "tre"):
        office.ask(f"mind mig om ting {text} i morgen")
    office.ask("slet påmindelse 2")
    office.ask("mind mig om noget nyt i morgen")

    assert "- **2** noget nyt" in office.ask("mine påmindelser").text


def test_in_the_terminal_it_says_that_it_cannot_send(office: Office) -> None:
    assert "Her i terminalen kan jeg ikke sende den" in office.ask("mind mig om te i morgen", by=Asker(0, "")).text


@pytest.mark.parametrize(
    "text",
    [
        "hvad er en påmindelse",
        "husk at hilse",
        "påmindelse om udløb af en aftale",
        "månedlig runde: hvad er åbent",
        "slet min bruger",
        "flyt mødet til i morgen",
        "slet 2",
        "kl. 9-10: møde om påmindelser",
        "8:30 hver mandag har vi teammøde",
        "hvor ligger min påmindelse fra kommunen",
    ],
)
def test_what_is_no_wish_is_left_to_others(office: Office, text: str) -> None:
    assert office.claim(text) is None


@given(st.text(max_size=80))
def test_any_text_after_the_opening_words_is_taken_without_a_crash(text: str) -> None:
    assert understand(f"mind mig om {text}", NOW) is not None


def test_on_a_leap_day_the_next_time_of_a_rule_is_found(handbook: Handbook) -> None:
    office = Office(handbook, Plan(), now=datetime(2028, 2, 29, 10, tzinfo=COPENHAGEN))

    assert "fredag den 31. marts kl. 9.00" in office.ask("mind mig om kassen sidste hverdag i måneden").text
