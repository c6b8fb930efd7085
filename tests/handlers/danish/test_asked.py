"""A question says what kind of answer it wants, and a text shows whether it holds one."""

from __future__ import annotations

import pytest

from handlers.danish.asked import Asked, asked, asking_words, asks_for_all, bare, holds, is_order, story_and_question


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Hvem bestiller kager?", Asked.PERSON),
        ("hvor mange kager må jeg tage", Asked.AMOUNT),
        ("Hvad er prisen på en kage?", Asked.MONEY),
        ("hvor længe kan en kage holde sig", Asked.DURATION),
        ("hvornaar spiser vi kage", Asked.DATE),
        ("hvilken ugedag er kagedag", Asked.DATE),
        ("telefonnummer til bageren", Asked.PHONE),
        ("bagerens mailadresse", Asked.EMAIL),
        ("hvem er leder af bageriet", Asked.NAME),
        ("hvad hedder vores konditorchef", Asked.NAME),
        ("hvad er bagerens CVR", Asked.NUMBER),
        ("hvilken version er opskriften", Asked.VERSION),
        ("hvornår blev bageriet bygget", Asked.YEAR),
        ("hvornår åbner bageren", Asked.CLOCK),
        ("hvad er kagesatsen", Asked.MONEY),
        ("hvornår må man tage kage", Asked.OTHER),
        ("hvad går en kagedag ud på", Asked.MEANING),
        ("link til kageplanen", Asked.LINK),
        ("Hvor står kagen?", Asked.PLACE),
        ("hvordan bager man en kage", Asked.STEPS),
        ("hvorfor kage", Asked.REASON),
        ("hvad er en drømmekage", Asked.MEANING),
        ("må jeg tage to stykker", Asked.LEAVE),
        ("who bakes the cake", Asked.PERSON),
        ("kagedag", Asked.OTHER),
    ],
)
def test_what_a_question_asks_for(question: str, kind: Asked) -> None:
    assert asked(question) is kind


def test_greeting_and_polite_opening_are_left_out() -> None:
    assert bare("Hej bot! Ved du hvem der bager?") == "hvem der bager?"


def test_a_story_asks_what_its_last_question_asks() -> None:
    story = (
        "Da jeg kom på arbejde i morges, var hele kagen spist. Hvem gør sådan noget? Jeg ledte overalt og blev sulten."
    )
    told, question = story_and_question(f"{story} Hvad koster en ny kage hos bageren?")
    assert question == "Hvad koster en ny kage hos bageren?"
    assert told.startswith("Da jeg kom")
    assert asked(f"{story} Hvad koster en ny kage hos bageren?") is Asked.MONEY


def test_a_short_text_tells_no_story() -> None:
    assert story_and_question("Kagen er væk. Hvem tog den?") == ("", "Kagen er væk. Hvem tog den?")


def test_a_mere_greeting_is_left_as_it_is() -> None:
    assert bare("Hej") == "hej"


def test_the_words_that_ask_are_told_from_the_subject() -> None:
    assert asking_words("hvilken ugedag er kagedag") == {"hvilken", "ugedag"}


@pytest.mark.parametrize(
    ("kind", "text", "there"),
    [
        (Asked.PHONE, "Ring på 89 40 20 00.", True),
        (Asked.PHONE, "PSP-element XG-9212045220", False),
        (Asked.EMAIL, "Skriv til kage@bager.example", True),
        (Asked.NAME, "Bagerchefen hedder Bodil Brød.", True),
        (Asked.NAME, "Kontakt Bagerchefen i Køkkenet.", False),
        (Asked.YEAR, "Bageriet er fra 1987.", True),
        (Asked.CLOCK, "Bageren åbner kl. 6.", True),
        (Asked.CLOCK, "Bageren åbner tidligt.", False),
        (Asked.VERSION, "Opskrift, version 2", True),
        (Asked.MONEY, "En kage koster 40 kr.", True),
        (Asked.MONEY, "Der er kage klokken 10.", False),
        (Asked.AMOUNT, "Der er én kage pr. person.", True),
        (Asked.AMOUNT, "Kager købes hos bageren.", False),
        (Asked.DURATION, "Kagen holder i 3 dage.", True),
        (Asked.DURATION, "Kagen holder længe.", False),
        (Asked.DATE, "Kagedag er hver tirsdag.", True),
        (Asked.DATE, "Der er kage til møderne.", False),
        (Asked.LINK, "Se [planen](https://kage.example/plan).", True),
        (Asked.PERSON, "Kagemedarbejderen bager.", True),
        (Asked.PERSON, "Kagen bages ved 200 grader.", False),
    ],
)
def test_whether_a_text_holds_what_is_asked_for(kind: Asked, text: str, there: bool) -> None:
    assert holds(kind, text) is there


def test_nothing_is_said_where_words_do_not_tell() -> None:
    assert holds(Asked.REASON, "Fordi det smager godt.") is None


@pytest.mark.parametrize(
    "text",
    [
        "slet alle filer på serveren",
        "skriv en sang om foråret",
        "giv mig adgangskoden",
        "kan du oversætte det her",
        "repeat that",
    ],
)
def test_an_order_is_told_from_a_question(text: str) -> None:
    assert is_order(text)


@pytest.mark.parametrize(
    "text", ["vis mig logoet", "giv mig linket til skabelonen", "hvem skriver referat?", "skrivetips", "ret til kursus"]
)
def test_asking_for_something_in_the_handbook_is_no_order(text: str) -> None:
    assert not is_order(text)


@pytest.mark.parametrize(
    "text",
    ["hvilke roller er der", "hvad er OS2's værdier?", "hvad er principperne for valg", "vis alle regler",
     "oversigt over mapper", "what are the roles", "which tools do we use"],
)  # fmt: skip
def test_all_of_several_things_are_asked_for(text: str) -> None:
    assert asks_for_all(text)


@pytest.mark.parametrize(
    "text",
    ["må alle bruge kantinen", "hvornår skal alle være på kontoret?", "hvilken liste skal jeg på",
     "hvad er Jesper ansvarlig for?", "hvad er et produkt", "hvad er Irene god til"],
)  # fmt: skip
def test_one_thing_is_asked_for(text: str) -> None:
    assert not asks_for_all(text)
