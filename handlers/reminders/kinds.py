"""The kinds of round there are, and which of them a reminder of the plan opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handlers.handbook import Handbook
from handlers.reminders.approver_guide import ApproverGuide
from handlers.reminders.budget import BudgetGuide
from handlers.reminders.guides import Guide, PlainGuide
from handlers.reminders.plan import Reminder


@dataclass(frozen=True)
class Guides:
    """One guide for every kind of round."""

    plain: PlainGuide
    budget: BudgetGuide
    approvers: ApproverGuide

    @classmethod
    def of(cls, handbook: Handbook, read_page: Callable[[str], str]) -> Guides:
        """`read_page` as `ApproverGuide` needs it."""
        return cls(PlainGuide(handbook), BudgetGuide(handbook), ApproverGuide(handbook, read_page))

    def opened_by(self, reminder: Reminder) -> Guide:
        """The guide of the round that a reminder opens."""
        match reminder.round:
            case "budget":
                return self.budget
            case "approvers":
                return self.approvers
        return self.plain

    @property
    def items(self) -> tuple[str, ...]:
        """Everything that can be ticked off in any round."""
        return (*self.budget.items, *self.approvers.items)
