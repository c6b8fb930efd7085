"""Whose question it is: how surely a message is about approving invoices, and which kind of answer it wants."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from handlers.approvers.directory import Subject
from handlers.approvers.wishes import Wish


class Kind(Enum):
    """The kinds of answer."""

    LOOKUP = "lookup"
    """Products, numbers or accounts that the message names."""
    REVERSE = "reverse"
    """What somebody approves: a municipality, a mail domain, a person, the secretariat."""
    MISSING = "missing"
    FLAWS = "flaws"
    BEFORE = "before"
    """Who approved for a product earlier."""
    CHANGES = "changes"
    """What has changed in the list."""
    EVERYTHING = "everything"
    PROCESS = "process"
    WHICH = "which"
    """Asks for the product."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind of answer and the confidence of the claim (see `contracts.Claim`)."""

    kind: Kind
    confidence: float


_SURE, _UNMISTAKABLE, _GOOD, _LIKELY, _WEAK, _FAINT = 0.9, 0.8, 0.7, 0.6, 0.4, 0.3
_SHORT = 5


def judge(wish: Wish, subject: Subject, somebody: bool, alone: bool = False) -> Verdict | None:
    """The verdict on a message; None when it is surely not about approvers.

    `somebody`: it names people or a place; `alone`: nothing but those, and they stand in the list.
    """
    verdict = _verdict(wish, subject, somebody)
    if verdict is None and alone:
        return Verdict(Kind.REVERSE, _GOOD)
    asks_for_a_person = wish.asks_who or wish.approver or wish.account or wish.psp
    if verdict and wish.registering and not asks_for_a_person and not subject.numbered:
        return Verdict(verdict.kind, min(verdict.confidence, _FAINT))
    return verdict


def _verdict(wish: Wish, subject: Subject, somebody: bool) -> Verdict | None:
    if subject.found and (wish.past or wish.changed) and (wish.approving or wish.approver):
        return Verdict(Kind.BEFORE, _SURE)
    if subject:
        confidence = _lookup(wish, subject)
        return Verdict(Kind.LOOKUP, confidence) if confidence else None
    asks_for_approvers = wish.approver or (wish.approving and (wish.invoice or not wish.other_matter))
    plural = wish.several and (wish.invoice or wish.product)
    about_roles = asks_for_approvers or (wish.role and (plural or (wish.as_noun and (wish.several or wish.asks_who))))
    if about_roles and wish.missing and (wish.role or wish.approver) and not somebody:
        return Verdict(Kind.MISSING, _UNMISTAKABLE)
    if wish.approver and wish.changed:
        return Verdict(Kind.CHANGES, _UNMISTAKABLE)
    if wish.approver and wish.problems:
        return Verdict(Kind.FLAWS, _GOOD)
    whom = wish.several or (wish.asks_who and not wish.invoice)  # an invoice from a place is not one that it approves
    if somebody and whom and (about_roles or wish.controlling):
        return Verdict(Kind.REVERSE, _UNMISTAKABLE)
    if somebody and wish.several and wish.product and wish.has:
        return Verdict(Kind.REVERSE, _LIKELY)
    if somebody and wish.addresses and wish.length <= _SHORT:
        return Verdict(Kind.REVERSE, _LIKELY)
    about_approving = asks_for_approvers and (wish.invoice or wish.internal or wish.external)
    if wish.process and (about_approving or (wish.invoice and wish.who)):
        return Verdict(Kind.PROCESS, _LIKELY)
    if wish.approver and (wish.everything or wish.length == 1) and not wish.other_question:
        return Verdict(Kind.EVERYTHING, _GOOD)
    if wish.other_matter or wish.other_question:
        return None
    unspoken = wish.approving and (wish.length <= 2 or wish.os2)
    if (wish.asks_who and (wish.invoice or wish.approver or unspoken)) or (wish.approver and unspoken):
        return Verdict(Kind.WHICH, _LIKELY)
    return Verdict(Kind.WHICH, _FAINT) if wish.invoice and wish.who else None


def _lookup(wish: Wish, subject: Subject) -> float:
    """How surely a message that names a product, a number or an account wants it looked up."""
    off_topic = wish.other_question or (wish.other_matter and not wish.invoice and not wish.account)
    approving = wish.approving or wish.approver or wish.controlling or (wish.asks_who and wish.checks)
    if off_topic and not subject.numbered:
        return _WEAK if approving or wish.invoice else 0.0
    if subject.numbered:
        bare_and_unknown = not (
            subject.found or subject.offers or subject.loose or wish.psp or wish.account or approving
        )
        return _FAINT if bare_and_unknown else _SURE
    if approving:
        vague = not (subject.found or subject.unknown or wish.invoice or wish.approver or wish.os2)
        return _LIKELY if vague else _SURE
    if wish.psp or wish.account:
        return _UNMISTAKABLE
    if wish.invoice:
        return _GOOD if wish.who or wish.role or wish.length <= _SHORT else _WEAK
    if wish.role and (wish.who or wish.length <= _SHORT):
        return _LIKELY
    if subject.bare and (subject.found or subject.offers):
        return _GOOD
    return _WEAK if wish.length == 1 and subject.found else 0.0
