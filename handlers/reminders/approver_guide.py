"""The approver list's yearly round: the list as it is, what is wrong with it, and at the end a patch of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from urllib.parse import quote, urlencode

from bot.contracts import Attachment
from bot.markup import escape, link, table
from handlers.approvers import AccountPlan, Change, Flaw, Party, PatchError, Person, Register, Row, find_flaws, patch
from handlers.handbook import Handbook
from handlers.reminders.guides import Outcome
from handlers.reminders.plan import Reminder
from handlers.reminders.rounds import Mark, Round
from handlers.reminders.texts import checklist, join, round_heading, section_link, tick_words

ROLES = {"internal": "intern", "external": "ekstern"}
_LONGEST_BODY = 4000
"""Characters of a prepared change request; the address that carries it may not be much longer."""
_BRANCH = "main"


class ApproverGuide:
    """Goes through the approver list product by product. The handbook itself is changed by people only."""

    def __init__(self, handbook: Handbook, read_page: Callable[[str], str]) -> None:
        """`read_page` gives the text of a page's file by its path, as it is now; it may raise OSError."""
        self._handbook = handbook
        self._read_page = read_page
        self._register = Register.of(handbook)
        self._plan = AccountPlan.of(handbook)

    @property
    def items(self) -> tuple[str, ...]:
        """The products in the list, in its order."""
        return tuple(dict.fromkeys(row.product for row in self._register.rows))

    def rows(self, round_: Round) -> list[Row]:
        """The list with the round's changes in it."""
        return [self._changed(row, round_) for row in self._register.rows]

    def flaws(self, round_: Round) -> tuple[Flaw, ...]:
        """What is wrong with the list as changed so far."""
        return find_flaws(Register(tuple(self.rows(round_))), self._plan)

    def text(self, reminder: Reminder, round_: Round) -> str:
        """See `Guide`."""
        if not self.items:
            return (
                f"{round_heading(round_)}\n\nHåndbogen har ingen liste over godkendere, så der er intet at gå igennem."
            )
        section = self._handbook.section(reminder.section)
        points = [f"- {point}" for point in checklist(reminder, section)]
        left = sum(item not in round_.ticks for item in self.items)
        lines = [round_heading(round_), "", *points, ""]
        lines += [f"**{len(self.items) - left} af {len(self.items)}** produkter er bekræftet:", "", self._table(round_)]
        wrong = [flaw for flaw in self.flaws(round_) if flaw.product not in round_.ticks]
        if wrong:
            lines += ["", "Det ser forkert ud:", *(f"- {escape(flaw.product)} {escape(flaw.said)}" for flaw in wrong)]
        if section:
            lines += ["", f"Sådan gør du: {section_link(section)}"]
        if not round_.done:
            first = escape(self.items[0])
            lines += [
                "",
                f"Skriv »bekræft {first}«, »alle i Aarhus er rigtige« eller »{first}: ny ekstern Fornavn Efternavn"
                " navn@kommune.dk«. Når du skriver »færdig«, får du rettelserne som en fil til håndbogen.",
            ]
        return "\n".join(lines)

    def outcome(self, round_: Round) -> Outcome:
        """Who confirmed what, and the changed list as a patch and a prepared change request."""
        confirmed = "\n".join(f"- {line}" for line in self._confirmed(round_))
        parts = [f"Bekræftet:\n{confirmed}"] if confirmed else []
        if not any(tick.changes for tick in round_.ticks.values()):
            return Outcome("\n\n".join([*parts, "Der er intet at rette i listen."]))
        try:
            diff = self._patch(round_)
        except (PatchError, OSError) as error:
            why = str(error) if isinstance(error, PatchError) else "Håndbogens side kan ikke læses lige nu."
            return Outcome("\n\n".join([*parts, f"Jeg kunne ikke lave rettelsesfilen: {why}"]))
        changes = "\n".join(f"- {line}" for line in self._changes(round_))
        parts += [f"Rettelser:\n{changes}", self._hand_over(round_, "\n\n".join([*parts, f"Rettelser:\n{changes}"]))]
        name = f"godkenderliste-{round_.period}.patch"
        return Outcome("\n\n".join(parts), (Attachment(name, "text/x-patch", diff.encode()),))

    def _table(self, round_: Round) -> str:
        rows = (
            (
                "✅" if row.product in round_.ticks else "☐",
                escape(row.product),
                _party(row.internal),
                _party(row.external),
                tick_words(round_.ticks.get(row.product)),
            )
            for row in self.rows(round_)
        )
        return table(("", "Produkt", "Intern", "Ekstern", "Bekræftet"), rows)

    def _changed(self, row: Row, round_: Round) -> Row:
        for role in ROLES:
            persons = _new(round_, row, role)
            if persons is not None:
                party = Party(tuple(Person(name, mail) for name, mail in persons), "")
                row = replace(row, internal=party) if role == "internal" else replace(row, external=party)
        return row

    def _confirmed(self, round_: Round) -> Iterator[str]:
        """Who confirmed which products, a line a person."""
        by_person: dict[str, list[str]] = {}
        for product in self.items:
            if mark := round_.ticks.get(product):
                by_person.setdefault(_who(mark), []).append(escape(product))
        for who, products in by_person.items():
            yield f"{who}: {join(products)}"
        left = [escape(product) for product in self.items if product not in round_.ticks]
        if left:
            yield f"ikke bekræftet: {join(left)}"

    def _changes(self, round_: Round) -> Iterator[str]:
        for before, after in zip(self._register.rows, self.rows(round_), strict=True):
            for role, word in ROLES.items():
                if _new(round_, before, role) is not None:
                    yield (
                        f"{escape(before.product)}, {word}: {_party(_of(before, role)) or 'ingen'}"
                        f" → {_party(_of(after, role)) or 'ingen'}"
                    )

    def _patch(self, round_: Round) -> str:
        """One patch of all pages that have a changed row. Raises PatchError, OSError."""
        changes = [
            Change(row, role, tuple(Person(name, mail) for name, mail in persons))
            for row in self._register.rows
            for role in ROLES
            if (persons := _new(round_, row, role)) is not None
        ]
        pages = groupby(sorted(changes, key=_page), key=_page)
        return "".join(patch(self._read_page(page), list(of_page)) for page, of_page in pages)

    def _hand_over(self, round_: Round, summary: str) -> str:
        """How the changes get into the handbook: none without a person."""
        lines = ["Rettelserne er vedlagt som en fil, som `git apply` kan bruge."]
        section = self._register.section
        if self._handbook.repository and section:
            edit = f"{self._handbook.repository}/edit/{_BRANCH}/{quote(section.page)}"
            query = urlencode({"title": f"Godkenderlisten {round_.period}", "body": summary[:_LONGEST_BODY]})
            request = link("en udfyldt ændringsanmodning", f"{self._handbook.repository}/issues/new?{query}")
            lines.append(f"Du kan også sende {request} eller {link('rette siden selv', edit)}.")
        return " ".join(lines)


def _new(round_: Round, row: Row, role: str) -> Sequence[tuple[str, str]] | None:
    """The new approvers of a product in a role; None when nothing is to be changed."""
    tick = round_.ticks.get(row.product)
    return tick.changes.get(role) if tick else None


def _of(row: Row, role: str) -> Party:
    return row.internal if role == "internal" else row.external


def _page(change: Change) -> str:
    return change.row.section.page


def _who(mark: Mark) -> str:
    return escape(mark.name) or "nogen"


def _party(party: Party) -> str:
    """Persons by name and mail; what stands in their place where nobody does."""
    people = [escape(f"{person.name} {person.email}".strip()) for person in party.persons]
    return join(people) if people else escape(party.written)
