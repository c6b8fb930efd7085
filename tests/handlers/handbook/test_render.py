"""Sections read well in a Zulip message."""

from __future__ import annotations

from handlers.handbook import render
from handlers.handbook.model import Diagram, Item, Listing, Paragraph, Row, Step, Table, Text


def _text(words: str) -> Text:
    return Text(words, words)


def test_a_list_follows_its_lead_in_and_keeps_its_numbers() -> None:
    listing = Listing((Item(_text("Tænd")), Item(_text("Sluk"), (Listing((Item(_text("helt")),)),))), start=3)
    written = render.blocks([Paragraph(_text("Sådan:")), listing])
    assert written == "Sådan:\n3. Tænd\n4. Sluk\n  * helt"


def test_a_table_leaves_out_columns_that_are_empty() -> None:
    rows = (Row((_text("Brød"), _text(""), _text("Bageren")), 3), Row((_text("Frugt"), _text(""), _text("Manden")), 4))
    table = Table((_text("Vare"), _text("Mængde"), _text("Hvem")), rows)
    assert render.block(table) == "| Vare | Hvem |\n| --- | --- |\n| Brød | Bageren |\n| Frugt | Manden |"


def test_only_the_rows_wanted_are_written() -> None:
    rows = tuple(Row((_text(f"vare {number}"),), number) for number in range(4))
    assert render.block(Table((_text("Vare"),), rows), [2]) == "| Vare |\n| --- |\n| vare 2 |"


def test_a_table_without_rows_shows_its_header() -> None:
    assert render.block(Table((_text("a"), _text("b")), ())) == "| a | b |\n| --- | --- |"


def test_a_flowchart_is_written_path_by_path() -> None:
    steps = (
        Step("Start", "", "Regn?"),
        Step("Regn?", "Ja", "Paraply"),
        Step("Regn?", "Nej", "Solhat"),
        Step("Paraply", "", "Ud"),
    )
    nodes = ("Start", "Regn?", "Paraply", "Solhat", "Ud")
    assert render.block(Diagram(nodes, steps)) == "* Start → Regn?\n* Regn? –(Ja)→ Paraply → Ud\n* Regn? –(Nej)→ Solhat"


def test_a_flowchart_that_goes_in_a_circle_is_still_written() -> None:
    steps = (Step("A", "", "B"), Step("B", "", "A"))
    assert render.block(Diagram(("A", "B"), steps)) == "* A → B"


def test_a_diagram_without_arrows_is_a_list() -> None:
    assert render.block(Diagram(("A", "B"), ())) == "* A\n* B"
