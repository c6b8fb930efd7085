"""Which reminder of the plan a text is about."""

from __future__ import annotations

from handlers.danish import fold, stem, words
from handlers.reminders.plan import Plan, Reminder

_LONG = 8
"""A word this long is recognised inside a compound ("fakturagodkenderlisten")."""
_HOW_OFTEN = ("aarlig", "maanedlig", "ugentlig", "daglig", "kvartal", "halvaarlig")


def about(plan: Plan, text: str) -> list[Reminder]:
    """The reminders that a text names by id or by a telling word of their title, in the order of the plan."""
    asked = words(text)
    return [
        reminder for reminder in plan.reminder if any(_same(word, name) for word in asked for name in names(reminder))
    ]


def names(reminder: Reminder) -> list[str]:
    """The folded words that tell a reminder from others: its id, and the long words of its title."""
    title = [word for word in words(reminder.title) if len(word) >= _LONG and not word.startswith(_HOW_OFTEN)]
    return [fold(reminder.id), *words(reminder.id), *title]


def _same(word: str, name: str) -> bool:
    if stem(word) == stem(name):
        return True
    return len(name) >= _LONG and (stem(word).endswith(stem(name)))
