"""What a round's message shows, and what in it can be ticked off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.contracts import Attachment
from handlers.handbook import Handbook
from handlers.reminders.plan import Reminder
from handlers.reminders.rounds import Round
from handlers.reminders.texts import checklist, round_heading, section_link


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished round leaves behind, besides being done."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()


class Guide(Protocol):
    """One kind of round."""

    @property
    def items(self) -> tuple[str, ...]:
        """What is ticked off one by one, by name; with none, the round is done as a whole."""
        ...

    def text(self, reminder: Reminder, round_: Round) -> str:
        """The round's message in its present state."""
        ...

    def outcome(self, round_: Round) -> Outcome:
        """What to hand over when the round is done."""
        ...


class PlainGuide:
    """A reminder with nothing to tick off: title, checklist, and where the handbook says how."""

    items: tuple[str, ...] = ()

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook

    def text(self, reminder: Reminder, round_: Round) -> str:
        """See `Guide`."""
        section = self._handbook.section(reminder.section)
        lines = [round_heading(round_)]
        points = checklist(reminder, section)
        if points:
            lines += ["", "Det skal gøres:", *(f"- {point}" for point in points)]
        if section:
            lines += ["", f"Sådan gør du: {section_link(section)}"]
        return "\n".join(lines)

    def outcome(self, round_: Round) -> Outcome:
        """Nothing: it is done, and that is all."""
        return Outcome()
