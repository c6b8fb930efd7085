"""The budget follow-up: every product with its account number, ticked off one by one in a message that is kept up."""

from __future__ import annotations

from bot.markup import escape, spoiler, table
from handlers.approvers import AccountPlan
from handlers.handbook import Handbook, Listing, Section, walk
from handlers.reminders.guides import Outcome
from handlers.reminders.plan import Reminder
from handlers.reminders.rounds import Round
from handlers.reminders.texts import checklist, round_heading, section_link, tick_words


class BudgetGuide:
    """Follows a quarter's budget through all products of the account plan, and the association itself."""

    def __init__(self, handbook: Handbook) -> None:
        self._handbook = handbook
        self._holders = AccountPlan.of(handbook).holders

    @property
    def items(self) -> tuple[str, ...]:
        """The names of the association and the products, in the order of the account plan."""
        return tuple(dict.fromkeys(holder.name for holder in self._holders))

    def text(self, reminder: Reminder, round_: Round) -> str:
        """See `Guide`."""
        section = self._handbook.section(reminder.section)
        points = checklist(reminder, section)
        lines = [round_heading(round_)]
        if points:
            lines += ["", *(f"- {point}" for point in points)]
        if self._holders:
            left = sum(name not in round_.ticks for name in self.items)
            lines += ["", f"**{len(self.items) - left} af {len(self.items)}** er fulgt op:", "", self._table(round_)]
        else:
            lines += ["", "Håndbogen har ingen kontoplan, så jeg kan ikke vise produkterne."]
        if section:
            lines += ["", self._rules(section), f"Sådan gør du: {section_link(section)}"]
        if not round_.done:
            example = escape(self.items[-1]) if self.items else "det"
            lines += ["", f"Skriv »{example} færdig«, når et produkt er fulgt op, og »færdig«, når det hele er."]
        return "\n".join(lines)

    def outcome(self, round_: Round) -> Outcome:
        """Nothing: the message itself shows what was followed up by whom."""
        return Outcome()

    def _table(self, round_: Round) -> str:
        seen: dict[str, str] = {}
        for holder in self._holders:
            seen.setdefault(holder.name, holder.psp)
        rows = [
            ("✅" if name in round_.ticks else "☐", escape(name), psp, tick_words(round_.ticks.get(name)))
            for name, psp in seen.items()
        ]
        return table(("", "Produkt", "Konto", "Fulgt op"), rows)

    def _rules(self, section: Section) -> str:
        """What the handbook says under the section, folded away."""
        lists = (block for block in walk(section.blocks) if isinstance(block, Listing))
        rules = [f"- {item.text.markdown}" for listing in lists for item in listing.items if item.text]
        return spoiler("Det siger håndbogen", "\n".join(rules)) + "\n" if rules else ""
