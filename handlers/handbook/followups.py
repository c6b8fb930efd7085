"""What a short message means after an answer from the handbook: more of it, where it stands, another of the places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from bot.pattern import Pattern
from handlers.danish import FUNCTION_STEMS, stem, words
from handlers.danish.asked import bare

_MORE = Pattern(
    r"(?:(?:vis|giv|fortael|skriv|laes|se|faa)\w*(?: mig)? (?:lidt )?(?:mere|resten|det hele|hele afsnittet)"
    r"|mere(?: tak)?|resten|forklar(?: det)?(?: naermere)?|uddyb(?: det)?|(?:show|tell)(?: me)? more|more|explain)"
    r"(?: om det)?(?: tak)?"
)
_WHERE = Pattern(
    r"(?:hvor (?:staar|ligger|finder jeg|kan jeg (?:se|laese|finde)|fandt du|har du) det(?: fra| henne)?"
    r"|(?:hvad er )?kilden?|link(?:et)?|hvor fra|hvorfra(?: ved du det)?"
    r"|where (?:is (?:it|that)|does it say that)|source)"
)
_NUMBERS = {
    "2": r"2|nr 2|nummer (?:2|to)|den anden|nummer to|the second(?: one)?|toeren",
    "3": r"3|nr 3|nummer (?:3|tre)|den tredje|den sidste|the third(?: one)?|treeren",
    "1": r"1|nr 1|nummer (?:1|en|et)|den foerste|the first(?: one)?",
}
_PICK = {number: Pattern(rf"(?:vis )?(?:mig )?(?:{pattern})") for number, pattern in _NUMBERS.items()}
_NEXT = Pattern(r"den naeste|naeste|next")
_ELLIPSIS = Pattern(
    r"^(?:og |men |saa |and )?"
    r"(?:hvad med|hva med|what about|og|men|and|gaelder det(?: samme| ogsaa)?(?: for)?|samme for)\b"
)
_LONGEST_ELLIPSIS = 8
"""Words."""


@dataclass(frozen=True, slots=True)
class Wish:
    """`kind` is "more", "where", "pick" (then `number` is the place, from 1) or "next"."""

    kind: str
    number: int = 0


def wish(text: str) -> Wish | None:
    """What a message asks for about the answer before it; None when it is a question of its own."""
    said = bare(text).strip(" .!?")
    if _MORE.fullmatch(said):
        return Wish("more")
    if _WHERE.fullmatch(said):
        return Wish("where")
    if _NEXT.fullmatch(said):
        return Wish("next")
    return next((Wish("pick", int(number)) for number, pattern in _PICK.items() if pattern.fullmatch(said)), None)


def completions(text: str, earlier: str) -> Iterator[tuple[str, int]]:
    """For "og for et projekt?": the earlier question with the new words in place of each of its own, and after it.

    Each with how alike the two stand (0 to 3): the small words before them that are the same, and one for the last.
    """
    said = bare(text)
    if not _ELLIPSIS.search(said) or len(said.split()) > _LONGEST_ELLIPSIS:
        return
    new, before = words(_ELLIPSIS.sub("", said)), words(earlier)
    telling = [place for place, word in enumerate(new) if stem(word) not in FUNCTION_STEMS]
    if not telling:
        return
    added = " ".join(new[place] for place in telling)
    yield f"{' '.join(before)} {added}", 0
    places = [place for place, word in enumerate(before) if stem(word) not in FUNCTION_STEMS]
    for place in places:
        alike = _same_at_the_end(new[: telling[0]], before[:place]) + (place == places[-1])
        yield " ".join([*before[:place], added, *before[place + 1 :]]), alike


def _same_at_the_end(left: list[str], right: list[str]) -> int:
    """How many of the last two words of both are the same."""
    pairs = zip(reversed(left[-2:]), reversed(right[-2:]), strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
