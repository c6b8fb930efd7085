"""Says what is coming, and keeps rounds and own reminders."""

from handlers.reminders.announcer import ReminderAnnouncer
from handlers.reminders.budget import BudgetGuide
from handlers.reminders.capability import ReminderCapability
from handlers.reminders.guides import Guide, PlainGuide
from handlers.reminders.plan import Plan, PlanError, read_plan
from handlers.reminders.planner import Planner

__all__ = [
    "BudgetGuide",
    "Guide",
    "PlainGuide",
    "Plan",
    "PlanError",
    "Planner",
    "ReminderAnnouncer",
    "ReminderCapability",
    "read_plan",
]
