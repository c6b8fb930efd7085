"""What can go wrong between the bot and the server, each with its probability (0 to 1) for a call."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

DELAY_SECONDS = 0.2


@dataclass
class Faults:
    """All switched off at first. The seed makes a run repeatable as far as threads allow."""

    limited: float = 0.0  # 429
    failed: float = 0.0  # 500, and nothing was done
    failed_after: float = 0.0  # 500, but it was done
    gateway: float = 0.0  # 502, and nothing was done
    cut: float = 0.0  # connection closed, and nothing was done
    cut_after: float = 0.0  # connection closed, but it was done
    delayed: float = 0.0  # connection closed, and it is done DELAY_SECONDS later
    expired: float = 0.0  # the event queue is gone with all that was in it
    doubled: float = 0.0  # an event comes twice
    shuffled: float = 0.0  # events of one poll come in another order
    retry_after: float = 0.05  # seconds that a 429 asks for
    random: random.Random = field(default_factory=lambda: random.Random(6))

    def hit(self, probability: float) -> bool:
        """Whether it strikes now."""
        return probability > 0 and self.random.random() < probability

    def stop(self) -> None:
        """Switches everything off."""
        for name in ("limited", "failed", "failed_after", "gateway", "cut", "cut_after", "delayed"):
            setattr(self, name, 0.0)
        self.expired = self.doubled = self.shuffled = 0.0
