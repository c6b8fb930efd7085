"""Conversations and records kept in this process only: for the terminal, for batches and for `zulip-run-bot`."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from bot.contracts import Answer, Context, Delete, Effect, Forget, Holding, Put, Question, Record, Turn
from bot.dispatcher import Dispatcher

TURNS_KEPT = 6
"""How many exchanges of a conversation a follow-up can refer to."""


class Session:
    """A dispatcher with a memory."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._turns: dict[str, deque[Turn]] = defaultdict(lambda: deque(maxlen=TURNS_KEPT))
        self._records: dict[str, dict[str, Record]] = defaultdict(dict)
        self._askers: dict[str, int] = {}
        """Who asked last in a conversation."""

    def all(self, collection: str) -> Mapping[str, Record]:
        """What is kept in a collection (see `contracts.Records`)."""
        return self._records[collection]

    def ask(self, question: Question) -> Answer:
        """The answer to a question, remembered for the next one; its effects are carried out at once."""
        turns = self._turns[question.conversation]
        self._askers[question.conversation] = question.asker.id
        holdings = partial(self._holdings, question)
        answer = self._dispatcher.answer(question, Context(tuple(turns), self, holdings=holdings))
        self.carry_out(answer.effects, question.now)
        turns.append(remember(question, answer))
        return answer

    def carry_out(self, effects: Iterable[Effect], now: datetime) -> None:
        """Puts, deletes and forgets what an answer wants; there is nothing said before that could be revised."""
        for effect in effects:
            match effect:
                case Put():
                    self._records[effect.collection][effect.key] = Record(effect.value, effect.owner, now)
                case Delete():
                    self._records[effect.collection].pop(effect.key, None)
                case Forget(owner):
                    self._forget(owner)

    def _holdings(self, question: Question) -> Sequence[Holding]:
        """What is kept about the asker; for no longer than the session lasts."""
        turns = len(self._turns[question.conversation])
        owned = {
            collection: sum(record.owner == question.asker.id for record in records.values())
            for collection, records in self._records.items()
        }
        return (
            Holding("spørgsmål i denne samtale", turns, 0),
            *(Holding(f"noter under »{name}«", count, 0) for name, count in owned.items()),
        )

    def _forget(self, owner: int) -> None:
        for conversation in [name for name, asker in self._askers.items() if asker == owner]:
            self._turns.pop(conversation, None)
        for records in self._records.values():
            for key in [key for key, record in records.items() if record.owner == owner]:
                del records[key]


def remember(question: Question, answer: Answer) -> Turn:
    """The exchange as a follow-up may need it."""
    choices = tuple(choice.reply for choice in answer.choices)
    return Turn(question.text, answer.intent, answer.memory, choices)
