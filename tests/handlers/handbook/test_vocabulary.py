"""The thesaurus must not make one thing of what the handbook keeps apart."""

from __future__ import annotations

from pathlib import Path

from handlers.danish import Thesaurus
from handlers.handbook.vocabulary import merged
from tests.handlers.handbook.small import read


def test_a_group_that_joins_two_headings_of_a_page_is_found(tmp_path: Path) -> None:
    words = tmp_path / "ord"
    words.mkdir()
    (words / "a.txt").write_text("pause, frokost, hvil\nferie, fri\n", encoding="utf-8")
    handbook = read(tmp_path, {"a.md": "# Tid\n\n## Pause\n\nEt.\n\n## Frokost\n\nTo.\n\n## Ferie\n\nTre.\n"})
    found = merged(handbook, Thesaurus.read(words))
    assert [(group.place, left, right) for group, left, right in found] == [("a.txt:1", "Pause", "Frokost")]
