"""The approver list, read from the handbook's table by what its columns say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.pattern import Pattern
from handlers.danish import fold
from handlers.handbook import Handbook, Section, Table, Text

_MAIL = Pattern(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_MAIL_LINK = Pattern(r"\[([^\]]*)\]\(mailto:([^)\s]+)\)")
_BETWEEN_PERSONS = Pattern(r"\s*(?:[,;/&\n]|\bog\b)\s*")
_NOBODY = Pattern(r"\W*(?:ingen|intet|ikke|ny på vej|på vej|mangler|afventer|vakant|ubesat|tbd|n/a)\b", re.IGNORECASE)
_NAME_WORD = Pattern(r"[A-ZÆØÅÖÄÜÉ][\w.'’\-]*$")
_NAME_PARTICLES = {"de", "da", "la", "von", "van", "der", "den", "af"}
_NUMBER = Pattern(r"[A-Z]{1,3}-?\d{5,}")
_PRODUCT = Pattern(r"OS2\s?\w", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the list; either part may be missing."""

    name: str
    email: str

    @property
    def secretariat(self) -> bool:
        """Whether this is the OS2 secretariat's shared mailbox rather than a colleague in a municipality."""
        return "sekretariat" in fold(self.name)

    @property
    def domain(self) -> str:
        return self.email.partition("@")[2].lower()


@dataclass(frozen=True, slots=True)
class Party:
    """One approver cell: its persons, and the text as written."""

    persons: tuple[Person, ...]
    written: str

    @property
    def placeholder(self) -> str:
        """What stands there in place of a person ("Ingen", "Ny på vej"); empty for a blank cell."""
        return "" if self.persons else self.written

    @property
    def secretariat(self) -> bool:
        return any(person.secretariat for person in self.persons)


@dataclass(frozen=True)
class Columns:
    """Which column of an approver table is which; None for one that the table does not have."""

    psp: int | None
    product: int | None
    internal: int | None
    external: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One product in the approver list."""

    product: str
    psp: str
    internal: Party
    external: Party
    line: int
    """Line in the page's file (from 1)."""
    section: Section = field(repr=False)
    columns: Columns = field(repr=False)

    @property
    def same_person(self) -> tuple[Person, ...]:
        """Those who would both check and approve, which the two-step rule does not allow."""
        mails = {person.email.lower() or fold(person.name) for person in self.internal.persons}
        return tuple(p for p in self.external.persons if (p.email.lower() or fold(p.name)) in mails)

    @property
    def persons(self) -> tuple[Person, ...]:
        return self.internal.persons + self.external.persons


@dataclass(frozen=True)
class Register:
    """The approver list; empty when the handbook has none."""

    rows: tuple[Row, ...]

    @classmethod
    def of(cls, handbook: Handbook) -> Register:
        """Every row of every table that names internal or external approvers."""
        return cls(tuple(row for section, table in handbook.tables() for row in rows(section, table)))

    @property
    def section(self) -> Section | None:
        """Where the list stands."""
        return self.rows[0].section if self.rows else None

    def by_product(self, name: str) -> tuple[Row, ...]:
        """The rows of a product; more than one when the list names it twice."""
        return tuple(row for row in self.rows if same_name(row.product, name))

    def by_number(self, digits: str) -> tuple[Row, ...]:
        """The rows whose PSP element has exactly these digits."""
        return tuple(row for row in self.rows if digits_of(row.psp) == digits)


def columns(table: Table) -> Columns | None:
    """The columns of an approver table, told by their headers and, failing that, by what stands in them."""
    internal = external = psp = product = plain = None
    for number, header in enumerate(table.header):
        words = fold(header.plain)
        cells = [row.cells[number].plain for row in table.rows if number < len(row.cells)]
        if "ekstern" in words:
            external = number
        elif "intern" in words:
            internal = number
        elif "godkend" in words or "kontrol" in words:
            plain = number
        elif psp is None and ("psp" in words or _mostly(_NUMBER, cells)):
            psp = number
        elif product is None and (_mostly(_PRODUCT, cells) or re.search("produkt|projekt|navn|loesning", words)):
            product = number
    internal = internal if internal is not None else plain
    if (internal is None and external is None) or (psp is None and product is None):
        return None
    return Columns(psp, product, internal, external)


def party(text: Text) -> Party:
    """Who stands in an approver cell."""
    if _NOBODY.match(text.plain):
        return Party((), text.plain)
    written = _MAIL_LINK.sub(r"\1 \2", text.markdown.replace("\u200b", "")).replace("**", "").replace("*", "")
    persons: list[Person] = []
    position = 0
    for match in _MAIL.finditer(written):
        names = _names(written[position : match.start()])
        position = match.end()
        if not names and persons and persons[-1].email.lower() == match.group().lower():
            continue  # a link whose label is an address, written out twice
        persons += [Person(name, "") for name in names[:-1]]
        persons.append(Person(names[-1] if names else "", match.group()))
    persons += [Person(name, "") for name in _names(written[position:]) if _is_name(name)]
    return Party(tuple(persons), text.plain)


def same_name(one: str, other: str) -> bool:
    """Whether two spellings are the same product name: case and spaces do not matter."""
    return squashed(one) == squashed(other)


def squashed(name: str) -> str:
    return re.sub(r"[\W_]", "", fold(name))


def digits_of(number: str) -> str:
    return re.sub(r"\D", "", number)


def rows(section: Section, table: Table) -> Iterator[Row]:
    """The rows of an approver table; none when the table is something else."""
    found = columns(table)
    if found is None:
        return

    def cell(cells: Sequence[Text], number: int | None) -> Text:
        return cells[number] if number is not None and number < len(cells) else Text("", "")

    for row in table.rows:
        product, psp = cell(row.cells, found.product).plain, cell(row.cells, found.psp).plain
        if product or psp:
            internal, external = party(cell(row.cells, found.internal)), party(cell(row.cells, found.external))
            yield Row(product or psp, psp, internal, external, row.line, section, found)


def _mostly(pattern: Pattern, cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(bool(pattern.match(cell)) for cell in filled) * 2 > len(filled)


def _names(text: str) -> list[str]:
    stripped = (part.strip(" \t:–-<>()[]|") for part in _BETWEEN_PERSONS.split(text))
    return [" ".join(part.split()) for part in stripped if part]


def _is_name(text: str) -> bool:
    """Whether words without a mail address are somebody's name; "Ny på vej" and "Koordinationsgruppen" are not."""
    words = text.split()
    capital = [bool(_NAME_WORD.match(word)) or word in _NAME_PARTICLES for word in words]
    return 2 <= len(words) <= 6 and all(capital)
