"""Questions whose place in the handbook a user has confirmed: kept as records, like corrections of tags.

One counts for its owner at once, and for everybody if the owner administers the bot or once it has been reviewed. Like
the questions in data/questions it falls silent when the section's text changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from bot.contracts import Asker, Json, Put, Record, Records
from bot.markup import clean
from handlers.danish import words
from handlers.handbook import questions
from handlers.handbook.model import Handbook, Section
from handlers.handbook.questions import Known

COLLECTION = "bekræftede spørgsmål"
_LONGEST = 300
"""Characters; nobody asks the same long story twice."""
_FIELDS = {"question", "page", "anchor", "heading", "fingerprint"}


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A question that leads to a section, for one person or, as it has been accepted, for all."""

    known: Known
    accepted: bool
    owner: int


def proposal(question: str, section: Section, handbook: Handbook, asker: Asker) -> Put | None:
    """Keeps that the section answers the question; None when it is too long, or its heading does not identify it."""
    words_only = " ".join(clean(question).split()).lstrip("# ")
    known = questions.leading_to(section, words_only, handbook)
    if known is None or not known.question or len(known.question) > _LONGEST:
        return None
    value: dict[str, Json] = {**asdict(known), "accepted": asker.administers_bot}
    return Put(COLLECTION, key(question, asker), value, owner=asker.id)


def key(question: str, asker: Asker) -> str:
    """What a person's confirmation of a question is kept under; the same for the same words written otherwise."""
    digest = hashlib.sha256(" ".join(words(question)).encode()).hexdigest()[:12]
    return f"q{asker.id}-{digest}"


def leads_to(kept: Json, section: Section) -> bool:
    """Whether a kept question leads to a section as it is now."""
    place = (section.page, questions.fingerprint(section))
    return isinstance(kept, dict) and (kept.get("page"), kept.get("fingerprint")) == place


def listed(records: Mapping[str, Record]) -> list[Confirmed]:
    """The confirmed questions among the collection's records; what is damaged is passed over."""
    return [found for record in records.values() if (found := _read(record)) is not None]


class QuestionReview:
    """Shows confirmed questions to those who review them; see `bot.corrections`."""

    collection = COLLECTION

    def described(self, record: Record) -> Sequence[str]:
        """The question and where it leads; nothing for a damaged record."""
        found = _read(record)
        return [f"»{found.known.question}«: {found.known.page} › {found.known.heading}"] if found else []

    def export(self, records: Records) -> str:
        """The accepted ones in the format of data/questions, a block for each section."""
        blocks: dict[str, list[str]] = {}
        for item in listed(records.all(COLLECTION)):
            if item.accepted:
                blocks.setdefault(questions.heading_lines(item.known), []).append(item.known.question)
        return "".join(f"{heading}\n" + "".join(f"{line}\n" for line in lines) for heading, lines in blocks.items())


def _read(record: Record) -> Confirmed | None:
    value = record.value
    if not isinstance(value, dict) or not value.keys() >= _FIELDS:
        return None
    question, page, heading, fingerprint = (str(value[name]) for name in ("question", "page", "heading", "fingerprint"))
    known = Known(question, page, str(value["anchor"]) if value["anchor"] else None, heading, fingerprint)
    return Confirmed(known, value.get("accepted") is True, record.owner)
