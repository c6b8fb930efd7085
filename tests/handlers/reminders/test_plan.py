"""The plan file: what is read, and how mistakes in it are told."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from handlers.reminders import PlanError, read_plan
from handlers.reminders.plan import Plan, parse_plan
from handlers.reminders.recurrence import Cycle, Rule, Unit

GOOD = """\
[[reminder]]
id = "oprydning"
title = "Ryd op i kanalerne"
rule = "første mandag i hvert kvartal"
time = "kl. 9.30"
channel = "intern"
checklist = ["Luk gamle emner"]

[[reminder]]
id = "kaffe"
title = "Bestil kaffe"
rule = "hver anden onsdag"
time = "halv ti"
mention = ["Kaffeudvalget"]
start = 2027-01-06
"""


def errors(source: str) -> list[str]:
    with pytest.raises(PlanError) as caught:
        parse_plan(source, "plan.toml")
    return str(caught.value).splitlines()


def test_a_plan_is_read_in_the_order_of_the_file() -> None:
    plan = parse_plan(GOOD, "plan.toml")

    assert [reminder.id for reminder in plan.reminder] == ["oprydning", "kaffe"]
    assert plan.reminder[0].rule == Rule(Cycle.QUARTER, 1, Unit.MONDAY)
    assert [reminder.time for reminder in plan.reminder] == [time(9, 30), time(9, 30)]
    assert plan.reminder[1].start == date(2027, 1, 6)


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())

    assert read_plan(file) == parse_plan(GOOD, "plan.toml")


def test_an_empty_plan_has_no_reminders() -> None:
    assert parse_plan("# endnu ingen\n", "plan.toml") == Plan()


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ('title = "Bestil kaffe"\n', "", 9, "felt »title«: mangler."),
        ('title = "Bestil kaffe"', 'titel = "Bestil kaffe"', 11, "felt »titel«: kendes ikke. Mente du »title«?"),
        ('title = "Bestil kaffe"', "title = 7", 11, "felt »title«: skal være tekst i anførselstegn"),
        ('"hver anden onsdag"', '"hver blå mandag"', 12, "felt »rule«: reglen »hver blå mandag« forstår jeg ikke"),
        ('"halv ti"', '"kl. 27"', 13, "felt »time«: »kl. 27« er ikke et klokkeslæt"),
        ('["Kaffeudvalget"]', '"Kaffeudvalget"', 14, "felt »mention«: skal være en liste"),
        ('["Kaffeudvalget"]', "[]", 9, "felt »channel«: skal stå der"),
        ("start = 2027-01-06\n", "", 9, "felt »start«: skal stå der, når reglen siger hver anden"),
        ("start = 2027-01-06\n", 'start = "januar"\n', 15, "felt »start«: skal være en dato uden anførselstegn"),
        ("start = 2027-01-06\n", "start = 2027-01-06\nend = 2026-01-06\n", 16, "felt »end«: ligger før »start«"),
        ("start = 2027-01-06\n", "start = 2027-01-06\nround = 'x'\n", 16, "felt »round«: kan kun være"),
        ("start = 2027-01-06\n", "start = 2027-01-06\nrepeat_after = 0\n", 16, "skal være et helt antal hverdage"),
        ("start = 2027-01-06\n", "start = 2027-01-06\nescalate_after = 2\n", 16, "skal være større end »repeat_after«"),
        ('id = "kaffe"', 'id = "oprydning"', 10, "felt »id«: »oprydning« bruges af to påmindelser"),
        ('id = "kaffe"', 'id = "Kaffe & te"', 10, "felt »id«: må kun have små bogstaver"),
        ("halv ti", "halv ti\nx", 13, "filen er ikke gyldig TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_field(right: str, wrong: str, line: int, says: str) -> None:
    assert right in GOOD
    [message] = [error for error in errors(GOOD.replace(right, wrong)) if says in error]

    assert message.startswith(f"plan.toml, linje {line}")


def test_all_mistakes_are_told_at_once() -> None:
    assert len(errors(GOOD.replace("time =", "tim ="))) == 4  # two unknown fields, two missing ones


def test_a_misspelled_header_is_told() -> None:
    assert errors(GOOD.replace("[[reminder]]", "[[reminders]]")) == [
        "plan.toml, linje 1: »reminders« kendes ikke. Hver påmindelse begynder med [[reminder]]."
    ]


def test_a_missing_file_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="kan ikke læses"):
        read_plan(tmp_path / "ingen.toml")


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_bytes(GOOD.encode("latin-1"))
    with pytest.raises(PlanError, match="ikke UTF-8"):
        read_plan(tmp_path / "plan.toml")
