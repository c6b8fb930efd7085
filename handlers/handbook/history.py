"""When pages were last changed, from git where the handbook is a git checkout."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

_PATIENCE = 3
"""Seconds that git may take; without an answer by then, no dates are shown."""


def revision(folder: Path) -> str | None:
    """The checked-out commit; None where the folder is no git checkout or git is not there."""
    answer = _git(folder, "rev-parse", "HEAD")
    return answer.strip() if answer else None


def last_changes(folder: Path) -> dict[str, date]:
    """The day on which each file under the folder was last changed in a commit, by its path inside the folder."""
    log = _git(folder, "log", "--no-renames", "--name-only", "--relative", "-z", "--format=%x00%cs", "--", ".")
    found: dict[str, date] = {}
    day = None
    for piece in (log or "").split("\0"):
        text = piece.strip()
        if not text:
            continue
        try:
            day = date.fromisoformat(text)
        except ValueError:
            if day is not None:
                found.setdefault(text, day)
    return found


def _git(folder: Path, *arguments: str) -> str | None:
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace")
