"""Pages are read as Jekyll with just-the-docs reads them."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from handlers.handbook import HandbookError, HandbookReader, Listing, Table, markdown, walk
from handlers.handbook.model import Diagram
from tests.handlers.handbook.small import SITE, read, write

PAGE = """
    ---
    title: Kaffe
    nav_order: 2
    ---

    # Kaffe på kontoret <span class="label">Alle</span>
    {: .no_toc }

    Kaffen er fælles.

    ## Maskinen {#maskine}

    Se [reglerne](regler.md#opvask) eller [ingenting](mangler.md).

    ## Maskinen

    | Knap | Virkning |
    |---|---|
    | Grøn | Kaffe |

    <h2 id="rensning">Rensning</h2>
    <ul><li>Hver fredag</li></ul>

    ```mermaid
    flowchart TD
      A[Tryk] --> B{Er der vand?}
      B -- Nej --> C[Fyld på]
    ```
"""
RULES = "# Regler\n\n## Opvask\n\nTag din kop med ud.\n"


def test_front_matter_gives_the_title_and_badges_are_left_out(tmp_path: Path) -> None:
    page = read(tmp_path, {"docs/kaffe.md": PAGE, "docs/regler.md": RULES}).page("docs/kaffe.md")
    assert page is not None
    assert (page.title, page.nav_order, page.rendered) == ("Kaffe", 2, True)
    assert page.sections[0].heading == "Kaffe på kontoret"


def test_explicit_anchors_and_automatic_ids_make_links(tmp_path: Path) -> None:
    handbook = read(tmp_path, {"docs/kaffe.md": PAGE, "docs/regler.md": RULES})
    urls = [section.url for section in handbook.sections if section.page == "docs/kaffe.md"]
    start = f"{SITE}/docs/kaffe.html"
    assert urls == [start, f"{start}#maskine", f"{start}#maskinen", f"{start}#rensning"]


def test_a_page_without_front_matter_is_read_and_links_to_the_repository(tmp_path: Path) -> None:
    page = read(tmp_path, {"docs/regler.md": RULES}).page("docs/regler.md")
    assert page is not None
    assert not page.rendered
    assert page.sections[1].url == "https://github.com/eksempel/haandbog/blob/main/docs/regler.md#opvask"


def test_links_are_made_absolute_and_dead_ones_keep_their_words(tmp_path: Path) -> None:
    handbook = read(tmp_path, {"docs/kaffe.md": PAGE, "docs/regler.md": RULES})
    section = handbook.section("docs/kaffe.md#maskine")
    assert section is not None
    written = section.blocks[0].text.markdown  # type: ignore[union-attr]
    assert "[reglerne](https://github.com/eksempel/haandbog/blob/main/docs/regler.md#opvask)" in written
    assert "eller ingenting" in written


def test_html_headings_and_lists_are_read(tmp_path: Path) -> None:
    section = read(tmp_path, {"docs/kaffe.md": PAGE}).section("docs/kaffe.md#rensning")
    assert section is not None
    assert section.heading == "Rensning"
    assert any(isinstance(block, Listing) and block.items[0].text.plain == "Hver fredag" for block in section.blocks)


def test_tables_know_their_rows_and_lines(tmp_path: Path) -> None:
    section = read(tmp_path, {"docs/kaffe.md": PAGE}).section("docs/kaffe.md#maskinen")
    assert section is not None
    table = next(block for block in walk(section.blocks) if isinstance(block, Table))
    assert [cell.plain for cell in table.rows[0].cells] == ["Grøn", "Kaffe"]
    assert table.rows[0].line == 19


def test_a_flowchart_gives_its_steps(tmp_path: Path) -> None:
    section = read(tmp_path, {"docs/kaffe.md": PAGE}).section("docs/kaffe.md#rensning")
    assert section is not None
    diagram = next(block for block in section.blocks if isinstance(block, Diagram))
    assert [(step.start, step.label, step.end) for step in diagram.steps] == [
        ("Tryk", "", "Er der vand?"),
        ("Er der vand?", "Nej", "Fyld på"),
    ]


def test_a_page_marked_as_draft_is_known_as_one(tmp_path: Path) -> None:
    handbook = read(tmp_path, {"docs/ny.md": "---\ntitle: Ny\n---\n# Ny\n\nUdkast – ikke godkendt\n\n## A\n\nTekst.\n"})
    assert all(section.draft for section in handbook.sections)


@pytest.mark.parametrize(
    ("content", "part"),
    [(b"\xff\xfe\x00", "UTF-8"), (b"x" * 1_000_001, "fylder mere")],
)
def test_a_page_that_cannot_be_read_is_reported_and_skipped(tmp_path: Path, content: bytes, part: str) -> None:
    write(tmp_path, {"docs/regler.md": RULES})
    (tmp_path / "docs" / "sort.md").write_bytes(content)
    handbook = HandbookReader(tmp_path, SITE).read()
    assert [page.path for page in handbook.pages] == ["docs/regler.md"]
    assert [(problem.page, part in problem.message) for problem in handbook.problems] == [("docs/sort.md", True)]


def test_broken_front_matter_names_the_line_and_keeps_the_page(tmp_path: Path) -> None:
    handbook = read(tmp_path, {"docs/x.md": "---\ntitle: [a\n---\n# Overskrift\n\nTekst.\n"})
    assert handbook.pages[0].title == "Overskrift"
    assert handbook.problems[0].page == "docs/x.md"
    assert handbook.problems[0].line > 0


def test_a_folder_that_is_missing_or_empty_is_one_clear_sentence(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "mangler"):
        with pytest.raises(HandbookError, match="mappe"):
            HandbookReader(folder, SITE).read()


def test_only_a_changed_page_is_read_again(tmp_path: Path) -> None:
    reader = HandbookReader(write(tmp_path, {"docs/kaffe.md": PAGE, "docs/regler.md": RULES}), SITE)
    before = reader.read()
    (tmp_path / "docs" / "regler.md").write_text(RULES + "\nOg sæt den i maskinen.\n", encoding="utf-8")
    after = reader.read()
    assert after.page("docs/kaffe.md") is before.page("docs/kaffe.md")
    assert "i maskinen" in after.pages[1].sections[-1].plain


FRAGMENTS = (
    "ord", "æ", " ", "  \n", "\n", "\n\n", "- ", "1. ", "> ", "| a |\n|---|\n", "*", "**", "_", "`", "\\", "&amp;", "&",
    "<br>", '<span class="label">', "</span>", "<https://a.example>", "[a](b.md)", "![x](y.png)", "[", "]", "(", "# ",
    "[top](#top)", "\t", "e-mail", "kl. 10:30", "\u00a0",
)  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_text_left_unparsed_reads_as_the_parser_would_read_it(source: str) -> None:
    quick = markdown.parse(source, lambda href: href)
    with patch.object(markdown, "_markdown", lambda: MarkdownIt("commonmark").enable("table")):
        assert quick == markdown.parse(source, lambda href: href)


REAL = Path(__file__).parents[4] / "shared"
FOLDERS = [REAL / "handbook", *sorted((REAL / "handbook-history").glob("*"))]


@pytest.mark.skipif(not REAL.is_dir(), reason="the shared handbooks are not here")
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_version_of_the_real_handbook_loads_without_problems(folder: Path) -> None:
    handbook = HandbookReader(folder, SITE).read()
    assert handbook.problems == ()
    assert len({section.key for section in handbook.sections}) == len(handbook.sections) > 50


def test_a_title_that_is_no_heading_takes_no_id_from_one(tmp_path: Path) -> None:
    handbook = read(tmp_path, {"a.md": "---\ntitle: Kaffe\n---\nKogt.\n\n## Kaffe\n\nBønner.\n\n## Kaffe\n\nKopper.\n"})
    assert [section.fragment for section in handbook.sections] == ["", "kaffe", "kaffe-1"]


def test_a_heading_in_html_without_id_is_linked_to_by_the_one_above(tmp_path: Path) -> None:
    page = (
        "---\ntitle: Te\n---\n# Te\n\nVand.\n\n## Sort\n\nStærk.\n\n<h3>Assam</h3>\n\nMest.\n\n<h3 id='x'>Earl</h3>\n"
    )
    handbook = read(tmp_path, {"a.md": page.replace("'", '"')})
    links = {section.heading: section.url.partition("#")[2] for section in handbook.sections}
    assert links == {"Te": "", "Sort": "sort", "Assam": "sort", "Earl": "x"}


def test_a_task_called_to_do_is_no_sign_of_unfinished_text(tmp_path: Path) -> None:
    handbook = read(tmp_path, {"a.md": "# A\n\nOpret en opgave (to-do).\n\n## B\n\nBeskrives senere (ToDo).\n"})
    assert [section.draft for section in handbook.sections] == [None, "(ToDo)"]
