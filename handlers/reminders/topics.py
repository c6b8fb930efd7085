"""Which reminder of the plan a text is about."""

from __future__ import annotations

from handlers.danish import stem, words
from handlers.reminders.plan import Plan, Reminder

_LONG = 8
"""A title's word this long tells it from others, and is recognised inside a compound ("fakturagodkenderlisten")."""
_HOW_OFTEN = ("aarlig", "maanedlig", "ugentlig", "daglig", "kvartal", "halvaarlig")


def about(plan: Plan, text: str) -> tuple[Reminder, ...]:
    """The reminders that a text names by id or by a telling word of their title, in the order of the plan."""
    return find_named(plan, text)[0]


def find_named(plan: Plan, text: str) -> tuple[tuple[Reminder, ...], str]:
    """The reminders that a text names, and its folded words without those that name them.

    Where all that names one also names another that is named by more ("plan", "ugens-plan"), only that one is meant.
    """
    said = words(text)
    naming = {reminder.id: _naming(reminder, said) for reminder in plan.reminder}
    found = tuple(
        reminder
        for reminder in plan.reminder
        if naming[reminder.id] and not any(naming[reminder.id] < other for other in naming.values())
    )
    taken = {position for reminder in found for position in naming[reminder.id]}
    return found, " ".join(word for position, word in enumerate(said) if position not in taken)


def names_title(reminder: Reminder, text: str) -> bool:
    """Whether a text names a reminder by its title, which says more than its id ("budget") may."""
    return any(_same(word, name) for word in words(text) for name in _title_words(reminder))


def _naming(reminder: Reminder, said: list[str]) -> set[int]:
    """The positions of the words that name a reminder: those of its title, and those of its id when all are there."""
    title = _title_words(reminder)
    found = {position for position, word in enumerate(said) if any(_same(word, name) for name in title)}
    of_id = {name: {p for p, word in enumerate(said) if _same(word, name)} for name in words(reminder.id)}
    return found.union(*of_id.values()) if all(of_id.values()) else found


def _title_words(reminder: Reminder) -> list[str]:
    return [word for word in words(reminder.title) if len(word) >= _LONG and not word.startswith(_HOW_OFTEN)]


def _same(word: str, name: str) -> bool:
    return stem(word) == stem(name) or (len(name) >= _LONG and stem(word).endswith(stem(name)))
