"""Holds the thesaurus against the handbook: groups that make one thing of what the handbook keeps apart."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from handlers.danish import Thesaurus
from handlers.danish.thesaurus import Group, Term, as_term
from handlers.handbook.model import Handbook


def merged(handbook: Handbook, thesaurus: Thesaurus) -> list[tuple[Group, str, str]]:
    """Groups with two members that are headings of different sections on one page, with those headings."""
    headings: dict[Term, dict[str, str]] = defaultdict(dict)
    for section in handbook.sections:
        headings[as_term(section.heading)][section.page] = section.heading
    found = []
    for group in thesaurus.groups:
        named = [headings[term] for term in group.terms if term in headings]
        for left, right in combinations(named, 2):
            page = next(iter(left.keys() & right.keys()), None)
            if page is not None:
                found.append((group, left[page], right[page]))
    return found
