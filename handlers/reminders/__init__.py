"""Says what is coming, and keeps rounds and own reminders."""

from handlers.reminders.announcer import ReminderAnnouncer
from handlers.reminders.capability import ReminderCapability
from handlers.reminders.kinds import Guides
from handlers.reminders.plan import Plan, PlanError, read_plan
from handlers.reminders.planner import Planner

__all__ = ["Guides", "Plan", "PlanError", "Planner", "ReminderAnnouncer", "ReminderCapability", "read_plan"]
