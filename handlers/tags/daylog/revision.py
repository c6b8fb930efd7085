"""Corrections of a day log: "3 er drift", "den første var til 10.30", "slet 1 og 2", "tilføj 14-15 faktura"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from bot.pattern import Pattern

_FLAGS = re.IGNORECASE | re.VERBOSE
_PLACES = """
    første 1, øverste 1, et 1, en 1, first 1, anden 2, andet 2, to 2, second 2, tredje 3, tre 3, third 3, fjerde 4,
    fire 4, femte 5, fem 5, sjette 6, seks 6, sidste -1, nederste -1, last -1
"""
_ORDINALS = {word: int(place) for word, place in (pair.split() for pair in _PLACES.split(","))}
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_LINE = rf"""(?:(?:linje|nr\.?|nummer|line|punkt)?\s*\d{{1,2}}\b
    |(?:den|det|the)\s+(?:{_ORDINAL})(?:\s+(?:linje|en|ene|line|one))?\b|(?:{_ORDINAL})\s+linje\b
    |(?:linje|nr\.?|nummer|line)\s+(?:{_ORDINAL})\b)"""
_LINES = rf"""(?P<all>alle(?:\s+(?:linjer(?:ne)?|sammen))?\b|det\s+hele\b|begge(?:\s+to)?\b|all(?:\s+lines)?\b)
    |(?P<lines>{_LINE}(?:(?:\s*,\s*|\s*(?:og|and|&)\s*){_LINE})*)"""
_OPENING = r"^\W*(?:(?:nej|jo|ret|og|men|hov|undskyld|altså|no)\b[\s,.!]*)*"
_CHANGE = Pattern(
    rf"""{_OPENING}(?:{_LINES})\s*
    (?:(?:[=→]|:(?!\d)|-+>|-+(?=\s+\D))\s*
    |(?:er|var|is|was|are|skal\ være|skal|til|bliver|hører\ til|tog|varede
      |(?:[=:]\s*)?(?=sluttede|begyndte|startede|gik))\s*)
    (?!\s*(?:rigtige?|ok(?:ay)?|fine?|godt?|korrekte?)\W*$)(?:på\s+|med\s+til\s+)?(?P<to>\S.*?)[\s.!]*$""",
    _FLAGS | re.DOTALL,
)
_REMOVE = Pattern(
    rf"""{_OPENING}(?:slet|fjern|drop|remove|delete)\s+(?:{_LINES})\W*$""",
    _FLAGS,
)
_REMOVED = Pattern(
    rf"""{_OPENING}(?:{_LINES})\s+(?:slettes|fjernes|udgår|skal\s+(?:væk|ud|slettes|fjernes))\W*$""", _FLAGS
)
_ADD = Pattern(
    rf"{_OPENING}(?:tilføj|indsæt|læg\s+til|add|(?:jeg\s+)?(?:har\s+)?glemte?|der\s+mangler)\b\s*:?\s*(?P<to>.*\d.*|.*(?:time|kvarter).*)$",
    _FLAGS | re.DOTALL,
)
_SWAP = Pattern(rf"{_OPENING}(?:byt|swap)(?:\s+om)?(?:\s+på)?\s+(?:{_LINES})\W*$", _FLAGS)
_SPLIT = Pattern(rf"{_OPENING}(?:del|opdel|split)\s+(?:{_LINES})(?:\s+op)?(?P<to>.*)$", _FLAGS)
_NUMBER = Pattern(rf"\d{{1,2}}|\b(?:{_ORDINAL})\b", re.IGNORECASE)
_CSV = Pattern(r"\bcsv\b", re.IGNORECASE)
_CSV_QUESTION = Pattern(r"\bhvor(?:dan|for|når)\b|\bheyloyalty\b|\bimport|\bupload", re.IGNORECASE)
_NEXT = rf"(?=(?:(?:{_LINE})\s*(?::|=|er\b|var\b|skal\b|tog\b|slettes\b|udgår\b)|slet\b|fjern\b|tilføj\b))"
_PARTS = Pattern(rf"\s*(?:[;\n]|,\s*{_NEXT}|\s+og\s+{_NEXT})\s*", _FLAGS)
_ONLY_OPENING = Pattern(rf"{_OPENING}\W*$", _FLAGS)
_ONLY_LINES = Pattern(rf"^\W*(?:(?:slet|fjern|byt|byt\s+om\s+på)\s+)?{_LINE}(?:\s*,\s*{_LINE})*\W*$", _FLAGS)


class Kind(Enum):
    """What is to happen to a log."""

    CHANGE = auto()
    REMOVE = auto()
    ADD = auto()
    SWAP = auto()
    SPLIT = auto()


@dataclass(frozen=True, slots=True)
class Revision:
    """A change of a log."""

    kind: Kind
    lines: tuple[int, ...] | None
    """The numbers of the lines, from 1, with -1 for the last; None for all."""
    to: str = ""
    """What the lines shall be, in the user's words; the new line; or between what a line is split."""

    @property
    def is_only_for_logs(self) -> bool:
        """Whether no other list that the bot shows takes it: reminders are removed and added too."""
        return self.kind in (Kind.CHANGE, Kind.SWAP, Kind.SPLIT)


def wants_csv(text: str) -> bool:
    """Whether somebody asks for the CSV file of the log."""
    return bool(_CSV.search(text)) and len(text.split()) <= 8 and not _CSV_QUESTION.search(text)


def revisions(text: str) -> list[Revision]:
    """The corrections in a message; empty when a part of it is none."""
    added = _ADD.match(text)
    if added:
        return [Revision(Kind.ADD, (), added["to"])]
    found = []
    for part in _parts(text):
        revision = _revision(part)
        if revision is None:
            return []
        found.append(revision)
    return found


def _parts(text: str) -> list[str]:
    """The message in its corrections; line numbers without a verb go with the part behind ("1 og 2 er drift")."""
    parts: list[str] = []
    for part in _PARTS.split(text.strip()):
        if _ONLY_OPENING.match(part):
            continue
        if parts and _ONLY_LINES.match(parts[-1]):
            parts[-1] = f"{parts[-1]} og {part}"
        else:
            parts.append(part)
    return parts


def _revision(part: str) -> Revision | None:
    for kind, pattern in (
        (Kind.REMOVE, _REMOVE),
        (Kind.REMOVE, _REMOVED),
        (Kind.SWAP, _SWAP),
        (Kind.SPLIT, _SPLIT),
        (Kind.CHANGE, _CHANGE),
    ):
        match = pattern.match(part)
        if match:
            lines = None if match["all"] else tuple(map(_number, _NUMBER.findall(match["lines"])))
            return Revision(kind, lines, match.groupdict().get("to") or "")
    return None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _ORDINALS[word.lower()]
