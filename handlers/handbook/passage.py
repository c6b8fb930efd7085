"""Takes a section apart into pieces, and puts those together again that answer a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.markup import escape, link
from bot.pattern import Pattern
from handlers.handbook import render
from handlers.handbook.model import Block, Diagram, Listing, Paragraph, Section, Table, lines

_ADDRESS = Pattern(r"\]\(([^)]*)\)")
PASSAGE_LIMIT = 900
"""Characters shown at once; a longer section is cut to what answers, the rest comes on request."""
_CLEAR = 0.2
"""How much better (0 to 1) than its neighbours an item or row must fit to be the answer by itself."""
_BESIDE_CLEAR = 550
"""Characters shown where one item or row is the answer: it, what leads in to it, and its neighbours."""
MORE_AT_ONCE = 1500
"""Characters of a section shown at once to somebody who asks for more of it."""
_LEAD_IN = 160
_ABOUT_AS_WELL = 0.6
_SNIPPET = 170
_ROOM_FOR_PARTS = 250
_SHORT_OUTLINE = 14
_MANY = 8
"""More sections than this of one level are entries of one kind, none of which opens the others."""
_OPENING = 300
"""Characters shown at least of what the first part of a section without text says."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a section: the block it is in, which item or row of it (None: the block as a whole), its words."""

    block: int
    part: int | None
    plain: str
    written: str
    """As Zulip Markdown, with addresses."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What is shown of a section, as Zulip Markdown."""

    text: str
    whole: bool
    """Whether that is all that the section says."""


def units(section: Section, below: Sequence[Section]) -> tuple[Unit, ...]:
    """The section's pieces, in order; where it has no text of its own, the headings of the sections below it."""
    if not section.blocks:
        return tuple(Unit(0, part, other.heading, other.heading) for part, other in enumerate(below))
    return tuple(unit for number, block in enumerate(section.blocks) for unit in _of(number, block))


def _of(number: int, block: Block) -> Iterator[Unit]:
    match block:
        case Listing(items):
            for part, item in enumerate(items):
                yield Unit(number, part, "\n".join([item.text.plain, *lines(item.blocks)]), render.block(block, [part]))
        case Table(_, rows):
            for part, row in enumerate(rows):
                filled = [cell for cell in row.cells if cell]
                plain = " · ".join(cell.plain for cell in filled)
                yield Unit(number, part, plain, " · ".join(cell.markdown for cell in filled))
        case Diagram(nodes, steps):
            labels = (step.label for step in steps if step.label)
            yield Unit(number, None, "\n".join([*nodes, *labels]), render.block(block))
        case _:
            yield Unit(number, None, "\n".join(lines((block,))), render.block(block))


def choose(
    section: Section,
    fits: Sequence[tuple[Unit, float]],
    limit: int,
    holding: int | None = None,
    all_wanted: bool = False,
) -> Passage:
    """The part of a section that answers, given how well each of its pieces fits the question (0 to 1).

    Where one item of a list or row of a table (no step of several) clearly answers, it comes first, under what leads in
    to it; not when all are wanted. Else a short section is shown whole; of a long one, the block with the best piece is
    shown with what leads in to it, and then its neighbours as far as there is room; of a long list or table, the items
    or rows that fit best. `holding`: the piece that holds what is asked for, such as a name; its block is shown too.
    """
    everything = render.blocks(section.blocks)
    if _length(everything) <= (limit if all_wanted else min(limit, _BESIDE_CLEAR)):
        return Passage(everything, whole=True)
    best = max(range(len(fits)), key=lambda number: fits[number][1])
    if all_wanted:
        best = _led_in_by_it(section, fits, best)
    unit = fits[best][0]
    sought = fits[holding][0] if holding is not None else unit
    room = limit if sought.block == unit.block else limit - min(_length(sought.written), limit // 3)
    if not all_wanted and _stands_alone(section.blocks[unit.block]) and _is_clear(fits, best):
        shown = {unit.block: _from_part(section.blocks[unit.block], unit.part or 0, min(room, _BESIDE_CLEAR))}
        shown = _led_in(shown, section)
    elif _length(everything) <= limit:
        return Passage(everything, whole=True)
    else:
        own = [fit for fit in fits if fit[0].block == unit.block]
        shown = _led_in({unit.block: _block(section.blocks[unit.block], own, room)}, section)
        _fill(shown, section, fits, room)
    _drop_loose_ends(shown, section, unit.block)
    if sought.block not in shown:
        shown[sought.block] = _cut(sought.written, limit // 3)
    return Passage(_joined(shown, section), whole=False)


def _led_in_by_it(section: Section, fits: Sequence[tuple[Unit, float]], best: int) -> int:
    """The first item or row under what leads in to a list or table ("our values are:") and fits about as well."""
    leads = {
        unit.block: fit
        for unit, fit in fits
        if unit.plain.endswith(":") and fit >= _ABOUT_AS_WELL * fits[best][1] and unit.block + 1 < len(section.blocks)
    }
    lead = max(leads, key=leads.__getitem__, default=None)
    led_in = (number for number, (unit, _) in enumerate(fits) if lead is not None and unit.block == lead + 1)
    return next(led_in, best)


def chunks(section: Section, below: Sequence[Section], limit: int = MORE_AT_ONCE) -> list[str]:
    """All that a section says, in pieces that are no longer than the limit where its blocks, items and rows allow.

    Where it leaves it to the sections below it, all that they say.
    """
    pieces = [text for block in section.blocks for text in _portions(block, limit * 4 // 5)]
    for other in below if is_outline(section, below) else ():
        first, *more = [text for block in other.blocks for text in _portions(block, limit * 4 // 5)] or [""]
        pieces += [f"**{escape(other.heading)}**\n\n{first}".strip(), *more]
    written: list[str] = []
    for piece in pieces:
        if written and len(written[-1]) + len(piece) + 2 <= limit:
            written[-1] += f"\n\n{piece}"
        else:
            written.append(piece)
    return written


def _portions(block: Block, limit: int) -> Iterator[str]:
    """A block as Zulip Markdown; a long list or table in several, each with as many items or rows as there is room."""
    start = 0
    while start < _parts(block):
        end = start + 1
        while end < _parts(block) and len(_part(block, start, end + 1)) <= limit:
            end += 1
        yield _part(block, start, end)
        start = end


def _parts(block: Block) -> int:
    """How many items or rows a block has; 1 where it has none."""
    return len(block.items) if isinstance(block, Listing) else len(block.rows) if isinstance(block, Table) else 1


def _part(block: Block, start: int, end: int) -> str:
    return render.block(block, range(start, end)) if isinstance(block, Listing | Table) else render.block(block)


def _stands_alone(block: Block) -> bool:
    """Whether a block's items or rows say something by themselves, as the steps of a procedure do not."""
    return isinstance(block, Table) or (isinstance(block, Listing) and block.start is None)


def _is_clear(fits: Sequence[tuple[Unit, float]], best: int) -> bool:
    """Whether one piece fits much better than every other."""
    return all(fit <= fits[best][1] - _CLEAR for number, (_, fit) in enumerate(fits) if number != best)


def _from_part(block: Block, part: int, limit: int) -> str:
    """An item or row, and those after it as far as there is room."""
    end = part + 1
    while end < _parts(block) and _length(_part(block, part, end + 1)) <= limit:
        end += 1
    goes_on = isinstance(block, Listing) and end < _parts(block)
    return _cut(_part(block, part, end), PASSAGE_LIMIT) + ("\n* …" if goes_on else "")


def _led_in(shown: dict[int, str], section: Section) -> dict[int, str]:
    """A block with the one that introduces it, if one does."""
    (number,) = shown
    if number and _leads_in(section.blocks[number - 1], section.blocks[number]):
        shown[number - 1] = render.block(section.blocks[number - 1])
    return shown


def snippet(plain: str) -> str:
    """One line of a piece's words, cut at a word where it is long."""
    line = " ".join(plain.split())
    return line if len(line) <= _SNIPPET else line[:_SNIPPET].rsplit(" ", 1)[0].rstrip(" ,;:·–-") + " …"


def is_outline(section: Section, below: Sequence[Section]) -> bool:
    """Whether a section says nothing itself, or only leads in to the sections below it."""
    return not section.blocks or (bool(below) and len(section.plain) <= _LEAD_IN and section.plain.endswith(":"))


def outline(section: Section, below: Sequence[Section], limit: int) -> Passage:
    """What a section that leaves it to those below it is made of: all that they say, or what they are called."""
    each = [f"**{escape(other.heading)}**\n\n{render.blocks(other.blocks)}" for other in below if other.blocks]
    lead = [render.blocks(section.blocks)] if section.blocks else []
    everything = "\n\n".join([*lead, *each])
    if each and _length(everything) <= limit:
        return Passage(everything, whole=True)
    level = min((other.level for other in below), default=0)
    contents = "\n".join([*(lead or [f"**{escape(section.heading)}** består af:"]), _contents(below, level)])
    parts = [contents]
    alike = sum(other.level == level for other in below) > _MANY
    if below and below[0].level == level and below[0].blocks and not lead and not alike:
        parts.insert(0, _cut(each[0], max(limit - _length(contents), _OPENING)))
    return Passage("\n\n".join(parts), whole=not each)


def _contents(below: Sequence[Section], level: int) -> str:
    """The headings of that level as links, each with those next under it by name."""
    lines: list[str] = []
    for other in below:
        if other.level == level or not lines:  # a page may skip a level
            lines.append(f"* {link(other.heading, other.url)}")
        elif other.level == level + 1 and len(below) <= _SHORT_OUTLINE:
            lines[-1] += f"{' ·' if ': ' in lines[-1] else ':'} {escape(other.heading)}"
    return "\n".join(lines)


def _block(block: Block, fits: Sequence[tuple[Unit, float]], limit: int) -> str:
    """A block, or the best of its items or rows that there is room for."""
    text = render.block(block)
    if _length(text) <= limit:
        return text
    if not isinstance(block, Listing | Table):
        return _cut(text, limit)
    kept: list[int] = []
    for unit, _ in sorted(fits, key=lambda fit: -fit[1]):
        if unit.part is not None and (not kept or _length(render.block(block, [*kept, unit.part])) <= limit):
            kept.append(unit.part)
    return _cut(render.block(block, kept), limit)


def _fill(shown: dict[int, str], section: Section, fits: Sequence[tuple[Unit, float]], limit: int) -> None:
    """Adds the better of the two neighbouring blocks as long as it fits in."""
    worth = dict.fromkeys(range(len(section.blocks)), 0.0)
    for unit, fit in fits:
        worth[unit.block] = max(worth[unit.block], fit)
    while True:
        first, last = min(shown), max(shown)
        around = [number for number in (last + 1, first - 1) if 0 <= number < len(section.blocks)]
        room = limit - sum(_length(text) + 2 for text in shown.values())
        fitting = [number for number in around if _length(render.block(section.blocks[number])) <= room]
        if not fitting:
            break
        chosen = max(fitting, key=lambda number: worth[number])
        shown[chosen] = render.block(section.blocks[chosen])
    parted = [number for number in around if isinstance(section.blocks[number], Listing | Table)]
    if parted and room >= _ROOM_FOR_PARTS:
        chosen = max(parted, key=lambda number: worth[number])
        shown[chosen] = _block(section.blocks[chosen], [fit for fit in fits if fit[0].block == chosen], room)


def _leads_in(block: Block, following: Block) -> bool:
    """Whether a paragraph introduces the block after it: it ends in a colon, or is a short line above a list."""
    if not isinstance(block, Paragraph):
        return False
    text = block.text.plain
    return text.endswith(":") or (isinstance(following, Listing | Table | Diagram) and len(text) <= _LEAD_IN)


def _drop_loose_ends(shown: dict[int, str], section: Section, kept: int) -> None:
    """Takes away what would end the passage and only introduces a block that is not shown."""
    last = max(shown)
    while last != kept and last + 1 < len(section.blocks) and _leads_in(section.blocks[last], section.blocks[last + 1]):
        del shown[last]
        last = max(shown)


def _joined(shown: dict[int, str], section: Section) -> str:
    """The blocks shown, in order; dots say where some between them are not."""
    text = ""
    for number in sorted(shown):
        if text and number - 1 not in shown:
            text += "\n\n…"
        follows = isinstance(section.blocks[number], Listing) and text.endswith((":", ":**"))
        text += ("\n" if follows else "\n\n") + shown[number]
    return text.strip()


def _length(text: str) -> int:
    """Characters as read: an address behind a link counts a quarter, as it is not seen but makes the message long."""
    addresses = sum(map(len, _ADDRESS.findall(text)))
    return len(text) - addresses + addresses // 4


def _cut(text: str, limit: int) -> str:
    """Text cut at the end of a sentence or line."""
    if _length(text) <= limit:
        return text
    head = text[:limit]
    end = max(head.rfind(". ") + 1, head.rfind("\n"))
    return head[: end if end > limit // 3 else head.rfind(" ")].rstrip() + " …"
