"""Which reminder people mean."""

from __future__ import annotations

import pytest

from handlers.reminders.plan import Plan
from handlers.reminders.topics import about, find_named
from tests.handlers.reminders.plans import reminder

PLAN = Plan(
    reminder=(
        reminder("hver mandag", id='"plan"', title='"Kort"'),
        reminder("hver mandag", id='"ugens-plan"', title='"Læg den"'),
        reminder("hver mandag", id='"liste"', title='"Årligt eftersyn af godkenderlisten"'),
    )
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("planen", ["plan"]),
        ("færdig ugens-plan 2027-U15", ["ugens-plan"]),
        ("færdig med ugens plan", ["ugens-plan"]),
        ("eftersynet", ["liste"]),
        ("fakturagodkenderlisten", ["liste"]),
        ("hvem er godkender", []),
        ("årligt møde", []),
        ("i denne uge", []),
    ],
)
def test_a_reminder_is_named_by_its_id_or_by_the_telling_words_of_its_title(text: str, ids: list[str]) -> None:
    assert [found.id for found in about(PLAN, text)] == ids


def test_the_words_that_name_nothing_are_left() -> None:
    assert find_named(PLAN, "Er eftersynet af godkenderlisten færdigt?")[1] == "er af faerdigt"
