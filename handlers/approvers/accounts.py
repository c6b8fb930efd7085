"""The account plans: the association's own accounts, and the pattern that all products share.

The same suffix means different things in the two: it is never looked up without knowing whose account it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.pattern import Pattern
from handlers.approvers.register import columns, digits_of, same_name
from handlers.danish import FUNCTION_STEMS, stem, stems, words
from handlers.handbook import Handbook, Section, Table

_NUMBER = Pattern(r"(?P<base>[A-Z]{1,3}-?\d{4,}(?P<open>[xX]*))(?:-(?P<suffix>\d{2,}))?$")
_ASKING = Pattern(r"konto(?!r)|konti|konter|bogfoer")
_SHORTEST_SHARED = 5
"""Letters that two words must share from the start to be of one family ("udviklingstimer", "udvikling")."""


@dataclass(frozen=True, slots=True)
class Account:
    """A line of an account plan. `base` ends in x's in the plan that all products share."""

    base: str
    suffix: str
    name: str
    section: Section = field(repr=False)

    @property
    def number(self) -> str:
        return f"{self.base}-{self.suffix}"

    def of(self, psp: str) -> Account:
        """The same account of one product."""
        return Account(psp, self.suffix, self.name, self.section)

    def covers(self, psp: str) -> bool:
        """Whether the account belongs to a PSP element."""
        pattern = re.sub(r"[xX]", r"\\d", digits_and_gaps(self.base))
        return re.fullmatch(pattern, digits_of(psp)) is not None


@dataclass(frozen=True, slots=True)
class Holder:
    """A product, or the association, with its number in the account plan."""

    name: str
    psp: str
    section: Section = field(repr=False)


@dataclass(frozen=True)
class AccountPlan:
    """All accounts; empty when the handbook has no account plan."""

    own: tuple[Account, ...]
    """The association's accounts, with whole numbers."""
    shared: tuple[Account, ...]
    """The products' accounts, with a pattern in place of the product's number."""
    holders: tuple[Holder, ...]

    @classmethod
    def of(cls, handbook: Handbook) -> AccountPlan:
        accounts: list[Account] = []
        holders: list[Holder] = []
        for section, table in handbook.tables():
            if columns(table) is None:
                for line in _lines(section, table):
                    (accounts if isinstance(line, Account) else holders).append(line)  # type: ignore[arg-type]
        own = tuple(account for account in accounts if "x" not in account.base.lower()[2:])
        return cls(own, tuple(account for account in accounts if account not in own), tuple(holders))

    @property
    def association(self) -> Holder | None:
        """The association itself: the holder of the accounts that are no product's."""
        bases = {digits_of(account.base) for account in self.own}
        return next((holder for holder in self.holders if digits_of(holder.psp) in bases), None)

    def holder(self, name: str) -> Holder | None:
        return next((holder for holder in self.holders if same_name(holder.name, name)), None)

    def holder_of(self, digits: str) -> Holder | None:
        """The holder whose PSP element has exactly these digits."""
        return next((holder for holder in self.holders if digits_of(holder.psp) == digits), None)

    def accounts_of(self, psp: str) -> tuple[Account, ...]:
        """The accounts of a PSP element, with whole numbers: the association's own plan, or the products'."""
        own = tuple(account for account in self.own if digits_of(account.base) == digits_of(psp))
        return own or tuple(account.of(psp) for account in self.shared if account.covers(psp))

    def with_suffix(self, psp: str, suffix: str) -> Account | None:
        """One account of a PSP element; leading zeros of the suffix do not matter."""
        return next((account for account in self.accounts_of(psp) if int(account.suffix) == int(suffix)), None)

    def tells(self, psp: str, word: str) -> bool:
        """Whether a folded word is about one of a PSP element's accounts ("hosting", "udviklingstimer")."""
        return bool(self.about(psp, (word,)))

    def about(self, psp: str, said: Iterable[str]) -> tuple[Account, ...]:
        """The accounts that folded words describe; none of them where another has the same words and more."""
        holder = self.holder_of(digits_of(psp))
        asked = {stem(word) for word in said if not _ASKING.match(word)}
        asked -= FUNCTION_STEMS | set(stems(holder.name if holder else ""))
        shared = {account: _shared_words(account.name, asked) for account in self.accounts_of(psp)}
        return tuple(
            account for account, own in shared.items() if own and not any(own < other for other in shared.values())
        )


def digits_and_gaps(base: str) -> str:
    """The digits of a number and its x's, without the letters before them."""
    return re.sub(r"^[A-Z]+-?", "", base)


def _lines(section: Section, table: Table) -> Iterator[Account | Holder]:
    """The rows that hold a number: with a suffix an account, without one the number's holder."""
    for row in table.rows:
        cells = [cell.plain for cell in row.cells]
        position = next((number for number, cell in enumerate(cells) if _NUMBER.match(cell)), None)
        name = next((cell for number, cell in enumerate(cells) if cell and number != position), "")
        match = _NUMBER.match(cells[position]) if position is not None else None
        if match is None or not name:
            continue
        if match["suffix"]:
            yield Account(match["base"], match["suffix"], name, section)
        elif not match["open"]:
            yield Holder(name, match["base"], section)


def _shared_words(name: str, asked: set[str]) -> frozenset[str]:
    """Those of the words asked for that are in an account's name."""
    said = words(name)
    named = {*said, *map(stem, said)} - FUNCTION_STEMS - {"os2", "mv", "mm", "osv"}
    return frozenset(other for other in asked if any(_related(word, other) for word in named))


def _related(one: str, other: str) -> bool:
    """Whether two words are the same, or the shorter is the beginning or the end of the longer."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (
        len(shorter) >= _SHORTEST_SHARED and (longer.startswith(shorter) or longer.endswith(shorter))
    )
