"""Which part of a section is shown: the piece that answers, with what it needs to be understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.handbook.model import Handbook, Section
from handlers.handbook.passage import Passage, choose, is_outline, outline, units
from tests.handlers.handbook.small import read

LIMIT = 900
_FILLER = "Kaffemaskinen afkalkes med citronsyre, og bagefter skylles den tre gange med rent vand. " * 4
PAGES = {
    "docs/kaffe.md": f"""
        # Kaffe

        ## Ordning

        {_FILLER}

        Vi har tre slags bønner:

        - Mørke, som brygges om morgenen
        - Lyse, som brygges efter frokost
        - Koffeinfri, som brygges hele dagen

        {_FILLER}

        Sådan rengøres maskinen:

        1. Sluk den
        2. Tøm den

        {_FILLER}

        **Ansvar:** Kaffemesteren

        ## Regler

        Disse regler gælder:

        ### Kopper

        Vaskes op.

        ### Filtre

        Smides ud.

        ## Historie

        ### Dengang

        {_FILLER}

        ### Nu

        {_FILLER} {_FILLER} {_FILLER}
    """
}


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    return read(tmp_path_factory.mktemp("kaffe"), PAGES)


def section(handbook: Handbook, heading: str) -> Section:
    return next(section for section in handbook.sections if section.heading == heading)


def shown(handbook: Handbook, best: str, holding: str = "", all_wanted: bool = False) -> Passage:
    """What is shown of the first section when the piece with the words of `best` fits the question best."""
    pieces = units(section(handbook, "Ordning"), ())
    fits = [(unit, 1.0 if best in unit.plain else 0.0) for unit in pieces]
    held = next((number for number, unit in enumerate(pieces) if holding and holding in unit.plain), None)
    return choose(section(handbook, "Ordning"), fits, LIMIT, held, all_wanted)


def test_an_item_that_clearly_answers_comes_first_under_its_lead_in(handbook: Handbook) -> None:
    text = shown(handbook, "Lyse").text
    assert text.startswith("Vi har tre slags bønner:\n* Lyse, som brygges efter frokost")
    assert "Mørke" not in text


def test_dots_say_that_a_list_goes_on(tmp_path: Path) -> None:
    items = "\n".join(f"- Bønne {number}, som {_FILLER[:160]}" for number in range(9))
    (one,) = read(tmp_path, {"a.md": f"# Bønner\n\n{items}\n"}).sections
    fits = [(unit, float("Bønne 3" in unit.plain)) for unit in units(one, ())]
    text = choose(one, fits, LIMIT).text
    assert text.startswith("* Bønne 3")
    assert text.endswith("* …")


def test_all_of_a_list_is_shown_to_who_asks_for_all(handbook: Handbook) -> None:
    text = shown(handbook, "tre slags", all_wanted=True).text
    assert (
        "Vi har tre slags bønner:\n* Mørke, som brygges om morgenen\n* Lyse, som brygges efter frokost\n* Koffe" in text
    )


def test_what_is_asked_for_is_shown_wherever_in_the_section_it_stands(handbook: Handbook) -> None:
    passage = shown(handbook, "Lyse", holding="Kaffemesteren")
    assert passage.text.endswith("…\n\n**Ansvar:** Kaffemesteren")
    assert not passage.whole


def test_no_passage_ends_with_what_introduces_something_else(tmp_path: Path) -> None:
    text = f"# Te\n\nGrøn te trækker i to minutter. {_FILLER}\n\nSådan gør du:\n\n1. {_FILLER}\n2. {_FILLER}\n"
    (one,) = read(tmp_path, {"a.md": text}).sections
    fits = [(unit, float("to minutter" in unit.plain)) for unit in units(one, ())]
    assert "Sådan gør du" not in choose(one, fits, 600).text


def test_a_section_that_only_leads_in_to_others_shows_them(handbook: Handbook) -> None:
    rules = section(handbook, "Regler")
    below = handbook.pages[0].below(rules)
    assert is_outline(rules, below)
    text = outline(rules, below, LIMIT).text
    assert text == "Disse regler gælder:\n\n**Kopper**\n\nVaskes op.\n\n**Filtre**\n\nSmides ud."


def test_where_that_is_too_much_it_shows_how_they_begin_and_what_they_are_called(handbook: Handbook) -> None:
    history = section(handbook, "Historie")
    text = outline(history, handbook.pages[0].below(history), LIMIT).text
    assert text.startswith("**Dengang**\n\nKaffemaskinen afkalkes")
    assert "**Historie** består af:\n* [Dengang](" in text
    assert "* [Nu](" in text
    assert len(text) < 1.5 * LIMIT


def test_a_section_with_text_of_its_own_is_no_outline(handbook: Handbook) -> None:
    assert not is_outline(section(handbook, "Ordning"), ())


def test_a_page_that_skips_a_level_of_headings_has_an_outline_too(tmp_path: Path) -> None:
    page = f"# A\n\n## Historie\n\n#### Dyb\n\n{_FILLER} {_FILLER}\n\n### Nu\n\n{_FILLER} {_FILLER} {_FILLER}\n"
    (page_read,) = read(tmp_path, {"a.md": page}).pages
    text = outline(page_read.sections[1], page_read.below(page_read.sections[1]), LIMIT).text
    assert "[Dyb](" in text
    assert "[Nu](" in text


def test_a_lead_in_to_an_empty_table_leads_nowhere(tmp_path: Path) -> None:
    page = f"# A\n\n{_FILLER} {_FILLER} {_FILLER}\n\nVores priser på kaffe er:\n\n| Kaffe | Pris |\n|---|---|\n"
    (one,) = read(tmp_path, {"a.md": page}).sections
    fits = [(unit, float("priser" in unit.plain)) for unit in units(one, ())]
    assert "Vores priser" in choose(one, fits, LIMIT, all_wanted=True).text
