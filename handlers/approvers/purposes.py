"""Whose purpose it is when a message names several products: "udvikling af OS2mo og hosting af OS2forms".

A purpose belongs to the product in its own clause. A clause that lacks one of the two leans on its neighbour, on the
side that the other clauses show. Where that cannot be told, every product gets every purpose, so that the user chooses.
A product with a matter of its own ("... og hvem godkender OS2iot") gets no purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.pattern import Pattern
from handlers.danish import FUNCTION_STEMS, stems

_BETWEEN_CLAUSES = Pattern(r"[,;\n]|[.!?](?=\s|$)|\b(?:og|samt|men|plus|and)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Something in a text: a product's name, or what it is called as a purpose, and where it begins."""

    what: str
    start: int


@dataclass
class _Clause:
    start: int
    end: int
    owners: list[Place] = field(default_factory=list)
    purposes: list[Place] = field(default_factory=list)
    own_matter: bool = False
    """Whether it says something of its own before it comes to its product."""


def assign(text: str, owners: Sequence[Place], purposes: Sequence[Place]) -> Mapping[str, tuple[str, ...]]:
    """The purposes of each owner, both in the order of the text."""
    every = tuple(purpose.what for purpose in purposes)
    names = list(dict.fromkeys(owner.what for owner in owners))
    clauses = _clauses(text, owners, purposes)
    without_purpose = any(clause.owners and not clause.purposes for clause in clauses)
    without_owner = any(clause.purposes and not clause.owners for clause in clauses)
    before = _purpose_first(clauses)
    shared = without_owner and (without_purpose or len(set(every)) == 1)
    if len(names) < 2 or shared or (before is None and (without_purpose or without_owner)):
        return dict.fromkeys(names, every)
    if without_purpose or without_owner:
        # "hosting af A og B" leans back, "udvikling og drift af A" forward; with the purpose last it is the reverse
        _lean(clauses if before == without_purpose else clauses[::-1])
    return {name: tuple(_of(name, clauses)) for name in names}


def _clauses(text: str, owners: Sequence[Place], purposes: Sequence[Place]) -> list[_Clause]:
    """The clauses that hold anything, in order."""
    ends = [match.start() for match in _BETWEEN_CLAUSES.finditer(text)] + [len(text) + 1]
    clauses = [_Clause(start, end) for start, end in zip([0, *ends], ends, strict=False)]
    for clause in clauses:
        clause.owners = [owner for owner in owners if clause.start <= owner.start < clause.end]
        clause.purposes = [purpose for purpose in purposes if clause.start <= purpose.start < clause.end]
    held = [clause for clause in clauses if clause.owners or clause.purposes]
    for clause in held[1:]:
        said = text[clause.start : clause.owners[0].start] if clause.owners else ""
        clause.own_matter = bool(set(stems(_BETWEEN_CLAUSES.sub(" ", said))) - FUNCTION_STEMS)
    return held


def _purpose_first(clauses: Sequence[_Clause]) -> bool | None:
    """Whether purposes stand before their products; None where the clauses do not agree, or none has both."""
    orders = {
        all(purpose.start < owner.start for purpose in clause.purposes for owner in clause.owners)
        for clause in clauses
        if clause.owners and clause.purposes
    }
    return orders.pop() if len(orders) == 1 else None


def _lean(clauses: Sequence[_Clause]) -> None:
    """Gives each incomplete clause what the one before it in the sequence has."""
    for earlier, clause in pairwise(clauses):
        clause.owners = clause.owners or earlier.owners
        if not clause.own_matter:
            clause.purposes = clause.purposes or earlier.purposes


def _of(name: str, clauses: Sequence[_Clause]) -> Iterator[str]:
    for clause in clauses:
        if any(owner.what == name for owner in clause.owners):
            yield from (purpose.what for purpose in clause.purposes)
