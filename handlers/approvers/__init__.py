"""Looks up who checks and who approves an invoice. Other capabilities use what is listed here."""

from handlers.approvers.accounts import Account, AccountPlan, Holder
from handlers.approvers.capability import ApproverCapability
from handlers.approvers.patch import Change, PatchError, patch
from handlers.approvers.problems import Flaw, find_flaws
from handlers.approvers.register import Party, Person, Register, Row
from handlers.approvers.reverse import Municipalities

__all__ = [
    "Account",
    "AccountPlan",
    "ApproverCapability",
    "Change",
    "Flaw",
    "Holder",
    "Municipalities",
    "Party",
    "PatchError",
    "Person",
    "Register",
    "Row",
    "find_flaws",
    "patch",
]
