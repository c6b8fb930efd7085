"""The handbook made ready for searching; takes in a changed page alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt
from pathlib import Path

import numpy as np

from bot import collector
from handlers.danish import Danish, Word
from handlers.danish.asked import Asked, asked, holds
from handlers.handbook.confirmed import Confirmed
from handlers.handbook.index import Index, Numbers, Strengths, saturated
from handlers.handbook.model import Handbook, Page, Section
from handlers.handbook.passage import Unit, units
from handlers.handbook.questions import placed
from handlers.handbook.section_model import SectionModel, Taught

_HEADING, _TRAIL, _BODY, _PART = 2.5, 0.8, 1.0, 0.5
"""What a word counts by where it stands; a part of a compound counts half of that."""
_READY_AT_ONCE = 1_000
"""Sections: of a larger handbook, pieces are made when a question first comes near them."""
_USUAL_HEADING, _USUAL_SECTION = 5.0, 60.0
"""Words."""


@dataclass(frozen=True, eq=False)
class Prompt:
    """A confirmed question of a section, with its number in the index."""

    confirmed: Confirmed
    number: int
    words: tuple[str, ...]
    stems: tuple[str, ...]

    @cached_property
    def asked(self) -> Asked:
        """What it asks for; found when first asked for."""
        return asked(" ".join(self.words))


@dataclass(frozen=True, eq=False)
class Entry:
    """A section as indexed: the numbers of its text and of its headings."""

    section: Section
    below: tuple[Section, ...]
    """The sections under it, where it has no text of its own."""
    body: int
    heading: int
    prompts: tuple[Prompt, ...]
    heading_words: tuple[Word, ...]
    danish: Danish = field(repr=False)

    @cached_property
    def lines(self) -> list[tuple[Unit, frozenset[str]]]:
        """The section's pieces with their stems; made when first asked for."""
        return [(unit, frozenset(_stems(self.danish.words(unit.plain)))) for unit in units(self.section, self.below)]

    @cached_property
    def title_stems(self) -> tuple[str, ...]:
        """The stems of the page title's words that say something."""
        return tuple(word.stem for word in self.danish.words(self.section.page_title) if word.content)

    @cached_property
    def about_stems(self) -> frozenset[str]:
        """The stems of what stands over the section's pieces: its heading, those above it, and the page's title."""
        above = self.danish.words(" ".join((self.section.page_title, *self.section.trail)))
        return frozenset(_stems((*self.heading_words, *above)))

    def holding(self, kind: Asked) -> tuple[bool, list[bool]]:
        """Whether page title and heading hold what such a question asks for, and for each piece whether it does."""
        if kind not in self._holding:
            pieces = [bool(holds(kind, unit.written)) for unit, _ in self.lines]
            self._holding[kind] = bool(holds(kind, self.about)), pieces
        return self._holding[kind]

    @cached_property
    def _holding(self) -> dict[Asked, tuple[bool, list[bool]]]:
        return {}

    @cached_property
    def stems(self) -> frozenset[str]:
        """All stems of the section's pieces and heading."""
        pieces = frozenset().union(*(stems for _, stems in self.lines))
        return pieces | frozenset(_stems(self.heading_words))

    def make_ready(self) -> None:
        """Makes now what questions of the usual kinds would wait for."""
        self.title_stems, self.about_stems, self.stems  # noqa: B018 (kept when first asked for)
        for kind in (Asked.PERSON, Asked.DATE):  # the usual ones, and those that take longest
            self.holding(kind)

    @property
    def about(self) -> str:
        """Page title and heading, a line each."""
        return f"{self.section.page_title}\n{self.section.heading}"


@dataclass(frozen=True)
class Numbering:
    """Where the living texts stand in the index, as arrays in the order of the entries (and of their prompts)."""

    body: Numbers
    heading: Numbers
    page: Numbers
    """For each entry the place of its page, from 0."""
    page_start: Numbers
    """For each page the place of its first entry."""
    prompt: Numbers
    prompt_entry: Numbers
    prompt_norm: Strengths


class Catalogue:
    """The sections of a handbook in one index, with what is known of the questions that lead to them."""

    def __init__(
        self, danish: Danish, handbook: Handbook, model: SectionModel, confirmed: Sequence[Confirmed] = ()
    ) -> None:
        """`confirmed`: questions that users have confirmed, which the model has not been taught."""
        self.danish = danish
        self._model = model
        self._confirmed = tuple(confirmed)
        self._pages: dict[str, tuple[Page, list[Entry]]] = {}
        self.index = Index()
        self.update(handbook)

    @classmethod
    def read(cls, handbook: Handbook, data: Path, danish: Danish) -> Catalogue:
        """The handbook with the model of the data folder that was written for it.

        The handbook's words are made known to `danish`. Raises ModelError when a model is damaged.
        """
        return cls(danish, handbook, SectionModel.written_for(handbook, data / "questions"))

    def update(self, handbook: Handbook) -> None:
        """Takes in the handbook as it is now; pages that are the same as before are left as they are."""
        self.handbook = handbook
        changed = [page for page in handbook.pages if self._pages.get(page.path, (None,))[0] is not page]
        gone = self._pages.keys() - {page.path for page in handbook.pages}
        if self._pages and not changed and not gone:
            return
        for path in {page.path for page in changed} | gone:
            self._forget(path)
        if self.index.removed > len(self.index) // 2:
            self.index, self._pages, changed = Index(), {}, list(handbook.pages)
        with collector.paused():
            self._take_in(changed)

    def confirm(self, confirmed: Sequence[Confirmed]) -> None:
        """Takes in the questions that users have confirmed, in place of those it was given before."""
        pages = {item.known.page for item in set(confirmed) ^ set(self._confirmed)}
        self._confirmed = tuple(confirmed)
        touched = [page for page in self.handbook.pages if page.path in pages]
        for page in touched:
            self._forget(page.path)
        if touched:
            self._take_in(touched)

    def _take_in(self, pages: Sequence[Page]) -> None:
        texts = {
            section.key: self.danish.spelled(section.plain or "\n".join(other.heading for other in page.below(section)))
            for page in pages
            for section in page.sections
        }
        self.danish.learn(set().union(*texts.values()))
        for page in pages:
            self._pages[page.path] = (page, self._entries(page, texts))
        self.index.settle()
        self.entries = [entry for page in self.handbook.pages for entry in self._pages[page.path][1]]
        self.numbering = self._number()
        self.taught = Taught(self._model, self.handbook, [entry.section for entry in self.entries])
        if len(self.entries) <= _READY_AT_ONCE:
            for entry in self.entries:
                entry.make_ready()
            self.danish.glossary.danish("")

    def _forget(self, path: str) -> None:
        _, entries = self._pages.pop(path, (None, []))
        for entry in entries:
            for number in (entry.body, entry.heading, *(prompt.number for prompt in entry.prompts)):
                self.index.remove(number)

    def _entries(self, page: Page, texts: Mapping[str, list[str]]) -> list[Entry]:
        confirmed: dict[str, list[Confirmed]] = defaultdict(list)
        for item in self._confirmed:
            if item.known.page == page.path:
                for _, section in placed(self.handbook, [item.known])[0]:
                    confirmed[section.key].append(item)
        title = self.danish.words(page.title)
        word = self.danish.word
        return [
            self._entry(section, page, title, [word(text) for text in texts[section.key]], confirmed[section.key])
            for section in page.sections
        ]

    def _entry(
        self,
        section: Section,
        page: Page,
        title: list[Word],
        text: list[Word],
        confirmed: Sequence[Confirmed],
    ) -> Entry:
        heading = self.danish.words(section.heading)
        trail = self.danish.words(" ".join(section.trail))
        body: dict[str, float] = defaultdict(float)
        _count(body, text, _BODY)
        _count(body, heading, _HEADING)
        _count(body, trail + title, _TRAIL)
        names: dict[str, float] = defaultdict(float)
        _count(names, heading, 1.0)
        _count(names, trail + title, 0.4)
        return Entry(
            section,
            () if section.blocks else page.below(section),
            self.index.add(saturated(body, len(text), _USUAL_SECTION)),
            self.index.add(saturated(names, len(heading), _USUAL_HEADING)),
            tuple(map(self._prompt, confirmed)),
            tuple(word for word in heading if word.content),
            self.danish,
        )

    def _prompt(self, confirmed: Confirmed) -> Prompt:
        words = self.danish.corrected(confirmed.known.question)
        strengths: dict[str, float] = {}
        for word in words:
            if word.content:
                strengths |= {part: max(strengths.get(part, 0.0), _PART) for part in word.parts}
                strengths[word.stem] = 1.0
        return Prompt(
            confirmed,
            self.index.add(strengths),
            tuple(word.text for word in words),
            tuple({word.stem: None for word in words if word.content}),
        )

    def _number(self) -> Numbering:
        prompts = [(prompt, place) for place, entry in enumerate(self.entries) for prompt in entry.prompts]
        sizes = [len(page.sections) for page in self.handbook.pages]
        norms = [sqrt(sum(self.index.telling(stem) ** 2 for stem in prompt.stems)) for prompt, _ in prompts]
        self.prompts = [prompt for prompt, _ in prompts]
        return Numbering(
            _array(entry.body for entry in self.entries),
            _array(entry.heading for entry in self.entries),
            np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
            np.cumsum([0, *sizes[:-1]], dtype=np.int32),
            _array(prompt.number for prompt in self.prompts),
            _array(place for _, place in prompts),
            np.array(norms, np.float32).clip(1.0),
        )


def _array(numbers: Iterable[int]) -> Numbers:
    return np.fromiter(numbers, np.int32)


def _count(counts: dict[str, float], words: Iterable[Word], weight: float) -> None:
    for word in words:
        if word.content:
            counts[word.stem] += weight
            if word.parts:
                for part in word.parts:
                    counts[part] += weight * _PART


def _stems(words: Iterable[Word]) -> Iterable[str]:
    for word in words:
        yield word.stem
        yield from word.parts
