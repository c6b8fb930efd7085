"""Descriptions from which no tag can be told: words that nothing is known of, and hours without the work."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.pattern import Pattern
from handlers.danish import FUNCTION_STEMS, stem, stems
from handlers.tags.features import PRODUCT

_HOURS_ONLY = frozenset(
    stems(
        f"""arbejde arbejdede arbejder arbejdet arbejdstid brugte brugt bruger lavede tid tiden time timer timerne
        minutter min t dag dagen dage uge ugen uger måned måneden formiddag formiddagen eftermiddag eftermiddagen morgen
        aften mandag tirsdag onsdag torsdag fredag lørdag søndag halv hel hele alt alting ting diverse forskelligt
        forskellige blandet blandede opgave opgaver småting småopgaver noget lidt meget mest alle {PRODUCT}
        worked hours week day various stuff things tasks"""
    )
)
_NUMBER = Pattern(r"[\d.,:½¼¾-]+\w?")


def hours_only(description: str) -> bool:
    """Whether a description (see `description.plain`) tells how long and on which product, but not what was done."""
    said = [word for word in stems(description) if word not in FUNCTION_STEMS and not _NUMBER.fullmatch(word)]
    return bool(said) and all(word in _HOURS_ONLY for word in said)


def means_something(names: Iterable[str], is_known: Callable[[str], bool]) -> bool:
    """Whether one of a description's features (see `Features.names`) says something: letters alike are no meaning.

    `is_known` tells whether the model was taught a feature.
    """
    for name in names:
        kind, _, what = name.partition(" ")
        if kind in ("concept", "product"):
            return True
        if kind == "stem" and not what.isdigit() and stem(what) not in FUNCTION_STEMS and is_known(name):
            return True
    return False
