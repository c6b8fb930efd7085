"""What a handbook is made of: pages, sections and the blocks in them. All immutable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import takewhile


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text twice: plain for reading and searching, and as Zulip Markdown with absolute links."""

    plain: str
    markdown: str

    def __bool__(self) -> bool:
        return bool(self.plain)


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text


@dataclass(frozen=True, slots=True)
class Item:
    """A list item with the blocks below it."""

    text: Text
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `start` is the first number of an ordered one, None for bullets."""

    items: tuple[Item, ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A table row and the line of the page's file that it stands on (from 1)."""

    cells: tuple[Text, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[Text, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A code block; `language` is what stands after the fence."""

    language: str
    source: str


@dataclass(frozen=True, slots=True)
class Step:
    """An arrow in a flowchart, with what stands on it."""

    start: str
    label: str
    end: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """A mermaid diagram: the texts of its nodes in order, and its arrows."""

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]


Block = Paragraph | Listing | Table | Quote | Code | Diagram


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, up to the next heading of any level."""

    page: str
    """Path of the page inside the handbook folder, with slashes."""
    page_title: str
    heading: str
    level: int
    trail: tuple[str, ...]
    """The headings above this one on the page, outermost first."""
    anchor: str | None
    """The anchor written at the heading, if any."""
    fragment: str
    """The id that the published page gives the heading; empty for the top of the page."""
    url: str
    line: int
    """Line of the heading in the page's file (from 1)."""
    blocks: tuple[Block, ...]
    draft: str | None
    """The words that mark the page or section as unfinished, if any."""

    @property
    def key(self) -> str:
        """Page and fragment: unique in a handbook, and stable while the heading stands."""
        return f"{self.page}#{self.fragment}"

    @cached_property
    def plain(self) -> str:
        """All text under the heading, one line a block, item or row."""
        return "\n".join(lines(self.blocks))

    def tables(self) -> Iterator[Table]:
        for block in walk(self.blocks):
            if isinstance(block, Table):
                yield block


@dataclass(frozen=True)
class Page:
    path: str
    title: str
    parent: str | None
    grand_parent: str | None
    nav_order: float | None
    nav_exclude: bool
    rendered: bool
    """Whether Jekyll makes a web page of it; if not, links lead to the repository."""
    url: str
    draft: str | None
    sections: tuple[Section, ...]

    def below(self, section: Section) -> tuple[Section, ...]:
        """The sections that stand under one of the page's sections."""
        after = self.sections[self.sections.index(section) + 1 :]
        return tuple(takewhile(lambda other: other.level > section.level, after))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the handbook that could not be read; `line` counts from 1, 0 means the whole page."""

    page: str
    line: int
    message: str


@dataclass(frozen=True)
class Handbook:
    """All pages of a handbook, as they were when read."""

    pages: tuple[Page, ...]
    title: str
    repository: str
    """Web address of the git repository that the handbook is kept in."""
    problems: tuple[Problem, ...] = field(default=())
    changed: Mapping[str, date] = field(default_factory=dict)
    """Page path to the day of its last commit, where the folder is a git checkout."""

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return tuple(section for page in self.pages for section in page.sections)

    @cached_property
    def _by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages}

    @cached_property
    def _by_key(self) -> dict[str, Section]:
        return {section.key: section for section in self.sections}

    def page(self, path: str) -> Page | None:
        return self._by_path.get(path)

    def section(self, key: str) -> Section | None:
        return self._by_key.get(key)

    def tables(self) -> Iterator[tuple[Section, Table]]:
        for section in self.sections:
            for table in section.tables():
                yield section, table


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, outermost first."""
    for block in blocks:
        yield block
        if isinstance(block, Quote):
            yield from walk(block.blocks)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from walk(item.blocks)


def lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The plain text of the blocks, one line a paragraph, item, row or diagram node."""
    for block in blocks:
        match block:
            case Paragraph(text):
                yield text.plain
            case Listing(items):
                for item in items:
                    yield item.text.plain
                    yield from lines(item.blocks)
            case Table(header, rows):
                yield " · ".join(text.plain for text in header)
                for row in rows:
                    yield " · ".join(text.plain for text in row.cells)
            case Quote(inner):
                yield from lines(inner)
            case Code(_, source):
                yield source
            case Diagram(nodes):
                yield from nodes
