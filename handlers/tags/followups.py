"""What an answer to the bot's suggestion or question means: a choice, a correction, more detail, or "hvorfor?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.pattern import Pattern
from handlers.danish import words
from handlers.tags.naming import TagNames

_FLAGS = re.IGNORECASE | re.VERBOSE | re.DOTALL
_NEW = Pattern(r"^\s*tags?\s*:", _FLAGS)
_WHY = Pattern(
    r"^\W*(?:men\ |og\ )?(?:hvorfor|why|hvordan\ kan\ det\ være|forklar|begrund)\b[\w\s]{0,25}\??\W*$", _FLAGS
)
_NO = Pattern(
    r"""^\W*(?:nej|næ+h?|niks|nope|no|forkert|ikke\ rigtigt|det\ er\ forkert|det\ passer\ ikke)\b[\s,.!:;–-]*
    (?:tak|det\ (?:er|var|skal\ være)|den\ (?:er|skal\ være)|it(?:'s|\ is|\ was)|(?:jeg\ )?(?:mener|vil\ hellere)
    |hellere|snarere|brug|ret\ til)?\s*(.*)$""",
    _FLAGS,
)
_NUMBER = Pattern(r"^\W*(?:nr\.?|nummer|no\.?|svar|valg)?\s*(\d)\W*$", re.IGNORECASE)
_PLACES = """
    foerste 0, first 0, et 0, en 0, foerstnaevnte 0, oeverste 0, anden 1, andet 1, second 1, to 1, tredje 2, third 2,
    tre 2, fjerde 3, fire 3, sidste -1, last -1, sidstnaevnte -1, nederste -1
"""
_ORDINALS = {word: int(place) for word, place in (pair.split() for pair in _PLACES.split(","))}
_POINTING = frozenset(
    words("det den de the one svar nummer nr jeg tror vælger tager er var må være så tak ja mest helst")
)
_YES = frozenset(words("ja jo yes jep okay ok netop præcis"))
_AND = Pattern(r"^\W*(?:og|hvad med|hvad så med|and|what about)\s+(.+?)\s*\??\s*$", re.IGNORECASE | re.DOTALL)
_IF = Pattern(
    r"""^\W*(?:og|men|and|but)?\s*(?:hvad\ )?(?:hvis|what\ if|if)\s+
    (?:(?:det|den|mødet|it|that)\s+(?:nu\s+)?(?:er|var|handler|handlede|drejer\ sig|drejede\ sig|gælder|gjaldt
    |is|was)\s+)?
    (.+?)\s*\??\s*$""",
    _FLAGS,
)
_SHORT = 10
"""Words: what is longer is a question of its own."""
_QUESTION = Pattern(
    r"\?\s*$|^\W*(?:hv\w+|må|kan|skal|who|what|where|when|how|which|mind mig|husk|stop|sæt|hjælp|tak|help)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to the bot."""

    sureness: float
    """See `contracts.Claim`."""
    tag: str | None = None
    """The tag that is meant."""
    text: str = ""
    """Otherwise what was said about the work."""
    instead: bool = False
    """Whether that replaces the earlier description."""
    why: bool = False
    refuses: bool = False
    """Whether the suggestion is wrong, and nothing was said about what is right."""
    as_name: bool = False
    """Whether the text may have been meant as the name of a tag, though it is none."""
    adds: bool = False
    """Whether the text only changes something in the earlier description ("og hvis det er for OS2iot?")."""

    @property
    def free(self) -> bool:
        """Whether it could as well be a message of its own."""
        return self.tag is None and not self.why and not self.refuses


def reply(text: str, names: TagNames, offered: Sequence[str], *, asked: bool) -> Reply | None:
    """What a message means as an answer; None when it is something else. `asked`: the bot had asked back."""
    if _NEW.match(text):
        return None
    if _WHY.match(text):
        return Reply(0.95, why=True)
    no = _NO.match(text)
    rest = no[1].strip() if no else text.strip()
    tag = _choice(rest, offered) if asked or no else None
    if tag is None and (asked or no or not _plain_word(rest)):
        tag = names.exactly(rest)
    if tag is not None:
        return Reply(0.95 if asked or no else 0.9, tag=tag)
    if no and not rest and "tak" not in words(text):
        return Reply(0.9, refuses=True)
    if no and words(rest):
        single = len(words(rest)) == 1
        return Reply(0.8 if single else 0.9, text=rest, instead=True, as_name=single)
    supposed = _IF.match(text)
    if supposed and len(words(supposed[1])) <= _SHORT:
        return Reply(0.75, text=supposed[1], adds=True)
    follows = _AND.match(text)
    if follows and not asked and len(words(follows[1])) <= _SHORT:
        return Reply(0.6, text=follows[1], instead=True)
    if asked and not no and rest and not _QUESTION.search(rest):
        return Reply(0.9, text=rest)
    return None


def _plain_word(text: str) -> bool:
    """Whether a text is one word in small letters: the next task ("transport"), and no correction of the last."""
    return text.islower() and len(words(text)) == 1


def _choice(text: str, offered: Sequence[str]) -> str | None:
    """The offered tag that a number or an ordinal points to."""
    number = _NUMBER.match(text)
    if number:
        position = int(number[1]) - 1
        return offered[position] if 0 <= position < len(offered) else None
    said = [word for word in words(text) if word not in _POINTING]
    if said and set(said) <= _YES:
        return offered[0] if offered else None
    if len(said) == 1 and said[0] in _ORDINALS:
        position = _ORDINALS[said[0]]
        return offered[position] if -1 <= position < len(offered) else None
    return None
