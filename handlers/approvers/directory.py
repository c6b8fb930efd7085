"""From a message to the products, accounts and approver rows that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.pattern import Pattern
from handlers.approvers import naming, numbers, purposes
from handlers.approvers.accounts import Account, AccountPlan
from handlers.approvers.numbers import Number
from handlers.approvers.purposes import Place
from handlers.approvers.register import Register, Row, digits_of, same_name
from handlers.approvers.wishes import ASSOCIATION, Wish
from handlers.danish import fold, words
from handlers.handbook import Handbook, How, Products, Section

_PRODUCT = Pattern(r"\bprodukt", re.IGNORECASE)
_BESIDE_NAMES = Pattern(r"\W*(?:(?:og|samt|eller|hvad|med|saa|for|paa|os2|produkt|produktet|and|or|what|about)\b\W*)*")
_WHOLE = 10
"""Digits of a PSP element; a shorter stray number beside a product that was found is something else."""
_WORD = Pattern(r"[^\W\d_]+")
_OPEN = Pattern(r"\d[xX]{2,}")
"""The products' account plan as the handbook writes it, with x's for the product's own digits."""


@dataclass(frozen=True)
class Finding:
    """One product (or the association) that a message is about."""

    name: str
    psp: str
    rows: tuple[Row, ...]
    """Its rows in the approver list; none when it stands in the account plan only, or elsewhere in the handbook."""
    accounts: tuple[Account, ...] = ()
    """The accounts asked about; several when the words fit several."""


@dataclass(frozen=True)
class Subject:
    """What a message is about."""

    found: tuple[Finding, ...] = ()
    offers: tuple[str, ...] = ()
    """Names of products that may be meant; nothing is told about them before the user has chosen."""
    unknown: tuple[str, ...] = ()
    """Names and numbers that are in no table, as written."""
    loose: tuple[Account, ...] = ()
    """Accounts with the suffix asked for, where nobody said whose."""
    strange_suffix: str = ""
    """A suffix that the account plan does not have."""
    numbered: bool = False
    """Whether a PSP element or account number was given."""
    bare: bool = False
    """Whether the message is nothing but products' names ("OS2iot", "og flytjord?"), none of them an ordinary word."""
    conflict: tuple[str, str] | None = None
    """One product named and another one numbered in the same message: its name, and whose number it is."""

    def __bool__(self) -> bool:
        return bool(self.found or self.offers or self.unknown or self.loose or self.strange_suffix)


@dataclass
class _Numbered:
    """The numbers of a message by what they are."""

    found: list[Finding] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    suffixes: list[Number] = field(default_factory=list)
    strangers: list[Number] = field(default_factory=list)


@dataclass(frozen=True)
class Directory:
    """The approver list and the account plan together, with the names by which people call the products."""

    register: Register
    plan: AccountPlan
    products: Products
    _digits: tuple[str, ...] = field(repr=False)

    @classmethod
    def of(cls, handbook: Handbook) -> Directory:
        register, plan = Register.of(handbook), AccountPlan.of(handbook)
        listed = [row.product for row in register.rows] + [holder.name for holder in plan.holders]
        digits = [digits_of(row.psp) for row in register.rows] + [digits_of(holder.psp) for holder in plan.holders]
        products = Products([*listed, *Products.of(handbook).names])
        return cls(register, plan, products, tuple(dict.fromkeys(number for number in digits if number)))

    @property
    def list_section(self) -> tuple[Section, ...]:
        """Where the approver list stands; empty when there is none."""
        section = self.register.section
        return (section,) if section else ()

    def read(self, text: str) -> Subject:
        """What a message is about. Only a sure match is found; whatever may be meant is offered."""
        typed = numbers.find(text, self._digits)
        reading = naming.read(_without(text, typed), self.products)
        named = [self.named(name) for name in reading.sure]
        association = self.plan.association
        if association and Wish.of(text).association and not any(same_name(f.name, association.name) for f in named):
            named.append(self.named(association.name))
        numbered = self._sorted(typed, named)
        found = _merged([*named, *numbered.found])
        strangers = [n for n in numbered.strangers if not found or len(n.psp) >= _WHOLE]
        subject = Subject(
            found=tuple(found),
            offers=tuple(dict.fromkeys([*reading.offers, *numbered.offers])),
            unknown=(*reading.unknown, *(number.written.upper() for number in strangers)),
            numbered=bool(typed),
            bare=self._is_bare(_without(text, typed)),
            conflict=_conflict(named, numbered.found),
        )
        return self._with_suffixes(text, subject, numbered.suffixes)

    def _is_bare(self, text: str) -> bool:
        mentions = self.products.find(text)
        rest = text
        for mention in mentions:
            rest = rest[: mention.start] + " " * (mention.end - mention.start) + rest[mention.end :]
        ordinary = any(m.how is How.WORD and not fold(text[m.start : m.end]).startswith("os2") for m in mentions)
        return bool(mentions) and not ordinary and _BESIDE_NAMES.fullmatch(fold(rest)) is not None

    def tells(self, name: str, text: str) -> bool:
        """Whether a text describes one of a product's accounts."""
        psp = self.named(name).psp
        return bool(psp and self.plan.about(psp, words(text)))

    def purposes(self, text: str, found: Sequence[Finding]) -> Mapping[str, tuple[str, ...]]:
        """What each product's account is for, in folded words and typed suffixes; by the product's name."""
        typed = numbers.find(text, self._digits)
        owners = list(self._owner_places(text, found, typed))
        meant = list(self._purpose_places(text, found, typed))
        everything = tuple(place.what for place in meant)
        placed = {owner.what for owner in owners} == {finding.name for finding in found}
        return purposes.assign(text, owners, meant) if placed else {f.name: everything for f in found}

    def _owner_places(self, text: str, found: Sequence[Finding], typed: Iterable[Number]) -> Iterator[Place]:
        """Where the products stand, by name or number."""
        names = {finding.name for finding in found}
        for mention in self.products.find(_without(text, typed)):
            yield from (Place(name, mention.start) for name in mention.names if name in names)
        for number in typed:
            numbered = self._numbered(number.psp) if number.psp else []
            yield from (Place(f.name, _position(number, text)) for f in numbered if f.name in names)
        association, named = self.plan.association, ASSOCIATION.search(text.lower())
        if association and association.name in names and named:
            yield Place(association.name, named.start())

    def _purpose_places(self, text: str, found: Sequence[Finding], typed: Iterable[Number]) -> Iterator[Place]:
        """Where purposes stand: words that some account of the products is about, and suffixes."""
        spans = [(mention.start, mention.end) for mention in self.products.find(_without(text, typed))]
        meant = [Place(number.written, _position(number, text)) for number in typed if not number.psp]
        for match in _WORD.finditer(text):
            inside = any(start <= match.start() < end for start, end in spans)
            word = "".join(words(match.group()))
            if not inside and any(self.plan.tells(finding.psp, word) for finding in found if finding.psp):
                meant.append(Place(word, match.start()))
        yield from sorted(meant, key=lambda place: place.start)

    def _sorted(self, typed: Iterable[Number], named: Sequence[Finding]) -> _Numbered:
        """What each number is: somebody's PSP element, the suffix of an account, ambiguous, or in no table."""
        numbered = _Numbered()
        for number in typed:
            matches = self._numbered(number.psp or number.suffix)
            if not number.psp and (self._is_suffix(number.suffix, named) or not matches):
                numbered.suffixes.append(number)
            elif len(matches) == 1 and _is_end(number.psp or number.suffix, matches[0].psp):
                numbered.found.append(matches[0])
                if number.psp and number.suffix:
                    numbered.suffixes.append(number)
            elif matches:
                numbered.offers += [match.name for match in matches]
            else:
                numbered.strangers.append(number)
        return numbered

    def named(self, name: str) -> Finding:
        """A product by its name as the handbook writes it."""
        rows, holder = self.register.by_product(name), self.plan.holder(name)
        psp = next((row.psp for row in rows if row.psp), holder.psp if holder else "")
        return Finding(rows[0].product if rows else name, psp, rows)

    def _numbered(self, digits: str) -> list[Finding]:
        """The products whose PSP element a whole or partial number can be."""
        names = []
        for whole in numbers.matching(digits, self._digits):
            holder = self.plan.holder_of(whole)
            names += [row.product for row in self.register.by_number(whole)] or ([holder.name] if holder else [])
        return [self.named(name) for name in dict.fromkeys(names)]

    def _is_suffix(self, suffix: str, found: Iterable[Finding]) -> bool:
        """Whether a bare number is an account of one of the products found, or of anybody when none is."""
        psps = [finding.psp for finding in found] or self._digits
        return any(self.plan.with_suffix(psp, suffix) for psp in psps)

    def _owners(self, text: str, found: list[Finding]) -> list[Finding]:
        """Whose account a bare suffix is; nobody's where the association is compared with the products."""
        association = self.plan.association
        compared = association and [f.name for f in found] == [association.name] and _PRODUCT.search(text)
        return [] if compared else found

    def _with_suffixes(self, text: str, subject: Subject, suffixes: list[Number]) -> Subject:
        if not suffixes:
            return subject
        strange = ""
        found = list(subject.found)
        loose: list[Account] = []
        meant = self.purposes(text, found)
        for number in suffixes:
            named = [finding for finding in self._owners(text, found) if number.written in meant[finding.name]]
            owners = self._numbered(number.psp) if number.psp else named
            accounts = [(owner, self.plan.with_suffix(owner.psp, number.suffix)) for owner in owners if owner.psp]
            if not owners:
                every = self.plan.shared if _OPEN.search(text) else (*self.plan.own, *self.plan.shared)
                loose += [account for account in every if int(account.suffix) == int(number.suffix)]
            if any(account is None for _, account in accounts) or (not owners and not loose):
                strange = number.suffix
            for owner, account in accounts:
                found = [_adding(f, account) if account and same_name(f.name, owner.name) else f for f in found]
        return replace(subject, found=tuple(found), loose=tuple(loose), strange_suffix=strange)


def _position(number: Number, text: str) -> int:
    return max(text.lower().find(number.written), 0)


def _adding(finding: Finding, account: Account) -> Finding:
    return replace(finding, accounts=(*finding.accounts, account))


def _merged(found: Iterable[Finding]) -> list[Finding]:
    """Each product once, in the order of their first mention."""
    by_name: dict[str, Finding] = {}
    for finding in found:
        by_name.setdefault(finding.name, finding)
    return list(by_name.values())


def _conflict(named: Sequence[Finding], numbered: Sequence[Finding]) -> tuple[str, str] | None:
    if len(named) != 1 or len(numbered) != 1 or same_name(named[0].name, numbered[0].name):
        return None
    return named[0].name, numbered[0].name


def _is_end(part: str, psp: str) -> bool:
    """Whether digits are the whole or the end of a PSP element: a mere beginning may be anybody's."""
    return digits_of(psp).endswith(part)


def _without(text: str, typed: Iterable[Number]) -> str:
    """The text with its numbers blanked out, so that they are not taken for words."""
    for number in typed:
        position = text.lower().find(number.written)
        if position >= 0:
            text = text[:position] + " " * len(number.written) + text[position + len(number.written) :]
    return text
