"""One JSON object a line in, one a line out, in the same order: the bot for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.app import App
from bot.contracts import Answer, Asker, Direct, Json, Question
from bot.session import Session
from bot.settings import COPENHAGEN


def run(app: App, lines: Iterable[str]) -> Iterator[str]:
    """The answers to questions of the form {"id", "text", "conversation"?}, one for each line that is not blank.

    Lines that share a conversation follow up on each other and share what was kept; a line without one stands alone,
    so that nothing said in one conversation changes another's answers. A line that is no such object is answered with
    a sentence that says so.
    """
    sessions: dict[str, Session] = {}
    nothing = {name: value for capability in app.capabilities for name, value in capability.fields.items()}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        asked = _parse(line)
        if asked is None:
            wrong = f'Linje {number} er ikke et JSON-objekt med "text".'
            answer, name = Answer("unknown", wrong, answered=False), None
        else:
            name = asked.get("id")
            conversation = str(asked.get("conversation") or "")
            session = sessions.get(conversation) or Session(app.dispatcher)
            if conversation:
                sessions[conversation] = session
            answer = session.ask(
                Question(str(asked["text"]), Asker(0, ""), Direct(()), datetime.now(COPENHAGEN), 0, conversation)
            )
        yield json.dumps({"id": name, **as_data(answer, nothing)}, ensure_ascii=False)


def _parse(line: str) -> dict[str, Any] | None:
    try:
        asked = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    return asked if isinstance(asked, dict) and isinstance(asked.get("text"), str) else None


def as_data(answer: Answer, nothing: dict[str, Json]) -> dict[str, Json]:
    """The answer as plain data; `nothing` holds the fields of all capabilities with their empty values."""
    return {
        "intent": answer.intent,
        "answered": answer.answered,
        "asks": answer.asks,
        "text": answer.text,
        "choices": [choice.label for choice in answer.choices],
        "sources": [
            {"page": source.page, "heading": source.heading, "anchor": source.anchor, "url": source.url}
            for source in answer.sources
        ],
        **nothing,
        **answer.data,
    }
