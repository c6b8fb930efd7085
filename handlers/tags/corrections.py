"""What users said is right: kept as records, used at once for those who may, reviewed for the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.contracts import Asker, Json, Put, Record, Records
from handlers.danish import words

COLLECTION = "tag-corrections"
COUNTS = "tag-counts"


@dataclass(frozen=True, slots=True)
class Correction:
    """A description and the tag that somebody says is right."""

    text: str
    tag: str
    task: str
    instead_of: str
    """The tag that the bot had suggested."""
    against: str
    """The tag that the handbook's own words speak for, when it is another one; else empty."""
    accepted: bool
    owner: int


def proposal(text: str, tag: str, task: str, instead_of: str, against: str, asker: Asker) -> Put:
    """Keeps a correction: it counts for its owner at once, and for everybody if the owner administers the bot.

    One that goes against the handbook waits for review all the same.
    """
    digest = hashlib.sha256(" ".join(words(text)).encode()).hexdigest()[:12]
    value: dict[str, Json] = {
        "text": text,
        "tag": tag,
        "task": task,
        "instead_of": instead_of,
        "against": against,
        "accepted": asker.administers_bot and not against,
    }
    return Put(COLLECTION, f"{asker.id}-{digest}", value, owner=asker.id)


def listed(records: Records) -> list[Correction]:
    """All corrections, oldest first; what is damaged is left out."""
    kept = sorted(records.all(COLLECTION).items(), key=lambda item: (item[1].at, item[0]))
    return [item for _, record in kept if (item := read(record)) is not None]


def counting(records: Records, asker: Asker) -> Iterator[tuple[str, str, str]]:
    """Description, tag and task of every correction that counts for this person; their own last, so that it wins."""
    known = sorted(listed(records), key=lambda item: item.owner == asker.id)
    for item in known:
        if item.accepted or (item.owner == asker.id and not item.against):
            yield item.text, item.tag, item.task


def export(records: Records) -> str:
    """The accepted corrections in the format of the examples, so that they can become part of the data."""
    blocks: dict[str, list[str]] = {}
    for item in listed(records):
        if item.accepted:
            heading = f"## {item.tag} :: {item.task}" if item.task else f"## {item.tag}"
            blocks.setdefault(heading, []).append(" ".join(item.text.split()))
    return "".join(f"{heading}\n" + "".join(f"{line}\n" for line in lines) for heading, lines in blocks.items())


def counted(records: Records, tag: str, what: str) -> Put:
    """One more suggestion ("asked") or correction ("corrected") of a tag. Without names."""
    record = records.all(COUNTS).get(tag)
    counts = record.value if record is not None and isinstance(record.value, dict) else {}
    return Put(COUNTS, tag, {**counts, what: _number(counts.get(what)) + 1})


def counts(records: Records) -> Mapping[str, tuple[int, int]]:
    """For each tag how often it was suggested, and how often that was corrected."""
    found = {}
    for tag, record in records.all(COUNTS).items():
        if isinstance(record.value, dict):
            found[tag] = (_number(record.value.get("asked")), _number(record.value.get("corrected")))
    return found


def _number(value: Json) -> int:
    return value if isinstance(value, int) else 0


def read(record: Record) -> Correction | None:
    """A correction as it was kept; None when it is damaged."""
    value = record.value
    if not isinstance(value, dict):
        return None
    text, tag = value.get("text"), value.get("tag")
    if not isinstance(text, str) or not isinstance(tag, str):
        return None
    return Correction(
        text,
        tag,
        str(value.get("task") or ""),
        str(value.get("instead_of") or ""),
        str(value.get("against") or ""),
        value.get("accepted") is True,
        record.owner,
    )
