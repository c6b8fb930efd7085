"""Groups of words and phrases that stand for the same thing in an office, read from plain files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handlers.danish.function_words import FUNCTION_STEMS
from handlers.danish.words import stems

Term = tuple[str, ...]
"""A word or phrase as its stems, small words left out."""


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that mean the same; `place` is file and line."""

    place: str
    members: tuple[str, ...]
    terms: tuple[Term, ...]

    @property
    def name(self) -> str:
        """Its first terms, by which it is known wherever it stands."""
        return ", ".join(" ".join(term) for term in self.terms[:3])


class Thesaurus:
    """Finds the other ways to say a word or a phrase."""

    def __init__(self, groups: Iterable[Group] = ()) -> None:
        self.groups = tuple(groups)
        self._words: dict[str, list[Group]] = defaultdict(list)
        self._phrases: dict[str, list[tuple[Term, Group]]] = defaultdict(list)
        for group in self.groups:
            for term in group.terms:
                if len(term) == 1:
                    self._words[term[0]].append(group)
                else:
                    self._phrases[term[0]].append((term, group))

    @classmethod
    def read(cls, folder: Path) -> Thesaurus:
        """The thesaurus in a folder of .txt files: one group a line, members parted by commas, `#` for remarks."""
        return cls(group for file in sorted(folder.glob("*.txt")) for group in _groups(file))

    def others(self, stem: str) -> dict[Term, float]:
        """What else a stem may be called, each with how sure it is (0 to 1): the more of the stem's groups it is in."""
        return _others((stem,), self.groups_of(stem))

    def groups_of(self, stem: str) -> Sequence[Group]:
        """The groups that a word is in, by its stem."""
        return self._words.get(stem, ())

    def groups_in(self, text: Sequence[str]) -> Iterator[Group]:
        """The groups of the known phrases whose stems all stand in the text; some may come more than once."""
        present = set(text)
        for stem in present & self._phrases.keys():
            yield from (group for term, group in self._phrases[stem] if present.issuperset(term))

    def phrases(self, text: Sequence[str]) -> Iterator[tuple[Term, dict[Term, float]]]:
        """The known phrases whose stems all stand in the text, each with what else it may be called."""
        present = set(text)
        for stem in present & self._phrases.keys():
            found: dict[Term, list[Group]] = defaultdict(list)
            for term, group in self._phrases[stem]:
                if present.issuperset(term):
                    found[term].append(group)
            for term, groups in found.items():
                yield term, _others(term, groups)

    def doubles(self) -> list[tuple[str, Group, Group]]:
        """Pairs of groups that share two members or more, with the first shared one: they belong together or apart."""
        found = []
        seen: dict[tuple[Term, Term], Group] = {}
        for group in self.groups:
            terms = sorted(set(group.terms))
            for position, term in enumerate(terms):
                for other in terms[position + 1 :]:
                    first = seen.setdefault((term, other), group)
                    if first is not group:
                        found.append((" ".join(term), first, group))
        return found


def _others(term: Term, groups: Sequence[Group]) -> dict[Term, float]:
    shared = Counter(other for group in groups for other in group.terms if other != term)
    return {other: min(1.0, count / len(groups) ** 0.5) for other, count in shared.items()}


def _groups(file: Path) -> Iterator[Group]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        members = tuple(part.strip() for part in line.split(",") if part.strip())
        if len(members) > 1 and not line.startswith("#"):
            terms = tuple(dict.fromkeys(term for member in members if (term := as_term(member))))
            yield Group(f"{file.name}:{number}", members, terms)


def as_term(text: str) -> Term:
    """The stems of a word or phrase, without small words where others are left."""
    found = stems(text)
    content = tuple(stem for stem in found if stem not in FUNCTION_STEMS)
    return content or tuple(found)
