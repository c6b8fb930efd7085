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
    r"|mere(?: tak)?|resten|(?:kan|vil) du (?:uddybe|forklare)(?: det)?(?: naermere)?"
    r"|(?:men |og )?(?:hvorfor(?: (?:det|ikke|saa|nu))*|why(?: not)?)"
    r"|forklar(?: det)?(?: naermere)?|uddyb(?: det)?|(?:show|tell)(?: me)? more|more|explain)"
    r"(?: om det)?(?: tak)?"
)
_WHERE = Pattern(
    r"(?:hvor (?:staar|ligger|finder jeg|kan jeg (?:se|laese|finde)|fandt du|har du) det(?: fra| henne)?"
    r"|(?:hvad er )?kilden?|link(?:et)?|hvor fra|hvorfra(?: ved du det)?"
    r"|where (?:is (?:it|that)|does it say that)|source)"
)
_NUMBERS = {
    "2": r"2|nr\.? ?2|nummer (?:2|to)|den anden|nummer to|the second(?: one)?|toeren",
    "3": r"3|nr\.? ?3|nummer (?:3|tre)|den tredje|den sidste|the third(?: one)?|treeren",
    "1": r"1|nr\.? ?1|nummer (?:1|en|et)|den foerste|the first(?: one)?",
}
_PICK = {number: Pattern(rf"(?:vis )?(?:mig )?(?:{pattern})") for number, pattern in _NUMBERS.items()}
_NEXT = Pattern(r"den naeste|naeste|next")
_IT = r"(?:det|den|dette|det her|svaret|stedet|it|that|this)"
_SOUGHT = r"(?: jeg (?:ledte efter|soegte|mente|skulle bruge|spurgte om))"
_CORRECT = r"(?:det |den |the )?(?:rigtig[et]?|rette|korrekt|right|correct)(?: sted| svar| en| one| answer| place)?"
_THE_ANSWER = rf"(?:svaret|the answer|{_CORRECT}|(?:lige |praecis |netop )(?:det|den)|(?:det|den){_SOUGHT})"
_GLAD = r"(?:(?:ja|jo|yes|tak|super|fedt|godt)[, ]+)*"
_RIGHT = Pattern(
    rf"{_GLAD}(?:{_IT} (?:er|var|is|was)|that's) (?:netop |lige )?{_THE_ANSWER}"
    rf"|(?:ja|jo|yes)[, ]+(?:tak[, ]+)?{_IT} (?:er|var|is|was) (?:det|den|it)|(?:rigtigt|korrekt|correct)(?: svar)?"
)
_RIGHT_ONE = {
    number: Pattern(
        rf"{_GLAD}(?:{pattern}) (?:er|var|is|was) (?:netop |lige )?{_THE_ANSWER}"
        rf"|(?:{_THE_ANSWER} (?:er|var|is|was)|(?:ja|yes|nej|no)(?:[, ]+{_IT} (?:er|var|is|was))?)[, ]+(?:{pattern})"
    )
    for number, pattern in _NUMBERS.items()
}
_YES = Pattern(r"(?:ja|jo|jep|yes)(?:,? tak|,? det (?:var|er) det)?")
_WRONG = Pattern(
    rf"(?:(?:nej|naeh?|no|desvaerre)[, ]*)?(?:{_IT} (?:er|var|is|was) (?:ikke|not) (?:{_THE_ANSWER}|det|den|it)"
    rf"|(?:det (?:er|var) )?(?:helt )?forkert(?: svar| sted)?|ikke (?:det|den){_SOUGHT}?"
    r"|det (?:hjalp|passer) ikke|det mente jeg ikke|wrong(?: answer)?)|nej|naeh?|niks|nope"
)
_ELLIPSIS = Pattern(
    r"^(?:og |men |saa |and )?"
    r"(?:hvad med|hva med|what about|og|men|and|gaelder det(?: samme| ogsaa)?(?: for)?|samme for)\b"
)
_LONGEST_ELLIPSIS = 8
"""Words."""
_PRONOUN = Pattern(
    r"\b(?:han|hun|ham|hende|hans|hendes|he|she|him|her)\b|\b(?:det|den|de|dem|it|that|they|them)\W*$"
    r"|^(?:\w+ ){1,3}(?:det|den|de|it|they) (?!at\b|med\b|som\b|der\b|her\b|for\b|nye?\b|that\b|about\b)"
)
_MOST_NEW = 2
"""Words that say something in a question that only points back to its subject."""


@dataclass(frozen=True, slots=True)
class Wish:
    """`kind` is "more", "where", "pick" (then `number` is the place, from 1), "next", "right" or "wrong".

    "right" and "wrong" are about the place shown last; or, with a number, the place of that number is the right one.
    """

    kind: str
    number: int = 0


def wish(text: str, asked: bool = False) -> Wish | None:
    """What a message asks for about the answer before it; None when it is a question of its own.

    `asked`: that answer ended in the question whether it was the right one.
    """
    said = bare(text).strip(" .!?")
    if asked and _YES.fullmatch(said):
        return Wish("right")
    if _RIGHT.fullmatch(said):
        return Wish("right")
    for number, pattern in _RIGHT_ONE.items():
        if pattern.fullmatch(said):
            return Wish("right", int(number))
    if _WRONG.fullmatch(said):
        return Wish("wrong")
    if _MORE.fullmatch(said):
        return Wish("more")
    if _WHERE.fullmatch(said):
        return Wish("where")
    if _NEXT.fullmatch(said):
        return Wish("next")
    return next((Wish("pick", int(number)) for number, pattern in _PICK.items() if pattern.fullmatch(said)), None)


def points_back(text: str) -> bool:
    """Whether a question names its subject by a pronoun only: "hvor længe varer det?", "har hun personaleansvar?"."""
    said = bare(text)
    if not _PRONOUN.search(said) or len(said.split()) > _LONGEST_ELLIPSIS:
        return False
    return len(_telling(words(said))) <= _MOST_NEW


def completions(text: str, earlier: str, subject: str) -> Iterator[tuple[str, int]]:
    """The questions that a message may stand for which leaves out what the one before said.

    For "og for et projekt?": the earlier question with the new words in place of each of its own, and after it. For one
    that points back to its subject: its own words after the earlier question, and after `subject`, what the answer was
    about. Each with how alike the two stand (0 to 3): the small words before them that are the same, and one for the
    last.
    """
    said, before = bare(text), words(earlier)
    if points_back(text):
        yield f"{earlier} {text}", 0
        yield f"{subject} {text}", 0
        return
    if not _ELLIPSIS.search(said) or len(said.split()) > _LONGEST_ELLIPSIS:
        return
    new = words(_ELLIPSIS.sub("", said))
    telling = _telling(new)
    if not telling:
        return
    added = " ".join(new[place] for place in telling)
    yield f"{' '.join(before)} {added}", 0
    places = _telling(before)
    for place in places:
        alike = _same_at_the_end(new[: telling[0]], before[:place]) + (place == places[-1])
        yield " ".join([*before[:place], added, *before[place + 1 :]]), alike


def _telling(said: list[str]) -> list[int]:
    """The places of the words that say something."""
    return [place for place, word in enumerate(said) if stem(word) not in FUNCTION_STEMS]


def _same_at_the_end(left: list[str], right: list[str]) -> int:
    """How many of the last two words of both are the same."""
    pairs = zip(reversed(left[-2:]), reversed(right[-2:]), strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
