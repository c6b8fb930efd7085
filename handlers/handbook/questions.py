"""Questions known to lead to a section: kept by page and heading, each with a fingerprint of the section's text.

One file a page (data/questions):

    # page: docs/communication.md
    ## tone | Tone og Code of Conduct | 5d1e0c77
    må vi gerne være uformelle når vi skriver til folk

A heading line holds the anchor (empty where the heading has none), the heading (with its parent before a ">" where two
headings on the page have the same text) and the fingerprint. Where the section's text has changed since, its questions
fall silent. A folder's files are written for one handbook; data/questions/embedded is for the embedded one. What the
bot uses is the model learnt from them, see `section_model`; after a change, `python -m handlers.handbook.stamp
--handbook DIR --questions DIR` writes the fingerprints and `make model` learns anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.markup import clean
from bot.pattern import Pattern
from handlers.handbook.model import Handbook, Section

UNANSWERED = "unanswered.txt"
_PAGE = Pattern(r"#\s*page:\s*(\S+)")


@dataclass(frozen=True, slots=True)
class Known:
    """A question and the section that answers it."""

    question: str
    page: str
    anchor: str | None
    heading: str
    """The section's heading, with its parent's before " > " where the page has several of that name."""
    fingerprint: str
    """What the section's text was when the question was written; empty while nobody has stamped it."""

    @property
    def place(self) -> tuple[str, str | None, str]:
        return self.page, self.anchor, self.heading


def fingerprint(section: Section) -> str:
    """Eight hexadecimal digits that change when the section's words do."""
    words = " ".join(f"{section.heading} {section.plain}".split())
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def read(folder: Path) -> list[Known]:
    """The questions in a folder's files; folders in it are left out."""
    return [known for file in sorted(folder.glob("*.txt")) for known in _known(file)]


def read_unanswered(folder: Path) -> list[str]:
    """Questions of the same world that the folder's handbook does not answer: a file of their own, one a line."""
    file = folder / UNANSWERED
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [line for line in lines if line.strip() and not line.startswith("#")]


def leading_to(section: Section, question: str, handbook: Handbook) -> Known | None:
    """A question that leads to a section; None when page and heading do not tell the section from another."""
    for heading in (section.heading, f"{_parent(section)} > {section.heading}"):
        found = Known(question, section.page, section.anchor, heading, fingerprint(section))
        if find(handbook, found) is section:
            return found
    return None


def find(handbook: Handbook, known: Known) -> Section | None:
    """The section that a question leads to, as it is now; of several with the same heading, the one that says most."""
    page = handbook.page(known.page)
    if page is None:
        return None
    parent, _, heading = known.heading.rpartition(" > ")
    fitting = [section for section in page.sections if known.anchor and section.anchor == known.anchor] or [
        section
        for section in page.sections
        if _same(section.heading, heading) and (not parent or _same(_parent(section), parent))
    ]
    return max(fitting, key=lambda section: len(section.plain), default=None)


def placed(handbook: Handbook, questions: Iterable[Known]) -> tuple[list[tuple[Known, Section]], list[Known]]:
    """The questions with their sections, and those that are silent: their section is gone, changed or not stamped."""
    live: list[tuple[Known, Section]] = []
    silent: list[Known] = []
    sections: dict[tuple[str, str | None, str], tuple[Section | None, str]] = {}
    for known in questions:
        if known.place not in sections:
            section = find(handbook, known)
            sections[known.place] = section, fingerprint(section) if section else ""
        section, now = sections[known.place]
        if section is not None and known.fingerprint == now:
            live.append((known, section))
        else:
            silent.append(known)
    return live, silent


def stamp(folder: Path, handbook: Handbook) -> list[str]:
    """Writes the fingerprints of the sections as they are now; gives the headings that the handbook does not have."""
    missing = []
    for file in sorted(folder.glob("*.txt")):
        page = ""
        lines = file.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            match = _PAGE.match(line)
            page = match[1] if match else page
            if line.startswith("## "):
                known = _heading(line, page)
                section = find(handbook, known)
                if section is None:
                    missing.append(f"{file.name}:{number + 1}: {known.heading}")
                else:
                    lines[number] = _heading_line(replace(known, fingerprint=fingerprint(section)))
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return missing


def heading_lines(known: Known) -> str:
    """The lines that stand over a section's questions in a file."""
    return f"# page: {known.page}\n{_heading_line(known)}"


def _heading_line(known: Known) -> str:
    label = f"{known.anchor} | " if known.anchor else "| "
    return f"## {label}{known.heading} | {known.fingerprint}"


def _known(file: Path) -> Iterator[Known]:
    page = ""
    place: Known | None = None
    for line in file.read_text(encoding="utf-8").splitlines():
        if match := _PAGE.match(line):
            page, place = match[1], None
        elif line.startswith("## "):
            place = _heading(line, page)
        elif line.strip() and not line.startswith("#") and place is not None:
            yield replace(place, question=line.strip())


def _heading(line: str, page: str) -> Known:
    anchor, _, rest = line.removeprefix("##").partition("|")
    heading, _, stamped = rest.rpartition("|") if re.search(r"\|\s*[0-9a-f]{8}\s*$", rest) else (rest, "", "")
    return Known("", page, anchor.strip() or None, heading.strip(), stamped.strip())


def _parent(section: Section) -> str:
    return section.trail[-1] if section.trail else ""


def _same(left: str, right: str) -> bool:
    return _squashed(left) == _squashed(right)


def _squashed(heading: str) -> str:
    return re.sub(r"[\W_]+", "", clean(heading)).casefold()
