"""Says what is coming, and keeps rounds and own reminders."""

from handlers.reminders.capability import ReminderCapability

__all__ = ["ReminderCapability"]
