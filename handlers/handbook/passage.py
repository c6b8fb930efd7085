"""Takes a section apart into the smallest pieces that can answer by themselves: paragraphs, items, rows, diagrams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.handbook.model import Block, Diagram, Listing, Quote, Section, Table, lines


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a section: the block it is in, which item or row of it (None: the block as a whole), its words."""

    block: int
    part: int | None
    plain: str


def units(section: Section) -> tuple[Unit, ...]:
    """The section's pieces, in order."""
    return tuple(unit for number, block in enumerate(section.blocks) for unit in _of(number, block))


def _of(number: int, block: Block) -> Iterator[Unit]:
    match block:
        case Listing(items):
            for part, item in enumerate(items):
                yield Unit(number, part, "\n".join([item.text.plain, *lines(item.blocks)]))
        case Table(_, rows):
            for part, row in enumerate(rows):
                yield Unit(number, part, " · ".join(cell.plain for cell in row.cells if cell))
        case Diagram(nodes, steps):
            labels = (step.label for step in steps if step.label)
            yield Unit(number, None, "\n".join([*nodes, *labels]))
        case Quote(inner):
            yield Unit(number, None, "\n".join(lines(inner)))
        case _:
            yield Unit(number, None, "\n".join(lines((block,))))
