"""Writes blocks of a section as Zulip Markdown: whole, or the rows and items that a question is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from bot.markup import escape, quote, table
from handlers.handbook.model import Block, Code, Diagram, Item, Listing, Paragraph, Quote, Step, Table


def block(piece: Block, parts: Collection[int] | None = None) -> str:
    """One block; with `parts`, only those items of a list or rows of a table."""
    match piece:
        case Paragraph(text):
            return text.markdown
        case Listing():
            return _listing(piece, parts, "")
        case Table(header, rows):
            kept = [row.cells for number, row in enumerate(rows) if parts is None or number in parts]
            return _table([text.markdown for text in header], [[text.markdown for text in cells] for cells in kept])
        case Quote(inner):
            return quote(blocks(inner))
        case Code(language, source):
            return f"```{language}\n{escape(source)}\n```"
        case Diagram():
            return _diagram(piece)


def blocks(pieces: Sequence[Block]) -> str:
    """Several blocks, with a blank line between them; a list follows its lead-in at once."""
    text = ""
    for piece in pieces:
        written = block(piece)
        text += ("\n" if isinstance(piece, Listing) and text.endswith((":", ":**")) else "\n\n") + written
    return text.strip()


def _listing(listing: Listing, parts: Collection[int] | None, indent: str) -> str:
    written = []
    for number, item in enumerate(listing.items):
        if parts is None or number in parts:
            mark = "*" if listing.start is None else f"{listing.start + number}."
            written.append(_item(item, indent, mark))
    return "\n".join(written)


def _item(item: Item, indent: str, mark: str) -> str:
    inner = indent + " " * (len(mark) + 1)
    text = f"{indent}{mark} " + item.text.markdown.replace("\n", f"\n{inner}")
    for piece in item.blocks:
        if isinstance(piece, Listing):
            text += "\n" + _listing(piece, None, indent + "  ")
        else:
            text += "\n" + "\n".join(inner + line for line in block(piece).splitlines())
    return text


def _table(header: list[str], rows: list[list[str]]) -> str:
    """A table, without the columns that are empty in every row; a headless one gets blank names."""
    filled = [number for number in range(len(header)) if any(len(row) > number and row[number].strip() for row in rows)]
    filled = filled if rows else list(range(len(header)))
    return table(
        [header[number] for number in filled], [[row[n] if n < len(row) else "" for n in filled] for row in rows]
    )


def _diagram(diagram: Diagram) -> str:
    """A flowchart as its paths, one a line: each runs on until it forks, joins another or ends."""
    if not diagram.steps:
        return "\n".join(f"* {escape(node)}" for node in diagram.nodes)
    after: dict[str, list[Step]] = defaultdict(list)
    for step in dict.fromkeys(diagram.steps):
        after[step.start].append(step)
    into = Counter(step.end for steps in after.values() for step in steps)
    inner = {node for node, steps in after.items() if len(steps) == 1 and into[node] == 1}
    paths = [_path(step, after, inner) for node, steps in after.items() if node not in inner for step in steps]
    return "\n".join(f"* {path}" for path in paths or [_path(diagram.steps[0], after, set())])


def _path(step: Step, after: Mapping[str, Sequence[Step]], inner: Collection[str]) -> str:
    """The texts along the arrows from a step on, through the nodes that have one arrow in and one out."""
    text = f"{escape(step.start)} {_arrow(step)} {escape(step.end)}"
    while step.end in inner:
        step = after[step.end][0]
        text += f" {_arrow(step)} {escape(step.end)}"
    return text


def _arrow(step: Step) -> str:
    return f"–({escape(step.label)})→" if step.label else "→"
