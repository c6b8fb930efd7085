"""Corrections are kept, reviewed and handed on as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.contracts import Asker, Put, Record
from handlers.tags import corrections
from handlers.tags.examples import read_examples
from tests.conversation import NOW


class Kept:
    """Records in a dictionary, oldest first."""

    def __init__(self, *puts: Put) -> None:
        self.records = {put.key: Record(put.value, put.owner, later(number)) for number, put in enumerate(puts)}

    def all(self, collection: str) -> Mapping[str, Record]:
        return self.records if collection == corrections.COLLECTION else {}


def later(minutes: int) -> datetime:
    return NOW.replace(minute=minutes)


BOSS, COLLEAGUE = Asker(1, "B", administers_bot=True), Asker(8, "A")
BED = corrections.proposal("vandede blomster", "Pause", "", "Transport", "", COLLEAGUE)
TEA = corrections.proposal("kogte te", "Pause", "Frokost", "Transport", "", BOSS)


def test_they_are_listed_oldest_first() -> None:
    assert [item.text for item in corrections.listed(Kept(BED, TEA))] == ["vandede blomster", "kogte te"]


def test_only_an_administrators_counts_for_everybody() -> None:
    assert list(corrections.counting(Kept(BED, TEA), Asker(9, "C"))) == [("kogte te", "Pause", "Frokost")]


def test_an_accepted_one_counts_for_everybody() -> None:
    assert isinstance(BED.value, dict)
    accepted = replace(BED, value={**BED.value, "accepted": True})
    assert list(corrections.counting(Kept(accepted), Asker(9, "C"))) == [("vandede blomster", "Pause", "")]


def test_the_same_person_corrects_the_same_words_once() -> None:
    again = corrections.proposal("Vandede  blomster!", "Transport", "", "Pause", "", COLLEAGUE)
    assert again.key == BED.key


def test_the_accepted_ones_are_exported_as_examples() -> None:
    exported = corrections.export(Kept(BED, TEA))
    assert exported == "## Pause :: Frokost\nkogte te\n"


def test_what_is_exported_can_be_read_as_data(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(corrections.export(Kept(TEA)), encoding="utf-8")
    (example,) = read_examples(tmp_path)
    assert (example.text, example.tag, example.task) == ("kogte te", "Pause", "Frokost")


def test_a_damaged_record_is_left_out() -> None:
    broken = Put(corrections.COLLECTION, "k", ["nothing"], owner=1)
    assert [item.text for item in corrections.listed(Kept(broken, BED))] == ["vandede blomster"]
