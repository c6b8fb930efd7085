"""Says what is coming, and keeps rounds and own reminders."""

from handlers.reminders.announcer import ReminderAnnouncer
from handlers.reminders.capability import ReminderCapability
from handlers.reminders.plan import Plan, PlanError, read_plan

__all__ = ["Plan", "PlanError", "ReminderAnnouncer", "ReminderCapability", "read_plan"]
