"""What the trials share: the faults of the server, and the count of what came of what was expected."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Hashable, Mapping
from typing import TypeVar

from tests.zulip_double import Double

FAULTS = {
    "limited": 0.02,
    "failed": 0.02,
    "failed_after": 0.02,
    "gateway": 0.01,
    "cut": 0.02,
    "cut_after": 0.02,
    "delayed": 0.02,
    "expired": 0.005,
    "doubled": 0.05,
    "shuffled": 0.1,
}
"""Each with its probability; see `zulip_double.faults`."""
SETTLE_SECONDS = "2"
"""Longer than the double ever takes for a call (0.2 s, on a busy machine more)."""

Said = TypeVar("Said", bound=Hashable)


def switch_on(double: Double, times: float = 1.0) -> None:
    """Lets everything go wrong, so many times as often as usual."""
    for name, probability in FAULTS.items():
        setattr(double.faults, name, probability * times)


def report(what: str, expected: Counter[Said], arrived: Counter[Said], incidents: Mapping[str, int]) -> bool:
    """Prints the count; says whether each came once."""
    doubled, missed = arrived - expected, expected - arrived
    print(f"{expected.total()} {what}: {arrived.total()} arrived, {doubled.total()} doubled, {missed.total()} missed")
    print("incidents: " + ", ".join(f"{count} {name}" for name, count in sorted(incidents.items())))
    for name, wrong in (("doubled", doubled), ("missed", missed)):
        for one, count in wrong.items():
            print(f"  {name}: {count} of {one}", file=sys.stderr)
    return not doubled and not missed
