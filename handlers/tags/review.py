"""The review of what users corrected, line by line for a terminal: list, accept, reject, export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.contracts import Effect, Records, UserError
from handlers.tags import corrections
from handlers.tags.corrections import Correction


class Review:
    """Shows the corrections and decides about them; see `corrections` for what each decision means."""

    def lines(self, records: Records) -> Iterator[str]:
        """Every correction, oldest first, with the number by which it is accepted or rejected."""
        known = corrections.listed(records)
        for item in known:
            yield from _described(item)
        waiting = sum(not item.accepted for item in known)
        yield f"{waiting} venter, {len(known) - waiting} gælder for alle." if known else "Ingen har rettet noget endnu."

    def accept(self, records: Records, numbers: Sequence[str]) -> list[Effect]:
        """Makes corrections count for everybody. Raises UserError when one of the numbers is unknown."""
        return [_known(corrections.accept(records, number), number) for number in numbers]

    def reject(self, records: Records, numbers: Sequence[str]) -> list[Effect]:
        """Forgets corrections. Raises UserError when one of the numbers is unknown."""
        return [_known(corrections.reject(records, number), number) for number in numbers]

    def export(self, records: Records) -> str:
        """The accepted corrections as examples for `data/tags/examples`; empty when there are none."""
        return corrections.export(records)


def _described(item: Correction) -> Iterator[str]:
    state = "gælder" if item.accepted else "venter"
    instead = f" i stedet for {item.instead_of}" if item.instead_of and item.instead_of != item.tag else ""
    yield f"{item.key}  {state}  »{_printable(item.text)}«: {item.tag}{instead}"
    if item.against:
        yield f"    Obs: håndbogens egne ord peger på {item.against}."


def _printable(text: str) -> str:
    """A user's text as one harmless line: nothing in it steers the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))


def _known(effect: Effect | None, number: str) -> Effect:
    if effect is None:
        raise UserError(f"Der er ingen rettelse {number}. »haandbogsbot corrections list« viser dem alle.")
    return effect
