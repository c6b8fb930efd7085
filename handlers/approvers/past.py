"""Answers from the list's history: who approved before, what has changed, how old a row is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot import markup
from bot.contracts import Answer
from handlers.approvers import periods, texts
from handlers.approvers.directory import Directory, Subject
from handlers.approvers.history import Difference, ListHistory, Spell
from handlers.approvers.periods import Period
from handlers.approvers.register import Party, Row
from handlers.approvers.reply import reply
from handlers.approvers.texts import People
from handlers.approvers.wishes import Wish

REVIEW_PERIOD = timedelta(days=365)
"""How often the list is to be gone through (the handbook's page on processes: once a year)."""


@dataclass(frozen=True)
class Past:
    """Tells one reader, today, of the list's history."""

    directory: Directory
    history: ListHistory
    people: People
    today: date

    def before(self, wish: Wish, subject: Subject) -> Answer:
        """Who approved for products earlier."""
        if not self.history.known:
            return self._unknown()
        period = periods.find(wish.text, self.today) or Period(periods.EARLIEST, self.today, "gennem tiden")
        told = {f.name: self.history.during(f.name, period.start, period.end) for f in subject.found}
        parts = [_spells(name, period, spells, self.people) for name, spells in told.items()]
        return reply(
            [*parts, self._reach(period.start)],
            self.directory.list_section,
            answered=any(told.values()),
            memory={"products": [*told]},
        )

    def changes(self, wish: Wish) -> Answer:
        """What has changed in the list since a day; when it is only asked when, the latest change."""
        last = self.history.changed
        if last is None:
            return self._unknown()
        period = periods.find(wish.text, self.today)
        start = period.start if period else last if wish.when else self.today - REVIEW_PERIOD
        lines = list(_differences(self.history.differences(start, self.directory.register.rows)))
        latest = f"Listen over godkendere er sidst ændret {periods.written(last)}"
        if period or not wish.when:
            title = f"Siden {periods.written(start)} er det her ændret i listen over godkendere:"
            below = f"{latest}. {self._reach(start)}".strip()
        else:
            title, below = f"{latest}:", ""
        nothing = f"Intet er ændret i listen over godkendere siden {periods.written(start)}."
        return reply(["\n".join([title, *lines]) if lines else nothing, below], self.directory.list_section)

    def age(self, row: Row) -> str:
        """A remark on a row that nobody has touched for longer than a review takes to come round; empty else."""
        since, changed = self.history.unchanged_since(row), self.history.changed
        if since is None or changed is None or self.today - since <= REVIEW_PERIOD:
            return ""
        if self.today - changed <= REVIEW_PERIOD:
            return f"Rækken er uændret siden {periods.written(since)}."
        return (
            f"Rækken er uændret siden {periods.written(since)}, og listen er sidst rettet {periods.written(changed)}."
            " Spørg, om det stadig passer."
        )

    def _reach(self, start: date) -> str:
        """How far back the history goes, where that is not far enough."""
        begins = self.history.begins
        if begins is None or begins <= start:
            return ""
        return f"Længere tilbage end {periods.written(begins)} går historikken ikke."

    def _unknown(self) -> Answer:
        text = (
            "Det kan jeg ikke se: håndbogen ligger her uden sin historik (git). Spørg gerne til listen, som den er nu."
        )
        return reply([text], self.directory.list_section, answered=False)


def _spells(product: str, period: Period, found: Sequence[Spell], people: People) -> str:
    """Who stood at a product in a period, oldest first."""
    if not found:
        return f"**{markup.escape(product)}** stod ikke i listen {period.said}."
    lines = [f"**{markup.escape(product)}** {period.said}:"]
    for spell in found:
        since = f"fra {periods.written(spell.start)}" if spell.start else "fra før historikken begynder"
        until = f" til {periods.written(spell.end)}" if spell.end else ""
        row = spell.row
        who = f"intern {texts.party(row.internal, people)}, ekstern {texts.party(row.external, people)}"
        lines.append(f"- {since}{until}: {who}")
    return "\n".join(lines)


def _differences(found: Sequence[Difference]) -> Iterator[str]:
    """One line for each change, with all the products that it was made for."""
    products: defaultdict[str, list[str]] = defaultdict(list)
    for difference in found:
        for change in _changes(difference):
            products[change].append(difference.product)
    for change, names in products.items():
        yield f"- {change}: {markup.escape(', '.join(names))}"
    renumbered = [d for d in found if d.before and d.after and d.before.psp != d.after.psp]
    if renumbered and renumbered[0].before and renumbered[0].after:
        before, after = renumbered[0].before, renumbered[0].after
        example = markup.escape(f"{before.product} fra {before.psp} til {after.psp}")
        more = " osv." if len(renumbered) > 1 else ""
        yield f"- nyt PSP-nummer til {texts.counted(len(renumbered))}: {example}{more}"


def _changes(difference: Difference) -> Iterator[str]:
    before, after = difference.before, difference.after
    if before is None:
        yield "**kommet til**"
    elif after is None:
        yield "**taget ud**"
    else:
        for role, old, new in (
            ("intern", before.internal, after.internal),
            ("ekstern", before.external, after.external),
        ):
            if (old.persons or old.written) != (new.persons or new.written):
                yield f"**{role}** {_names(old)} → {_names(new)}"


def _names(party: Party) -> str:
    return markup.escape(", ".join(who.name or who.email for who in party.persons) or f"»{party.written or 'tomt'}«")
