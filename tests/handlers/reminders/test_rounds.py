"""Rounds from their first message to done. The budget follow-up of 2027-K1 falls due on 14 April 2027 at 9."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.contracts import Asker, Topic
from handlers.handbook import Handbook, HandbookReader
from handlers.reminders.plan import Plan, parse_plan
from tests.handlers.reminders.office import COLLEAGUE, OTHER, Office
from tests.handlers.reminders.plans import reminder

ROUND = "reminder:budget:2027-K1"


@pytest.fixture
def office(handbook: Handbook) -> Office:
    """The office a minute after the follow-up was announced."""
    office = Office(handbook)
    office.until("2027-04-14T09:01")
    return office


def plain(handbook: Handbook, **fields: str) -> Office:
    """An office with one plain reminder, due on Monday 19 April 2027 at 9."""
    return Office(handbook, Plan(reminder=(reminder("den 19. april", **fields),)))


# the first message


def test_the_follow_up_names_the_quarter_the_products_with_their_accounts_and_the_rules(office: Office) -> None:
    said = office.said[ROUND]

    assert said.text.startswith("**Budgetopfølgning** for 1. kvartal 2027")
    assert "| ☐ | OS2bil | XG-9212045220 |" in said.text
    assert "| ☐ | Foreningen OS2 | XG-9212045210 |" in said.text
    assert "- Ring til banken" in said.text
    assert said.place == Topic(0, "sekretariatet", "Budgetopfølgning")
    assert said.mentions == ("sekretariatet",)


def test_a_message_that_is_kept_up_by_edits_has_no_buttons_and_a_plain_one_has(
    office: Office, handbook: Handbook
) -> None:
    other = plain(handbook)
    [said] = other.until("2027-04-19T10:00")

    assert office.said[ROUND].choices == ()
    assert [choice.reply for choice in said.choices] == ["færdig x 2027", "udsæt x 2027 3 dage"]


def test_a_checklist_is_taken_from_the_handbook_section_when_the_plan_has_none(handbook: Handbook) -> None:
    other = plain(handbook, section='"docs/processes_and_rutines.md#budgetstyring"')
    [said] = other.until("2027-04-19T10:00")

    assert "- Kig på tallene\n- Ring til banken" in said.text


def test_without_a_channel_those_mentioned_are_written_to_directly(handbook: Handbook) -> None:
    other = plain(handbook, channel='""', mention='["kollega@os2.example"]')
    [said] = other.until("2027-04-19T10:00")

    assert said.place is None
    assert said.mentions == ("kollega@os2.example",)


def test_a_handbook_without_an_account_plan_is_told_in_the_message(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("tom")
    (folder / "index.md").write_text("# Tom\n\nIntet.\n")
    office = Office(HandbookReader(folder, "https://handbook.example", None).read())
    [said] = office.until("2027-04-14T09:01")

    assert "ingen kontoplan" in said.text


# ticking off and finishing


def test_a_product_is_ticked_off_with_who_and_when_in_the_same_message(office: Office) -> None:
    answer = office.ask("OS2bil færdig")

    assert answer.text.startswith("✅ OS2bil er krydset af. 3 produkter mangler")
    assert office.revised[-1].key == ROUND
    assert "| ✅ | OS2bil | XG-9212045220 | En Kollega den 14. april |" in office.revised[-1].text


@pytest.mark.parametrize(
    "text",
    [
        "OS2bil færdig\nOS2bog færdig",
        "færdig med OS2bil og OS2bog",
        "os2bil og os2bog er fulgt op",
        "OS2bil, OS2bog ✅",
        "os2 bil og OS2bog er færdige",
    ],
)
def test_several_products_are_ticked_off_at_once(office: Office, text: str) -> None:
    office.ask(text)

    assert office.revised[-1].text.count("✅") == 2


def test_the_association_itself_is_ticked_off_too(office: Office) -> None:
    office.ask("foreningen færdig")

    assert "| ✅ | Foreningen OS2 |" in office.revised[-1].text


def test_the_last_product_finishes_the_round(office: Office) -> None:
    office.ask("OS2bil, OS2bog og foreningen er fulgt op")
    answer = office.ask("rollekataloget er fulgt op", by=OTHER)

    assert "1. kvartal 2027 er færdig" in answer.text
    assert "Næste gang er onsdag den 14. juli kl. 9.00." in answer.text
    assert "✅ færdig, En Anden den 14. april" in office.revised[-1].text


def test_two_who_tick_at_the_same_moment_both_count(office: Office) -> None:
    claims = [office.claim("OS2bil færdig"), office.claim("OS2bog færdig", by=OTHER)]
    answers = [claim.answer() for claim in claims if claim]
    for answer in answers:
        office.carry_out(answer.effects)

    assert "2 af 4 er krydset af" in office.ask("hvad mangler?").text


def test_a_tick_can_be_taken_back(office: Office) -> None:
    office.ask("OS2bil færdig")
    office.ask("OS2bil er ikke færdig")

    assert "| ☐ | OS2bil |" in office.revised[-1].text


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("✅", ROUND),
        ("færdig", None),
        ("det er gjort", None),
        ("budgetopfølgningen er færdig", None),
        ("færdig budget 2027-K1", None),
        ("done", ROUND),
    ],
)
def test_a_round_is_marked_done_and_what_was_left_is_told(office: Office, text: str, about: str | None) -> None:
    answer = office.ask(text, about=about)

    assert "er færdig. Tak! 4 produkter blev ikke krydset af" in answer.text
    assert office.ask("hvad mangler?").text.startswith("Ingen runder er åbne lige nu.")


def test_a_round_that_is_done_says_by_whom(office: Office) -> None:
    office.ask("færdig")

    assert "✅ færdig, En Kollega den 14. april" in office.ask("✅", by=OTHER, about=ROUND).text


def test_a_round_can_be_opened_again(office: Office) -> None:
    office.ask("færdig")
    office.ask("ikke færdig")

    assert "1. kvartal 2027" in office.ask("hvad mangler?").text


def test_finishing_without_anything_open_says_so(handbook: Handbook) -> None:
    said = Office(handbook).ask("færdig")

    assert not said.answered
    assert "ingen er åbne" in said.text


def test_before_any_round_was_announced_nothing_is_said_to_be_done(handbook: Handbook) -> None:
    said = Office(handbook).ask("hvad mangler?").text

    assert said.startswith("Ingen runder er sat i gang endnu")
    assert "Den næste er **Budgetopfølgning** for 1. kvartal 2027, onsdag den 14. april kl. 9.00." in said


def test_when_all_is_done_the_latest_and_the_next_are_named(office: Office) -> None:
    office.ask("færdig")
    said = office.ask("hvad mangler?").text

    assert "Den seneste er **Budgetopfølgning** for 1. kvartal 2027 – ✅ færdig, En Kollega den 14. april." in said
    assert "Den næste er" in said


@pytest.mark.parametrize("text", ["OS2bil færdig", "bekræft OS2bil", "OS2bog er ok"])
def test_ticking_a_product_off_without_an_open_round_says_that_none_is_open(handbook: Handbook, text: str) -> None:
    said = Office(handbook).ask(text)

    assert not said.answered
    assert "ingen er åbne" in said.text


@pytest.mark.parametrize("text", ["er OS2bil færdig", "OS2bil ok?"])
def test_a_question_about_a_product_without_an_open_round_is_left_to_others(handbook: Handbook, text: str) -> None:
    assert Office(handbook).claim(text) is None


def test_of_two_open_rounds_it_asks_which_and_the_choice_answers(handbook: Handbook) -> None:
    plan = Plan(reminder=(reminder("den 19. april"), reminder("den 19. april", id='"y"', title='"Andet"')))
    office = Office(handbook, plan)
    office.until("2027-04-19T10:00")
    answer = office.ask("færdig")

    assert answer.asks
    assert [choice.reply for choice in answer.choices] == ["færdig x 2027", "færdig y 2027"]
    assert "**Andet** for 2027 er færdig" in office.ask(answer.choices[1].reply).text


def test_in_the_topic_of_a_round_it_is_that_one(handbook: Handbook) -> None:
    plan = Plan(
        reminder=(
            reminder("den 19. april", topic='"et"'),
            reminder("den 19. april", id='"y"', title='"Andet"', topic='"to"'),
        )
    )
    office = Office(handbook, plan)
    office.until("2027-04-19T10:00")

    assert "**Andet** for 2027 er færdig" in office.ask("færdig", place=Topic(4, "intern", "to")).text


def test_a_statement_finishes_and_a_question_only_asks(office: Office) -> None:
    assert "er åbne" in office.ask("er budgetopfølgningen færdig?").text
    assert "er færdig. Tak!" in office.ask("budgetopfølgningen er færdig").text


# putting off, and asking again


def test_a_round_that_is_put_off_comes_back_on_a_working_day_with_its_state(office: Office) -> None:
    office.ask("OS2bil færdig")
    answer = office.ask("udsæt 3 dage")
    [again] = office.until("2027-04-20T12:00")

    assert "Jeg vender tilbage mandag den 19. april kl. 9.00." in answer.text  # the 17th is a Saturday
    assert again.at.isoformat() == "2027-04-19T09:00:00+02:00"
    assert again.text.startswith("En Kollega bad mig vende tilbage")
    assert "| ✅ | OS2bil |" in again.text


def test_one_put_off_to_a_time_that_had_come_before_it_was_answered_comes_back_once(office: Office) -> None:
    office.ask("udsæt 3 dage")
    office.now += timedelta(days=6)  # the server was away, and others had been looked for meanwhile
    [again] = office.until("2027-04-20T20:00")

    assert again.at.isoformat() == "2027-04-19T09:00:00+02:00"


def test_after_coming_back_the_new_message_is_the_one_kept_up(office: Office) -> None:
    office.ask("udsæt 3 dage")
    [again] = office.until("2027-04-19T10:00")
    office.ask("OS2bog færdig")

    assert office.revised[-1].key == again.key != ROUND


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("udsæt budget 2027-K1 3 dage", "mandag den 19. april"),
        ("udsæt en uge", "onsdag den 21. april"),
        ("udsæt 2 hverdage", "fredag den 16. april"),
        ("udsæt til på fredag", "fredag den 16. april"),
        ("udsæt budgetopfølgningen til den 3. maj", "mandag den 3. maj"),
        ("postpone 2 days", "fredag den 16. april"),
        ("kan du udsætte den til mandag?", "mandag den 19. april"),
    ],
)
def test_a_round_is_put_off_to_the_day_that_is_named(office: Office, text: str, day: str) -> None:
    assert f"Jeg vender tilbage {day} kl. 9.00." in office.ask(text).text


@pytest.mark.parametrize("text", ["udsæt", "udsæt 500 dage", "udsæt til den 1. maj 2020"])
def test_a_day_that_does_not_do_is_asked_about(office: Office, text: str) -> None:
    assert office.ask(text).asks


def test_unanswered_it_asks_the_responsible_then_the_deputy_and_then_stops(office: Office) -> None:
    said = office.until("2027-06-30T12:00")

    assert [(nudge.mentions, nudge.at.date().isoformat()) for nudge in said] == [
        (("økonomiansvarlig",), "2027-04-19"),  # three working days later
        (("sekretariatschef",), "2027-04-22"),  # six
    ]
    assert "(ansvarlig: økonomiansvarlig)" in office.ask("hvad mangler?").text


def test_done_rounds_ask_nobody(office: Office) -> None:
    office.ask("færdig")

    assert office.until("2027-06-30T12:00") == []


def test_work_on_a_round_puts_the_asking_off(office: Office) -> None:
    office.until("2027-04-16T12:00")
    office.ask("OS2bil færdig")
    [first, _] = office.until("2027-06-30T12:00")

    assert first.at.date().isoformat() == "2027-04-21"
    assert "Det mangler: Foreningen OS2, OS2bog og OS2rollekatalog." in first.text


def test_after_a_long_pause_only_the_deputy_is_asked(office: Office) -> None:
    said = office.until("2027-06-30T12:00", look_only_now=True)

    assert [nudge.mentions for nudge in said] == [("sekretariatschef",)]


def test_a_late_first_message_gives_as_many_days_to_answer(handbook: Handbook) -> None:
    office = Office(handbook)
    [opening] = office.until("2027-05-03T12:00", look_only_now=True)
    [nudge, _] = office.until("2027-06-30T12:00")

    assert opening.at.date().isoformat() == "2027-04-14"
    assert nudge.at.date().isoformat() == "2027-05-07"  # Kristi himmelfartsdag lies between


# who may


@pytest.mark.parametrize(
    ("asker", "may"),
    [
        (COLLEAGUE, True),
        (OTHER, False),
        (Asker(10, "En Administrator", administers_bot=True), True),
    ],
)
def test_only_those_it_is_for_and_administrators_answer_a_round(handbook: Handbook, asker: Asker, may: bool) -> None:
    office = plain(handbook, mention='["kollega@os2.example"]')
    office.people = {person.email: person for person in (COLLEAGUE, OTHER)}
    office.until("2027-04-19T10:00")
    office.ask("færdig", by=asker)

    assert office.ask("hvad mangler?").text.startswith("Ingen runder er åbne lige nu.") is may


def test_a_group_in_the_plan_lets_everybody_answer(handbook: Handbook) -> None:
    office = plain(handbook, mention='["sekretariatet"]', responsible='"kollega@os2.example"')
    office.people = {person.email: person for person in (COLLEAGUE, OTHER)}
    office.until("2027-04-19T10:00")

    assert "er færdig" in office.ask("færdig", by=OTHER).text


# asking about rounds


@pytest.mark.parametrize(
    "text", ["hvad mangler?", "hvor langt er vi med budgetopfølgningen?", "status på budgettet", "mangler der noget?"]
)
def test_how_far_a_round_is_can_be_asked_in_many_ways(office: Office, text: str) -> None:
    assert "0 af 4 er krydset af" in office.ask(text).text


def test_what_is_missing_is_listed_with_how_far_it_is(office: Office) -> None:
    office.ask("OS2bil færdig")

    said = office.ask("hvad mangler?").text
    assert "1 af 4 er krydset af, og det mangler: Foreningen OS2, OS2bog og OS2rollekatalog" in said


@pytest.mark.parametrize("text", ["hvem gjorde det sidst?", "hvem lavede budgetopfølgningen sidste gang?"])
def test_who_did_it_last_is_told(office: Office, text: str) -> None:
    office.ask("hvornår er næste budgetopfølgning?")
    assert "Det ved jeg ikke." in office.ask(text).text
    office.ask("færdig med budgetopfølgningen")
    office.until("2027-07-14T09:01")

    assert "1. kvartal 2027 blev meldt færdig af En Kollega den 14. april 2027." in office.ask(text).text


@pytest.mark.parametrize(
    "text",
    [
        "hvem godkender for OS2bil?",
        "OS2bil",
        "ok",
        "tak, det er rigtigt",
        "hvilke produkter mangler en ekstern godkender?",
        "hvad mangler der i min tidsregistrering",
        "færdig med mødereferatet",
        "1 time møde om OS2bil",
        "hvornår er OS2bil færdig",
        "OS2bil færdig" + " og" * 2000,
    ],
)
def test_what_is_said_to_others_is_left_to_them(office: Office, text: str) -> None:
    assert office.claim(text) is None


def test_a_reminder_that_was_taken_out_of_the_plan_asks_nobody(office: Office) -> None:
    without = Office(office.handbook, parse_plan("", "plan.toml"), now=office.now, records=office.records)

    assert without.until("2027-06-30T12:00") == []
    assert "**Budgetopfølgning** for 1. kvartal 2027" in without.ask("hvad mangler?").text


def test_putting_off_to_a_date_under_another_weekdays_name_is_asked_about(office: Office) -> None:
    said = office.ask("udsæt til mandag den 20. april")

    assert said.asks
    assert "Til hvornår?" in said.text
