"""Conversations and records kept in this process only: for the terminal, for batches and for `zulip-run-bot`."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping

from bot.contracts import Answer, Context, Delete, Forget, Put, Question, Record, Turn
from bot.dispatcher import Dispatcher

TURNS_KEPT = 6
"""How many exchanges of a conversation a follow-up can refer to."""


class Session:
    """A dispatcher with a memory."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._turns: dict[str, deque[Turn]] = defaultdict(lambda: deque(maxlen=TURNS_KEPT))
        self._records: dict[str, dict[str, Record]] = defaultdict(dict)

    def all(self, collection: str) -> Mapping[str, Record]:
        """What is kept in a collection (see `contracts.Records`)."""
        return self._records[collection]

    def ask(self, question: Question) -> Answer:
        """The answer to a question, remembered for the next one; its effects are carried out at once."""
        turns = self._turns[question.conversation]
        answer = self._dispatcher.answer(question, Context(tuple(turns), self))
        for effect in answer.effects:
            match effect:
                case Put():
                    record = Record(effect.value, effect.owner, question.now)
                    self._records[effect.collection][effect.key] = record
                case Delete():
                    self._records[effect.collection].pop(effect.key, None)
                case Forget(owner):
                    self._forget(owner)
        turns.append(remember(question, answer))
        return answer

    def _forget(self, owner: int) -> None:
        for records in self._records.values():
            for key in [key for key, record in records.items() if record.owner == owner]:
                del records[key]


def remember(question: Question, answer: Answer) -> Turn:
    """The exchange as a follow-up may need it."""
    choices = tuple(choice.reply for choice in answer.choices)
    return Turn(question.text, answer.intent, answer.memory, choices)
