"""Suggests the time tag for a task, and turns a day log into registrations."""

from handlers.tags.capability import TagCapability

__all__ = ["TagCapability"]
