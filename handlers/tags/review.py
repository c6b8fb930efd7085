"""Shows what users corrected to those who review it; see `bot.corrections`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.contracts import Record, Records
from handlers.tags import corrections


class TagReview:
    """Shows corrections of tags."""

    collection = corrections.COLLECTION

    def described(self, record: Record) -> Sequence[str]:
        """The description, its tag, and what speaks against it; nothing for a damaged record."""
        item = corrections.read(record)
        if item is None:
            return []
        instead = f" i stedet for {item.instead_of}" if item.instead_of and item.instead_of != item.tag else ""
        against = [f"Obs: håndbogens egne ord peger på {item.against}."] if item.against else []
        return [f"»{item.text}«: {item.tag}{instead}", *against]

    def export(self, records: Records) -> str:
        """The accepted corrections as examples for `data/tags/examples`; empty when there are none."""
        return corrections.export(records)
