"""What is wrong with the approver list: gaps, doubles, and what does not fit the account plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handlers.approvers.accounts import AccountPlan, Holder
from handlers.approvers.register import Party, Person, Register, Row, digits_of, same_name, squashed
from handlers.danish import fold, words

_SHARED_LETTERS = 2
"""A mail address fits a name when so many first letters of one of its words are in it ("anha" for Anne Hansen)."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing to put right, in Danish."""

    product: str
    said: str
    row: Row | None = None
    """The row it is about; None for a product that has no row."""


def find_flaws(register: Register, plan: AccountPlan) -> tuple[Flaw, ...]:
    """Everything wrong with the list, row by row in its own order; empty for a list that is in order."""
    flaws = [Flaw(row.product, said, row) for row in register.rows for said in of_row(row)]
    flaws += [Flaw(row.product, said, row) for row in register.rows for said in _beside_plan(row, plan)]
    flaws += _doubles(register.rows)
    flaws += _two_spellings(register.rows)
    flaws += [Flaw(holder.name, "står i kontoplanen, men ikke i listen") for holder in _without_row(register, plan)]
    order = {id(row): number for number, row in enumerate(register.rows)}
    return tuple(sorted(flaws, key=lambda flaw: order.get(id(flaw.row), len(order))))


def of_row(row: Row) -> Iterator[str]:
    """What is wrong with one row by itself."""
    for role, party in (("intern", row.internal), ("ekstern", row.external)):
        if not party.persons:
            yield _missing(role, party)
        for person in party.persons:
            if not person.email:
                yield f"{person.name} har ingen mailadresse"
            elif not person.name:
                yield f"{person.email} har intet navn"
            elif not _fits(person):
                yield f"mailadressen {person.email} ligner ikke navnet {person.name}"
    for person in row.same_person:
        yield f"{person.name or person.email} er både intern og ekstern"


def _missing(role: str, party: Party) -> str:
    written = f"der står »{party.placeholder}«" if party.placeholder else "feltet er tomt"
    return f"mangler en {role} godkender: {written}"


def _fits(person: Person) -> bool:
    """Whether a mail address can be this person's: shared mailboxes and staff numbers are not judged."""
    local = fold(person.email.partition("@")[0])
    if not local.replace(".", "").replace("-", "").isalpha() or person.secretariat:
        return True
    named = [word for word in words(person.name) if word.isalpha()]
    initials = "".join(word[0] for word in named)
    return any(word[:_SHARED_LETTERS] in local for word in named) or initials in local


def _beside_plan(row: Row, plan: AccountPlan) -> Iterator[str]:
    """Where the list and the account plan tell different things."""
    holder = plan.holder(row.product)
    if holder and row.psp and digits_of(holder.psp) != digits_of(row.psp):
        yield f"har {row.psp} i listen, men {holder.psp} i kontoplanen"
    elif plan.holders and holder is None:
        yield "står i listen, men ikke i kontoplanen"


def _without_row(register: Register, plan: AccountPlan) -> Iterator[Holder]:
    association = plan.association
    for holder in plan.holders:
        if holder != association and not register.by_product(holder.name):
            yield holder


def _doubles(rows: Iterable[Row]) -> Iterator[Flaw]:
    names: dict[str, Row] = {}
    numbers: dict[str, Row] = {}
    for row in rows:
        if squashed(row.product) in names:
            yield Flaw(row.product, "står i listen to gange", row)
        first = numbers.get(digits_of(row.psp))
        if row.psp and first is not None and not same_name(first.product, row.product):
            yield Flaw(row.product, f"har samme PSP-nummer som {first.product}", row)
        names.setdefault(squashed(row.product), row)
        numbers.setdefault(digits_of(row.psp), row)


def _two_spellings(rows: Iterable[Row]) -> Iterator[Flaw]:
    """One mail address under two names, or one name with two addresses."""
    names: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    mails: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        for person in row.persons:
            if person.name and person.email:
                names[person.email.lower()].setdefault(person.name, row)
                mails[person.name].setdefault(person.email.lower(), row)
    for found, said in ((names, "står under flere navne"), (mails, "har flere mailadresser")):
        for key, under in found.items():
            if len(under) > 1:
                row = list(under.values())[-1]
                yield Flaw(row.product, f"{key} {said}: {', '.join(under)}", row)
