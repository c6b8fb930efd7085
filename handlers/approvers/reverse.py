"""From a place, a mail domain or a person to the products that they approve for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from rapidfuzz.distance import OSA

from bot.pattern import Pattern
from handlers.approvers.register import Party, Person, Register, Row, squashed
from handlers.approvers.wishes import Wish
from handlers.danish import FUNCTION_STEMS, fold, stem, words

_SHORTEST_MISSPELLED = 6
_SHORTEST_PART = 5
_SHORTEST_LABEL = 4
_BESIDE_A_NAME = Pattern(r"(?:hvem|er|fra|i|hos|og|hvad|med|saa|de|dem|der|kommunes?|who|is|from|and|what|about)$")
_NO_NAME = Pattern(r"godkend|sekretariat|administration|os2|ekstern|intern|faktura|kommune")


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality; `label` is the middle of its mail domain where its name does not give that away."""

    name: str
    label: str = ""
    ordinary_word: bool = False

    @property
    def labels(self) -> frozenset[str]:
        """What its mail domain can be called: "ishoej", "ishoj", "ishojkommune"."""
        spelled = {fold(self.name), fold(self.name).replace("oe", "o").replace("ae", "a")}
        spelled |= {name.replace("-", "") for name in spelled}
        named = {name + ending for name in spelled for ending in ("", "kommune", "kom")}
        return frozenset(named | ({self.label} if self.label else set()))

    def employs(self, person: Person) -> bool:
        """Whether somebody works there: by the domain of their mail, or because the list says so beside the name."""
        return (
            _middle(person.domain) in self.labels
            or re.search(rf"\b{re.escape(fold(self.name))}\b", fold(person.name)) is not None
        )


@dataclass(frozen=True)
class Municipalities:
    """The Danish municipalities, so that one that approves nothing is known as well."""

    all: tuple[Municipality, ...] = ()

    @classmethod
    def load(cls, file: Path) -> Municipalities:
        """Reads lines of the form "Name", "Name: label" or "Name?: label"; "#" begins a remark."""
        lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
        return cls(tuple(_municipality(line) for line in lines if line and not line.startswith("#")))

    def find(self, text: str) -> Municipality | None:
        """The municipality that a text names: by its whole name, by one part of a double name, or with one slip."""
        for match in (_whole, _part, _misspelled):
            found = next((m for m in self.all if match(m, text)), None)
            if found is not None:
                return found
        return None


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person or a group of persons that a message is about."""

    label: str
    """As the answer calls them."""
    includes: Callable[[Person], bool]

    def is_all_of(self, text: str) -> bool:
        """Whether a text holds nothing but their name: "Silkeborg", "hvem er fra Silkeborg Kommune?"."""
        named, label = "".join(word for word in words(text) if not _BESIDE_A_NAME.match(word)), squashed(self.label)
        return bool(named) and (named in label or OSA.distance(named, label) <= 1)

    def in_party(self, party: Party) -> bool:
        return any(self.includes(person) for person in party.persons)

    def rows(self, register: Register, role: str = "") -> tuple[Row, ...]:
        """The rows where they stand, in one role or (empty) in any."""
        return tuple(
            row
            for row in register.rows
            if (role != "external" and self.in_party(row.internal))
            or (role != "internal" and self.in_party(row.external))
        )


def find(wish: Wish, register: Register, municipalities: Municipalities) -> Somebody | None:
    """Whom a message is about; a municipality counts even when nobody in the list is from there."""
    everyone = {person for row in register.rows for person in row.persons}
    municipality = municipalities.find(wish.text)
    places = [Somebody(municipality.name, municipality.employs)] if municipality else []
    found = chain(_by_mail(wish, everyone), _by_name(wish, everyone), places, _less_exact(wish, everyone))
    return next(found, None)


def _by_mail(wish: Wish, everyone: set[Person]) -> Iterator[Somebody]:
    yield from map(_with_address, wish.addresses)
    known = {person.domain for person in everyone}
    yield from (_with_domain(domain) for domain in wish.domains if domain in known or not domain.startswith("os2"))


def _by_name(wish: Wish, everyone: set[Person]) -> Iterator[Somebody]:
    text = f" {' '.join(words(wish.text))} "
    for person in everyone:
        name = " ".join(words(person.name))
        if " " in name and f" {name} " in text:
            yield _with_name(person.name)


def _less_exact(wish: Wish, everyone: set[Person]) -> Iterator[Somebody]:
    """By the middle of a mail domain ("nibis", "erhvervshus fyn"), as the secretariat, or by a first or last name."""
    said = words(wish.text)
    runs = {"".join(said[start:end]) for start in range(len(said)) for end in range(start + 1, start + 4)}
    domains = sorted({person.domain for person in everyone})
    yield from (_with_domain(domain) for domain in domains if _organisation(domain) in runs)
    if wish.secretariat:
        yield Somebody("OS2-sekretariatet", lambda person: person.secretariat)
    for word in re.findall(r"[^\W\d_]{3,}", wish.text)[1:]:
        name = fold(word).removesuffix("s")
        named = word[0].isupper() and stem(fold(word)) not in FUNCTION_STEMS and not _NO_NAME.search(name)
        if named and any(name in _name_words(person) for person in everyone):
            yield _with_part_of_name(word, name)


def _with_address(address: str) -> Somebody:
    return Somebody(address, lambda person: person.email.lower() == address)


def _with_domain(domain: str) -> Somebody:
    return Somebody(domain, lambda person: person.domain == domain)


def _with_name(name: str) -> Somebody:
    return Somebody(name, lambda person: person.name == name)


def _with_part_of_name(label: str, word: str) -> Somebody:
    return Somebody(label, lambda person: word in _name_words(person))


def _organisation(domain: str) -> str:
    """The middle of a mail domain; empty when it is too short to be told from a word."""
    label = squashed(_middle(domain))
    return label if len(label) >= _SHORTEST_LABEL else ""


def _middle(domain: str) -> str:
    """ "balk" of "balk.dk"."""
    return domain.rpartition(".")[0].rpartition(".")[2]


def _name_words(person: Person) -> set[str]:
    return {word.removesuffix("s") for word in words(person.name)}


def _municipality(line: str) -> Municipality:
    name, _, label = (part.strip() for part in line.partition(":"))
    return Municipality(name.removesuffix("?"), label, name.endswith("?"))


def _whole(municipality: Municipality, text: str) -> bool:
    name = r"[\s-]+".join(map(re.escape, fold(municipality.name).split("-")))
    if municipality.ordinary_word:
        capital = re.search(rf"(?<!^)(?<![.!?] )\b{municipality.name}\b", text)
        return capital is not None or re.search(rf"\b{name}s?\s+kommune", fold(text)) is not None
    return re.search(rf"\b{name}(?:s|')?\b", fold(text)) is not None


def _part(municipality: Municipality, text: str) -> bool:
    parts = fold(municipality.name).split("-")
    said = words(text)
    return len(parts) > 1 and any(len(part) >= _SHORTEST_PART and part in said for part in parts)


def _misspelled(municipality: Municipality, text: str) -> bool:
    name = fold(municipality.name)
    if municipality.ordinary_word or len(name) < _SHORTEST_MISSPELLED:
        return False
    return any(OSA.distance(word, name) == 1 for word in words(text) if len(word) >= _SHORTEST_MISSPELLED)
