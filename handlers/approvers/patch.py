"""Turns changed approvers into a patch of the handbook's page that `git apply` takes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.pattern import Pattern
from handlers.approvers.register import Person, Row, squashed

_BAR = Pattern(r"(?<!\\)\|")
"""A bar that parts two cells; GitHub's Markdown escapes those that belong to the text."""

_LINE = Pattern(r"[^\n]*\n|[^\n]+")


class PatchError(Exception):
    """The page is not as it was when the list was read; the message says what differs, in a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Change:
    """The new approvers of a row in one role ("internal" or "external")."""

    row: Row
    role: str
    persons: tuple[Person, ...]


def patch(source: str, changes: Sequence[Change]) -> str:
    """A unified diff of the page that the changed rows stand on; empty when nothing differs.

    `source` is the page's file as it is now, `changes` are all of that one page. Raises PatchError when a row no longer
    stands on its line.
    """
    if not changes:
        return ""
    page = changes[0].row.section.page
    before = _LINE.findall(source)
    after = list(before)
    for change in changes:
        after[change.row.line - 1] = _changed(_line(after, change.row), change)
    diff = difflib.unified_diff(before, after, f"a/{page}", f"b/{page}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in diff)


def written(persons: Iterable[Person]) -> str:
    """Persons as the table writes them: name and linked mail address, with commas between."""
    return ", ".join(_written(person) for person in persons)


def _written(person: Person) -> str:
    name = " ".join(person.name.replace("|", "\\|").split())
    mail = "".join(person.email.split())
    return f"{name} [{mail}](mailto:{mail})".strip() if mail else name


def _line(lines: Sequence[str], row: Row) -> str:
    line = lines[row.line - 1] if row.line <= len(lines) else ""
    if squashed(row.product) not in squashed(line):
        raise PatchError(
            f"{row.product} står ikke længere på linje {row.line} i {row.section.page}. Indlæs håndbogen igen."
        )
    return line


def _changed(line: str, change: Change) -> str:
    """The table line with the cell of the role replaced; all other cells stay as they are, to the letter."""
    column = change.row.columns.internal if change.role == "internal" else change.row.columns.external
    if column is None:
        raise PatchError(f"Tabellen i {change.row.section.page} har ingen kolonne til den rolle.")
    content = line.rstrip("\r\n")
    cells = _BAR.split(content)
    position = column + (1 if content.lstrip().startswith("|") else 0)
    while len(cells) <= position:
        cells.append(" ")
    old = cells[position]
    cells[position] = f" {written(change.persons)} ".ljust(len(old))
    return "|".join(cells) + line[len(content) :]
