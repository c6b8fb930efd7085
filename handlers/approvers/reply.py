"""Puts an answer together: paragraphs, where they come from, and the same as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.contracts import Answer, Choice, Json
from handlers.approvers import texts
from handlers.approvers.directory import Finding
from handlers.handbook import Section

INTENT = "approver"


def reply(
    parts: Iterable[str],
    sections: Sequence[Section],
    *,
    answered: bool = True,
    choices: tuple[Choice, ...] = (),
    data: Sequence[Finding] = (),
    memory: Mapping[str, Json] | None = None,
) -> Answer:
    """An answer of these paragraphs (empty ones are left out), with a line of sources below."""
    return Answer(
        INTENT,
        "\n\n".join(part for part in (*parts, texts.source_line(sections)) if part),
        answered=answered,
        asks=not answered and bool(choices),
        choices=choices,
        sources=texts.sources(sections),
        data={"approvals": [entry for finding in data for entry in texts.as_data(finding)]} if data else {},
        memory=memory or {},
    )
