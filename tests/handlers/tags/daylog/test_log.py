"""Day logs in conversation, on the embedded handbook."""

from __future__ import annotations

import pytest

from bot.contracts import Answer
from bot.dispatcher import Dispatcher
from bot.session import Session
from handlers.tags import DayLogCapability, TagCapability, TimeTags, corrections
from tests.conversation import NO_CONTEXT, question
from tests.handlers.tags.test_tags import Nobody

DAY = "9-10.15 styregruppemøde i OS2iot\n10.15-11 skrev nyhedsbrev til medlemmerne\n11.30-12 frokost"


@pytest.fixture
def session(time_tags: TimeTags) -> Session:
    return Session(Dispatcher([TagCapability(time_tags), DayLogCapability(time_tags), Nobody()]))


def say(session: Session, text: str) -> Answer:
    return session.ask(question(text))


def rows(answer: Answer) -> list[tuple[object, ...]]:
    entries = answer.data["entries"]
    assert isinstance(entries, list)
    return [tuple(entry[name] for name in ("hours", "project", "tag")) for entry in entries if isinstance(entry, dict)]


def test_every_line_gets_hours_project_and_tag(session: Session) -> None:
    assert rows(say(session, DAY)) == [
        (1.25, "OS2iot", "Produkt-/projektstøtte (drift)"),
        (0.75, "Sekretariatsarbejde", "Kommunikation & synlighed"),
        (0.5, "Sekretariatsarbejde", "Pause"),
    ]


def test_the_answer_has_a_table_with_the_sum_and_what_is_missing(session: Session) -> None:
    text = say(session, DAY).text
    assert "| **2,50** |" in text
    assert "Der mangler noget 11.00–11.30." in text


def test_overlaps_are_pointed_out(session: Session) -> None:
    assert "overlapper 9.30–10.00" in say(session, "9-10 mails\n9.30-11 møde med KL om høring").text


def test_each_day_has_its_own_sum(session: Session) -> None:
    text = say(session, "Mandag:\n9-11 kursus\nTirsdag:\n9-10 kursus\nfrokost 30 min").text
    assert all(total in text for total in ("**2,00**", "**1,50**", "I alt 3,50 timer."))


def test_the_product_in_the_heading_counts_for_the_lines_but_not_for_lunch(session: Session) -> None:
    found = rows(say(session, "Onsdag, OS2display-dag\n9-10 koordinationsgruppe\n11.30-12 frokost"))
    assert [project for _, project, _ in found] == ["OS2display", "Sekretariatsarbejde"]


def test_a_line_about_two_products_must_be_divided(session: Session) -> None:
    text = say(session, "9-10 leverandørmøde om OS2iot og OS2forms\n10-11 frokost").text
    assert "Linje 1 nævner OS2iot og OS2forms" in text


def test_a_missing_time_is_asked_for(session: Session) -> None:
    assert "Linje 2 mangler tid" in say(session, "- 9-10 mails\n- frokost\n- 10-11 møde med KL om høring").text


@pytest.mark.parametrize(
    ("correction", "row"),
    [
        ("1 er kommunikation", (1.25, "OS2iot", "Kommunikation & synlighed")),
        ("linje 1: Transport", (1.25, "OS2iot", "Transport")),
        ("1: 1,5 t", (1.5, "OS2iot", "Produkt-/projektstøtte (drift)")),
        ("1 er OS2display", (1.25, "OS2display", "Produkt-/projektstøtte (drift)")),
    ],
)
def test_a_line_is_corrected(session: Session, correction: str, row: tuple[object, ...]) -> None:
    say(session, DAY)
    answer = say(session, correction)
    assert rows(answer)[0] == row
    assert answer.text.startswith("Rettet.")


def test_several_corrections_in_one_message(session: Session) -> None:
    say(session, DAY)
    found = rows(say(session, "2 er governance og 3 skal slettes"))
    assert [tag for _, _, tag in found] == ["Produkt-/projektstøtte (drift)", "Governance & bestyrelsesbetjening"]


def test_a_corrected_tag_is_kept_for_learning(session: Session) -> None:
    say(session, DAY)
    say(session, "2 er governance")
    (kept,) = corrections.listed(session)
    assert (kept.text, kept.tag) == ("skrev nyhedsbrev til medlemmerne", "Governance & bestyrelsesbetjening")


@pytest.mark.parametrize(
    ("correction", "said"), [("9 er drift", "ingen linje 9"), ("1 er vrøvl", "Jeg kender hverken")]
)
def test_a_correction_that_cannot_be_made_is_told_and_changes_nothing(
    session: Session, correction: str, said: str
) -> None:
    before = rows(say(session, DAY))
    answer = say(session, correction)
    assert said in answer.text
    assert rows(answer) == before


def test_the_table_comes_as_a_csv_file_for_a_danish_spreadsheet(session: Session) -> None:
    (file,) = say(session, DAY).attachments
    header, first = file.content.decode("utf-8-sig").splitlines()[:2]
    assert header == "Linje;Timer;Projekt;Opgave;Tag;Hvad"
    assert first.startswith("1;1,25;OS2iot;Styregruppe og koordinationsgruppe;Produkt-/projektstøtte (drift);")


def test_a_cell_cannot_be_taken_for_a_formula(session: Session) -> None:
    (file,) = say(session, "9-10 =HYPERLINK(1)\n10-11 mails").attachments
    assert ";=" not in file.content.decode("utf-8-sig")


def test_vis_csv_shows_it_as_text(session: Session) -> None:
    say(session, DAY)
    assert "```text\nLinje;Timer" in say(session, "vis csv").text


def test_log_min_dag_asks_for_the_lines_and_takes_them(session: Session) -> None:
    assert say(session, "log min dag").asks
    assert rows(say(session, "frokost 30 min"))[0][2] == "Pause"


@pytest.mark.parametrize(
    "text", ["mind mig om mødet kl. 9-10", "hvornår er frokosten? kl 11-12?", "hvem godkender OS2iot?", "hej"]
)
def test_other_messages_are_left_alone(time_tags: TimeTags, text: str) -> None:
    assert DayLogCapability(time_tags).claim(question(text), NO_CONTEXT) is None


def tags(answer: Answer) -> list[object]:
    return [tag for _, _, tag in rows(answer)]


@pytest.mark.parametrize(
    "line", ["referat og opgaver derefter", "fortsat", "samme igen", "lidt opfølgning bagefter", "skrev referat"]
)
def test_a_line_that_leans_on_the_one_before_has_its_tag_and_project(session: Session, line: str) -> None:
    first, second = rows(say(session, f"9-10 styregruppemøde i OS2iot\n10-10.30 {line}"))
    assert (first[1], first[2]) == (second[1], second[2]) == ("OS2iot", "Produkt-/projektstøtte (drift)")


def test_work_goes_on_after_a_break(session: Session) -> None:
    found = tags(say(session, "9-11.30 skrev nyhedsbrev\n11.30-12 frokost\n12-13 videre"))
    assert found == ["Kommunikation & synlighed", "Pause", "Kommunikation & synlighed"]


def test_what_prepares_belongs_to_what_comes_next(session: Session) -> None:
    found = tags(say(session, "8-9 skrev nyhedsbrev\n9-10 forberedelse\n10-12 bestyrelsesmøde"))
    assert found[1] == found[2] == "Governance & bestyrelsesbetjening"


def test_a_line_with_a_purpose_of_its_own_keeps_it(session: Session) -> None:
    found = tags(say(session, "9-10 styregruppemøde i OS2iot\n10-11 skrev videre på nyhedsbrevet"))
    assert found[1] == "Kommunikation & synlighed"


def test_nothing_is_carried_over_from_another_day(session: Session) -> None:
    alone = tags(say(session, "Tirsdag:\n9-10 fortsat\n11-12 frokost"))[0]
    assert tags(say(session, "Mandag:\n9-10 tog til Aarhus\nTirsdag:\n9-10 fortsat\n11-12 frokost"))[1] == alone


def test_the_second_choice_of_an_unsure_line_is_shown(session: Session) -> None:
    assert "Jeg er ikke helt sikker: 1 kan også være **" in say(session, "9-10 opfølgning\n10-11 frokost").text
