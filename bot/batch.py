"""One JSON object a line in, one a line out, in the same order: the bot for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.app import App
from bot.contracts import Answer, Asker, Direct, Json, Question
from bot.session import Session
from bot.settings import COPENHAGEN


def run(app: App, lines: Iterable[str]) -> Iterator[str]:
    """The answers to questions of the form {"id", "text", "conversation"?}.

    Lines that share a conversation follow up on each other; a line without one stands alone.
    """
    session = Session(app.dispatcher)
    nothing = {name: value for capability in app.capabilities for name, value in capability.fields.items()}
    for number, line in enumerate(filter(str.strip, lines)):
        asked = json.loads(line)
        question = Question(
            text=asked["text"],
            asker=Asker(0, ""),
            place=Direct(()),
            now=datetime.now(COPENHAGEN),
            conversation=str(asked.get("conversation", f"line {number}")),
        )
        yield json.dumps({"id": asked.get("id"), **as_data(session.ask(question), nothing)}, ensure_ascii=False)


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
