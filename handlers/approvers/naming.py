"""Which products a message names, and how sure that is. A person is only named for a product that is sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from handlers.approvers.register import squashed
from handlers.danish import fold
from handlers.handbook import How, Mention, Products

_CLEAR_LEAD = 2
"""A misspelled name is sure when every other product is at least so many slips further away."""
_SHORTEST_MISSPELLED = 5
_SHORTEST_BEGINNING = 4
"""Letters of a product's beginning that stand for it after "OS2", when no other product begins so."""
_SHORTEST_BARE_BEGINNING = 6
_OFFERS = 4
_BEFORE_A_COMMON_NOUN = re.compile(
    r"\b(?:en|et|den|det|de|min|mit|mine|vores|jeres|hans|hendes|nogen|nyt?|nye|hver|hvert|a|an|my|our)\s+$"
)
_SPACED = re.compile(r"\bos2[\s-]+([^\W\d_]\w{2,})")
_COMMON = re.compile(
    r"(?:produkt|projekt|sekretariat|faelle|forening|bestyrelse|haandbog|organisation|medlem|kommun|loesning|system"
    r"|faktura|regning|konto|godkend|intern|ekstern|leverandoer|psp|community|koordin|administration|regnskab|oekonomi"
    r"|web|support|cloud|som|og|er|har|det|hvem|hvad|hvor|som)"
)
_MONEY_NOUN = re.compile(r"s?(?:faktura|regning|konto|godkend|bilag|produkt|projekt)")


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
    mentions = products.find(text)
    sure: list[str] = []
    offers: list[tuple[str, ...]] = []
    for mention in mentions:
        if is_sure(mention, text, products):
            sure.append(mention.names[0])
        elif _written(mention, text).startswith("os2") or mention.how is not How.WORD:
            offers.append(mention.names)
    named_offers = [
        names
        for mention in mentions
        for names in offers
        if mention.names == names and _written(mention, text).startswith("os2")
    ]
    unknown = [] if offers else list(_unknown(text, products, mentions))
    kept = named_offers if sure else offers
    offered = [name for names in kept for name in names if name not in sure]
    offered += [name for word in unknown for name in nearest(word, products.names)]
    return Reading(_unique(sure), _unique(offered), tuple(unknown))


def is_sure(mention: Mention, text: str, products: Products) -> bool:
    """Whether a mention can mean nothing but one product."""
    if len(mention.names) != 1:
        return False
    key, written = _bare(mention.names[0]), _written(mention, text)
    bare = written.removeprefix("os2")
    match mention.how:
        case How.EXACT:
            return True
        case How.WORD:
            return _BEFORE_A_COMMON_NOUN.search(fold(text[: mention.start])) is None
        case How.PREFIX:
            return len(bare) >= (_SHORTEST_BEGINNING if written.startswith("os2") else _SHORTEST_BARE_BEGINNING)
        case How.FUZZY if bare.startswith(key):
            return len(key) >= _SHORTEST_MISSPELLED and _MONEY_NOUN.match(bare[len(key) :]) is not None
        case _:
            return _clearly_nearest(bare, key, [_bare(name) for name in products.names])


def nearest(word: str, names: Iterable[str], most: int = _OFFERS) -> tuple[str, ...]:
    """The names that a word that means no product looks most like; empty when it looks like none of them."""
    wanted = _bare(word)
    scored = [(OSA.normalized_similarity(wanted, _bare(name)), name) for name in names]
    scored += [(1.0, name) for name in names if len(wanted) > 3 and wanted in _bare(name)]
    return _unique(name for score, name in sorted(scored, key=lambda pair: -pair[0]) if score >= 0.5)[:most]


def _clearly_nearest(written: str, key: str, keys: Sequence[str]) -> bool:
    slips = OSA.distance(written, key)
    others = min((OSA.distance(written, other) for other in keys if other != key), default=slips + _CLEAR_LEAD)
    return len(key) >= _SHORTEST_MISSPELLED and others >= slips + _CLEAR_LEAD


def _unknown(text: str, products: Products, mentions: Sequence[Mention]) -> Iterable[str]:
    """Names with OS2 before them that are no product's, without words such as "OS2-sekretariatet"."""
    for word in products.unknown(text):
        if not _COMMON.match(_bare(word)) and len(_bare(word)) > 1:
            yield word
    folded = fold(text)
    for match in _SPACED.finditer(folded):
        taken = any(_written(mention, text).removeprefix("os2") in squashed(match.group()) for mention in mentions)
        if not taken and not _COMMON.match(match[1]):
            yield f"OS2 {match[1]}"


def _written(mention: Mention, text: str) -> str:
    return squashed(text[mention.start : mention.end])


def _bare(name: str) -> str:
    return squashed(name).removeprefix("os2")


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
