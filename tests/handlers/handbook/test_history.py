"""Where the handbook is a git checkout, pages know when they were last changed."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

from handlers.handbook import HandbookReader
from tests.handlers.handbook.small import SITE, write


def _commit(folder: Path, day: str) -> None:
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.example", "GIT_COMMITTER_NAME": "a"}
    when = {
        "GIT_COMMITTER_EMAIL": "a@b.example",
        "GIT_AUTHOR_DATE": f"{day}T12:00Z",
        "GIT_COMMITTER_DATE": f"{day}T12:00Z",
    }
    for command in (["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True, env={**os.environ, **who, **when})


def test_each_page_has_the_day_of_its_last_commit(tmp_path: Path) -> None:
    folder = tmp_path / "haandbog"
    folder.mkdir()
    write(folder, {"docs/a.md": "# A\n\nEt.\n", "docs/æble.md": "# B\n\nTo.\n"})
    subprocess.run(["git", "-C", str(tmp_path), "init", "-q"], check=True)
    _commit(tmp_path, "2026-01-05")
    reader = HandbookReader(folder, SITE)
    assert reader.read().changed["docs/æble.md"] == date(2026, 1, 5)
    (folder / "docs" / "a.md").write_text("# A\n\nTre.\n", encoding="utf-8")
    _commit(tmp_path, "2026-03-09")
    changed = reader.read().changed
    assert (changed["docs/a.md"], changed["docs/æble.md"]) == (date(2026, 3, 9), date(2026, 1, 5))


def test_without_git_there_are_no_dates(tmp_path: Path) -> None:
    assert HandbookReader(write(tmp_path, {"a.md": "# A\n\nEt.\n"}), SITE).read().changed == {}
