"""How often a running bot does what it does by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """The seconds between one time and the next. Tests are in more of a hurry."""

    look: float = 10.0
    """Asking the announcers what is due."""
    beat: float = 3.0
    """Saying that this copy is alive."""
    dead_after: float = 10.0
    """Without a beat a copy is taken for dead."""


USUAL = Pace()
"""That of a bot at work."""
