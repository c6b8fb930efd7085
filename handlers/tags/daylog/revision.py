"""Corrections of a day log, line by line: "3 er drift", "2: 1,5 t", "4 er OS2iot", "slet 5"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FLAGS = re.IGNORECASE | re.VERBOSE
_LINE = r"(?:linje|nr\.?|nummer|line|punkt)?\s*(\d{1,2})"
_REVISION = re.compile(
    rf"""^\W*(?:nej,?\s+|ret\s+|og\s+|men\s+)*{_LINE}\s*
    (?:[:=→]|-+>?|er|var|is|was|skal\ være|til|skal|bliver|hører\ til|tog|varede)\s+(?:på\s+)?(.+?)\W*$""",
    _FLAGS,
)
_REMOVAL = re.compile(
    rf"""^\W*(?:slet|fjern|drop|remove|delete)\s+{_LINE}\W*$
    |^\W*{_LINE}\s+(?:slettes|fjernes|udgår|skal\ væk|skal\ slettes)\W*$""",
    _FLAGS,
)
_CSV = re.compile(r"\bcsv\b", re.IGNORECASE)
_PARTS = re.compile(
    r"\s*(?:[;\n]|,\s*(?=\D{0,8}\d{1,2}\s*(?:er|:|=|skal|var))|\s+og\s+(?=\d{1,2}\s+(?:er|skal|var)\b))\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Revision:
    """What is to be changed: the line's number (from 1) and what it shall be; None takes the line away."""

    number: int
    to: str | None


def wants_csv(text: str) -> bool:
    """Whether somebody asks for the CSV file."""
    return bool(_CSV.search(text)) and len(text.split()) <= 8


def revisions(text: str) -> list[Revision]:
    """The corrections in a message; empty when a part of it is none."""
    found = []
    for part in filter(None, _PARTS.split(text.strip())):
        removal, change = _REMOVAL.match(part), _REVISION.match(part)
        if removal:
            found.append(Revision(int(removal[1] or removal[2]), None))
        elif change:
            found.append(Revision(int(change[1]), change[2]))
        else:
            return []
    return found
