"""Answers about the list as a whole: who approves what, what is missing, how an invoice is approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import markup
from bot.contracts import Answer, Choice
from handlers.approvers import texts
from handlers.approvers.directory import Directory
from handlers.approvers.problems import find_flaws
from handlers.approvers.process import Process
from handlers.approvers.register import Row
from handlers.approvers.reply import reply
from handlers.approvers.reverse import Somebody
from handlers.approvers.texts import People

PAGE = 10
"""Products shown at once; "vis mere" shows the next."""
ASKED_FOR_SOMEBODY = "somebody"
"""Set in the memory of an answer about what somebody approves, for "og Favrskov?"."""
_FLAWS = 20
"""Flaws told at once."""
_ROLES = {"internal": "intern", "external": "ekstern"}


@dataclass(frozen=True)
class Overviews:
    """Makes the answers for one reader; `people` are the organisation's Zulip users."""

    directory: Directory
    process: Process
    people: People

    def everything(self) -> Answer:
        return self.listing("Her er listen over godkendere:", self.directory.register.rows)

    def listing(self, title: str, rows: Sequence[Row], start: int = 0) -> Answer:
        """Many products, a page at a time."""
        shown = rows[start : start + PAGE]
        left = len(rows) - start - len(shown)
        more = f"Der er {left} mere. Skriv *vis mere*." if left else ""
        return reply(
            [title, texts.table(shown, self.people), more],
            [row.section for row in shown],
            choices=(Choice("Vis mere", "vis mere"),) if left else (),
            data=[self.directory.named(row.product) for row in rows],
            memory={"listed": [row.product for row in rows], "shown": start + len(shown)},
        )

    def somebody(self, who: Somebody, role: str = "") -> Answer:
        """The products that a person, a municipality or the secretariat approves for."""
        rows = who.rows(self.directory.register, role)
        if not rows:
            where = f"som {_ROLES[role]} godkender" if role else "i listen over godkendere"
            return reply(
                [f"{markup.escape(who.label)} står ikke {where}."], self.directory.list_section, answered=False
            )
        told = f"er {_ROLES[role]} godkender for" if role else "godkender for"
        title = f"**{markup.escape(who.label)}** {told} {texts.counted(len(rows))}:"
        if len(rows) > PAGE:
            answer = self.listing(title if role else f"{title[:-1]} ({_split(who, rows)}):", rows)
            return replace(answer, memory={**answer.memory, ASKED_FOR_SOMEBODY: True})
        lines = [
            f"- {texts.heading(row.product, row.psp)}: {texts.persons(party, self.people)} ({name})"
            for row in rows
            for name, party in (("intern", row.internal), ("ekstern", row.external))
            if who.in_party(party) and name == _ROLES.get(role, name)
        ]
        answer = self._rows(title, lines, rows, role)
        return replace(answer, memory={**answer.memory, ASKED_FOR_SOMEBODY: True})

    def missing(self, role: str) -> Answer:
        """The products without a person in a role (the external one unless told otherwise)."""
        internal = role == "internal"
        rows = [r for r in self.directory.register.rows if not (r.internal if internal else r.external).persons]
        word = _ROLES[role or "external"]
        if not rows:
            return reply([f"Alle produkter i listen har en {word} godkender."], self.directory.list_section)
        title = f"{texts.counted(len(rows)).capitalize()} mangler en {word} godkender:"
        lines = [f"- {texts.heading(row.product, row.psp)}: {texts.missing_words(row, role)}" for row in rows]
        return self._rows(title, lines, rows, role, texts.process_hint(self.process))

    def flaws(self) -> Answer:
        """What is wrong with the list."""
        flaws = find_flaws(self.directory.register, self.directory.plan)
        if not flaws:
            return reply(["Listen over godkendere ser fin ud: intet mangler."], self.directory.list_section)
        lines = [f"- **{markup.escape(flaw.product)}** {markup.escape(flaw.said)}" for flaw in flaws[:_FLAWS]]
        if len(flaws) > _FLAWS:
            lines.append(f"- og {len(flaws) - _FLAWS} ting mere")
        title = f"Det her bør rettes i listen over godkendere ({len(flaws)}):"
        products = list(dict.fromkeys(flaw.product for flaw in flaws))
        return reply(["\n".join([title, *lines])], self.directory.list_section, memory={"products": [*products]})

    def process_steps(self, rule_first: bool = False) -> Answer:
        """How an invoice is approved: the flowchart and the rule of two persons."""
        if not self.process.sections:
            return reply(["Håndbogen beskriver ikke, hvordan en faktura godkendes."], (), answered=False)
        order = -1 if rule_first else 1
        return reply(texts.process_answer(self.process)[::order], self.process.sections[::order])

    def _rows(self, title: str, lines: Sequence[str], rows: Sequence[Row], role: str, below: str = "") -> Answer:
        return reply(
            ["\n".join([title, *lines]), below],
            [row.section for row in rows],
            data=[self.directory.named(row.product) for row in rows],
            memory={"products": [row.product for row in rows], "role": role},
        )


def _split(who: Somebody, rows: Sequence[Row]) -> str:
    """ "18 som intern og 11 som ekstern"."""
    internal = sum(who.in_party(row.internal) for row in rows)
    external = sum(who.in_party(row.external) for row in rows)
    counts = [f"{count} som {word}" for count, word in ((internal, "intern"), (external, "ekstern")) if count]
    return texts.listed(counts, "og")
