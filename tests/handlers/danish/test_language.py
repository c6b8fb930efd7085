"""Compounds, typos, abbreviations, numbers, synonyms and English, on a small Danish of the tests' own."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.danish import Danish, stems
from handlers.danish.english import is_english


@pytest.fixture
def danish(tmp_path: Path) -> Danish:
    """A language of a few words."""
    (tmp_path / "danish").mkdir()
    (tmp_path / "thesaurus").mkdir()
    known = (
        "faktura godkender møde styregruppe tid registrering kontrakt udbud nyhedsbrev regning løn brev konto nummer"
    )
    glosses = "\n".join(f"{stem}\tword" for stem in stems(known))
    (tmp_path / "danish" / "glosses.tsv").write_text(f"# stem, gloss\n{glosses}\nbrev\tletter\n", encoding="utf-8")
    (tmp_path / "danish" / "abbreviations.txt").write_text(
        "# kort = langt\nstg = styregruppe\nifm = ved\n", encoding="utf-8"
    )
    (tmp_path / "thesaurus" / "penge.txt").write_text(
        "# penge\nfaktura, regning, invoice\nbetale, sende penge, hoste op\nfaktura, regning, bilag\n", encoding="utf-8"
    )
    return Danish.read(tmp_path)


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("tidsregistrering", ("tid", "registrering")),
        ("fakturagodkender", ("faktura", "godkender")),
        ("styregruppemøde", ("styregruppe", "møde")),
        ("kontonummeret", ("konto", "nummer")),
    ],
)
def test_a_compound_is_taken_apart(danish: Danish, compound: str, parts: tuple[str, str]) -> None:
    (word,) = danish.words(compound)
    assert word.parts == tuple(stems(" ".join(parts)))


def test_an_unknown_word_that_begins_with_a_known_one_keeps_that(danish: Danish) -> None:
    (word,) = danish.words("lønseddel")
    assert word.parts == tuple(stems("løn"))


def test_a_simple_word_has_no_parts(danish: Danish) -> None:
    assert danish.words("faktura")[0].parts == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fakutra", "faktura"),
        ("kontragten", "kontrakt"),
        ("udbudd", "udbud"),
        ("nyhedsbrv", "nyhedsbrev"),
        ("regningr", "regning"),
    ],
)
def test_a_slip_of_the_finger_is_seen_through(danish: Danish, typed: str, meant: str) -> None:
    assert [word.stem for word in danish.corrected(typed)] == stems(meant)


def test_a_known_word_is_never_corrected(danish: Danish) -> None:
    assert danish.corrected("brev")[0].stem == stems("brev")[0]


def test_abbreviations_are_written_out(danish: Danish) -> None:
    assert [word.text for word in danish.words("Møde i stg. ifm. udbud")] == [
        "moede",
        "i",
        "styregruppe",
        "ved",
        "udbud",
    ]


def test_number_words_and_digits_are_the_same(danish: Danish) -> None:
    assert [word.stem for word in danish.words("tyve")] == [word.stem for word in danish.words("20")]


def test_question_words_say_nothing_about_the_subject(danish: Danish) -> None:
    assert [word.text for word in danish.words("hvem skal jeg sende en faktura til") if word.content] == [
        "sende",
        "faktura",
    ]


def test_a_synonym_is_surer_the_more_groups_it_shares(danish: Danish) -> None:
    others = danish.thesaurus.others(stems("faktura")[0])
    assert others[tuple(stems("regning"))] > others[tuple(stems("bilag"))] > 0


def test_a_phrase_stands_for_its_group_in_any_order(danish: Danish) -> None:
    found = dict(danish.thesaurus.phrases(stems("hvem får penge sendt, og hvem skal sende")))
    assert any(tuple(stems("betale")) in others for others in found.values())


def test_groups_that_share_two_members_are_reported(danish: Danish) -> None:
    doubles = danish.thesaurus.doubles()
    assert [(first.place, second.place) for _, first, second in doubles] == [("penge.txt:2", "penge.txt:4")]


def test_english_words_lead_to_danish_stems_by_their_gloss(danish: Danish) -> None:
    assert danish.glossary.danish("letters") == {stems("brev")[0]}


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("where do I send an invoice", True),
        ("how often is the team meeting", True),
        ("hvor sender jeg en invoice hen", False),
        ("tag på opgave", False),
        ("team", False),
    ],
)
def test_an_english_question_is_told_by_its_small_words(text: str, english: bool) -> None:
    assert is_english(text) is english
