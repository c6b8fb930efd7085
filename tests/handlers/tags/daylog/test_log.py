"""Day logs in conversation, on the embedded handbook."""

from __future__ import annotations

import pytest

from bot.contracts import Answer
from bot.dispatcher import Dispatcher
from bot.session import Session
from handlers.tags import DayLogCapability, TagCapability, TimeTags, corrections
from tests.conversation import NO_CONTEXT, Nobody, question

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


MEETINGS = "8-10 møde; 10-12 møde"


@pytest.mark.parametrize(
    ("correction", "row"),
    [
        ("2 er OS2display udvikling", (2.0, "OS2display", "Produkt-/projektstøtte (udvikling)")),
        ("2 er drift for OS2display, en halv time", (0.5, "OS2display", "Produkt-/projektstøtte (drift)")),
        ("2 er styregruppe for OS2display", (2.0, "OS2display", "Produkt-/projektstøtte (drift)")),
        ("2 var med bestyrelsen", (2.0, "Sekretariatsarbejde", "Governance & bestyrelsesbetjening")),
        ("nej, den sidste er fravær", (2.0, "Sekretariatsarbejde", "Fravær")),
        ("2: tre kvarter", (0.75, "Sekretariatsarbejde", "Møde – internt")),
        ("2 sluttede kl. 11.30", (1.5, "Sekretariatsarbejde", "Møde – internt")),
        ("nej, den anden var til 10.45", (0.75, "Sekretariatsarbejde", "Møde – internt")),
        ("2: fra 11", (1.0, "Sekretariatsarbejde", "Møde – internt")),
    ],
)
def test_all_that_a_correction_names_is_changed(session: Session, correction: str, row: tuple[object, ...]) -> None:
    say(session, MEETINGS)
    answer = say(session, correction)
    assert rows(answer)[1] == row
    assert answer.text.startswith("Rettet.")


def test_what_is_not_understood_of_a_correction_is_said(session: Session) -> None:
    say(session, MEETINGS)
    answer = say(session, "2 er OS2display vrøvl")
    assert rows(answer)[1][1] == "OS2display"
    assert answer.text.startswith("I linje 2 forstod jeg ikke »vrøvl«. Resten er rettet.")


def test_all_lines_can_be_corrected_at_once(session: Session) -> None:
    say(session, DAY)
    assert {project for _, project, _ in rows(say(session, "alle er OS2display"))} == {"OS2display"}


def test_several_lines_can_be_corrected_or_removed_at_once(session: Session) -> None:
    say(session, DAY)
    assert tags(say(session, "1 og 2 er fravær"))[:2] == ["Fravær", "Fravær"]
    assert tags(say(session, "slet 1 og 2")) == ["Pause"]
    assert "ingen linjer tilbage" in say(session, "slet 1").text


def test_a_shortened_line_still_knows_when_it_began(session: Session) -> None:
    say(session, DAY)
    assert "9.45–10.15" in say(session, "1: tre kvarter").text
    assert rows(say(session, "nej den første var til 10"))[0][0] == 1.0


@pytest.mark.parametrize("text", ["tilføj 14-15 frokost", "jeg glemte frokost 14-15"])
def test_a_line_is_added(session: Session, text: str) -> None:
    say(session, MEETINGS)
    assert rows(say(session, text))[2] == (1.0, "Sekretariatsarbejde", "Pause")


def test_two_lines_change_places_and_the_times_stay(session: Session) -> None:
    before = rows(say(session, DAY))
    after = rows(say(session, "byt 1 og 2"))
    assert [row[1:] for row in after[:2]] == [before[1][1:], before[0][1:]]
    assert [row[0] for row in after] == [row[0] for row in before]


def test_a_line_is_split_among_the_products_named(session: Session) -> None:
    say(session, DAY)
    found = rows(say(session, "del linje 1 mellem OS2iot og OS2display"))
    assert [(hours, project) for hours, project, _ in found[:2]] == [(0.75, "OS2iot"), (0.5, "OS2display")]


def test_a_quarter_cannot_be_split(session: Session) -> None:
    before = rows(say(session, "mails 15 min; frokost 30 min"))
    answer = say(session, "del linje 1")
    assert "for kort" in answer.text
    assert rows(answer) == before


@pytest.mark.parametrize(
    "text", ["vis csv", "1 er drift", "1: tre kvarter", "alle er OS2display", "nej den første var til 10", "byt 1 og 2"]
)
@pytest.mark.parametrize("between", ["hvem er du?", "tag: skrev nyhedsbrev til medlemmerne"])
def test_the_log_is_still_meant_after_another_question(session: Session, between: str, text: str) -> None:
    say(session, DAY)
    say(session, between)
    assert len(rows(say(session, text))) == 3


@pytest.mark.parametrize("text", ["slet 1", "tilføj frokost kl 12", "ok", "hvordan laver jeg en csv til import?"])
def test_what_may_be_for_another_list_is_not_taken_after_another_question(session: Session, text: str) -> None:
    say(session, DAY)
    say(session, "hvem er du?")
    assert say(session, text).intent != "daylog"


def test_a_new_log_is_no_correction_of_the_one_before(session: Session) -> None:
    say(session, DAY)
    assert len(rows(say(session, "9-10 mails; 10-11 frokost"))) == 2


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("2 timer kørsel", (2.0, "Sekretariatsarbejde", "Transport")),
        ("frokost 30 min", (0.5, "Sekretariatsarbejde", "Pause")),
        ("7.4 timer ferie", (7.5, "Sekretariatsarbejde", "Fravær")),
        ("2x30 min kørsel", (1.0, "Sekretariatsarbejde", "Transport")),
        ("hele dagen på ferie", (None, "Sekretariatsarbejde", "Fravær")),
    ],
)
def test_a_log_may_have_one_line(session: Session, text: str, row: tuple[object, ...]) -> None:
    assert rows(say(session, text)) == [row]


@pytest.mark.parametrize("text", ["2 timer", "hvor lang er 1 time?", "prisen er 750 kr i timen", "husk mig om 2 timer"])
def test_a_time_alone_is_no_log(time_tags: TimeTags, text: str) -> None:
    assert DayLogCapability(time_tags).claim(question(text), NO_CONTEXT) is None


@pytest.mark.parametrize(
    ("text", "hours"), [("MPL 2.0", None), ("Python 3.11", None), ("mails 0.5", 0.5), ("kursus 2,0", 2.0)]
)
def test_a_version_is_no_time(session: Session, text: str, hours: float | None) -> None:
    answer = say(session, text)
    assert (rows(answer)[0][0] if answer.data.get("entries") else None) == hours


def test_a_line_that_ends_before_it_begins_is_asked_about_in_one_sentence(session: Session) -> None:
    answer = say(session, "10-9 møde")
    assert answer.asks
    assert answer.text.startswith("»10-9 møde« slutter, før det begynder")
    assert rows(say(session, "1: 9-10"))[0][0] == 1.0


def test_a_line_among_others_that_ends_before_it_begins_is_told(session: Session) -> None:
    assert "Linje 1 slutter, før den begynder (10.00–9.00)" in say(session, "10-9 møde; 11-12 frokost").text


def test_lines_that_do_not_give_the_stated_total_are_told(session: Session) -> None:
    assert "giver 5,00 timer i alt, men du skrev 7,50" in say(session, "I alt 7,5 t: 3 t mails, 2 t møde").text
    assert "men du skrev" not in say(session, "I alt 5 t: 3 t mails, 2 t møde").text


def test_a_sum_below_several_days_may_be_of_all(session: Session) -> None:
    assert "men du skrev" not in say(session, "Mandag:\n9-11 kursus\nTirsdag:\n9-10 kursus\nI alt 3 timer").text


def test_a_second_time_in_a_line_is_pointed_out(session: Session) -> None:
    assert "I linje 1 står der en tid mere" in say(session, "9-12 møde 8-9 telefon\n12-13 frokost").text
