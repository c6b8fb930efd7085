"""Number words as digits."""

from __future__ import annotations

from handlers.danish.words import words

_NAMES = [
    "tre",
    "fire",
    "fem",
    "seks",
    "syv",
    "otte",
    "ni",
    "ti",
    "elleve",
    "tolv",
    "tretten",
    "fjorten",
    "femten",
    "seksten",
    "sytten",
    "atten",
    "nitten",
    "tyve",
]
NUMBERS = {words(name)[0]: number for number, name in enumerate(_NAMES, 3)} | {
    name: number
    for number, name in zip(
        (30, 40, 50, 60, 70, 80, 90, 100),
        words("tredive fyrre halvtreds tres halvfjerds firs halvfems hundrede"),
        strict=True,
    )
}
"""The value of each folded number word from three on; "en" and "to" are ordinary words as well."""


def digits(word: str) -> str:
    """The digits for a folded number word; any other word as it is."""
    return str(NUMBERS.get(word, word))
