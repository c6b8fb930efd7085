"""Questions that lead to a section fall silent when its words change."""

from __future__ import annotations

from pathlib import Path

from handlers.handbook.questions import Known, find, fingerprint, placed, stamp
from handlers.handbook.questions import read as read_questions
from tests.handlers.handbook.small import read

PAGES = {
    "docs/a.md": """
        ---
        title: Haven
        ---
        # Haven

        ## Vanding {#vand}

        Vand hver aften.

        ## Ude

        ### Redskaber

        Riven.

        ## Inde

        ### Redskaber

        Kosten står her.
    """
}
STORE = """# page: docs/a.md
## vand | Vanding
hvornår skal blomsterne have vand
## | Inde > Redskaber
hvor er kosten
## | Findes ikke
noget andet
"""


def test_stamping_writes_fingerprints_and_names_what_is_missing(tmp_path: Path) -> None:
    handbook = read(tmp_path, PAGES)
    store = tmp_path / "questions"
    store.mkdir()
    (store / "a.txt").write_text(STORE, encoding="utf-8")
    assert stamp(store, handbook) == ["a.txt:6: Findes ikke"]
    live, silent = placed(handbook, read_questions(store))
    assert [(known.question, section.fragment) for known, section in live] == [
        ("hvornår skal blomsterne have vand", "vand"),
        ("hvor er kosten", "redskaber-1"),
    ]
    assert [known.question for known in silent] == ["noget andet"]


def test_stamping_twice_changes_nothing(tmp_path: Path) -> None:
    handbook = read(tmp_path, PAGES)
    store = tmp_path / "questions"
    store.mkdir()
    (store / "a.txt").write_text(STORE, encoding="utf-8")
    stamp(store, handbook)
    once = (store / "a.txt").read_text(encoding="utf-8")
    stamp(store, handbook)
    assert (store / "a.txt").read_text(encoding="utf-8") == once


def test_a_question_falls_silent_when_its_section_changes(tmp_path: Path) -> None:
    before = read(tmp_path, PAGES)
    section = before.section("docs/a.md#vand")
    assert section is not None
    known = Known("hvornår vandes der", "docs/a.md", "vand", "Vanding", fingerprint(section))
    assert placed(before, [known])[0]
    after = read(tmp_path, {"docs/a.md": PAGES["docs/a.md"].replace("hver aften", "hver morgen")})
    assert placed(after, [known]) == ([], [known])


def test_white_space_alone_changes_no_fingerprint(tmp_path: Path) -> None:
    before = read(tmp_path, PAGES).section("docs/a.md#vand")
    after = read(tmp_path, {"docs/a.md": PAGES["docs/a.md"].replace("Vand hver aften", "Vand  hver   aften")})
    section = after.section("docs/a.md#vand")
    assert before is not None
    assert section is not None
    assert fingerprint(before) == fingerprint(section)


def test_an_unstamped_question_is_silent(tmp_path: Path) -> None:
    known = Known("hvornår vandes der", "docs/a.md", "vand", "Vanding", "")
    assert placed(read(tmp_path, PAGES), [known])[0] == []


def test_of_two_headings_alike_the_parent_decides(tmp_path: Path) -> None:
    handbook = read(tmp_path, PAGES)
    found = find(handbook, Known("", "docs/a.md", None, "Ude > Redskaber", ""))
    assert found is not None
    assert found.plain == "Riven."


def test_stamping_a_folder_leaves_the_folders_in_it_alone(tmp_path: Path) -> None:
    inner = tmp_path / "questions" / "other"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text(STORE, encoding="utf-8")
    stamp(tmp_path / "questions", read(tmp_path / "book", PAGES))
    assert (inner / "a.txt").read_text(encoding="utf-8") == STORE
