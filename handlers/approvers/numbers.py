"""Finds PSP elements and account numbers in a message, whole or in part, however they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.pattern import Pattern
from handlers.danish import fold

_RUN = Pattern(r"(?<![^\W_])(?P<xg>xg)?[\s:.\-–]{0,3}(?P<digits>\d+(?:[ \t\u00a0.\-–/]{1,3}\d+)*)(?!\w)")
_NOT_A_NUMBER = Pattern(
    r"(?:faktura|fakturaen|fakturanr|fakturanummer|regning|bilag|cvr|ean|gln|tlf|telefon|kl|issue|sag|uge|dkk)"
    r"[\s.:#-]*(?:nr|nummer|no)?[\s.:#-]*$"
)
_AMOUNT = Pattern(r"\s*(?:kr|dkk|,-|timer|stk|%|euro|eur|tkr|mio)\b|\s*,-|\s*%")
_DATE = Pattern(r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|20\d\d)$")
_PSP_WORD = Pattern(
    r"\b(?:psp\w*|xg\w*|hvilket produkt|hvilke produkter"
    r"|element\w*|ender|slutter|endelse\w*|sidste\s+\w*\s*cif\w+|starter|begynder)\b"
)
_APPROVES = Pattern(r"\bgodkend\w*\s+(?:for\s+|paa\s+)?$")
_APPROVER_AFTER = Pattern(r"\W*(?:hvem\s+)?(?:godkend(?:er|es|e)?|attester\w*)\b")
_ACCOUNT_WORD = Pattern(r"\b(?:\w*konto\w*|\w*konti|suffiks\w*|endelse\w*|account\w*)\b")
_SUFFIX_LENGTH = 5
_SHORTEST_PART = 2
_SHORTEST_UNMARKED_PART = 7
"""Digits of a PSP element's end that are recognised without a word such as "psp" beside them."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed: the PSP element's digits (all or some), the account's suffix, or both."""

    written: str
    psp: str = ""
    suffix: str = ""


def find(text: str, known: Sequence[str]) -> tuple[Number, ...]:
    """The numbers of a message. `known` are the digits of all PSP elements, which tell what a run of digits can be."""
    folded = fold(text)
    psp_word = _PSP_WORD.search(folded) is not None
    account_word = _ACCOUNT_WORD.search(folded) is not None
    alone = re.sub(r"[\W\d_]|xg|psp|konto", "", folded) == ""
    found: list[Number] = []
    for match in _RUN.finditer(folded):
        written = match.group().strip(" :.-–")
        before, after = folded[: match.start()], folded[match.end() :]
        named = _APPROVES.search(before) or _APPROVER_AFTER.match(after)
        marked = match["xg"] is not None or named is not None
        if not marked and (_AMOUNT.match(after) or _NOT_A_NUMBER.search(before.rstrip(" "))):
            continue
        if not marked and not psp_word and _DATE.match(match["digits"]):
            continue
        spoken_of = account_word and not (marked or psp_word)
        found += _read(match["digits"], written, known, marked or psp_word or alone, spoken_of)
    return tuple(dict.fromkeys(found))


def matching(part: str, known: Sequence[str]) -> tuple[str, ...]:
    """The PSP elements that a whole or partial number can be: the same, else ending so, else beginning so."""
    for fits in (part.__eq__, lambda digits: digits.endswith(part), lambda digits: digits.startswith(part)):
        found = tuple(digits for digits in known if fits(digits))
        if found:
            return found
    return ()


def _read(digits: str, written: str, known: Sequence[str], marked: bool, account: bool) -> Iterator[Number]:
    """What a run of digits (with its separators) says, if anything."""
    joined = re.sub(r"\D", "", digits)
    length = len(known[0]) if known else 10
    whole = next((number for number in known if joined.startswith(number)), None)
    if whole or (len(joined) in (length, length + _SUFFIX_LENGTH) and marked):
        suffix = joined[length:]
        parted = re.search(rf"\D+{suffix}$", digits) is not None  # "-5"; without a dash it is a digit too many
        if len(suffix) <= _SUFFIX_LENGTH and (parted or len(suffix) in (0, _SUFFIX_LENGTH)):
            yield Number(written, joined[:length], suffix)
            return
    tail = re.fullmatch(r"(?P<psp>.*\d)\D+(?P<suffix>0\d{4})", digits)
    if tail and matching(re.sub(r"\D", "", tail["psp"]), known):
        yield Number(written, re.sub(r"\D", "", tail["psp"]), tail["suffix"])
    elif _is_suffix(joined, account):
        yield Number(written, suffix=joined)
    elif len(joined) >= _SHORTEST_UNMARKED_PART and matching(joined, known):
        yield Number(written, joined)
    elif marked and len(joined) >= _SHORTEST_PART:
        groups = re.findall(r"\d{3,}", digits)
        if len(groups) > 1 and not matching(joined, known) and all(matching(group, known) for group in groups):
            yield from (Number(group, group) for group in groups)
        else:
            yield Number(written, joined)


def _is_suffix(digits: str, account: bool) -> bool:
    """Whether digits are an account's suffix: five that begin with zero, or any few where an account is named."""
    return (account and len(digits) <= _SUFFIX_LENGTH) or (len(digits) == _SUFFIX_LENGTH and digits.startswith("0"))
