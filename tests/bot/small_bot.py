"""A bot with a few plain capabilities, for tests of the machine: `python -m tests.bot.small_bot` runs it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.contracts import (
    Announcement,
    Answer,
    Attachment,
    Choice,
    Claim,
    Context,
    Delete,
    Finding,
    Forget,
    Help,
    Json,
    Put,
    Question,
    Revise,
    Topic,
)
from bot.dispatcher import Dispatcher
from bot.run import run
from bot.service.bot import Mind
from bot.service.pace import USUAL, Pace
from bot.settings import Settings, load

DONE = "✅"
HURRIED = Pace(look=0.2, beat=0.5, dead_after=2.0)
"""The pace of bots under test."""


class PlainCapability:
    """Answers "<word> <rest>" by the method of that name; anything else with what was asked."""

    fields: Mapping[str, Json] = {}
    help: Help | None = None

    def claim(self, question: Question, context: Context) -> Claim:
        word, _, rest = question.text.partition(" ")
        known: Callable[[str, Question, Context], Answer] = getattr(
            self, f"_{word.replace(DONE, 'done')}", self._answer
        )
        return Claim(0.9, lambda: known(rest if known != self._answer else question.text, question, context))

    def check(self) -> list[Finding]:
        return []

    def _answer(self, text: str, question: Question, context: Context) -> Answer:
        return Answer("plain", f"svar på: {text}", memory={"sidst": text})

    def _langsom(self, rest: str, question: Question, context: Context) -> Answer:
        time.sleep(float(rest))
        return Answer("plain", f"endelig, efter {rest}")

    def _tavs(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", "")

    def _valg(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", "Hvad mener du?", choices=(Choice("Rødt", "rød"), Choice("Blåt", "blå")))

    def _langtvalg(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", "En linje.\n\n* og en til", choices=(Choice("Vis mere", "mere"),))

    def _sidst(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", " / ".join(turn.text for turn in context.turns) or "intet")

    def _gem(self, rest: str, question: Question, context: Context) -> Answer:
        effect = Put("ting", f"{question.asker.id}", rest, owner=question.asker.id, keep_days=3)
        return Answer("plain", "gemt", effects=(effect,))

    def _slet(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", "slettet", effects=(Delete("ting", f"{question.asker.id}"),))

    def _gemt(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", ", ".join(str(one.value) for one in context.records.all("ting").values()) or "intet")

    def _glem(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", "glemt", effects=(Forget(question.asker.id),))

    def _viden(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", "; ".join(f"{one.count} {one.what}" for one in context.holdings()))

    def _fejl(self, rest: str, question: Question, context: Context) -> Answer:
        raise ValueError(f"hemmelig: {rest}")

    def _omtal(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", "hej @**all** og @**King Hamlet|10** og @*gruppe*")

    def _langt(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", "linje\n" * int(rest))

    def _fil(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", "her er den", attachments=(Attachment("år.png", "image/png", b"\x89PNG"),))

    def _ret(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", "rettet", effects=(Revise(rest, "en ny tekst"),))

    def _hvem(self, rest: str, question: Question, context: Context) -> Answer:
        asker = question.asker
        return Answer("plain", f"{asker.name}, {asker.role.name}, {asker.administers_bot}, {question.about}")

    def _done(self, rest: str, question: Question, context: Context) -> Answer:
        return Answer("plain", f"{question.asker.name} er færdig med {question.about}")


class EveryFewSeconds:
    """Announces `text` at each moment in the file that SMALL_BOT_DUE names: one ISO time, place and text a line."""

    def due(self, after: datetime, now: datetime, context: Context) -> Sequence[Announcement]:
        path = Path(os.environ.get("SMALL_BOT_DUE", "/nonexistent"))
        lines = path.read_text().splitlines() if path.exists() else []
        found = []
        for line in lines:
            at_text, kind, text = line.split(" ", 2)
            at = datetime.fromisoformat(at_text)
            if after < at <= now:
                found.append(_announcement(at, kind, text))
        return found


def _announcement(at: datetime, kind: str, text: str) -> Announcement:
    key = f"reminder:{text.partition(' ')[0]}:{at.isoformat()}"
    if kind == "direkte":
        return Announcement(key, at, text, None, ("bruger10@eksempel.dk", "bruger8@eksempel.dk"))
    choices = (Choice("Færdig", "færdig"),) if kind == "knapper" else ()
    channel = "findesikke" if kind == "væk" else "sekretariat"
    effects = (Put("ting", "sidst påmindet", text),)
    return Announcement(
        key, at, text, Topic(0, channel, "påmindelser"), ("bruger10@eksempel.dk",), choices, (), effects
    )


def mind(_settings: Settings) -> Mind:
    """The small bot's capabilities; it has no handbook."""
    return Mind(Dispatcher((PlainCapability(),)), (EveryFewSeconds(),))


if __name__ == "__main__":
    sys.exit(run(load(), mind, HURRIED if "SMALL_BOT_HURRIED" in os.environ else USUAL))
