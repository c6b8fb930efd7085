"""Finds the sections that a question may be about, with the signals that tell how well each fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.pattern import Pattern
from handlers.danish.asked import Asked
from handlers.handbook.catalogue import Catalogue, Entry
from handlers.handbook.index import Strengths
from handlers.handbook.model import Diagram, Listing, Section
from handlers.handbook.query import Query, Slot, Wording, counts, take_apart
from handlers.handbook.section_model import features

_CANDIDATES = 8
"""Sections that are looked at closely: those that the signals had without it put first."""
_QUICK = {"learned": 6.0, "body": 1.7, "wide": 0.8, "heading": 1.7, "page": 0.8, "met": 2.4, "text_gap": -1.3}
"""What those signals count, about as in data/ranking.toml."""
_SPOKEN_OF = 0.7
"""How much a word must speak for a section by itself for questions to it to be about that word."""
_NAMED = 0.6
"""How strongly a word of a question must stand for one of a title to name it."""
_SAME_KIND = 1.08
"""What a confirmed question gains when it asks for the same kind of answer."""
_STEPPING_BACK = ("sammenfatning", "indhold", "relaterede", "referencer")
_FRONT_PAGES = ("index.md", "README.md", "CONTRIBUTING.md")
_FEW = 5
"""Things asked about; where there are more, a single one that is missing says less."""
_SUBJECTS = 2
"""The most telling words of a question, one of which it is surely about."""
_TOLD = {Asked.MEANING, Asked.STEPS, Asked.REASON, Asked.LEAVE}
"""Kinds of questions that are answered in words, not by a name or a number."""
_UNMISTAKABLE = {Asked.PHONE, Asked.EMAIL, Asked.NAME, Asked.VERSION}
"""Kinds of things that look like nothing else: where there is none, there is no answer."""
_SAYS = Pattern(r"(?:(?<![\w@.-])[a-zæøåé]{2,}(?![\w@-])[^a-zæøåé]*){4}")
"""Four words beside each other that are no names: a piece that says something, not just a row of names."""
_RESPONSIBLE = Pattern(r"(?:Ansvar\w*|Kontakt\w*|Hvem)\b[^:]{0,20}:")
"""How a piece begins that names who is responsible for what its section is about."""
Matrix = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Hit:
    """A section found, its signals by name, and the number of its piece that fits best."""

    entry: Entry
    signals: dict[str, float]
    best_line: int
    lines: tuple[float, ...]
    """How well each of the section's pieces fits, 0 to 1."""
    holding: int | None
    """The piece that fits best of those that hold what is asked for (a person, a number, an address), if one does."""

    @property
    def section(self) -> Section:
        return self.entry.section


@dataclass(frozen=True)
class Found:
    """What a search brings: the question taken apart, what it asks for, and the sections that it may be about."""

    query: Query
    asked: Asked
    hits: tuple[Hit, ...]


def find(text: str, catalogue: Catalogue, asker: int = 0) -> Found:
    """The sections that a question may be about, in no order yet; none for a question that is about nothing.

    `asker`: user id of the one whose own confirmed questions count too.
    """
    wording = Wording.of(text, catalogue.danish)
    query = take_apart(text, wording, catalogue.danish, catalogue.index.telling)
    kind = wording.asked
    if not query.slots or not catalogue.entries:
        return Found(query, kind, ())
    weights = np.array([slot.weight for slot in query.slots], np.float32)
    matrix = np.stack([slot.strengths(catalogue.index) for slot in query.slots])
    at = catalogue.numbering
    shares = weights / weights.sum()
    body, heading = matrix[:, at.body], matrix[:, at.heading]
    asked_of = np.stack([_asked_of(slot, catalogue) for slot in query.slots])
    columns = {
        "body": shares @ body,
        "heading": shares @ heading,
        "wide": shares @ np.maximum(body, asked_of),
        "page": (shares @ np.maximum.reduceat(body, at.page_start, axis=1))[at.page],
    }
    met = np.minimum(1, 2 * np.maximum(np.maximum(body, heading), asked_of))
    columns["met"] = shares @ met
    columns["subject"] = met[weights.argsort()[-_SUBJECTS:]].max(axis=0)
    columns["mass"] = weights @ met / 20
    text_met = np.minimum(1, 2 * np.maximum(body, heading))
    missed = min(1, _FEW / len(query.slots)) / 7
    columns["text_gap"] = (weights[:, None] * (1 - text_met)).max(axis=0) * missed
    columns["known"] = _nearest(matrix, weights, kind, catalogue, asker)
    columns["learned"], unanswered = catalogue.taught.scores(features(wording, catalogue.danish))
    columns["unheard"] = catalogue.taught.unheard
    columns["likely"] = catalogue.taught.likely(columns["learned"])
    quick = columns["known"] + np.sum([weight * columns[name] for name, weight in _QUICK.items()], axis=0)
    best = np.argpartition(-quick, min(_CANDIDATES, len(quick) - 1))[:_CANDIDATES]
    hits = []
    for place in best.tolist():
        signals = {name: float(column[place]) for name, column in columns.items()} | {"unanswered": unanswered}
        hits.append(_look_closely(catalogue.entries[place], signals, query, shares, kind, catalogue))
    return Found(query, kind, tuple(hits))


def _asked_of(slot: Slot, catalogue: Catalogue) -> Strengths:
    """How much questions that lead to each section speak of a word, 0 to 1."""
    found = [catalogue.taught.speaks_for(stem) for stem in (slot.word.stem, *slot.word.parts)]
    return np.asarray(np.clip(np.max(found, axis=0) / _SPOKEN_OF, 0, 1), np.float32)


def _nearest(matrix: Matrix, weights: Strengths, kind: Asked, catalogue: Catalogue, asker: int) -> Strengths:
    """For each section how near its nearest confirmed question is (cosine)."""
    at = catalogue.numbering
    nearest = np.zeros(len(at.body), np.float32)
    if not len(at.prompt):
        return nearest
    squares = weights * weights
    near = squares @ matrix[:, at.prompt] / np.sqrt(squares.sum()) / at.prompt_norm
    counts = np.array([prompt.confirmed.accepted or prompt.confirmed.owner == asker for prompt in catalogue.prompts])
    same = np.array([prompt.asked is kind for prompt in catalogue.prompts])
    np.maximum.at(nearest, at.prompt_entry, np.minimum(1, counts * near * np.where(same, _SAME_KIND, 1)))
    return nearest


def _look_closely(
    entry: Entry, signals: dict[str, float], query: Query, shares: Strengths, kind: Asked, catalogue: Catalogue
) -> Hit:
    """The hit with the signals that only a close look at the section tells."""
    section = entry.section
    near = [
        (share, slot)
        for share, whole in zip(shares.tolist(), query.slots, strict=True)
        if (slot := whole.within(entry.stems))
    ]
    covers = tuple(sum(share * slot.strength(stems) for share, slot in near) for _, stems in entry.lines)
    best = max(range(len(covers)), key=covers.__getitem__, default=0)
    passage = entry.about_stems | entry.lines[best][1] if covers else entry.about_stems
    missed = min(1, _FEW / len(query.slots)) / 7
    missing = [missed * slot.weight * (1 - slot.strength(passage)) for slot in query.slots]
    named, pieces = entry.holding(kind) if kind.exact or kind is Asked.PERSON else (False, [])
    at_best = named or (bool(pieces) and pieces[best])
    length = len(section.plain)
    close = {
        "things": min(5, len(query.slots)) / 5,
        "line": max(covers, default=0.0),
        "titled": float(_names(entry.title_stems, query)),
        "fit": _heading_fit(entry, [slot for _, slot in near], catalogue),
        "held": _sign(named or any(pieces)) if kind.exact else 0.0,
        "held_line": _sign(at_best) if kind.exact else 0.0,
        "unmistakable": float(kind in _UNMISTAKABLE),
        "held_off": _held_off(covers, pieces) if kind.exact or (kind is Asked.PERSON and not named) else 0.0,
        "passage_gap": max(missing),
        "bare": float(kind in _TOLD and bool(covers) and not _SAYS.search(entry.lines[best][0].plain)),
        "unnamed": max((gap for gap, slot in zip(missing, query.slots, strict=True) if slot.name), default=0.0),
        "person": _sign(at_best) if kind is Asked.PERSON else 0.0,
        "steps": float(kind is Asked.STEPS and _has_steps(section)),
        "counted": _counted(query, entry, covers),
        "defines": _defines(entry, query, kind),
        "empty": float(length == 0),
        "short": float(0 < length < 80),
        "long": min(1.0, length / 2000),
        "top": float(not section.fragment),
        "summary": float(section.heading.casefold().startswith(_STEPPING_BACK)),
        "front": float(section.page in _FRONT_PAGES),
        "draft": float(section.draft is not None),
    }
    held = [number for number, there in enumerate(pieces) if there]
    if kind is Asked.PERSON:
        held = [number for number in held if _RESPONSIBLE.match(entry.lines[number][0].plain)] or held
    holding = max(held, key=covers.__getitem__, default=None)
    return Hit(entry, signals | close, best, covers, holding)


def _names(title: Sequence[str], query: Query) -> bool:
    """Whether the question has every word of a page's title."""
    return bool(title) and all(any(slot.single.get(stem, 0.0) > _NAMED for slot in query.slots) for stem in title)


def _counted(query: Query, entry: Entry, covers: Sequence[float]) -> float:
    """For a question how many there are of something: 1 when the best piece with a number of them is shown, or -1."""
    if query.counts is None:
        return 0.0
    best = 0.0
    for cover, held, (unit, _) in zip(covers, entry.holding(Asked.AMOUNT)[1], entry.lines, strict=True):
        if held and cover > best and counts(unit.plain, query.counts, entry.danish):
            best = cover
    return 2 * best / max(covers) - 1 if best else -1.0


def _held_off(covers: Sequence[float], holding: Sequence[bool]) -> float:
    """How much worse than the best piece the best of those fits that hold what is asked for; 0 when it is the best."""
    return max(covers, default=0.0) - max(
        (cover for cover, held in zip(covers, holding, strict=True) if held), default=0.0
    )


def _heading_fit(entry: Entry, slots: Sequence[Slot], catalogue: Catalogue) -> float:
    """The share of the heading's words that the question speaks of, by what they tell."""
    telling = catalogue.index.telling
    total = spoken_of = 0.0
    for word in entry.heading_words:
        weight = telling(word.stem)
        total += weight
        terms = frozenset((word.stem, *word.parts))
        spoken_of += weight * max((slot.strength(terms) for slot in slots), default=0.0)
    return spoken_of / total if total else 0.0


def _defines(entry: Entry, query: Query, kind: Asked) -> float:
    """For a question what something is: 1 when the heading names it or a piece begins with it and says more, or -1."""
    if kind is not Asked.MEANING:
        return 0.0
    subject = max(query.slots, key=lambda slot: slot.weight)
    headings = frozenset(stem for word in entry.heading_words for stem in (word.stem, *word.parts))
    if subject.strength(headings) > 0.6:
        return 1.0
    for unit, stems in entry.lines:
        if len(stems) > 5 and _SAYS.search(unit.plain) and subject.strength(stems) > 0.6:
            beginning = entry.danish.words(unit.plain[:40])[:4]
            if subject.strength(frozenset(stem for word in beginning for stem in (word.stem, *word.parts))) > 0.6:
                return 1.0
    return -1.0


def _has_steps(section: Section) -> bool:
    """Whether it holds a numbered list or a flowchart."""
    return any(
        (isinstance(block, Listing) and block.start is not None) or isinstance(block, Diagram)
        for block in section.blocks
    )


def _sign(held: bool) -> float:
    return 1.0 if held else -1.0
