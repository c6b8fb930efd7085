"""Suggests the time tag for a task, and turns a day log into registrations."""

from handlers.tags.capability import TagCapability
from handlers.tags.daylog import DayLogCapability
from handlers.tags.review import TagReview
from handlers.tags.time import TagModel, TimeTags

__all__ = ["DayLogCapability", "TagCapability", "TagModel", "TagReview", "TimeTags"]
