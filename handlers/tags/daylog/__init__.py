"""Day logs: what somebody pasted becomes registrations with hours, project, standard task and tag."""

from handlers.tags.daylog.capability import DayLogCapability

__all__ = ["DayLogCapability"]
