"""Questions about what is coming. All is asked on a Wednesday, 19 August 2026."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.contracts import Answer, Claim
from handlers.danish.dates import COPENHAGEN
from handlers.handbook import Handbook
from handlers.reminders.plan import parse_plan
from tests.conversation import NO_CONTEXT, NOW, question
from tests.handlers.reminders.office import Office
from tests.handlers.reminders.plans import capability, shipped


def claim(handbook: Handbook, text: str) -> Claim | None:
    return capability(shipped(), handbook).claim(question(text), NO_CONTEXT)


def answer(handbook: Handbook, text: str) -> Answer:
    found = claim(handbook, text)
    assert found is not None
    return found.answer()


def test_the_next_follow_up_is_told_with_its_day_its_points_and_the_place_in_the_handbook(handbook: Handbook) -> None:
    said = answer(handbook, "Hvornår er næste budgetopfølgning?")

    assert said.intent == "reminder"
    assert "**Budgetopfølgning** for 3. kvartal 2026 er onsdag den 14. oktober kl. 9.00." in said.text
    assert "- Hent kvartalets tal" in said.text
    assert "(https://handbook.example/docs/processes_and_rutines.html#budgetstyring)" in said.text
    assert said.data["reminders"] == [
        {"id": "budget", "title": "Budgetopfølgning", "next": "2026-10-14T09:00:00+02:00"}
    ]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("hvad skal jeg huske i oktober", ["budget"]),
        ("hvad skal vi have styr på i februar?", ["godkenderliste"]),
        ("hvilke faste opgaver er der i 1. kvartal 2027", ["budget", "godkenderliste"]),
        ("hvad er der på programmet i januar 2027", ["budget"]),
        ("kommende påmindelser", ["budget", "godkenderliste"]),
        ("what should we remember in February", ["godkenderliste"]),
        ("hvornår skal godkenderlisten gennemgås", ["godkenderliste"]),
        ("when is the next budget follow-up", ["budget"]),
    ],
)
def test_what_is_coming_is_listed(handbook: Handbook, text: str, ids: list[str]) -> None:
    reminders = answer(handbook, text).data["reminders"]

    assert isinstance(reminders, list)
    assert [reminder["id"] for reminder in reminders if isinstance(reminder, dict)] == ids


def test_an_empty_month_says_so_and_names_the_next_one(handbook: Handbook) -> None:
    said = answer(handbook, "hvad skal jeg huske i denne måned?").text

    assert "Planen har ingen påmindelser i august 2026." in said
    assert "Den næste er **Budgetopfølgning** for 3. kvartal 2026, onsdag den 14. oktober kl. 9.00." in said


def test_what_has_passed_in_the_stretch_is_told_as_passed(handbook: Handbook) -> None:
    said = answer(handbook, "hvad skal jeg huske i år").text

    ahead, past = said.split("Det er allerede sendt i 2026:")
    assert "3. kvartal 2026" in ahead
    assert "1. kvartal 2026" in past


@pytest.mark.parametrize(
    "text",
    [
        "hvad skal jeg huske når jeg sender en faktura",
        "hvor ofte mødes styregruppen",
        "hvornår er næste bestyrelsesmøde",
        "hvilke opgaver har produktkoordinatoren",
        "hvilket tag bruger jeg til budgetopfølgning",
        "hvem har ansvaret for budgettet",
        "møde i morgen kl. 9",
        "hej",
    ],
)
def test_other_questions_are_left_to_others(handbook: Handbook, text: str) -> None:
    assert claim(handbook, text) is None


def test_a_plan_without_reminders_is_said_to_have_none(handbook: Handbook) -> None:
    empty = capability(parse_plan("", "plan.toml"), handbook).claim(question("påmindelser"), NO_CONTEXT)

    assert empty is not None
    assert empty.answer().text == "Der står ingen påmindelser i planen."


def test_check_counts_the_plan_and_warns_of_sections_that_are_not_there(handbook: Handbook) -> None:
    plan = parse_plan(
        '[[reminder]]\nid="a"\ntitle="A"\nrule="hver mandag"\ntime="9:00"\nchannel="x"\nsection="docs/x.md#y"\n', "p"
    )
    findings = capability(plan, handbook).check()

    assert [finding.level for finding in findings] == ["info", "warning"]
    assert "docs/x.md#y" in findings[1].text


@pytest.mark.parametrize(
    ("text", "year"),
    [("årshjul", 2026), ("vis årshjulet", 2026), ("årshjul 2027", 2027), ("tegn årshjulet for næste år", 2027)],
)
def test_the_year_comes_as_a_picture_and_as_a_list(handbook: Handbook, text: str, year: int) -> None:
    said = answer(handbook, text)

    assert said.text.startswith(f"Årshjul {year}:")
    assert said.text.count("**Budgetopfølgning**") == 4
    assert [(file.name, file.content[:4]) for file in said.attachments] == [(f"årshjul-{year}.png", b"\x89PNG")]


@pytest.mark.parametrize(
    ("first", "then", "says"),
    [
        ("hvornår er næste budgetopfølgning?", "og godkenderlisten?", "mandag den 1. februar 2027"),
        ("hvornår er næste budgetopfølgning?", "hvad med eftersynet", "mandag den 1. februar 2027"),
        ("hvad skal jeg huske i denne måned?", "og i oktober?", "onsdag den 14. oktober"),
        ("hvad skal jeg huske i oktober", "hvad med næste år?", "Det skal I huske i 2027"),
    ],
)
def test_a_follow_up_takes_another_reminder_or_time(handbook: Handbook, first: str, then: str, says: str) -> None:
    office = Office(handbook, now=NOW)
    office.ask(first)

    assert says in office.ask(then).text


def test_what_has_passed_is_marked_in_the_years_list_and_the_rest_comes_first(handbook: Handbook) -> None:
    said = answer(handbook, "årshjul").text
    ahead, past = said.split("Passeret:")

    assert "14. oktober" in ahead
    assert "15. januar" in past


def test_late_in_the_year_the_list_goes_on_with_what_comes_next_year(handbook: Handbook) -> None:
    office = Office(handbook, now=datetime(2026, 12, 20, 9, tzinfo=COPENHAGEN))

    assert "Det næste er:\n\n- fredag den 15. januar 2027" in office.ask("årshjul").text


@pytest.mark.parametrize("text", ["hvad kommer der af påmindelser?", "er der noget i næste måned?"])
def test_what_is_coming_can_be_asked_in_passing(handbook: Handbook, text: str) -> None:
    assert answer(handbook, text).intent == "reminder"
