"""The names that projects have where time is registered, when they are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers.danish import stems
from handlers.tags.knowledge import key

Names = Callable[[], Sequence[str]]
"""The project names as they are now; empty as long as they are not known. Returns at once."""


def existing(project: str, names: Sequence[str]) -> str:
    """The name under which a project of the handbook exists: its own however spaced, or the only longer one.

    A project that exists under no such name, or under several, keeps the handbook's.
    """
    wanted = key(project)
    same = [name for name in names if key(name) == wanted]
    longer = [name for name in names if set(stems(project)) <= set(stems(name))]
    found = same or longer
    return found[0] if len(found) == 1 or same else project


def meant(description: str, names: Sequence[str]) -> str | None:
    """The project whose whole name stands in a description, in any inflection; of several the longest."""
    said = set(stems(description))
    named = [name for name in names if (own := set(stems(name))) and own <= said]
    return max(named, key=len, default=None)
