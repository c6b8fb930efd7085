"""A reminder never comes at another time than the one written: what cannot be read is asked about.

It is Wednesday 14 April 2027, 8.59.
"""

from __future__ import annotations

import pytest

from handlers.handbook import Handbook
from handlers.reminders.own import COLLECTION
from handlers.reminders.plan import Plan
from tests.handlers.reminders.office import Office


@pytest.fixture
def office(handbook: Handbook) -> Office:
    return Office(handbook, Plan())


@pytest.mark.parametrize(
    ("text", "about", "when"),
    [
        ("mind mig om fest hver sidste torsdag i måneden", "fest", "hver sidste torsdag i måneden kl. 9.00"),
        ("mind mig om løn torsdag uge 20", "løn", "torsdag den 20. maj kl. 9.00"),
        ("mind mig om te kl 1415", "te", "onsdag den 14. april kl. 14.15"),
        ("mind mig om udvalg 3. maj kl 9-10", "udvalg", "mandag den 3. maj kl. 9.00"),
        ("mind mig om regnskab 27.5", "regnskab", "torsdag den 27. maj kl. 9.00"),
        ("mind mig om tur tirsdag den 20. april", "tur", "tirsdag den 20. april kl. 9.00"),
        ("mind mig om moms den 15. maj og november", "moms", "den 15. maj og november kl. 9.00"),
        ("mind mig i morgen om mødet på fredag", "mødet på fredag", "torsdag den 15. april kl. 9.00"),
        ("mind mig om rapport inden fredag", "rapport", "fredag den 16. april kl. 9.00"),
    ],
)
def test_a_date_is_read_whole(office: Office, text: str, about: str, when: str) -> None:
    assert office.ask(text).text.startswith(f"Jeg minder dig om **{about}** {when}.")


@pytest.mark.parametrize(
    ("text", "not_read"),
    [
        ("mind mig om fest hver anden torsdag i måneden", "i måneden"),
        ("mind mig om log hver mandag og torsdag", "og torsdag"),
        ("mind mig om log hver fredag undtagen i juli", "undtagen i juli"),
        ("mind mig om log hver hverdag i december", "i december"),
        ("mind mig om løn 12.11", "12.11"),
        ("mind mig om te om 0 dage", "om 0 dage"),
        ("mind mig om te kl. 27", "kl. 27"),
        ("mind mig om te i uge 70", "i uge 70"),
        ("mind mig om rapport for uge 14 på fredag", "uge 14"),
        ("mind mig om ferie fra 1. maj til 9. maj", "til 9. maj"),
    ],
)
def test_what_cannot_be_read_is_quoted_and_asked_about(office: Office, text: str, not_read: str) -> None:
    asked = office.ask(text)

    assert asked.asks
    assert f"jeg forstår ikke »{not_read}«" in asked.text.replace("fra til", "til")
    assert not office.records[COLLECTION]


def test_the_answer_to_a_doubt_makes_the_reminder_without_the_unclear_words(office: Office) -> None:
    office.ask("mind mig om fest hver anden torsdag i måneden")

    assert "**fest** den anden torsdag i hver måned" in office.ask("den anden torsdag i hver måned").text


def test_words_about_time_in_quotation_marks_belong_to_the_text(office: Office) -> None:
    assert "**log for juli 12.11**" in office.ask("mind mig om »log for juli 12.11« på fredag").text


def test_a_weekday_that_is_not_the_dates_own_is_pointed_out_and_both_days_are_offered(office: Office) -> None:
    asked = office.ask("mind mig om ferie mandag den 20. april kl. 8")

    assert asked.text == "Den 20. april 2027 er en tirsdag, ikke en mandag. Hvilken dag mener du?"
    assert not office.records[COLLECTION]
    assert [choice.reply for choice in asked.choices] == [
        "tirsdag den 20. april 2027 kl. 8.00",
        "mandag den 19. april 2027 kl. 8.00",
    ]
    assert "**ferie** mandag den 19. april kl. 8.00" in office.ask(asked.choices[1].reply).text


@pytest.mark.parametrize(
    "text",
    [
        "mind mig om låge hver dag fra 1. maj til 3. maj",
        "mind mig om låge hver dag fra 1. til 3. maj",
        "mind mig om låge fra og med 1. maj til og med 3. maj hver dag",
    ],
)
def test_a_rule_with_a_first_and_a_last_day_is_kept_to_them_and_then_forgotten(office: Office, text: str) -> None:
    said = office.ask(text).text
    days = [said.at.day for said in office.until("2027-05-10T12:00")]

    assert "**låge** hver dag kl. 9.00 fra lørdag den 1. maj til og med mandag den 3. maj." in said
    assert days == [1, 2, 3]
    assert not office.records[COLLECTION]


def test_a_rule_may_have_only_a_last_day(office: Office) -> None:
    office.ask("mind mig om plan hver mandag indtil 3. maj")

    assert [said.at.day for said in office.until("2027-06-01T12:00")] == [19, 26, 3]


def test_a_rule_that_never_falls_between_its_days_is_asked_about(office: Office) -> None:
    asked = office.ask("mind mig om plan hver mandag fra 20. april til 23. april")

    assert asked.asks
    assert "Der er ingen dage hver mandag" in asked.text


@pytest.mark.parametrize(
    "text",
    [
        "mind mig om løn på fredag kl. 8 og om ferie på mandag kl. 12",
        "mind mig på fredag kl. 8 om løn og på mandag kl. 12 om ferie",
        "mind mig om løn på fredag kl 8; ferie på mandag kl 12",
    ],
)
def test_two_in_one_message_are_both_made(office: Office, text: str) -> None:
    said = office.ask(text).text

    assert "**løn** fredag den 16. april kl. 8.00" in said
    assert "**ferie** mandag den 19. april kl. 12.00" in said
    assert len(office.records[COLLECTION]) == 2


def test_of_two_in_one_message_none_is_made_when_one_is_in_doubt(office: Office) -> None:
    said = office.ask("mind mig om løn på fredag og om ferie mandag den 20. april")

    assert not said.answered
    assert "ikke en mandag" in said.text
    assert not office.records[COLLECTION]


@pytest.mark.parametrize("text", ["mind mig om at købe te og kage i morgen", "mind mig om mad kl. 12 og kaffe"])
def test_two_things_at_one_time_are_one_reminder(office: Office, text: str) -> None:
    office.ask(text)

    assert len(office.records[COLLECTION]) == 1


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("mind mig hver mandag og torsdag", "jeg forstår ikke »og torsdag«"),
        ("mind mig mandag den 20. april", "er en tirsdag, ikke en mandag"),
    ],
)
def test_a_doubt_about_the_time_is_not_forgotten_while_the_text_is_asked_for(
    office: Office, text: str, doubt: str
) -> None:
    assert office.ask(text).text == "Hvad skal jeg minde dig om?"
    assert doubt in office.ask("løn").text
    assert not office.records[COLLECTION]
