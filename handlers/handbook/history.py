"""When pages were changed and how they read before, from git where the handbook is a git checkout."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.pattern import Pattern
from handlers.handbook import markdown
from handlers.handbook.model import Table, walk

_COMMIT = Pattern(r"([0-9a-f]{40,64}) (\S+)")
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


@dataclass(frozen=True, slots=True)
class Version:
    """A page's file as a commit left it."""

    at: datetime
    """When it was committed; with a time zone."""
    source: str

    def tables(self) -> tuple[Table, ...]:
        """The page's tables as they stood then; only mail addresses keep their links."""
        parts = markdown.parse(self.source, lambda href: href if href.startswith("mailto:") else None)
        return tuple(block for part in parts for block in walk(tuple(part.blocks)) if isinstance(block, Table))


@dataclass(frozen=True)
class PageHistory:
    """A page's versions, oldest first; empty where git tells nothing. What is not committed is not in it."""

    versions: tuple[Version, ...] = ()
    complete: bool = True
    """False when the checkout is shallow or there are more versions than were read: older ones are unknown."""


def page_history(folder: Path, page: str, most: int = 200) -> PageHistory:
    """The `most` latest versions of a page, also under the names that it had before."""
    shallow = _git(folder, "rev-parse", "--is-shallow-repository")
    log = _git(folder, "log", "--follow", "--name-only", "-z", f"-{most}", "--format=%x00%H %cI", "--", page)
    if shallow is None or log is None:
        return PageHistory()
    commits = _commits(log)
    wanted = "".join(f"{commit}:{path}\n" for commit, _, path in commits)
    blobs = _git_bytes(folder, "cat-file", "--batch", sent=wanted.encode())
    versions = [Version(at, text) for (_, at, _), text in zip(commits, _contents(blobs or b""), strict=False) if text]
    complete = shallow.startswith("false") and len(commits) < most
    return PageHistory(tuple(reversed(versions)), complete)


def _commits(log: str) -> list[tuple[str, datetime, str]]:
    """Commit, time and the page's path in the repository at that time, newest first."""
    found = []
    commit, at = "", None
    for piece in filter(None, (piece.strip("\n") for piece in log.split("\0"))):
        head = _COMMIT.fullmatch(piece)
        if head:
            commit, at = head[1], datetime.fromisoformat(head[2])
        elif at is not None:
            found.append((commit, at, piece))
            at = None
    return found


def _contents(batch: bytes) -> Iterator[str | None]:
    """The files in the output of `git cat-file --batch`; None for one that is missing."""
    position = 0
    while position < len(batch):
        end = batch.index(b"\n", position)
        head = batch[position:end].split(b" ")
        position = end + 1
        if head[-1].isdigit():
            size = int(head[-1])
            yield batch[position : position + size].decode("utf-8", "replace").replace("\r\n", "\n")
            position += size + 1
        else:
            yield None


def _git(folder: Path, *arguments: str) -> str | None:
    answer = _git_bytes(folder, *arguments)
    return None if answer is None else answer.decode("utf-8", "replace")


def _git_bytes(folder: Path, *arguments: str, sent: bytes = b"") -> bytes | None:
    """What git answers; None when it fails. It never asks for a password, and never fetches what is not there."""
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    quiet = {**inherited, "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(command, input=sent, capture_output=True, timeout=_PATIENCE, check=True, env=quiet)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
