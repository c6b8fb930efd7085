"""Says what the bot can do, answers small talk, and owns up to what it does not understand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from bot.contracts import Answer, Capability, Claim, Context, Finding, Help, Json, Question
from handlers.danish import fold
from handlers.danish.asked import is_order
from handlers.help.chatter import HELP, NOISE, Chatter

_SIMILAR = 55
"""How alike (0-100) an example must be to what was written to be suggested before the usual ones."""


class HelpCapability:
    """The catch-all: it claims every message, but hardly ever more surely than the others."""

    fields: Mapping[str, Json] = {}
    help: Help | None = None

    def __init__(self, others: Sequence[Capability], chatter: Chatter) -> None:
        self._entries = [entry for capability in others if (entry := capability.help)]
        self._chatter = chatter

    def claim(self, question: Question, context: Context) -> Claim | None:
        """Sure of requests for help and of small talk; for all else there is at least a friendly word."""
        kind = self._chatter.kind(question.text)
        if kind is None:
            return Claim(0.1, lambda: self._give_up(question.text))
        if kind == HELP:
            return Claim(0.9, self._introduce)
        if kind == NOISE and any(map(str.isalpha, question.text)):  # unless another knows the word: "gdpr"
            return Claim(0.51, lambda: self._chat(kind))
        answers_the_bot = kind != NOISE and context.last is not None and bool(context.last.choices)
        return Claim(0.5 if answers_the_bot else 0.9, lambda: self._chat(kind))

    def check(self) -> list[Finding]:
        """Nothing in the handbook concerns it."""
        return []

    def _introduce(self) -> Answer:
        parts = ["Jeg er **Håndbogsbot** og svarer ud fra jeres håndbog. Du kan fx spørge sådan:"]
        for entry in self._entries:
            examples = "\n".join(f"- {example}" for example in entry.examples)
            parts.append(f"**{entry.title}** – {entry.sentence}\n{examples}")
        parts.append("I en kanal nævner du mig med @; i en direkte besked skriver du bare løs.")
        return Answer("help", "\n\n".join(parts))

    def _chat(self, kind: str) -> Answer:
        return Answer("chatter", self._chatter.replies[kind], answered=False)

    def _give_up(self, text: str) -> Answer:
        first, second = self._suggestions(text)
        more = "Eller skriv *hjælp*, så ser du alt, hvad jeg kan."
        lead = "Det kan jeg ikke gøre for dig." if is_order(text) else "Det forstår jeg ikke helt."
        return Answer("unknown", f"{lead} Prøv fx:\n- {first}\n- {second}\n\n{more}", answered=False)

    def _suggestions(self, text: str) -> tuple[str, str]:
        """Two examples: those most like what was written, filled up with the first of each capability."""
        examples = [example for entry in self._entries for example in entry.examples]
        alike = process.extract(
            text, examples, scorer=fuzz.token_set_ratio, processor=fold, limit=2, score_cutoff=_SIMILAR
        )
        usual = [entry.examples[0] for entry in self._entries] + ["hjælp", "hvad kan du?"]
        first, second, *_ = dict.fromkeys([*(match[0] for match in alike), *usual])
        return first, second
