"""Finds products in what people write: "iot", "valg halla", "kitos", "rollekataloget", "os2valgalla"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from bot.pattern import Pattern
from handlers.danish import fold
from handlers.handbook.model import Handbook, Listing, walk

_NAME = Pattern(r"OS2[^\W_]{2,}")
_SPACED_NAME = Pattern(r"OS2 [^\W_]{2,}")
_PRODUCT_ACCOUNT = Pattern(r"XG-?\d{10}")
_TOKEN = Pattern(r"[^\W_]+(?:['’][^\W_]+)?")
_PREFIX = "os2"
_MOST_WORDS = 4
"""A product's name written apart has at most so many words ("OS2 ud og lær")."""
_ENDINGS = ("s", "et", "ets", "en", "ens", "er", "ere", "erne", "ernes", "eren", "erens", "t", "n")
_ORDINARY_WORDS = """
    ai borger compliance connector data display faktor flow form forms indberetning ind ko kontakt korrespondance
    kle mo mobil moede plan produkt proces projekt sag samtale skole skoledata sync tid ud valg web
"""
_ORDINARY = frozenset(_ORDINARY_WORDS.split())
"""Words with a meaning of their own: without "OS2" they may or may not mean the product."""


class How(IntEnum):
    """How surely a mention means a product, surest last."""

    PREFIX = 1
    """The beginning of the name ("os2sk")."""
    FUZZY = 2
    """A misspelling."""
    WORD = 3
    """The name without "OS2", where it is an ordinary word too ("display")."""
    EXACT = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that means a product; several names when it fits several equally well."""

    names: tuple[str, ...]
    how: How
    start: int
    """Where it begins in the text, and ends (exclusive)."""
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    folded: str
    start: int
    end: int


class Products:
    """The products by name, and the mentions of them in a text."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names` as the handbook writes them ("OS2valghalla"); the first spelling of a name counts."""
        self._names: dict[str, str] = {}
        for name in names:
            self._names.setdefault(_key(name), name)

    @classmethod
    def of(cls, handbook: Handbook) -> Products:
        """All products that the handbook lists in a table cell or a list item of their own."""
        return cls(_listed(handbook))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._names.values())

    def find(self, text: str) -> tuple[Mention, ...]:
        """The mentions in order; of those that overlap the surest, and of equals the longest."""
        tokens = _tokens(text)
        found = [
            mention
            for start in range(len(tokens))
            for end in range(start + 1, min(start + _MOST_WORDS + 1, len(tokens)) + 1)
            if (mention := self._mention(tokens[start:end])) is not None
        ]
        found.sort(key=lambda mention: (-mention.how, mention.start - mention.end))
        kept: list[Mention] = []
        for mention in found:
            if all(mention.end <= other.start or mention.start >= other.end for other in kept):
                kept.append(mention)
        return tuple(sorted(kept, key=lambda mention: mention.start))

    def unknown(self, text: str) -> tuple[str, ...]:
        """Words that look like a product's name ("OS2banan") and mean none in the handbook."""
        spans = [(mention.start, mention.end) for mention in self.find(text)]
        return tuple(
            text[token.start : token.end]
            for token in _tokens(text)
            if token.folded.startswith(_PREFIX)
            and len(token.folded) > len(_PREFIX)
            and not any(start <= token.start < end for start, end in spans)
        )

    def _mention(self, tokens: Sequence[_Token]) -> Mention | None:
        written = "".join(token.folded for token in tokens)
        named = written.startswith(_PREFIX)
        apart = len(tokens) - (tokens[0].folded == _PREFIX)
        bare = written.removeprefix(_PREFIX)
        if len(bare) < (1 if named else 2) or apart == 0 or bare == "s":  # "OS2s" is a genitive
            return None
        found = self._recognise(bare, named, apart, glued=named and tokens[0].folded != _PREFIX)
        if found is None:
            return None
        keys, how = found
        return Mention(tuple(self._names[key] for key in keys), how, tokens[0].start, tokens[-1].end)

    def _recognise(self, bare: str, named: bool, apart: int, glued: bool) -> tuple[list[str], How] | None:
        """The products that a name without "OS2" can mean. `apart`: how many words it was written in."""
        key = self._inflected(bare, named)
        if key is not None:
            return [key], How.EXACT if named or apart > 1 or key not in _ORDINARY else How.WORD
        near = self._near(bare, named) if apart < 3 else []
        if near:
            return near, How.FUZZY
        if apart == 1 and (glued or len(bare) >= 5):
            begun = [key for key in self._names if key.startswith(bare) and (named or bare not in _ORDINARY)]
            if begun and (len(bare) > 1 or len(begun) > 1):  # one letter is enough to ask, never to answer
                return begun, How.PREFIX
            compound = [key for key in self._names if bare.startswith(key) and len(bare) - len(key) >= 4]
            longest = max(compound, key=len, default="")
            if longest and (glued or (len(longest) >= 5 and longest not in _ORDINARY)):
                return [longest], How.FUZZY
        return None

    def _inflected(self, bare: str, named: bool) -> str | None:
        if bare in self._names:
            return bare
        for ending in _ENDINGS:
            key = bare.removesuffix(ending)
            if key != bare and key in self._names and (len(key) > 2 or named or ending == "s"):
                return key
        return None

    def _near(self, bare: str, named: bool) -> list[str]:
        """The products whose name is the fewest slips of the pen away; none where a slip makes another word."""
        slips = 2 if len(bare) >= 8 else 1
        shortest = 3 if named else 5
        if len(bare) < shortest:
            return []
        forms = [bare, *(bare.removesuffix(ending) for ending in _ENDINGS if len(ending) > 1 and bare.endswith(ending))]
        distances = {
            key: min(OSA.distance(form, key) for form in forms if len(form) >= shortest)
            for key in self._names
            if len(key) >= shortest and (named or key not in _ORDINARY)
        }
        best = min(distances.values(), default=slips + 1)
        return [key for key, distance in distances.items() if distance == best <= slips]


def _listed(handbook: Handbook) -> Iterator[str]:
    for section in handbook.sections:
        for block in walk(section.blocks):
            if isinstance(block, Listing):
                yield from (item.text.plain for item in block.items if _NAME.fullmatch(item.text.plain))
    for _, table in handbook.tables():
        for row in table.rows:
            cells = [cell.plain for cell in row.cells]
            has_account = any(_PRODUCT_ACCOUNT.fullmatch(cell) for cell in cells)
            yield from (cell for cell in cells if _NAME.fullmatch(cell))
            yield from (cell for cell in cells if has_account and _SPACED_NAME.fullmatch(cell))


def _key(name: str) -> str:
    return "".join(token.folded for token in _tokens(name)).removeprefix(_PREFIX)


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(fold(match.group()).replace("'", "").replace("’", ""), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]
