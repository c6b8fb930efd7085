"""Which products a message names, and how sure that is. A person is only named for a product that is sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from rapidfuzz.distance import OSA

from bot.pattern import Pattern
from handlers.approvers.register import squashed
from handlers.danish import FUNCTION_STEMS, fold, stem, words
from handlers.handbook import How, Mention, Products

_CLEAR_LEAD = 2
"""A misspelled name is sure when every other product is at least so many slips further away."""
_SHORTEST_MISSPELLED = 5
_SHORTEST_BEGINNING = 4
"""Letters of a product's beginning that stand for it after "OS2", when no other product begins so."""
_SHORTEST_BARE_BEGINNING = 6
_SHORTEST_SECOND_PART = 4
_SHORTEST_INFLECTED = 3
_MOST_NEIGHBOURS = 3
_OFFERS = 4
_MUCH_ALIKE = 0.8
_ALIKE = 0.6
"""Similarity (1 is the same) from which a name is offered in place of an unknown one."""
_ALIKE_REST = 0.5
"""Similarity from which the words after a name may be the rest of a longer one."""
_BEFORE_A_COMMON_NOUN = Pattern(
    r"\b(?:en|et|den|det|de|min|mit|mine|vores|jeres|hans|hendes|nogen|nyt?|nye|hver|hvert|a|an|my|our)\s+$"
)
_BEFORE_A_PRODUCT = Pattern(
    r"(?:^|[,:;]|\b(?:for|paa|til|om|af|i|fra|hos|vedr|vedroerende|og|eller|samt|godkende[rs]?|attesterer|produktet"
    r"|projektet|psp|konto|kontonummer\w*|faktura|fakturaer|regning|regninger|os2)\b)\W*$"
)
_SHORT_INFLECTED = Pattern(r"(?:['’]\w{1,3}|e[tn]s?|[^\W\d_]{3}s)$", re.IGNORECASE)
"""An ending that is no slip of the pen ("OS2mo's", "OS2moet", "OS2iots")."""
_SPACED = Pattern(r"\bos2[\s-]+([^\W\d_]\w{2,})", re.IGNORECASE)
_COMMON = Pattern(
    r"(?:produkt|projekt|sekretariat|faelle|forening|bestyrelse|haandbog|organisation|medlem|kommun|loesning|system"
    r"|faktura|regning|konto|godkend|intern|ekstern|leverandoer|psp|community|koordin|administration|regnskab|oekonomi"
    r"|web|support|cloud|som|og|er|har|det|hvem|hvad|hvor|som)"
)
_MONEY_NOUN = Pattern(r"s?(?:faktura|regning|konto|godkend|bilag|produkt|projekt)")
_BETWEEN_ITEMS = Pattern(r"\s*(?:,|/|&|\b(?:og|samt|eller|and|or)\b)\s*", re.IGNORECASE)
_AND_BEFORE = Pattern(r"(?:og|samt|eller|and|or|&)\s*$")
_ONE_WORD = Pattern(r"([^\W\d_]{3,})\s*[?!.]*\s*")


@dataclass(frozen=True, slots=True)
class Reading:
    """The products in a message: those that are sure, those that may be meant, and names that mean none."""

    sure: tuple[str, ...]
    offers: tuple[str, ...]
    unknown: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.sure or self.offers or self.unknown)


def read(text: str, products: Products) -> Reading:
    """The products that a message names."""
    mentions = [_with_neighbours(mention, text, products) for mention in products.find(text)]
    sure = [mention.names[0] for mention in mentions if is_sure(mention, text, products)]
    unsure = [mention for mention in mentions if not is_sure(mention, text, products)]
    named = [mention for mention in unsure if _written(mention, text).startswith("os2")]
    offers = [mention for mention in unsure if mention in named or (not sure and _may_be_a_product(mention, text))]
    strangers = [*_unknown(text, products, mentions), *_unknown_items(text, mentions)]
    unknown = [] if offers else list(dict.fromkeys(strangers))
    offered = [name for mention in offers for name in mention.names if name not in sure]
    offered += [name for word in unknown for name in nearest(word, products.names)]
    return Reading(_unique(sure), _unique(offered), tuple(unknown))


def is_sure(mention: Mention, text: str, products: Products) -> bool:
    """Whether a mention can mean nothing but one product."""
    if len(mention.names) != 1:
        return False
    key, written = _bare(mention.names[0]), _written(mention, text)
    bare = written.removeprefix("os2")
    others = [_bare(name) for name in products.names if _bare(name) != key]
    match mention.how:
        case How.EXACT:
            return (
                len(key) > _SHORTEST_INFLECTED
                or bare == key
                or _SHORT_INFLECTED.search(text[: mention.end]) is not None
            )
        case How.WORD:
            return bare == key and _BEFORE_A_COMMON_NOUN.search(fold(text[: mention.start])) is None
        case How.PREFIX:
            shortest = _SHORTEST_BEGINNING if written.startswith("os2") else _SHORTEST_BARE_BEGINNING
            return len(bare) >= shortest and _slips(bare, others) > _CLEAR_LEAD
        case How.FUZZY if bare.startswith(key) and len(bare) - len(key) >= _SHORTEST_SECOND_PART:
            return len(key) >= _SHORTEST_MISSPELLED and _MONEY_NOUN.match(bare[len(key) :]) is not None
        case _:
            clear = _slips(bare, others) >= OSA.distance(bare, key) + _CLEAR_LEAD
            return len(key) >= _SHORTEST_MISSPELLED and clear


def nearest(word: str, names: Iterable[str], most: int = _OFFERS) -> tuple[str, ...]:
    """The names that a word that means no product looks most like; empty when it looks like none of them."""
    wanted = _bare(word)
    scored = [(OSA.normalized_similarity(wanted, _bare(name)), name) for name in names]
    scored += [(1.0, name) for name in names if len(wanted) > 3 and wanted in _bare(name)]
    return _unique(name for score, name in sorted(scored, key=lambda pair: -pair[0]) if score >= _ALIKE)[:most]


def resembling(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that some word of a text looks much like, however common that word is."""
    listed = tuple(names)
    scored = [
        (OSA.normalized_similarity(word, _bare(name)), name)
        for word in words(text)
        if len(word) >= _SHORTEST_MISSPELLED
        for name in listed
    ]
    return _unique(name for score, name in sorted(scored, key=lambda pair: -pair[0]) if score >= _MUCH_ALIKE)[:_OFFERS]


def _slips(written: str, keys: Sequence[str]) -> int:
    """How many slips of the pen away the nearest of some names is."""
    return min((OSA.distance(written, key) for key in keys), default=len(written) + _CLEAR_LEAD)


def _with_neighbours(mention: Mention, text: str, products: Products) -> Mention:
    """The mention, with the other names that it may be a part of ("OS2ai heatcontol", "co nector")."""
    if len(mention.names) != 1:
        return mention
    key = _bare(mention.names[0])
    others = [name for name in products.names if _bare(name) != key]
    meant = [*_continued(key, text[mention.end :], others)]
    if mention.how is How.FUZZY:
        meant += _ended(_written(mention, text), text[: mention.start], others)
    return replace(mention, names=(*mention.names, *meant)) if meant else mention


def _continued(key: str, after: str, names: Iterable[str]) -> Iterator[str]:
    """The names that begin with a key and whose rest the next words look like."""
    following = list(takewhile(_goes_on, words(after)))[:_MOST_NEIGHBOURS]
    runs = ["".join(following[:end]) for end in range(1, len(following) + 1)]
    for name in names:
        rest = _bare(name).removeprefix(key)
        if rest != _bare(name) and any(OSA.normalized_similarity(run, rest) >= _ALIKE_REST for run in runs):
            yield name


def _ended(written: str, before: str, names: Iterable[str]) -> Iterator[str]:
    """The names that a misspelled word looks like together with the words before it."""
    preceding = words(before)[-_MOST_NEIGHBOURS:]
    runs = ["".join(preceding[start:]) + written for start in range(len(preceding))]
    for name in names:
        if any(OSA.distance(run, _bare(name)) <= _CLEAR_LEAD for run in runs):
            yield name


def _goes_on(word: str) -> bool:
    """Whether a word may be a further part of a name: not "og", and not the next product."""
    return not word.startswith("os2") and stem(word) not in FUNCTION_STEMS


def _may_be_a_product(mention: Mention, text: str) -> bool:
    """Whether an unsure word without "OS2" stands where a product would: after "for", "på", "godkender" or alone."""
    return _BEFORE_A_PRODUCT.search(fold(text[: mention.start])) is not None


def _unknown(text: str, products: Products, mentions: Sequence[Mention]) -> Iterator[str]:
    """Names with OS2 before them that are no product's, without words such as "OS2-sekretariatet"."""
    for word in products.unknown(text):
        if not _COMMON.match(_bare(word)) and len(_bare(word)) > 1:
            yield word
    for match in _SPACED.finditer(text):
        taken = any(mention.start < match.end() and match.start() < mention.end for mention in mentions)
        if not taken and not _COMMON.match(fold(match[1])):
            yield f"OS2 {match[1]}"


def _unknown_items(text: str, mentions: Sequence[Mention]) -> Iterator[str]:
    """The single words that stand in a row of products and mean none ("OS2mo, banan og OS2iot")."""
    between = [match.span() for match in _BETWEEN_ITEMS.finditer(text)]
    starts, ends = [0, *(end for _, end in between)], [*(start for start, _ in between), len(text)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        word = _ONE_WORD.fullmatch(text[start:end])
        follows = number > 0 and any(not text[mention.end : ends[number - 1]].strip() for mention in mentions)
        leads = any(mention.start == starts[number + 1] for mention in mentions) if number + 1 < len(starts) else False
        closes = number + 1 == len(starts) and _AND_BEFORE.search(fold(text[:start])) is not None
        if word and follows and (leads or closes) and _could_be_a_name(word[1], mentions, start):
            yield word[1]


def _could_be_a_name(word: str, mentions: Sequence[Mention], start: int) -> bool:
    named = any(mention.start <= start < mention.end for mention in mentions)
    return not named and stem(fold(word)) not in FUNCTION_STEMS and not _COMMON.match(fold(word))


def _written(mention: Mention, text: str) -> str:
    return squashed(text[mention.start : mention.end])


def _bare(name: str) -> str:
    return squashed(name).removeprefix("os2")


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
