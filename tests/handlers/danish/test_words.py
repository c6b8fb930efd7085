"""Words come down to the same stem however they are spelt and inflected."""

from __future__ import annotations

import pytest

from handlers.danish import fold, stem, stems, words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Må", "maa"),
        ("Økonomi", "oekonomi"),
        ("café", "cafe"),
        ("fæl\u00adles", "fælles"),
        ("Å", "A\u030a"),
    ],
)
def test_spelling_habits_do_not_matter(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("gik", "gå"),
        ("bøger", "bogen"),
        ("børns", "barn"),
        ("afholdt", "afholde"),
        ("vedlagt", "vedlægge"),
        ("sendte", "sender"),
        ("kriterium", "kriterier"),
        ("kvaliteten", "kvalitet"),
        ("dagsordenen", "dagsorden"),
        ("betaling", "betale"),
        ("opfølgning", "opfølge"),
        ("afregning", "afregne"),
        ("fakturaerne", "faktura"),
    ],
)
def test_forms_of_a_word_share_a_stem(left: str, right: str) -> None:
    assert stems(left) == stems(right)


@pytest.mark.parametrize(("left", "right"), [("regning", "regel"), ("bygge", "bog"), ("løn", "lån"), ("sag", "sang")])
def test_different_words_keep_different_stems(left: str, right: str) -> None:
    assert stems(left) != stems(right)


def test_hyphens_part_words_but_not_short_prefixes() -> None:
    assert words("Git-repo og e-mail til IT-support, to-do'en") == [
        "git",
        "repo",
        "og",
        "email",
        "til",
        "itsupport",
        "todoen",
    ]


def test_an_apostrophe_belongs_to_its_word() -> None:
    assert words("ITK’s og OS2's") == ["itks", "og", "os2s"]


def test_a_stem_is_made_of_a_folded_word() -> None:
    assert stem("moederne") == stem("moede")
