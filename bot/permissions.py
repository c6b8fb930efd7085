"""What each Zulip role may do. This table, and `refusal`, are the only place where that is decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum, auto

from bot import markup
from bot.contracts import Answer, Asker, Direct, Forget, Question, Role, Topic


class Right(Enum):
    """Something that a person may be allowed to do."""

    ASK = auto()  # anywhere
    ASK_WHERE_GUESTS_MAY = auto()  # in the channels that the settings open to guests
    CHANGE = auto()  # what leaves something behind: reminders, corrections, confirmations


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.OWNER: frozenset({Right.ASK, Right.CHANGE}),
    Role.ADMINISTRATOR: frozenset({Right.ASK, Right.CHANGE}),
    Role.MODERATOR: frozenset({Right.ASK, Right.CHANGE}),
    Role.MEMBER: frozenset({Right.ASK, Right.CHANGE}),
    Role.GUEST: frozenset({Right.ASK_WHERE_GUESTS_MAY}),
}
"""What counts for everybody may be changed by owners, administrators and those in the setting (`administers_bot`)."""


def may_change(asker: Asker) -> bool:
    """Whether somebody may leave something behind."""
    return Right.CHANGE in RIGHTS[asker.role]


def refusal(question: Question, guest_channels: Collection[str]) -> str | None:
    """What to say to somebody who may not ask here; None when they may."""
    rights = RIGHTS[question.asker.role]
    if Right.ASK in rights or (
        Right.ASK_WHERE_GUESTS_MAY in rights
        and isinstance(question.place, Topic)
        and question.place.channel.casefold() in {name.casefold() for name in guest_channels}
    ):
        return None
    if guest_channels:
        where = ", ".join(f"#**{markup.name(channel)}**" for channel in sorted(guest_channels))
        return f"Som gæst kan du spørge mig i {where}. Skriv gerne til mig dér."
    return "Jeg kan desværre kun svare organisationens egne medlemmer. Spørg en kollega, så kan de spørge mig for dig."


def allowed(question: Question, answer: Answer) -> Answer:
    """The answer, or a refusal in its place when it would leave something behind that the asker may not change."""
    changes = [effect for effect in answer.effects if not isinstance(effect, Forget)]  # anybody may be forgotten
    if not changes or may_change(question.asker):
        return answer
    where = "her" if isinstance(question.place, Direct) else "i denne kanal"
    return Answer(
        answer.intent, f"Det må gæster ikke bede mig om {where}. Spørg en af organisationens medlemmer.", False
    )
