"""Work that was done on the way or in a break: "tog til Odense og forberedte mødet undervejs" is no mere journey.

The handbook does not allow Transport and Pause for time that is worked; `Tag.not_used` says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.pattern import Pattern
from handlers.danish import FUNCTION_STEMS, stems

_FLAGS = re.IGNORECASE | re.VERBOSE
_CLAUSES = Pattern(
    r"[,.;:()–]|\s-\s|\b(?:og|mens|imens|hvor|men|samt|and|while|where)\b(?!\s+(?:fra|til)\b)", re.IGNORECASE
)
_WORK = Pattern(
    r"""\b(?:(?:arbejdede|arbejder|har\ arbejdet)|forbered(?:te|er|t|else\w*)|skrev|skrevet|skriver|(?:be)?svarede
    |besvarer|besvaret|gennemgik|gennemgår|gennemgang|drøfte(?:de|r)
    |planlagde|planlægger|rettede|retter|redigerede|opdaterede|kodede|mailede|koordinerede|lavede|sendte
    |færdiggjorde|klargjorde|tjekkede|sparrede|brainstorm\w*|evaluerede|deltog|afklarede|aftalte|underviste
    |holdt(?=\s+(?!pause|fri|ferie|frokost))|worked|working|prepar(?:ed|ing)|wrote|writing|answered|answering
    |reviewed|reviewing|planned)\b""",
    _FLAGS,
)
_MAYBE_WORK = Pattern(
    r"""\b(?:læste|læser|læst|ringede|ringer|talte|taler|snakkede|snakker|diskuterede|telefon\w*|talked|called|discussed
    |reading|read)\b""",
    _FLAGS,
)
"""People do these for pleasure too."""
_NO_WORK = Pattern(
    r"""\b(?:ikke|uden\ at|for\ at|efter\ at|inden|skal|skulle|not|without|avis\w*|bog|bogen|roman\w*|krimi\w*
    |podcast\w*|musik|serie|film|privat\w*|familien?|børnene|(?:min|mine|my)\s+(?:mor|far|kone|mand|kæreste|søn|datter|børn|mum|wife
    |husband)|novel|newspaper)\b""",
    _FLAGS,
)
_SETTING = Pattern(
    r"""\b(?:undervejs|imens|mens|på\ vej(?:en)?(?:\ (?:til|hjem|fra))?
    |(?:i|med|på|under|over|ved|in|on|during)\s+(?:the\s+)?(?:et\s+|en\s+)?(?:tog\w*|bil(?:en)?
    |bus(?:sen)?|fly(?:et)?|færge\w*|metro\w*
    |frokost\w*|\w*pause[nr]?|\w*tur(?:en)?|rejse[nr]?|kørsl?e(?:n|l)|transport\w*|train|car|bus|plane|lunch|break)
    |tog(?=\s+til)|køre?te|kørsel|kører|rejste|rejser|rejse|fløj|cyklede|sad|spiste|holdt\s+pause|travell?ed|drove
    |on\ the\ way)\b""",
    _FLAGS,
)
_PLACE = Pattern(r"\b(?:til|fra|mod|to|from)\s+(?-i:[A-ZÆØÅ]\w+)", re.IGNORECASE)
_UNNAMED = frozenset(
    stems(
        """arbejdede arbejder arbejdet arbejde lavede hele turen tiden vejen lidt worked working laptop pc computer
        telefon"""
    )
)


@dataclass(frozen=True, slots=True)
class Work:
    """Work done meanwhile: the description without the journey or break, and whether it says what the work was."""

    text: str
    named: bool
    certain: bool
    """Whether it is work whatever it was about; else what it was about must tell."""


def work_meanwhile(description: str) -> Work | None:
    """The work in a description of a journey or a break; None when there was none."""
    told = [clause for clause in _CLAUSES.split(description) if not _NO_WORK.search(clause)]
    working = [clause for clause in told if _WORK.search(clause)]
    clauses = working or [clause for clause in told if _MAYBE_WORK.search(clause)]
    if not clauses:
        return None
    said = stems(_PLACE.sub(" ", _SETTING.sub(" ", " ".join(clauses))))
    named = any(stem not in _UNNAMED and stem not in FUNCTION_STEMS for stem in said)
    return Work(" ".join(_SETTING.sub(" ", description).split()), named, bool(working))
